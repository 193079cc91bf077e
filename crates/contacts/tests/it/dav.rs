//! CardDAV: what a device reads is what its owner may see, and nothing a client sends does harm.

use axum::body::Body;
use axum::http::{Request, Response};
use base64::Engine;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

const PEOPLE: &str = "/dav/books/people/";
const CONTACTS: &str = "/dav/books/contacts/";
const ETAGS: &str = "<d:propfind xmlns:d='DAV:'><d:prop><d:getetag/></d:prop></d:propfind>";

/// A device with a user name and a password.
struct Device(String);

impl Device {
    async fn of(t: &TestApp, who: &Person) -> Self {
        let (status, made) = t.call(who, "POST", "/v1/app-passwords", json!({"name": "Phone"})).await;
        assert_eq!(status, 201, "{made}");
        Self::with(made["user_name"].as_str().expect("a name"), made["password"].as_str().expect("a password"))
    }

    fn with(user: &str, password: &str) -> Self {
        let coded = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
        Self(format!("Basic {coded}"))
    }

    async fn send(&self, t: &TestApp, method: &str, path: &str, body: impl Into<Body>) -> Response<Body> {
        let request = Request::builder().method(method).uri(path).header("authorization", &self.0).header("depth", "1");
        t.request(request.body(body.into()).expect("a request")).await
    }

    async fn ask(&self, t: &TestApp, method: &str, path: &str, body: impl Into<Body>) -> (u16, String) {
        let response = self.send(t, method, path, body).await;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }
}

fn sync(token: &str) -> String {
    format!(
        "<d:sync-collection xmlns:d='DAV:'><d:sync-token>{token}</d:sync-token><d:sync-level>1</d:sync-level>\
         <d:prop><d:getetag/></d:prop></d:sync-collection>"
    )
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found).unwrap_or_default()
}

async fn add_contact(t: &TestApp, who: &Person, name: &str) -> String {
    let new = json!({"kind": "external", "card": {"name": name, "phones": [{"number": "95588"}]}});
    let (status, made) = t.call(who, "POST", "/v1/contacts", new).await;
    assert_eq!(status, 201, "{made}");
    made["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_client_finds_its_way_from_the_host_to_the_cards() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (bob, _eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    add_contact(&t, &bob, "Kwame").await;
    let device = Device::of(&t, &bob).await;
    let moved = device.send(&t, "PROPFIND", "/.well-known/carddav", "").await;
    assert_eq!((moved.status().as_u16(), moved.headers()["location"].to_str().unwrap()), (301, "/dav/"));
    let (_, root) = device
        .ask(
            &t,
            "PROPFIND",
            "/dav/",
            "<d:propfind xmlns:d='DAV:'><d:prop><d:current-user-principal/></d:prop></d:propfind>",
        )
        .await;
    assert!(root.contains("<d:current-user-principal><d:href>/dav/me/</d:href>"), "{root}");
    let (_, me) = device.ask(&t, "PROPFIND", "/dav/me/", "<d:propfind xmlns:d='DAV:' xmlns:c='urn:ietf:params:xml:ns:carddav'><d:prop><c:addressbook-home-set/></d:prop></d:propfind>").await;
    assert!(me.contains("<d:href>/dav/books/</d:href>"), "{me}");
    let (_, home) = device.ask(&t, "PROPFIND", "/dav/books/", "").await;
    assert!(home.contains(PEOPLE) && home.contains(CONTACTS) && home.contains("<c:addressbook/>"), "{home}");
    let (status, people) = device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await;
    assert_eq!((status, people.matches(".vcf</d:href>").count()), (207, 2), "{people}");
    let (_, contacts) = device.ask(&t, "PROPFIND", CONTACTS, ETAGS).await;
    let card = contacts.split("<d:href>").find(|part| part.contains(".vcf")).unwrap().split('<').next().unwrap();
    let shown = device.send(&t, "GET", card, "").await;
    let etag = shown.headers()["etag"].to_str().unwrap().replace('"', "&quot;");
    assert!(contacts.contains(&etag));
    let text = shown.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&text).contains("FN:Kwame\r\n"));
}

#[tokio::test]
async fn the_reports_find_load_and_follow_cards() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let kwame = add_contact(&t, &bob, "Kwame").await;
    let zoe = add_contact(&t, &bob, "Zoë & <Söhne>").await;
    let device = Device::of(&t, &bob).await;
    let query = |text: &str| {
        format!(
            "<c:addressbook-query xmlns:c='urn:ietf:params:xml:ns:carddav' xmlns:d='DAV:'><d:prop><c:address-data/></d:prop>\
             <c:filter><c:prop-filter name='FN'><c:text-match>{text}</c:text-match></c:prop-filter></c:filter></c:addressbook-query>"
        )
    };
    let (status, found) = device.ask(&t, "REPORT", CONTACTS, query("zoe")).await;
    assert!(status == 207 && found.contains(&zoe) && !found.contains(&kwame), "{found}");
    assert!(found.contains("FN:Zoë &amp; &lt;Söhne&gt;&#13;\n"), "{found}");
    let multiget = format!(
        "<c:addressbook-multiget xmlns:c='urn:ietf:params:xml:ns:carddav' xmlns:d='DAV:'><d:prop><d:getetag/><c:address-data/></d:prop>\
         <d:href>{CONTACTS}{kwame}.vcf</d:href><d:href>{PEOPLE}{kwame}.vcf</d:href><d:href>/etc/passwd</d:href></c:addressbook-multiget>"
    );
    let (_, got) = device.ask(&t, "REPORT", CONTACTS, multiget).await;
    assert_eq!((got.matches("BEGIN:VCARD").count(), got.matches("404 Not Found").count()), (1, 2), "{got}");
    let (_, first) = device.ask(&t, "REPORT", CONTACTS, sync("")).await;
    assert!(first.contains(&kwame) && first.contains(&zoe));
    let token = between(&first, "<d:sync-token>", "</d:sync-token>").to_owned();
    let (status, same) = device.ask(&t, "REPORT", CONTACTS, sync(&token)).await;
    assert!(status == 207 && !same.contains(".vcf") && same.contains(&token), "{same}");
    assert_eq!(t.call(&bob, "DELETE", &format!("/v1/contacts/{kwame}"), Value::Null).await.0, 204);
    let (status, refused) = device.ask(&t, "REPORT", CONTACTS, sync(&token)).await;
    assert!(status == 403 && refused.contains("<d:valid-sync-token/>"), "{refused}");
    let (_, anew) = device.ask(&t, "REPORT", CONTACTS, sync("")).await;
    assert!(!anew.contains(&kwame) && anew.contains(&zoe));
}

#[tokio::test]
async fn a_device_sees_what_its_owner_may_see_and_writes_nothing() {
    let t = TestApp::with(crate::modules()).await;
    let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
    let (bob, eve, mal) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await, t.member(rival, "Mal").await);
    let kwame = add_contact(&t, &bob, "Kwame").await;
    let card = format!("{CONTACTS}{kwame}.vcf");
    let (bobs, eves, mals) = (Device::of(&t, &bob).await, Device::of(&t, &eve).await, Device::of(&t, &mal).await);
    assert_eq!(bobs.ask(&t, "GET", &card, "").await.0, 200);
    assert_eq!((eves.ask(&t, "GET", &card, "").await.0, mals.ask(&t, "GET", &card, "").await.0), (404, 404));
    let colleague = format!("{PEOPLE}{}.vcf", eve.id);
    assert_eq!((bobs.ask(&t, "GET", &colleague, "").await.0, mals.ask(&t, "GET", &colleague, "").await.0), (200, 404));
    for method in ["PUT", "DELETE", "MKCOL", "PROPPATCH", "MOVE", "POST", "LOCK"] {
        assert_eq!(bobs.ask(&t, method, &card, "BEGIN:VCARD").await.0, 403, "{method}");
    }
    assert_eq!(bobs.ask(&t, "BREW", &card, "").await.0, 405);
    assert_eq!(bobs.ask(&t, "GET", &card, "").await.0, 200);
    // Whoever is shut out is in no book, and their devices are let in no more.
    for state in [directory::State::Suspended, directory::State::Disabled, directory::State::Leaving] {
        let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
        directory::set_state(&mut tx, eve.id, state).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bobs.ask(&t, "GET", &colleague, "").await.0, 404);
        assert_eq!(eves.ask(&t, "PROPFIND", PEOPLE, "").await.0, 401);
    }
}

#[tokio::test]
async fn a_colleagues_card_says_organisation_and_main_department_as_far_as_one_sees_it() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mut ids = Vec::new();
    for name in ["Research; Labs", "Works"] {
        let (status, made) = t.call(&ann, "POST", "/v1/departments", json!({"name": name})).await;
        assert_eq!(status, 201, "{made}");
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    let place = json!({"department_ids": ids});
    assert_eq!(t.call(&ann, "PATCH", &format!("/v1/members/{}", bob.id), place).await.0, 200);
    let device = Device::of(&t, &eve).await;
    let (bobs, anns) = (format!("{PEOPLE}{}.vcf", bob.id), format!("{PEOPLE}{}.vcf", ann.id));
    let (_, card) = device.ask(&t, "GET", &bobs, "").await;
    assert!(card.contains("ORG:Acme;Research\\; Labs\r\n"), "{card}");
    let (_, card) = device.ask(&t, "GET", &anns, "").await;
    assert!(card.contains("ORG:Acme\r\n"), "in no department: {card}");
    let query = "<c:addressbook-query xmlns:c='urn:ietf:params:xml:ns:carddav' xmlns:d='DAV:'><d:prop><d:getetag/></d:prop>\
         <c:filter><c:prop-filter name='ORG'><c:text-match>labs</c:text-match></c:prop-filter></c:filter></c:addressbook-query>";
    let (_, found) = device.ask(&t, "REPORT", PEOPLE, query).await;
    assert!(found.contains(&bobs) && !found.contains(&anns), "{found}");
    let path = format!("/v1/departments/{}", ids[0]);
    assert_eq!(t.call(&ann, "PATCH", &path, json!({"is_hidden": true})).await.0, 200);
    let (_, card) = device.ask(&t, "GET", &bobs, "").await;
    assert!(card.contains("ORG:Acme;Works\r\n"), "what is hidden from Eve is on no device of hers: {card}");
}

#[tokio::test]
async fn only_a_live_app_password_opens_it_and_it_opens_nothing_else() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let device = Device::of(&t, &bob).await;
    assert_eq!(device.ask(&t, "PROPFIND", PEOPLE, "").await.0, 207);
    assert_eq!(device.ask(&t, "GET", "/v1/contacts", "").await.0, 401);
    for (user, password) in [("", ""), ("x", "y"), ("x.acme", "y"), ("x.nowhere", "y"), ("\0.acme", "\0")] {
        let response = Device::with(user, password).send(&t, "PROPFIND", PEOPLE, "").await;
        assert_eq!(response.status(), 401);
        assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
    }
    let (_, list) = t.call(&bob, "GET", "/v1/app-passwords", Value::Null).await;
    assert!(list["items"][0]["used_at"].is_string());
    let path = format!("/v1/app-passwords/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(t.call(&bob, "DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(device.ask(&t, "PROPFIND", PEOPLE, "").await.0, 401);
    let guesses = (0..40).map(|_| device.ask(&t, "PROPFIND", PEOPLE, ""));
    let mut last = 0;
    for guess in guesses {
        last = guess.await.0;
    }
    assert_eq!(last, 429, "whoever guesses is stopped");
}

#[tokio::test]
async fn hostile_bodies_are_refused_without_harm() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let device = Device::of(&t, &bob).await;
    assert_eq!(device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await.0, 207);
    let bomb = "<!DOCTYPE l [<!ENTITY l0 'lol'><!ENTITY l1 '&l0;&l0;&l0;&l0;'>]><d:propfind xmlns:d='DAV:'><d:prop>&l1;</d:prop></d:propfind>";
    let file = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><d:propfind xmlns:d='DAV:'><d:prop>&f;</d:prop></d:propfind>";
    let deep = "<a>".repeat(60_000);
    let strange = "<d:propfind xmlns:d='DAV:'><d:prop><d:a\"onload=/></d:prop></d:propfind>";
    for body in [bomb, file, &deep, strange, "{}", "<d:propfind xmlns:d='DAV:'>", "<other/>", "\u{0}"] {
        let (status, answer) = device.ask(&t, "PROPFIND", PEOPLE, body.to_owned()).await;
        assert!(status == 400 && !answer.contains("root:"), "{status} {answer}");
        assert_eq!(device.ask(&t, "REPORT", PEOPLE, body.to_owned()).await.0 / 100, 4);
    }
    assert_eq!(device.ask(&t, "PROPFIND", PEOPLE, "x".repeat(2 * 1024 * 1024)).await.0, 413);
    let echoed = "<d:propfind xmlns:d='DAV:'><d:prop><e:x xmlns:e='a\"&gt;&lt;script>'/></d:prop></d:propfind>";
    let (status, answer) = device.ask(&t, "PROPFIND", PEOPLE, echoed.to_owned()).await;
    assert!(status == 207 && !answer.contains("<script>"), "{answer}");
    let request = Request::builder().method("PROPFIND").uri(PEOPLE).header("authorization", &device.0);
    let endless = t.request(request.header("depth", "infinity").body(Body::empty()).unwrap()).await;
    assert_eq!(endless.status(), 403);
}

/// When the one password of somebody was used last, as they see it.
async fn used_at(t: &TestApp, who: &Person) -> Value {
    t.call(who, "GET", "/v1/app-passwords", Value::Null).await.1["items"][0]["used_at"].clone()
}

/// `OPN-03`: what is off for the members is off for their devices.
#[tokio::test]
async fn address_books_that_are_off_answer_no_device_and_contacts_that_are_off_are_in_no_book() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    add_contact(&t, &bob, "Kwame").await;
    let device = Device::of(&t, &bob).await;
    let switch = async |key: &str, open_to: &str| {
        let path = format!("/v1/applications/{key}");
        let (status, answer) = t.call(&ann, "PUT", &path, json!({ "open_to": open_to })).await;
        assert_eq!(status, 200, "{answer}");
    };
    let cards = async |book: &str| device.ask(&t, "PROPFIND", book, ETAGS).await.1.matches(".vcf").count();
    assert_eq!((cards(CONTACTS).await, cards(PEOPLE).await), (1, 2));
    switch("contacts", "nobody").await;
    assert_eq!((cards(CONTACTS).await, cards(PEOPLE).await), (0, 2), "colleagues stay");
    switch("contacts", "everybody").await;
    assert_eq!(cards(CONTACTS).await, 1, "nothing was deleted");
    let used = used_at(&t, &bob).await;
    assert!(used.is_string(), "it is, while they are on");
    switch("address_books", "nobody").await;
    let (status, answer) = device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await;
    assert!(status == 403 && answer.contains("applications.off"), "{status} {answer}");
    // `ORG-12`: nor is it noted that a device asked. A password can be taken back all the same.
    t.clock.advance(chrono::TimeDelta::hours(2));
    assert_eq!(device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await.0, 403);
    assert_eq!(used_at(&t, &bob).await, used);
    let (_, list) = t.call(&bob, "GET", "/v1/app-passwords", Value::Null).await;
    let path = format!("/v1/app-passwords/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(t.call(&bob, "DELETE", &path, Value::Null).await.0, 204);
    let (status, answer) = t.call(&bob, "POST", "/v1/app-passwords", json!({"name": "Phone"})).await;
    assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("applications.off")));
}

#[tokio::test]
async fn an_address_book_is_shut_while_the_organisation_is_suspended() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    let phone = Device::of(&t, &ann).await;
    assert_eq!(phone.ask(&t, "PROPFIND", PEOPLE, ETAGS).await.0, 207);
    let mut tx = t.app.begin(acme, kernel::Actor::Operator).await.expect("a transaction");
    let by = hosting::OperatorAct::of(&tx, None).expect("the operator");
    hosting::suspend(&mut tx, &by, "Bills are not paid").await.expect("it was open");
    tx.commit().await.expect("a commit");
    let (status, answer) = phone.ask(&t, "PROPFIND", PEOPLE, ETAGS).await;
    assert_eq!(status, 403, "{answer}");
    assert!(answer.contains("hosting.organisation_suspended"), "{answer}");
    // Nobody learns that without a password.
    assert_eq!(Device::with("x.acme", "guessed").ask(&t, "PROPFIND", PEOPLE, ETAGS).await.0, 401);
}

/// An end is an end: whoever is let in again makes new passwords (`ACC-10`).
#[tokio::test]
async fn acc_10_passwords_of_before_stay_ended_when_somebody_is_let_in_again() {
    let t = TestApp::with(crate::modules()).await;
    let other = t.beside(crate::modules());
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (phone, anns) = (Device::of(&t, &bob).await, Device::of(&t, &ann).await);
    let turn = async |state| {
        t.clock.advance(chrono::TimeDelta::seconds(1));
        let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
        directory::set_state(&mut tx, bob.id, state).await.unwrap();
        tx.commit().await.unwrap();
    };
    let both = async |device: &Device| {
        let here = device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await.0;
        (here, device.ask(&other, "PROPFIND", PEOPLE, ETAGS).await.0)
    };
    assert_eq!(both(&phone).await, (207, 207));
    turn(directory::State::Suspended).await;
    assert_eq!(both(&phone).await, (401, 401));
    // At once, before what is over is cleared away.
    turn(directory::State::Active).await;
    assert_eq!((both(&phone).await, both(&anns).await), ((401, 401), (207, 207)));
    let newer = Device::of(&t, &bob).await;
    t.run_subscribers().await;
    assert_eq!((both(&phone).await, both(&newer).await), ((401, 401), (207, 207)));
    let (_, list) = t.call(&bob, "GET", "/v1/app-passwords", Value::Null).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "the old one is gone: {list}");
    let revoked = t.events(acme).await.into_iter().filter(|name| name == "contacts.app_password_revoked").count();
    assert_eq!(revoked, 1);
    // Whoever stays out has none left either.
    turn(directory::State::Disabled).await;
    t.run_subscribers().await;
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from contacts.app_password").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 1, "Ann's");
}

#[tokio::test]
async fn dsr_04_whoever_had_their_data_frozen_is_in_no_address_book() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    // Ann looks after people, and sees him elsewhere.
    let device = Device::of(&t, &ann).await;
    let card = format!("{PEOPLE}{}.vcf", bob.id);
    assert_eq!(device.ask(&t, "GET", &card, "").await.0, 200);
    t.freeze(&bob).await;
    assert_eq!(t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), Value::Null).await.0, 200);
    assert_eq!(device.ask(&t, "GET", &card, "").await.0, 404);
    let (_, people) = device.ask(&t, "PROPFIND", PEOPLE, ETAGS).await;
    assert!(!people.contains(&bob.id.to_string()), "{people}");
    t.thaw(&bob).await;
    assert_eq!(device.ask(&t, "GET", &card, "").await.0, 200);
}
