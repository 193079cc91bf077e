//! The audit log: pseudonyms whose keys die, a chain that shows what was changed, taken out, put elsewhere or cut off.

use kernel::audit::{self, Fault, Flaw, Head, Wanted};
use kernel::{Actor, Bucket, OrgId};
use testkit::{Person, TestApp};

use crate::notes;

async fn acme() -> (TestApp, Person) {
    let t = TestApp::with(vec![notes::module()]).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    (t, ann)
}

async fn write(t: &TestApp, org: OrgId, actor: Actor) {
    let mut tx = t.app.begin(org, actor).await.unwrap();
    notes::write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn writes(t: &TestApp, org: OrgId, actor: Actor, count: usize) {
    for _ in 0..count {
        write(t, org, actor).await;
    }
}

/// The owner is under row security too; to tamper it enters the organisation.
async fn entered(t: &TestApp, org: OrgId) -> sqlx::PgPool {
    let options = (*t.admin.connect_options()).clone().options([("app.org", org.to_string())]);
    sqlx::PgPool::connect_with(options).await.unwrap()
}

async fn tamper(t: &TestApp, org: OrgId, statement: &'static str) {
    let done = sqlx::query(statement).execute(&entered(t, org).await).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement} changed something");
}

async fn verified(t: &TestApp, org: OrgId, noted: Option<&Head>) -> (Head, Vec<Fault>) {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let found = audit::verify(&mut tx, noted).await.unwrap();
    (found.head, found.faults)
}

async fn lines(t: &TestApp, org: OrgId) -> Vec<i64> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    sqlx::query_scalar("select line from kernel.audit_entry order by line").fetch_all(tx.db()).await.unwrap()
}

/// Ann does what she may not.
async fn refuse(t: &TestApp, ann: &Person) {
    let path = "/v1/notes/01890000-0000-7000-8000-000000000001";
    assert_eq!(t.call(ann, "DELETE", path, serde_json::Value::Null).await.0, 403);
    t.app.settled().await;
}

#[tokio::test]
async fn an_untouched_log_is_what_was_written() {
    let (t, ann) = acme().await;
    for actor in [Actor::Member(ann.id), Actor::System, Actor::Operator, Actor::Visitor] {
        write(&t, ann.org, actor).await;
    }
    let (head, faults) = verified(&t, ann.org, None).await;
    assert_eq!(faults, []);
    assert!(head.line >= 4 && head.link.len() == 32, "{head:?}");
    assert_eq!(verified(&t, ann.org, Some(&head)).await.1, []);
}

#[tokio::test]
async fn every_way_to_tamper_is_found() {
    let fault = |line, flaw| Fault { line, flaw };
    let cases: [(&str, Vec<Fault>); 11] = [
        ("update kernel.audit_entry set data = '[]' where line = 3", vec![fault(3, Flaw::Changed)]),
        ("update kernel.audit_entry set at = at + interval '1 microsecond' where line = 3", vec![fault(3, Flaw::Changed)]),
        ("update kernel.audit_entry set actor = target where line = 1", vec![fault(1, Flaw::Changed)]),
        ("update kernel.audit_entry set rule = 'people.add' where line = 4", vec![fault(4, Flaw::Changed)]),
        ("update kernel.audit_entry set code = 'forbidden' where line = 4", vec![fault(4, Flaw::Changed)]),
        ("delete from kernel.audit_entry where line = 3", vec![fault(3, Flaw::Missing)]),
        ("delete from kernel.audit_entry where line = 1", vec![fault(1, Flaw::Missing)]),
        ("delete from kernel.audit_entry where line = 6", vec![fault(6, Flaw::Missing)]),
        // Two lines change places: their numbers and links stay where they were.
        (
            "update kernel.audit_entry a set id = b.id, data = b.data, name = b.name, actor_kind = b.actor_kind, actor = b.actor,
                 target = b.target, target_kind = b.target_kind, at = b.at
             from kernel.audit_entry b where (a.line, b.line) in ((3, 4), (4, 3))",
            vec![fault(3, Flaw::Changed), fault(4, Flaw::Changed)],
        ),
        // The end is cut off and the clock wound back, but too far.
        (
            "with gone as (delete from kernel.audit_entry where line = 6 returning 1)
             update kernel.org_clock set line = 5, links = array[(select link from kernel.audit_entry where line = 4)]",
            vec![fault(5, Flaw::Changed)],
        ),
        ("update kernel.pseudonym set member_id = gen_random_uuid()", vec![fault(0, Flaw::Misattributed)]),
    ];
    for (statement, expected) in cases {
        let (t, ann) = acme().await;
        for _ in 0..4 {
            write(&t, ann.org, Actor::System).await;
        }
        assert_eq!(verified(&t, ann.org, None).await.0.line, 6, "two lines of Ann, four notes");
        tamper(&t, ann.org, statement).await;
        assert_eq!(verified(&t, ann.org, None).await.1, expected, "{statement}");
    }
}

/// Whoever rules the database can cut off the end and wind the clock back with it; what was noted elsewhere says so.
#[tokio::test]
async fn what_was_cut_off_is_found_by_a_head_that_was_noted() {
    let (t, ann) = acme().await;
    write(&t, ann.org, Actor::System).await;
    let (noted, _) = verified(&t, ann.org, None).await;
    tamper(
        &t,
        ann.org,
        "with gone as (delete from kernel.audit_entry where line = 3)
         update kernel.org_clock set line = 2, links = array[(select link from kernel.audit_entry where line = 2)]",
    )
    .await;
    assert_eq!(verified(&t, ann.org, None).await.1, []);
    assert_eq!(verified(&t, ann.org, Some(&noted)).await.1, [Fault { line: 3, flaw: Flaw::Missing }]);
    t.clock.advance(chrono::TimeDelta::seconds(1));
    write(&t, ann.org, Actor::System).await;
    assert_eq!(verified(&t, ann.org, None).await.1, []);
    assert_eq!(verified(&t, ann.org, Some(&noted)).await.1, [Fault { line: 3, flaw: Flaw::NotAsNoted }]);
}

#[tokio::test]
async fn people_stand_in_the_log_under_pseudonyms_that_die_with_their_key() {
    let (t, ann) = acme().await;
    let eve = t.member(ann.org, "Eve").await;
    write(&t, ann.org, Actor::Member(eve.id)).await;
    let entries = async || {
        let mut tx = t.app.begin(ann.org, Actor::System).await.unwrap();
        audit::page(&mut tx, &Wanted { actor: Some(eve.id), ..Wanted::default() }, 10).await.unwrap()
    };
    let done = entries().await;
    assert_eq!(done.iter().map(|found| found.stored.actor).collect::<Vec<_>>(), [Some(eve.id.0)]);
    let stored: Vec<String> = {
        let mut tx = t.app.begin(ann.org, Actor::System).await.unwrap();
        sqlx::query_scalar("select row_to_json(e)::text from kernel.audit_entry e").fetch_all(tx.db()).await.unwrap()
    };
    assert!(stored.iter().all(|line| !line.contains(&eve.id.to_string())), "{stored:?}");

    // Erasure: the key and the row about the person go, the lines stay.
    t.app.vault().destroy(ann.org.0, &[Bucket::Member(eve.id.0)]).unwrap();
    let mut tx = t.app.begin(ann.org, Actor::System).await.unwrap();
    sqlx::query("delete from kernel.pseudonym where member_id = $1").bind(eve.id).execute(tx.db()).await.unwrap();
    let all = audit::page(&mut tx, &Wanted::default(), 10).await.unwrap();
    tx.commit().await.unwrap();
    let line = all.iter().find(|entry| entry.line == done[0].line).unwrap();
    assert!(line.stored.actor.is_some_and(|actor| actor != eve.id.0));
    assert_eq!(entries().await.len(), 0, "nobody can ask for them any more");
    assert_eq!(verified(&t, ann.org, None).await.1, [], "the chain is over what is stored");
}

#[tokio::test]
async fn a_refused_act_is_a_line_with_its_request_address_and_device() {
    let (t, ann) = acme().await;
    let path = "/v1/notes/01890000-0000-7000-8000-000000000001";
    let agent = [("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")];
    let answer = t.answer(Some(&ann), "DELETE", path, Vec::new(), &agent).await;
    assert_eq!(answer.status(), 403);
    let request = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    t.app.settled().await;
    let mut tx = t.app.begin(ann.org, Actor::System).await.unwrap();
    let refused = audit::page(&mut tx, &Wanted { is_refused: true, ..Wanted::default() }, 10).await.unwrap();
    let [line] = &refused[..] else { panic!("one line") };
    let (stored, trace) = (&line.stored, line.trace.as_ref().unwrap());
    assert_eq!((stored.actor, stored.name.as_str()), (Some(ann.id.0), "burnNote"));
    assert_eq!(stored.code.as_deref(), Some("forbidden"));
    let target = (stored.target_kind.as_deref(), stored.target.map(|id| id.to_string()));
    assert_eq!(target, (Some("note"), path.rsplit('/').next().map(str::to_owned)), "to what");
    assert_eq!(stored.request_id.map(|id| id.to_string()), Some(request));
    assert_eq!((trace.address.as_str(), trace.device.as_str()), ("127.0.0.1", "Firefox · Linux"));
    drop(tx);
    assert_eq!(verified(&t, ann.org, None).await.1, []);
}

/// The lines that tell how many refusals were only counted, the newest first.
async fn counted(t: &TestApp, org: OrgId) -> Vec<audit::Found> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let wanted = Wanted { name: Some("furtherRefusals".to_owned()), ..Wanted::default() };
    audit::page(&mut tx, &wanted, 10).await.unwrap()
}

#[tokio::test]
async fn adm_02_of_many_refusals_ten_are_lines_and_the_others_are_counted_in_one() {
    let (t, ann) = acme().await;
    let eve = t.member(ann.org, "Eve").await;
    let before = verified(&t, ann.org, None).await.0.line;
    refuse(&t, &eve).await;
    for _ in 0..10 {
        refuse(&t, &ann).await;
    }
    let from = t.app.now();
    refuse(&t, &ann).await;
    t.clock.advance(chrono::TimeDelta::seconds(4));
    let until = t.app.now();
    let agent = [("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")];
    let path = "/v1/notes/01890000-0000-7000-8000-000000000001";
    let last = t.answer(Some(&ann), "DELETE", path, Vec::new(), &agent).await;
    t.app.settled().await;
    audit::tell_counted(&t.app).await;
    assert_eq!(verified(&t, ann.org, None).await.0.line - before, 11, "one of Eve, ten of Ann");
    assert_eq!(counted(&t, ann.org).await.len(), 0, "not before its time");

    t.clock.advance(chrono::TimeDelta::seconds(6));
    audit::tell_counted(&t.app).await;
    let found = counted(&t, ann.org).await;
    let [line] = &found[..] else { panic!("one line, of Ann") };
    let (stored, trace) = (&line.stored, line.trace.as_ref().unwrap());
    assert_eq!((stored.actor, stored.code.as_deref()), (Some(ann.id.0), Some("forbidden")));
    let said = serde_json::json!({
        "count": 2, "codes": { "forbidden": 2 }, "operations": { "burnNote": 2 },
        "from": from.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "until": until.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
    });
    assert_eq!(serde_json::to_value(&line.data).unwrap(), said);
    assert_eq!(stored.request_id.map(|id| id.to_string()).as_deref(), last.headers()["x-request-id"].to_str().ok());
    assert_eq!((trace.address.as_str(), trace.device.as_str()), ("127.0.0.1", "Firefox · Linux"));

    t.clock.advance(chrono::TimeDelta::seconds(60));
    audit::tell_counted(&t.app).await;
    assert_eq!(counted(&t, ann.org).await.len(), 1, "it is told once");
    assert_eq!(verified(&t, ann.org, None).await.1, []);
}

/// Nobody hides what they try behind tries that go on: each ten seconds have their line, and none is ever lost.
#[tokio::test]
async fn whoever_goes_on_being_refused_has_a_line_for_each_while() {
    let (t, ann) = acme().await;
    for _ in 0..3 {
        for _ in 0..14 {
            refuse(&t, &ann).await;
        }
        t.clock.advance(chrono::TimeDelta::seconds(10));
    }
    assert_eq!(counted(&t, ann.org).await.len(), 2, "told by the next refusal, before anybody looked by the clock");
    audit::tell_counted(&t.app).await;
    let counts: Vec<_> = counted(&t, ann.org).await.into_iter().map(|found| found.data["count"].clone()).collect();
    assert_eq!(counts, [4, 4, 4]);
}

#[tokio::test]
async fn what_was_counted_is_written_when_the_program_stops() {
    let (t, ann) = acme().await;
    for _ in 0..12 {
        refuse(&t, &ann).await;
    }
    assert_eq!(counted(&t, ann.org).await.len(), 0, "none yet");
    t.app.stop().await;
    let counts: Vec<String> =
        sqlx::query_scalar("select data::jsonb ->> 'count' from kernel.audit_entry where name = 'furtherRefusals'")
            .fetch_all(&entered(&t, ann.org).await)
            .await
            .unwrap();
    assert_eq!(counts, ["2"]);
}

#[tokio::test]
async fn what_people_do_without_a_role_leaves_no_address() {
    let (t, ann) = acme().await;
    let body = serde_json::json!({ "text": "a" });
    assert_eq!(t.call(&ann, "POST", "/v1/notes", body).await.0, 200);
    let mut tx = t.app.begin(ann.org, Actor::System).await.unwrap();
    let newest = audit::page(&mut tx, &Wanted::default(), 1).await.unwrap();
    assert_eq!(newest[0].stored.name, "notes.note_written");
    assert!(newest[0].trace.is_none() && newest[0].stored.request_id.is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_writers_make_one_chain() {
    let (t, ann) = acme().await;
    let t = std::sync::Arc::new(t);
    let before = verified(&t, ann.org, None).await.0.line;
    let done = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    for _ in 0..8 {
        let (writer, done, ann) = (t.clone(), done.clone(), ann.clone());
        let five = async move { writes(&writer, ann.org, Actor::Member(ann.id), 5).await };
        t.app.spawn("writer", async move {
            five.await;
            done.add_permits(1);
        });
    }
    drop(done.acquire_many(8).await.unwrap());
    let (head, faults) = verified(&t, ann.org, None).await;
    assert_eq!((head.line - before, faults), (40, Vec::new()));
}

#[tokio::test]
async fn the_outbox_forgets_after_a_month_and_the_log_does_not() {
    let (t, ann) = acme().await;
    write(&t, ann.org, Actor::Member(ann.id)).await;
    let lines = verified(&t, ann.org, None).await.0.line;
    t.run_subscribers().await;
    t.clock.advance(chrono::TimeDelta::days(31));
    t.run_jobs().await;
    assert_eq!(t.events(ann.org).await, Vec::<String>::new());
    let (head, faults) = verified(&t, ann.org, None).await;
    assert_eq!((head.line, faults), (lines, Vec::new()));
}

#[tokio::test]
async fn ret_01_lines_and_refusals_stay_six_months_and_then_go_from_the_oldest_on() {
    let (t, ann) = acme().await;
    refuse(&t, &ann).await;
    let (early, _) = verified(&t, ann.org, None).await;
    t.clock.advance(audit::KEPT - chrono::TimeDelta::days(1));
    write(&t, ann.org, Actor::Member(ann.id)).await;
    t.run_subscribers().await;
    t.run_jobs().await;
    assert_eq!(lines(&t, ann.org).await.len() as i64, early.line + 1, "nothing goes before its time");

    t.clock.advance(chrono::TimeDelta::days(2));
    t.run_jobs().await;
    assert_eq!(lines(&t, ann.org).await, [early.line + 1]);
    let (head, faults) = verified(&t, ann.org, Some(&early)).await;
    assert_eq!((head.line, faults), (early.line + 1, Vec::new()), "what is left hangs together, and on what went");
    let other = Head { link: vec![0; 32], ..early.clone() };
    let not_as_noted = Fault { line: early.line, flaw: Flaw::NotAsNoted };
    assert_eq!(verified(&t, ann.org, Some(&other)).await.1, [not_as_noted]);

    t.clock.advance(audit::KEPT);
    t.run_jobs().await;
    assert_eq!(lines(&t, ann.org).await, [0_i64; 0]);
    assert_eq!(verified(&t, ann.org, None).await, (head.clone(), Vec::new()));
    write(&t, ann.org, Actor::Member(ann.id)).await;
    assert_eq!(lines(&t, ann.org).await, [head.line + 1], "numbers go on");
    assert_eq!(verified(&t, ann.org, None).await.1, []);
}

#[tokio::test]
async fn nobody_else_says_that_the_time_of_a_beginning_is_over() {
    let (t, ann) = acme().await;
    write(&t, ann.org, Actor::System).await;
    tamper(
        &t,
        ann.org,
        "with gone as (delete from kernel.audit_entry where line <= 2 returning line, link)
         update kernel.org_clock set past_line = 2, past_link = (select link from gone where line = 2)",
    )
    .await;
    let missing = [1, 2].map(|line| Fault { line, flaw: Flaw::Missing });
    assert_eq!(verified(&t, ann.org, None).await.1, missing);
}

#[tokio::test]
async fn a_line_before_the_beginning_is_found() {
    let (t, ann) = acme().await;
    let (early, _) = verified(&t, ann.org, None).await;
    t.clock.advance(audit::KEPT);
    write(&t, ann.org, Actor::System).await;
    t.clock.advance(chrono::TimeDelta::days(1));
    t.run_jobs().await;
    assert_eq!(lines(&t, ann.org).await, [early.line + 1]);
    tamper(
        &t,
        ann.org,
        "insert into kernel.audit_entry (line, id, at, actor_kind, name, data, link)
         select 1, id, at, actor_kind, name, data, link from kernel.audit_entry",
    )
    .await;
    assert_eq!(verified(&t, ann.org, None).await.1, [Fault { line: 1, flaw: Flaw::Surplus }]);
}
