//! The look of an organisation through its API, on a real database (WCAG 2.2, 1.4.3).

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

/// Eight by eight, with a text no logo needs.
const PNG: &[u8] = include_bytes!("logo.png");

#[tokio::test]
async fn contract() {
    testkit::contract(vec![branding::module()]).await;
}

struct Office {
    t: TestApp,
    ann: Person,
    bob: Person,
    mal: Person,
}

impl Office {
    /// Mal is of another organisation.
    async fn open() -> Self {
        let t = TestApp::with(vec![branding::module()]).await;
        let (acme, rival) = (t.org("acme").await, t.org("rival").await);
        let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
        Self { t, ann, bob, mal }
    }

    async fn send(&self, who: &Person, method: &str, path: &str, (seen, body): (&str, &[u8])) -> (StatusCode, Value) {
        let is_json = path == "/v1/brand";
        let kind = if is_json { "application/json" } else { "image/png" };
        let headers = [("if-match", seen), ("content-type", kind)];
        let (status, answer) = self.t.send(Some(who), method, path, body.to_vec(), &headers).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    async fn edit(&self, who: &Person, seen: &str, body: Value) -> (StatusCode, Value) {
        self.send(who, "PUT", "/v1/brand", (seen, body.to_string().as_bytes())).await
    }

    async fn brand(&self, who: &Person) -> Value {
        let (status, brand) = self.t.call(who, "GET", "/v1/brand", json!(null)).await;
        assert_eq!(status, 200, "{brand}");
        brand
    }
}

#[tokio::test]
async fn everybody_sees_what_an_administrator_decided_and_nobody_elsewhere() {
    let office = Office::open().await;
    assert_eq!(office.brand(&office.bob).await, json!({ "revision": 0, "can": { "edit": false } }));
    let (status, brand) = office.edit(&office.ann, "\"0\"", json!({ "name": " 云雾 ", "accent": "#B00020" })).await;
    assert_eq!(
        (status.as_u16(), &brand["name"], &brand["accent"]),
        (200, &json!("云雾"), &json!("#b00020")),
        "{brand}"
    );
    let seen = office.brand(&office.bob).await;
    assert_eq!(
        (&seen["name"], &seen["accent"], &seen["can"]["edit"]),
        (&json!("云雾"), &json!("#b00020"), &json!(false))
    );
    assert_eq!(office.brand(&office.mal).await["revision"], 0);
    assert_eq!(office.edit(&office.bob, "*", json!({})).await.0, 403);
    let (status, brand) = office.edit(&office.ann, "*", json!({})).await;
    assert_eq!((status.as_u16(), brand.get("name"), brand.get("accent")), (200, None, None), "Tulou's own again");
}

#[tokio::test]
async fn the_second_of_two_who_change_it_is_refused() {
    let office = Office::open().await;
    assert_eq!(office.edit(&office.ann, "\"0\"", json!({ "accent": "#266365" })).await.0, 200);
    let (status, refused) = office.edit(&office.ann, "\"0\"", json!({ "accent": "#b00020" })).await;
    assert_eq!((status.as_u16(), &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    let (status, _) = office.send(&office.ann, "PUT", "/v1/brand/logo", ("\"0\"", PNG)).await;
    assert_eq!(status, 412);
    assert_eq!(office.send(&office.ann, "DELETE", "/v1/brand/logo", ("\"0\"", b"")).await.0, 412);
    assert_eq!(office.brand(&office.ann).await["accent"], "#266365");
}

#[tokio::test]
async fn what_nobody_could_read_is_refused_by_its_place() {
    let office = Office::open().await;
    let tries = [
        (json!({ "accent": "#ffcc00" }), "accent", "too_pale"),
        (json!({ "accent": "red" }), "accent", "not_a_colour"),
        (json!({ "name": "x".repeat(25) }), "name", "is_too_long"),
        (json!({ "name": "a\u{202E}b" }), "name", "has_control_characters"),
    ];
    for (body, field, why) in tries {
        let (status, refused) = office.edit(&office.ann, "*", body).await;
        assert_eq!((status.as_u16(), &refused["field"], &refused["why"]), (422, &json!(field), &json!(why)));
    }
    assert_eq!(office.brand(&office.ann).await["revision"], 0, "nothing was written");
}

#[tokio::test]
async fn a_logo_is_a_picture_by_its_bytes_and_says_nothing_else() {
    let office = Office::open().await;
    let put = async |bytes: &[u8]| office.send(&office.ann, "PUT", "/v1/brand/logo", ("*", bytes)).await;
    for bytes in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"", b"<html>", &PNG[..20]] {
        assert_eq!(put(bytes).await.0, 422);
    }
    assert_eq!(put(&[PNG, &vec![0; pictures::MAX_BYTES]].concat()).await.0, 413);
    assert_eq!(office.send(&office.bob, "PUT", "/v1/brand/logo", ("*", PNG)).await.0, 403);
    let (status, brand) = put(PNG).await;
    assert_eq!((status.as_u16(), &brand["logo"]), (200, &json!(1)), "{brand}");
    let (status, shown) = office.t.send(Some(&office.bob), "GET", "/v1/brand/logo?v=1", Vec::new(), &[]).await;
    assert_eq!(status, 200);
    let says = |text: &[u8]| shown.windows(text.len()).any(|part| part == text);
    assert!(says(b"IHDR") && !says(b"Where it was taken"), "the picture is there, what was written into it is not");
    assert_eq!(office.t.send(Some(&office.mal), "GET", "/v1/brand/logo", Vec::new(), &[]).await.0, 404);
    let (_, brand) = office.send(&office.ann, "DELETE", "/v1/brand/logo", ("*", b"")).await;
    assert_eq!(brand.get("logo"), None, "{brand}");
    assert_eq!(office.t.send(Some(&office.bob), "GET", "/v1/brand/logo", Vec::new(), &[]).await.0, 404);
    assert_eq!(put(PNG).await.1["logo"], 2, "another address, or browsers would show the one before");
}
