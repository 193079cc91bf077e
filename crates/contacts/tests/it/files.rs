//! vCard files in and out.

use serde_json::{Value, json};
use testkit::{Person, TestApp};

const TRY: &str = "/v1/contacts/import?kind=external";
const WRITE: &str = "/v1/contacts/import?kind=external&write=true";
const FILE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:陆;行舟;;;\r\nFN:陆行舟\r\nTEL;TYPE=CELL:138 0013 8000\r\nEND:VCARD\r\n\
                    BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kwame\\, Ndiaye\r\nEMAIL:k@example.org\r\nNOTE:one\\ntwo\r\nEND:VCARD\r\n";

async fn import(t: &TestApp, who: &Person, path: &str, body: &[u8]) -> Value {
    let (status, answer) = t.send(Some(who), "POST", path, body.to_vec(), &[("content-type", "text/vcard")]).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).expect("JSON")
}

async fn count(t: &TestApp, who: &Person) -> usize {
    let (_, page) = t.call(who, "GET", "/v1/contacts", Value::Null).await;
    page["items"].as_array().expect("items").len()
}

#[tokio::test]
async fn a_file_is_tried_written_and_known_the_second_time() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let tried = import(&t, &bob, TRY, FILE.as_bytes()).await;
    assert_eq!((&tried["is_written"], &tried["new_count"], count(&t, &bob).await), (&json!(false), &json!(2), 0));
    assert_eq!(tried["cards"][1]["name"], "Kwame, Ndiaye");
    let written = import(&t, &bob, WRITE, FILE.as_bytes()).await;
    assert_eq!((&written["is_written"], count(&t, &bob).await), (&json!(true), 2));
    let again = import(&t, &bob, WRITE, FILE.as_bytes()).await;
    assert_eq!((&again["new_count"], &again["known_count"], count(&t, &bob).await), (&json!(0), &json!(2), 2));
    let (status, out) = t.send(Some(&bob), "POST", "/v1/contacts/export", b"{\"version\":\"4.0\"}".to_vec(), &[]).await;
    let out = String::from_utf8(out).unwrap();
    assert_eq!(status, 200);
    assert!(
        out.contains("VERSION:4.0\r\n") && out.contains("FN:Kwame\\, Ndiaye\r\n") && out.contains("+8613800138000")
    );
    let eve = t.member(acme, "Eve").await;
    let (_, nothing) = t.send(Some(&eve), "POST", "/v1/contacts/export", b"{}".to_vec(), &[]).await;
    assert!(nothing.is_empty());
}

/// What a phone of 2008 writes (vCard 2.1).
#[tokio::test]
async fn dir_12_a_file_of_an_old_phone_is_read_in_the_encoding_it_names() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let file = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=C2=BD;=D0=D0=\r\n=D6=DB;;;\r\n\
                TEL;CELL:13800138000\r\nEND:VCARD\r\n";
    let written = import(&t, &bob, WRITE, file.as_bytes()).await;
    assert_eq!((&written["is_written"], count(&t, &bob).await), (&json!(true), 1));
    let (_, page) = t.call(&bob, "GET", "/v1/contacts", Value::Null).await;
    assert_eq!(page["items"][0]["card"]["name"], "陆行舟");
    let cut = import(&t, &bob, WRITE, file.replace("=D6=DB", "=D6=D").as_bytes()).await;
    assert_eq!(cut["problems"][0], json!({"line": 3, "field": "line", "why": "is_not_quoted_printable"}));
    assert_eq!((&cut["is_written"], count(&t, &bob).await), (&json!(false), 1));
}

#[tokio::test]
async fn with_anything_wrong_in_a_file_its_line_is_named_and_nothing_is_written() {
    let t = TestApp::with(crate::modules()).await;
    let acme = t.org("Acme").await;
    let bob = t.member(acme, "Bob").await;
    let spoilt = FILE.replace("k@example.org", "not an address");
    let answer = import(&t, &bob, WRITE, spoilt.as_bytes()).await;
    assert_eq!(answer["problems"], json!([{"line": 10, "field": "EMAIL", "why": "not_an_email_address"}]));
    let bytes = [FILE.as_bytes(), b"\xff\xfe"].concat();
    let answer = import(&t, &bob, WRITE, &bytes).await;
    assert_eq!(answer["problems"], json!([{"line": 13, "field": "line", "why": "is_not_utf8"}]));
    assert_eq!(answer["is_written"], false);
    assert_eq!(count(&t, &bob).await, 0);
    let (status, answer) =
        t.send(Some(&bob), "POST", WRITE, vec![b'x'; 5 * 1024 * 1024], &[("content-type", "text/vcard")]).await;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status.as_u16(), &answer["code"]), (413, &json!("too_large")));
}
