//! External and customer contacts (`DIR-05`, `DIR-12`): one's own, shared, found, changed by one at a time.

use directory::CreateDepartment;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

const PATH: &str = "/v1/contacts";

fn contact(name: &str, number: &str) -> Value {
    json!({"kind": "customer", "card": {"name": name, "phones": [{"label": "mobile", "number": number}]}})
}

async fn create(t: &TestApp, who: &Person, contact: Value) -> Value {
    let (status, made) = t.call(who, "POST", PATH, contact).await;
    assert_eq!(status, 201, "{made}");
    made
}

async fn names(t: &TestApp, who: &Person, query: &str) -> Vec<String> {
    let (status, page) = t.call(who, "GET", &format!("{PATH}?query={query}"), Value::Null).await;
    assert_eq!(status, 200, "{page}");
    let items = page["items"].as_array().expect("items").iter();
    items.map(|one| one["card"]["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn dir_05_contacts_are_ones_own_until_they_are_shared() {
    let t = TestApp::with(crate::modules()).await;
    let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
    let (bob, eve, mal) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await, t.member(rival, "Mal").await);
    let made = create(&t, &bob, contact("曾国平", "138 0013 8000")).await;
    assert_eq!(made["card"]["phones"][0]["number"], "+8613800138000");
    assert_eq!(made["can"]["edit"], true);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(names(&t, &bob, "").await, ["曾国平"]);
    for stranger in [&eve, &mal] {
        assert!(names(&t, stranger, "").await.is_empty());
        assert_eq!(t.call(stranger, "GET", &path, Value::Null).await.0, 404);
        assert_eq!(t.call(stranger, "DELETE", &path, Value::Null).await.0, 404);
    }
    let shared = json!({"kind": "customer", "card": made["card"], "shared_with": [{"kind": "everyone"}]});
    let tag = t.answer(Some(&bob), "GET", &path, Vec::new(), &[]).await.headers()["etag"].clone();
    let write = async || {
        let headers = [("if-match", tag.to_str().unwrap())];
        let (status, answer) = t.send(Some(&bob), "PUT", &path, shared.to_string().into_bytes(), &headers).await;
        (status.as_u16(), serde_json::from_slice::<Value>(&answer).unwrap())
    };
    let (status, changed) = write().await;
    assert_eq!((status, &changed["revision"]), (200, &json!(2)), "{changed}");
    let (status, seen) = t.call(&eve, "GET", &path, Value::Null).await;
    assert_eq!((status.as_u16(), &seen["can"]["edit"]), (200, &json!(false)));
    assert_eq!(t.call(&eve, "DELETE", &path, Value::Null).await.0, 403);
    assert_eq!(t.call(&mal, "GET", &path, Value::Null).await.0, 404);
    // Somebody else's change in between is not overwritten.
    let (status, problem) = write().await;
    assert_eq!((status, &problem["code"]), (412, &json!("directory.changed_meanwhile")));
    // Nor is it deleted by whoever has not seen it.
    let delete = async |seen: &str| t.send(Some(&bob), "DELETE", &path, Vec::new(), &[("if-match", seen)]).await;
    let (status, problem) = delete(tag.to_str().unwrap()).await;
    let problem: Value = serde_json::from_slice(&problem).unwrap();
    assert_eq!((status.as_u16(), &problem["code"]), (412, &json!("directory.changed_meanwhile")));
    assert_eq!(t.call(&eve, "GET", &path, Value::Null).await.0, 200);
    assert_eq!(delete("\"2\"").await.0, 204);
    assert!(names(&t, &eve, "").await.is_empty());
}

#[tokio::test]
async fn one_shares_with_departments_one_is_in_and_an_administrator_tends_what_is_shared() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let sales = department(&t, &ann, "Sales").await;
    let store = department(&t, &ann, "Store").await;
    let (status, placed) =
        t.call(&ann, "PATCH", &format!("/v1/members/{}", bob.id), json!({"department_ids": [sales]})).await;
    assert_eq!(status, 200, "{placed}");
    let with = |department: &str| {
        let mut new = contact("Kwame", "95588");
        new["shared_with"] = json!([{"kind": "department", "id": department}]);
        new
    };
    let (status, problem) = t.call(&bob, "POST", PATH, with(&store)).await;
    assert_eq!((status.as_u16(), &problem["field"]), (422, &json!("shared_with")));
    let made = create(&t, &bob, with(&sales)).await;
    assert!(names(&t, &eve, "").await.is_empty(), "Eve is in no department");
    let carl = t.member(acme, "Carl").await;
    t.call(&ann, "PATCH", &format!("/v1/members/{}", carl.id), json!({"department_ids": [sales]})).await;
    assert_eq!(names(&t, &carl, "kwame").await, ["Kwame"]);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(t.call(&carl, "DELETE", &path, Value::Null).await.0, 403);
    // Ann holds people.edit for the whole organisation, but sees only what is shared with her.
    assert_eq!(t.call(&ann, "GET", &path, Value::Null).await.0, 404);
    t.call(&ann, "PATCH", &format!("/v1/members/{}", ann.id), json!({"department_ids": [sales]})).await;
    assert_eq!(t.call(&ann, "DELETE", &path, Value::Null).await.0, 204);
    // Nothing else on that permission: not what Bob did, and not what Ann does with her own.
    let hers = create(&t, &ann, with(&sales)).await;
    let path = format!("{PATH}/{}", hers["id"].as_str().unwrap());
    assert_eq!(t.call(&ann, "DELETE", &path, Value::Null).await.0, 204);
    let lines = changes(&t, acme).await;
    let rules: Vec<Option<&str>> = lines.iter().rev().map(|line| line.stored.rule.as_deref()).collect();
    assert_eq!(rules, [None, Some("people.edit"), None, None]);
    assert!(lines.iter().all(|line| line.stored.target_kind.as_deref() == Some("member")), "under a pseudonym");
}

#[tokio::test]
async fn dir_05_a_change_of_nothing_is_silent() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let mut new = contact("Kwame", "138 0013 8000");
    new["shared_with"] = json!([{"kind": "everyone"}]);
    let made = create(&t, &bob, new.clone()).await;
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let (status, same) = t.call(&bob, "PUT", &path, new.clone()).await;
    assert_eq!((status.as_u16(), &same["revision"], &same["updated_at"]), (200, &json!(1), &made["updated_at"]));
    assert_eq!(changes(&t, acme).await.len(), 1, "that it was made");
    for (field, other) in [("kind", json!("external")), ("shared_with", json!([])), ("card", json!({"name": "Kwame"}))]
    {
        new[field] = other;
        let (status, changed) = t.call(&bob, "PUT", &path, new.clone()).await;
        assert_eq!((status.as_u16(), &changed[field]["name"]), (200, &new[field]["name"]), "{field}: {changed}");
    }
    assert_eq!(t.call(&bob, "GET", &path, Value::Null).await.1["revision"], 4);
}

/// Whoever says `*` means whatever is there: of two at once the second changes what the first left.
#[tokio::test]
async fn whatever_is_there_is_changed_and_deleted_by_two_at_once_too() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let made = create(&t, &bob, contact("Kwame", "138 0013 8000")).await;
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let write = async |method: &str, name: &str| {
        let body = contact(name, "138 0013 8000").to_string().into_bytes();
        let body = if method == "PUT" { body } else { Vec::new() };
        t.send(Some(&bob), method, &path, body, &[("if-match", "*")]).await.0.as_u16()
    };
    let held = hold(&t, acme).await;
    let let_go = async {
        until_waiting(&t, 2).await;
        held.commit().await.unwrap();
    };
    let (first, second, ()) = tokio::join!(write("PUT", "Kwame One"), write("PUT", "Kwame Two"), let_go);
    assert_eq!((first, second), (200, 200));
    assert_eq!(t.call(&bob, "GET", &path, Value::Null).await.1["revision"], 3);

    let held = hold(&t, acme).await;
    let deleted = async {
        until_waiting(&t, 1).await;
        let let_go = async {
            until_waiting(&t, 2).await;
            held.commit().await.unwrap();
        };
        tokio::join!(write("DELETE", ""), let_go).0
    };
    assert_eq!(tokio::join!(write("PUT", "Kwame Three"), deleted), (200, 204));
}

/// Somebody who is just changing every contact there is.
async fn hold(t: &TestApp, org: kernel::OrgId) -> kernel::Tx {
    let mut tx = t.app.begin(org, kernel::Actor::System).await.expect("a transaction");
    sqlx::query("select from contacts.contact for update").execute(tx.db()).await.expect("they are held");
    tx
}

/// Until so many wait for somebody else in this database.
async fn until_waiting(t: &TestApp, many: i64) {
    const WAITING: &str = "select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where a.datname = current_database() and not l.granted";
    while sqlx::query_scalar::<_, i64>(WAITING).fetch_one(&t.admin).await.expect("a count") < many {
        tokio::task::yield_now().await;
    }
}

/// The lines of the audit log about contacts, the newest first.
async fn changes(t: &TestApp, org: kernel::OrgId) -> Vec<kernel::audit::Found> {
    let mut tx = t.app.begin(org, kernel::Actor::System).await.expect("a transaction");
    let wanted = kernel::audit::Wanted { name: Some("contacts.contact_changed".into()), ..Default::default() };
    kernel::audit::page(&mut tx, &wanted, 10).await.expect("the log")
}

#[tokio::test]
async fn with_the_key_of_its_owner_a_shared_contact_is_gone_and_the_others_stay() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    for (who, name) in [(&bob, "Kwame"), (&eve, "Zeng")] {
        let mut new = contact(name, "95588");
        new["shared_with"] = json!([{"kind": "everyone"}]);
        create(&t, who, new).await;
    }
    assert_eq!(names(&t, &eve, "").await, ["Kwame", "Zeng"]);
    t.app.vault().destroy(acme.0, &[kernel::Bucket::Member(bob.id.0)]).unwrap();
    assert_eq!(names(&t, &eve, "").await, ["Zeng"]);
}

#[tokio::test]
async fn what_concerns_only_its_owner_is_in_no_log() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    create(&t, &bob, contact("Kwame", "95588")).await;
    assert!(changes(&t, acme).await.is_empty());
    let (status, _) = t.send(Some(&bob), "POST", "/v1/contacts/export", b"{}".to_vec(), &[]).await;
    assert_eq!(status, 200);
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("contacts.contacts_exported".into()), ..Default::default() };
    assert!(kernel::audit::page(&mut tx, &wanted, 10).await.unwrap().is_empty());
}

async fn department(t: &TestApp, ann: &Person, name: &str) -> String {
    let mut tx = t.app.begin(ann.org, kernel::Actor::Member(ann.id)).await.expect("a transaction");
    let new = CreateDepartment { name: name.into(), parent_id: None };
    let made = directory::add_department(&mut tx, new).await.expect("a department");
    tx.commit().await.expect("a commit");
    made.to_string()
}

#[tokio::test]
async fn dir_12_customers_are_found_by_name_sound_company_address_and_number() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    create(&t, &bob, contact("曾国平", "138 0013 8000")).await;
    let mut kwame = contact("Kwame Ndiaye", "+442071838750");
    kwame["kind"] = json!("external");
    kwame["card"]["company"] = json!("云梧科技");
    kwame["card"]["emails"] = json!([{"label": "work", "address": "K.Ndiaye@Example.org"}]);
    create(&t, &bob, kwame).await;
    for query in ["zgp", "zeng", "%E5%9B%BD%E5%B9%B3", "0013%208000", "3800138"] {
        assert_eq!(names(&t, &bob, query).await, ["曾国平"], "{query}");
    }
    for query in ["ndia", "yunwu", "%E4%BA%91%E6%A2%A7", "k.ndiaye@", "7183"] {
        assert_eq!(names(&t, &bob, query).await, ["Kwame Ndiaye"], "{query}");
    }
    for query in ["38", "nobody"] {
        assert!(names(&t, &bob, query).await.is_empty(), "{query}");
    }
    let (_, page) = t.call(&bob, "GET", &format!("{PATH}?kind=customer"), Value::Null).await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let (_, first) = t.call(&bob, "GET", &format!("{PATH}?limit=1"), Value::Null).await;
    assert_eq!(first["items"][0]["card"]["name"], "Kwame Ndiaye");
    let next = first["next"].as_str().unwrap();
    let (_, second) = t.call(&bob, "GET", &format!("{PATH}?limit=1&after={next}"), Value::Null).await;
    assert_eq!((&second["items"][0]["card"]["name"], &second["next"]), (&json!("曾国平"), &Value::Null));
}

#[tokio::test]
async fn the_database_holds_no_name_and_no_number() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    create(&t, &bob, contact("Wilhelmina", "+442071838750")).await;
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let rows: Vec<String> =
        sqlx::query_scalar("select c::text from contacts.contact c").fetch_all(tx.db()).await.unwrap();
    assert_eq!(rows.len(), 1);
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert!(
        !rows[0].contains("Wilhelmina") && !rows[0].contains(&hex("Wilhelmina")) && !rows[0].contains(&hex("2071838"))
    );
}
