//! One run through time: each rule of retention has a case, which says what was planted, how long it lasts and how that is seen.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Months, TimeDelta, Utc};
use kernel::{Actor, OrgId};
use receipts::Certificate;
use serde_json::{Value, json};
use vault::Vault;

use super::corpus::{ADDRESS, Corpus, id};
use super::scan::Scan;
use super::{disk, logs, sealed};

const SECOND: TimeDelta = TimeDelta::seconds(1);
/// After so long Bob is removed.
const BOBS_TIME: TimeDelta = TimeDelta::days(90);
const DAY: TimeDelta = TimeDelta::days(1);

/// How long it lasts from the planting on.
enum Lasts {
    Days(i64),
    /// Calendar months.
    Months(u32),
}

/// What becomes of what is sealed.
#[derive(PartialEq)]
enum End {
    /// Its key dies, and a copy of it opens no more.
    Key,
    /// Only its rows go; the key is that of the person, the account or the organisation, and goes with it.
    Rows,
}

/// A rule of the data map and what is planted for it.
struct Case {
    rule: &'static str,
    places: &'static [&'static str],
    lasts: Lasts,
    end: End,
    /// Where Eve or an owner is shown which word of it.
    seen: Option<(&'static str, &'static str)>,
}

/// In the order in which they come to their end.
const CASES: &[Case] = &[
    case("P1D", &["kernel.idempotency.body"], Lasts::Days(1), End::Rows),
    // What was sent opens with the key of its upload, and has it for longer.
    case("P1D", &["files.upload.name"], Lasts::Days(1), End::Rows),
    case("P1D", &["identity.import_deed.deed"], Lasts::Days(1), End::Key),
    case(
        "P2D",
        &["identity.import.staged", "identity.import.report", "identity.import.result"],
        Lasts::Days(1),
        End::Key,
    ),
    case("P7D", &["personal_exports.piece.sealed"], Lasts::Days(7), End::Rows),
    case("RET-09", &["chat.message.body", "chat.message_version.body"], Lasts::Days(90), End::Key)
        .seen("/v1/conversations/{group}/messages", "chat.message.body"),
    case("RET-09", &["files.file.name"], Lasts::Days(90), End::Key)
        .seen("/v1/conversations/{group}/files", "files.file.name"),
    case("P90D", &["inbox.notification.text"], Lasts::Days(90), End::Rows).seen("/v1/notifications", "mention"),
    case("end+P90D", &["verification.document.name", "verification.document.bytes"], Lasts::Days(90), End::Key)
        .seen("/v1/verification", "kanarienvogel.pdf"),
    case("P180D", &["operators.act.address"], Lasts::Days(180), End::Key),
    case("P184D", &["directory.act_reason.reason", "identity.sign_in.address"], Lasts::Days(184), End::Rows),
    case("RET-01", &["kernel.audit_entry.trace"], Lasts::Days(184), End::Rows),
    case("RET-04", REQUEST, Lasts::Months(60), End::Key).seen("/v1/subject-requests", "number"),
];
const REQUEST: &[&str] =
    &["requests.subject_request.said", "requests.subject_request.delay", "requests.subject_request.answer"];

/// Numbered rules that have a part of the run to themselves.
const PARTS: &[(&str, &str)] = &[
    ("RET-02", "the organisation is dissolved, and its last day comes"),
    ("RET-03", "receipts, 180 days after what they tell of"),
    ("RET-08", "somebody is removed"),
    ("RET-17", "twenty newer words"),
];

const fn case(rule: &'static str, places: &'static [&'static str], lasts: Lasts, end: End) -> Case {
    Case { rule, places, lasts, end, seen: None }
}

impl Case {
    const fn seen(mut self, path: &'static str, word: &'static str) -> Self {
        self.seen = Some((path, word));
        self
    }

    fn ends(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        match self.lasts {
            Lasts::Days(days) => from + TimeDelta::days(days),
            Lasts::Months(months) => from + Months::new(months),
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {:?}", self.rule, self.places)
    }
}

struct Run {
    corpus: Corpus,
    /// When everything was planted.
    from: DateTime<Utc>,
    /// The run is long: what is wrong is told at its end, all of it.
    faults: RefCell<Vec<String>>,
}

impl Run {
    /// Goes to the end of a day in which the server ran, with all that was due.
    async fn wait(&self, to: DateTime<Utc>) {
        for turns in [2, 1, 0] {
            self.go(to - TimeDelta::minutes(10 * turns)).await;
        }
    }

    /// Goes to an instant, with all that is due there.
    async fn go(&self, to: DateTime<Utc>) {
        self.corpus.t.clock.set(to);
        for _ in 0..2 {
            self.corpus.t.run_jobs().await;
            self.corpus.t.run_subscribers().await;
        }
    }

    fn expect(&self, holds: bool, said: impl FnOnce() -> String) {
        if !holds {
            self.faults.borrow_mut().push(said());
        }
    }

    async fn shown(&self, path: &str) -> String {
        let corpus = &self.corpus;
        let who =
            if path.contains("conversations") || path.contains("notifications") { &corpus.eve } else { &corpus.ann };
        corpus.ask(who, ("GET", &path.replace("{group}", &corpus.group)), Value::Null).await.to_string()
    }

    /// What was planted there; after Bob's time but for what is his own.
    fn planted(&self, case: &Case) -> Vec<&sealed::Value> {
        let of_case = |value: &&sealed::Value| case.places.contains(&value.place.as_str());
        let planted: Vec<_> = self.corpus.sealed.iter().filter(of_case).collect();
        let is_his_time = case.ends(self.from) <= self.from + BOBS_TIME;
        planted.into_iter().filter(|value| is_his_time || !value.is_of(self.corpus.bob.id.0)).collect()
    }

    /// Those of them that stand in the database, by their places.
    async fn rows(&self, planted: &[&sealed::Value]) -> Vec<String> {
        let now = sealed::values(&self.corpus.t, &self.corpus.orgs()).await;
        let is_there = |one: &&&sealed::Value| now.iter().any(|row| row.place == one.place && row.sealed == one.sealed);
        planted.iter().filter(is_there).map(|one| one.place.clone()).collect()
    }

    /// Cases that end at one instant: a second before it, a second after it, and when a day more is over.
    async fn pass(&self, cases: &[Case]) {
        let end = cases[0].ends(self.from);
        let vault = self.corpus.t.app.vault();
        let count_open = |planted: &[&sealed::Value]| planted.iter().filter(|value| value.open(vault).is_ok()).count();
        self.go(end - SECOND).await;
        for case in cases {
            let planted = self.planted(case);
            self.expect(!planted.is_empty(), || format!("{case}: nothing is planted"));
            let open = count_open(&planted);
            self.expect(open == planted.len(), || format!("{case}: of {} only {open} open", planted.len()));
            if let Some((path, word)) = case.seen {
                let shown = self.shown(path).await;
                self.expect(shown.contains(word), || format!("{case}: {word} is shown no more: {shown}"));
            }
        }
        let has_files = cases.iter().any(|case| case.rule == "RET-09");
        let address = if has_files { Some(self.corpus.address_of_photograph().await) } else { None };
        self.corpus.t.clock.set(end + SECOND);
        if let Some(address) = address {
            let status = self.corpus.read(&address).await.0;
            self.expect(status == 404, || format!("RET-09: an address of before answers {status}"));
        }
        for case in cases {
            if let Some((path, word)) = case.seen {
                let shown = self.shown(path).await;
                self.expect(!shown.contains(word), || format!("{case}: {word} is shown too long: {shown}"));
            }
        }
        self.wait(end + DAY + SECOND).await;
        for case in cases {
            let planted = self.planted(case);
            let (rows, open) = (self.rows(&planted).await, count_open(&planted));
            self.expect(rows.is_empty(), || format!("{case}: rows stay of {rows:?}"));
            self.expect(case.end == End::Rows || open == 0, || format!("{case}: {open} keys stay"));
        }
    }

    /// `RET-17`: of what somebody looked for the last twenty are kept.
    async fn search_on(&self) {
        let (bob, words) = (&self.corpus.bob, "/v1/search/words");
        for n in 0..20 {
            let shown = self.corpus.ask(bob, ("GET", words), Value::Null).await.to_string();
            assert!(shown.contains("search.word.text"), "only {n} are newer");
            self.corpus.t.clock.advance(SECOND);
            self.corpus.ask(bob, ("POST", words), json!({ "text": format!("newer {n}") })).await;
        }
        let shown = self.corpus.ask(bob, ("GET", words), Value::Null).await.to_string();
        assert!(!shown.contains("search.word.text"), "twenty are newer");
        let old = self.corpus.sealed.iter().filter(|value| value.place == "search.word.text").collect::<Vec<_>>();
        assert_eq!((old.len(), self.rows(&old).await), (1, Vec::new()));
    }

    /// `RET-08`: whoever is removed is gone for the others at once, and fourteen days later for good.
    async fn remove_bob(&self) {
        let (t, bob) = (&self.corpus.t, &self.corpus.bob);
        let (eve, id) = (&self.corpus.eve, bob.id.to_string());
        let is_listed =
            async || self.corpus.ask(eve, ("GET", "/v1/members"), Value::Null).await.to_string().contains(&id);
        assert!(is_listed().await);
        self.corpus.prove(&self.corpus.ann).await;
        self.corpus.ask(&self.corpus.ann, ("POST", &format!("/v1/members/{id}/remove")), Value::Null).await;
        self.go(t.app.now()).await;
        let listed = is_listed().await;
        self.expect(!listed, || "DEL-01: others see him".to_owned());
        let end = t.app.now() + TimeDelta::days(14);
        self.go(end - SECOND).await;
        let own: Vec<_> = self.corpus.sealed.iter().filter(|value| value.is_of(bob.id.0)).collect();
        let kinds = own.iter().map(|value| value.place.as_str()).collect::<BTreeSet<_>>();
        assert!(kinds.len() >= 12, "{kinds:?}");
        let is_gone = |value: &&&sealed::Value| value.open(t.app.vault()).is_err();
        let gone: Vec<_> = own.iter().filter(is_gone).map(|one| &one.place).collect();
        self.expect(gone.is_empty(), || format!("RET-08: gone a second too early: {gone:?}"));
        self.wait(end + DAY + SECOND).await;
        let (rows, left) = (self.rows(&own).await, own.iter().filter(|one| !is_gone(one)).map(|one| &one.place));
        let left: Vec<_> = left.collect();
        self.expect(rows.is_empty() && left.is_empty(), || format!("RET-08: rows {rows:?} and keys {left:?} stay"));
    }

    /// `RET-03`: each receipt is proven by its certificate, until its own time is over.
    async fn look_at_receipts(&self) {
        let (corpus, list) = (&self.corpus, "/v1/erasure/receipts");
        let page = corpus.ask(&corpus.ann, ("GET", list), Value::Null).await;
        let receipts = page["items"].as_array().unwrap();
        let of = |rule: &str| receipts.iter().filter(|one| one["rule"] == rule).count();
        self.expect(of("RET-08") == 1 && of("RET-09") >= 1, || format!("receipts: {page}"));
        for one in receipts {
            let path = format!("{list}/{}/certificate", one["position"]);
            let certificate = corpus.ask(&corpus.ann, ("GET", &path), Value::Null).await;
            let certificate: Certificate = serde_json::from_value(certificate).unwrap();
            receipts::verify(&certificate, None).unwrap();
        }
        let erased = receipts.iter().find(|one| one["rule"] == "RET-08").unwrap();
        let end = erased["at"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap() + TimeDelta::days(180);
        let is_listed = async || {
            let page = corpus.ask(&corpus.ann, ("GET", list), Value::Null).await;
            page["items"].as_array().unwrap().iter().any(|one| one["position"] == erased["position"])
        };
        self.go(end - SECOND).await;
        let before = is_listed().await;
        corpus.t.clock.set(end + SECOND);
        let after = is_listed().await;
        self.expect(before && !after, || format!("RET-03: listed before {before}, after {after}"));
        self.wait(end + DAY + SECOND).await;
        let mut tx = corpus.t.app.begin(corpus.acme, Actor::System).await.unwrap();
        let count = "select count(*) from receipts.receipt where position <= $1";
        let position = erased["position"].as_i64().unwrap();
        let left: i64 = sqlx::query_scalar(count).bind(position).fetch_one(tx.db()).await.unwrap();
        self.expect(left == 0, || format!("RET-03: {left} receipts stay"));
    }

    /// `RET-02`: both owners want it, and sixty days later nothing of the organisation opens.
    async fn dissolve(&self) {
        let (corpus, t) = (&self.corpus, &self.corpus.t);
        corpus.prove(&corpus.ann).await;
        let named = corpus.ask(&corpus.ann, ("GET", "/v1/organisation"), Value::Null).await["name_en"].clone();
        let act = corpus.ask(&corpus.ann, ("POST", "/v1/organisation/dissolution"), json!({ "name": named })).await;
        corpus.prove(&corpus.olga).await;
        corpus.ask(&corpus.olga, ("POST", &format!("/v1/sensitive-acts/{}/approve", id(&act))), Value::Null).await;
        self.go(t.app.now()).await;
        let seen = corpus.ask(&corpus.ann, ("GET", "/v1/organisation/dissolution"), Value::Null).await;
        let end: DateTime<Utc> = seen["ends_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(end, t.app.now() + TimeDelta::days(60));
        let names = |org: OrgId| corpus.sealed.iter().filter(move |value| value.is_in(org) && value.place == NAMES);
        self.go(end - SECOND).await;
        assert!(names(corpus.acme).count() > 0 && names(corpus.acme).all(|value| value.open(t.app.vault()).is_ok()));
        self.wait(end + DAY + SECOND).await;
        let left = corpus.sealed.iter().filter(|value| value.open(t.app.vault()).is_ok());
        let nobody: uuid::Uuid =
            sqlx::query_scalar("select org_id from reality.canary").fetch_one(&t.admin).await.unwrap();
        let others = [corpus.rival, corpus.third, OrgId(nobody)];
        let left: Vec<_> = left.filter(|value| others.iter().all(|org| !value.is_in(*org))).collect();
        let left: Vec<_> = left.iter().map(|value| &value.place).collect();
        self.expect(left.is_empty(), || format!("RET-02: keys stay: {left:?}"));
        assert!(
            names(corpus.rival).all(|value| value.open(t.app.vault()).is_ok()),
            "another organisation keeps its own"
        );
        assert_eq!(corpus.tell(&corpus.ann, ("GET", "/v1/me"), Value::Null).await.0, 404, "nobody comes in");
    }
}

const NAMES: &str = "directory.organisation.names";

/// What the ring on the disk opens is what the program opens: nothing is only remembered.
fn reopened(corpus: &Corpus) {
    let (data, copy) = (&corpus.t.app.settings().data_dir, tempfile::tempdir().unwrap());
    for name in ["keys", "master.key"] {
        let copied =
            std::process::Command::new("cp").arg("-a").args([data.join(name), copy.path().join(name)]).status();
        assert!(copied.unwrap().success());
    }
    let again = Vault::open_dir(&copy.path().join("keys"), &copy.path().join("master.key")).unwrap();
    for value in &corpus.sealed {
        assert_eq!(value.open(&again).is_ok(), value.open(corpus.t.app.vault()).is_ok(), "{}", value.place);
    }
}

fn segments(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { segments(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn ret_01_to_ret_17_what_is_planted_is_there_to_its_second_and_gone_a_day_later_for_good() {
    let corpus = Corpus::planted().await;
    let run = Run { from: corpus.t.app.now(), corpus, faults: RefCell::default() };
    let folder = run.corpus.t.app.settings().data_dir.join("files/segments").join(run.corpus.acme.to_string());
    run.search_on().await;
    let ends: Vec<&[Case]> = CASES.chunk_by(|one, next| one.ends(run.from) == next.ends(run.from)).collect();
    for cases in ends {
        let is_messages = cases.iter().any(|case| case.rule == "RET-09");
        if is_messages {
            // The document, the photograph and the small one: what was uploaded for them, and what never became whole, is gone.
            assert_eq!((segments(&folder), run.corpus.blobs()), (3, (5, 3)));
            assert_eq!(run.corpus.opens_photograph().await, 200);
        }
        run.pass(cases).await;
        if is_messages {
            assert_eq!(
                (segments(&folder), sealed::codes(&run.corpus.t, run.corpus.acme).await["search.entry.terms"]),
                (0, 0)
            );
            assert_eq!((run.corpus.blobs(), run.corpus.opens_photograph().await), ((5, 0), 404));
            run.remove_bob().await;
        }
        if cases[0].rule == "P184D" {
            run.look_at_receipts().await;
        }
    }
    run.dissolve().await;
    assert_eq!(*run.faults.borrow(), Vec::<String>::new());
    reopened(&run.corpus);
    let scan = Scan::of([super::MARK, super::HAN, ADDRESS], run.corpus.files.pieces.clone());
    assert_eq!(disk::found(&run.corpus.t, &scan, &disk::all(&run.corpus.t).await).await, Vec::<String>::new());
    assert_eq!(logs::found(&scan), Vec::<String>::new(), "what the program said");
}

/// Periods that end with a life: `Run::remove_bob` and `Run::dissolve` look at everything that is sealed.
const LIVES: [&str; 8] =
    ["RET-02", "RET-08", "RET-17", "account", "conversation", "membership", "organisation", "session"];
/// What is sealed and goes by a period of its own without being in a case.
const ELSEWHERE: &[(&str, &str)] = &[
    ("announcements.announcement.written", "180 days after it is withdrawn: tests of announcements"),
    ("identity.import.asked", "goes when the import is written"),
    ("identity.import.problems", "goes when the import is written"),
    ("identity.import.told", "goes when the import is written"),
    ("identity.import_piece.bytes", "goes when the import is written"),
    ("identity.sign_in.device", "in the row of the address, under one key with it"),
    ("search.entry.terms", "codes: no row of them is left when messages are gone"),
];

#[tokio::test]
async fn every_numbered_rule_and_everything_sealed_that_has_a_period_has_a_case() {
    let t = testkit::TestApp::with(super::corpus::modules()).await;
    let map = t.app.data_map();
    let known = |rule: &str| CASES.iter().any(|case| case.rule == rule) || PARTS.iter().any(|(part, _)| *part == rule);
    let missing: Vec<&String> = map.rule.keys().filter(|rule| !known(rule)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "a rule without a case");
    let numbered = CASES.iter().map(|case| case.rule).chain(PARTS.iter().map(|(rule, _)| *rule));
    let gone: Vec<&str> = numbered.filter(|rule| rule.starts_with("RET-") && !map.rule.contains_key(*rule)).collect();
    assert_eq!(gone, Vec::<&str>::new(), "a case without its rule");

    let mut sealed = sealed::places(&t);
    let listed = CASES.iter().flat_map(|case| case.places).chain(ELSEWHERE.iter().map(|(place, _)| place));
    for place in listed {
        assert!(sealed.remove(*place), "{place} is not sealed, or listed twice");
    }
    sealed.retain(|place| !LIVES.contains(&map.table[place.rsplit_once('.').unwrap().0].rule.as_str()));
    assert_eq!(sealed, BTreeSet::new(), "a period without a case");
}
