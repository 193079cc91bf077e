//! The time machine: everything that is kept sealed is planted once, with a word of its own, and then time goes by. Before and after
//! each period it is looked at what is shown, what a key opens, and what stands on the disk, in the log and in backups (`RET-01` to
//! `RET-09`, `DEL-01`, `DEL-03`, `ENC-03`).

mod calendar;
mod corpus;
mod cut;
mod disk;
mod files;
mod logs;
mod periods;
mod restored;
pub mod scan;
mod sealed;

use std::collections::BTreeMap;
use std::fs;

use corpus::{ADDRESS, Corpus, DEVICE, HAN, MARK};
use scan::Scan;

/// Where the word of a column cannot stand: what stands there instead, and why.
const INSTEAD: &[(&str, &[u8], &str)] = &[
    ("branding.brand.name", MARK.as_bytes(), "too short for more"),
    ("branding.brand.logo", PNG, "a picture is drawn anew without its texts"),
    ("consents.consent.device", DEVICE.as_bytes(), NAMED),
    ("consents.consent.ended_device", DEVICE.as_bytes(), NAMED),
    ("directory.avatar.picture", PNG, "a picture has no texts"),
    ("directory.sensitive_act.params", b"{", "codes and numbers; the reason is a column of its own"),
    ("identity.import.asked", ADDRESS.as_bytes(), "where the request came from"),
    ("identity.import.problems", b"length_2_to_64", "codes, with values that are wrong"),
    ("identity.import.report", b"counts", "numbers"),
    ("identity.import.result", HAN.as_bytes(), "who came in, and nothing more of them"),
    ("identity.import.told", HAN.as_bytes(), "who comes in"),
    ("identity.session.address", ADDRESS.as_bytes(), FROM),
    ("identity.session.device", DEVICE.as_bytes(), NAMED),
    ("identity.sign_in.address", ADDRESS.as_bytes(), FROM),
    ("identity.sign_in.device", DEVICE.as_bytes(), NAMED),
    ("inbox.notification.text", MARK.as_bytes(), "the beginning of the message it is about"),
    ("kernel.audit_entry.trace", ADDRESS.as_bytes(), FROM),
    ("kernel.idempotency.body", MARK.as_bytes(), "the answer to what was asked: the contact that was made"),
    ("operators.act.address", ADDRESS.as_bytes(), FROM),
    ("people_exports.people_export.wanted", MARK.as_bytes(), "what was looked for"),
    ("personal_exports.piece.sealed", b"", "an archive, compressed"),
    ("privacy.acceptance.address", ADDRESS.as_bytes(), FROM),
    ("privacy.acceptance.device", DEVICE.as_bytes(), NAMED),
    ("verification.document.name", MARK.as_bytes(), "a name of a file without more"),
];
const PNG: &[u8] = b"\x89PNG";
const NAMED: &str = "the program names devices, out of a closed list";
const FROM: &str = "an address is no word";

/// What is planted to be found: a word of its own, since other tests look for theirs in the same log of the same database.
const PLANTED: &str = "zaunkönig 山雀";

/// Whether one of these texts has the word of the column, or of its table.
fn has_word(place: &str, plain: &[u8]) -> bool {
    let (text, mark) = (String::from_utf8_lossy(plain).into_owned(), corpus::word(""));
    let ends = |c: char| !c.is_ascii_lowercase() && !"_.".contains(c);
    let mut words = text.split(&mark).skip(1).filter_map(|rest| rest.split(ends).next());
    words.any(|word| word.contains('.') && place.starts_with(word))
}

#[tokio::test]
async fn enc_03_every_kind_of_thing_that_is_sealed_is_planted_and_stands_nowhere_in_clear() {
    let corpus = Corpus::planted().await;
    let t = &corpus.t;
    let mut plain: BTreeMap<&str, Vec<Vec<u8>>> = BTreeMap::new();
    for value in &corpus.sealed {
        let opened = value.open(t.app.vault()).unwrap_or_else(|error| panic!("{}: {error}", value.place));
        plain.entry(&value.place).or_default().push(opened);
    }
    let (codes, mut missing) = (sealed::codes(t, corpus.acme).await, Vec::new());
    for place in sealed::places(t) {
        let opened = plain.get(place.as_str()).map_or(&[][..], Vec::as_slice);
        let is_there = match (codes.get(place.as_str()), INSTEAD.iter().find(|(known, _, _)| *known == place)) {
            (Some(count), _) => *count > 0,
            (_, Some((_, there, _))) => opened.iter().any(|one| memchr::memmem::find(one, there).is_some()),
            _ => opened.iter().any(|one| has_word(&place, one)),
        };
        if !is_there {
            let shown = opened.iter().map(|one| String::from_utf8_lossy(&one[..one.len().min(120)]).into_owned());
            missing.push(format!("{place}: {:?}", shown.collect::<Vec<_>>()));
        }
    }
    assert!(missing.is_empty(), "sealed, and no word of theirs is planted: {missing:#?}");

    // Pictures have no words: of them all their bytes are looked for.
    let pictures =
        plain.iter().filter(|(place, _)| INSTEAD.iter().any(|(known, there, _)| known == *place && *there == PNG));
    let pictures = pictures.flat_map(|(place, all)| all.iter().map(|one| ((*place).to_owned(), one.clone())));
    let scan = Scan::of([MARK, HAN, ADDRESS, "13766600077", PLANTED], pictures.chain(corpus.files.pieces.clone()));
    assert_eq!(disk::found(t, &scan, &[disk::log(t).await]).await, Vec::<String>::new(), "the write-ahead log");
    assert_eq!(disk::found(t, &scan, &disk::all(t).await).await, Vec::<String>::new());
    assert_eq!(logs::found(&scan), Vec::<String>::new(), "what the program said");

    // The same search finds what is planted on purpose: in the log of the database, in its files, and in a file.
    sqlx::query("create table public.planted (word text)").execute(&t.admin).await.unwrap();
    sqlx::query("insert into public.planted values ($1)").bind(PLANTED).execute(&t.admin).await.unwrap();
    assert!(!scan.found_below(&[disk::log(t).await]).is_empty(), "planted in the write-ahead log");
    let places = disk::all(t).await;
    assert!(
        scan.found_below(&places).iter().any(|found| found.path.to_string_lossy().contains("/base/")),
        "planted in a table"
    );
    let planted = t.app.settings().data_dir.join("files/planted");
    fs::write(&planted, format!("xx{PLANTED}xx")).unwrap();
    assert!(scan.found_below(&places).iter().any(|found| found.path == planted));
}

#[tokio::test]
async fn what_any_thread_writes_into_the_log_is_found_there_and_requests_are_heard() {
    // Other tests look for their words in the same log.
    let scan = Scan::of(["rotkehlchen 知更鸟"], []);
    logs::hear();
    assert_eq!(logs::found(&scan), Vec::<String>::new());
    std::thread::spawn(|| tracing::debug!(code = "xrotkehlchen 知更鸟x", "planted")).join().unwrap();
    assert_eq!(logs::found(&scan).len(), 1);
    logs::told("and a command prints rotkehlchen 知更鸟");
    assert_eq!(logs::found(&scan).len(), 2);
    // An id of a time at which no other test is.
    let t = testkit::TestApp::with(corpus::modules()).await;
    t.clock.set("2041-05-04T03:02:01Z".parse().unwrap());
    let answer = t.answer(None, "GET", "/v1/me", Vec::new(), &[]).await;
    let request = Scan::of([answer.headers()["x-request-id"].to_str().unwrap()], []);
    assert_eq!(logs::found(&request).len(), 1, "a request is a line");
}
