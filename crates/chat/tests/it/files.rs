//! Files that messages carry (`IM-06`): whoever may read the message may open them, and they go with it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::Person;

use crate::talk::Office;

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");

impl Office {
    /// Uploads a file; says its id.
    pub async fn upload(&self, who: &Person, name: &str, bytes: &[u8]) -> String {
        let (length, metadata) = (bytes.len().to_string(), format!("filename {}", STANDARD.encode(name)));
        let headers = [TUS, ("upload-length", &length), ("upload-metadata", &metadata)];
        let created = self.t.answer(Some(who), "POST", "/v1/uploads", vec![], &headers).await;
        let location = created.headers()["location"].to_str().unwrap().to_owned();
        let headers = [TUS, ("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
        let (status, _) = self.t.send(Some(who), "PATCH", &location, bytes.to_vec(), &headers).await;
        assert_eq!(status, 204);
        location.rsplit('/').next().unwrap().to_owned()
    }

    pub async fn say_with(&self, who: &Person, conversation: &str, text: &str, file: &str) -> Value {
        self.send(who, conversation, json!({"kind": "text", "v": 1, "text": text, "file_ids": [file]})).await
    }

    async fn fetch(&self, address: &Value) -> (u16, Vec<u8>) {
        let (status, bytes) = self.t.send(None, "GET", address.as_str().unwrap(), vec![], &[]).await;
        (status.as_u16(), bytes)
    }
}

fn path(conversation: &str, message: &Value) -> String {
    let file = message["body"]["files"][0]["id"].as_str().unwrap();
    format!("/v1/conversations/{conversation}/messages/{}/files/{file}", message["seq"])
}

#[tokio::test]
async fn a_file_is_opened_by_whoever_reads_the_message_and_by_nobody_else() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let file = office.upload(&office.ann, "季度报告.txt", b"figures").await;
    let message = office.say_with(&office.ann, &direct, "", &file).await;
    assert_eq!(message["body"]["files"][0]["name"], "季度报告.txt");
    let page = office.page(&office.bob, &direct, "").await;
    assert_eq!(page["items"][0]["body"]["files"][0]["size"], 7);
    let addresses = office.ask(&office.bob, "GET", &path(&direct, &message), json!(null), 200).await;
    assert_eq!(office.fetch(&addresses["content"]).await, (200, b"figures".to_vec()));
    let mal = office.mal().await;
    for stranger in [&office.eve, &mal] {
        office.ask(stranger, "GET", &path(&direct, &message), json!(null), 404).await;
        office.ask(stranger, "GET", &format!("/v1/conversations/{direct}/files"), json!(null), 404).await;
    }
}

#[tokio::test]
async fn a_newcomer_sees_the_files_sent_since_they_came() {
    let office = Office::open().await;
    let group = office.group(&office.ann, &[&office.bob]).await;
    let before = office.upload(&office.ann, "before.txt", b"1").await;
    let before = office.say_with(&office.ann, &group, "", &before).await;
    let body = json!({"member_ids": [office.eve.id], "department_ids": []});
    office.ask(&office.ann, "POST", &format!("/v1/conversations/{group}/members"), body, 204).await;
    let after = office.upload(&office.bob, "after.txt", b"2").await;
    office.say_with(&office.bob, &group, "", &after).await;
    let files = format!("/v1/conversations/{group}/files");
    let names = |page: Value| {
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["file"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(office.ask(&office.eve, "GET", &files, json!(null), 200).await), ["after.txt"]);
    assert_eq!(names(office.ask(&office.bob, "GET", &files, json!(null), 200).await), ["after.txt", "before.txt"]);
    office.ask(&office.eve, "GET", &path(&group, &before), json!(null), 404).await;
    let first = office.ask(&office.bob, "GET", &format!("{files}?limit=1"), json!(null), 200).await;
    let next = first["next"].as_str().unwrap();
    let rest = office.ask(&office.bob, "GET", &format!("{files}?limit=1&before={next}"), json!(null), 200).await;
    assert_eq!((names(first.clone()), names(rest)), (vec!["after.txt".to_owned()], vec!["before.txt".to_owned()]));
    assert_eq!(
        names(office.ask(&office.bob, "GET", &format!("{files}?kind=picture"), json!(null), 200).await),
        [""; 0]
    );
}

#[tokio::test]
async fn only_ones_own_ready_file_can_be_sent_and_only_once() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let file = office.upload(&office.ann, "a.txt", b"a").await;
    let send = |file_ids: Value| json!({"client_id": office.client_id(), "body": {"kind": "text", "v": 1, "text": "", "file_ids": file_ids}});
    let messages = format!("/v1/conversations/{direct}/messages");
    let ask = |who, body, expected| office.ask(who, "POST", &messages, body, expected);
    assert_eq!(ask(&office.bob, send(json!([file])), 422).await["why"], "unknown");
    assert_eq!(ask(&office.ann, send(json!([file, file])), 422).await["why"], "too_many_or_twice");
    let picture = office.upload(&office.ann, "a.png", b"\x89PNG\r\n\x1a\nrest").await;
    assert_eq!(ask(&office.ann, send(json!([picture])), 422).await["why"], "not_ready");
    assert_eq!(ask(&office.ann, send(json!([])), 422).await["why"], "empty");
    let message = send(json!([file]));
    let first = ask(&office.ann, message.clone(), 201).await;
    let again = ask(&office.ann, message, 200).await;
    assert_eq!(first["seq"], again["seq"]);
    assert_eq!(ask(&office.ann, send(json!([file])), 422).await["why"], "taken");
}

#[tokio::test]
async fn recalling_a_message_takes_its_files_and_leaves_forwarded_ones() {
    let office = Office::open().await;
    let (first, second) =
        (office.direct(&office.ann, &office.bob).await, office.direct(&office.bob, &office.eve).await);
    let file = office.upload(&office.ann, "a.txt", b"kept").await;
    let message = office.say_with(&office.ann, &first, "look", &file).await;
    let forward = json!({"conversation_ids": [second], "client_ids": [office.client_id()]});
    let messages = format!("/v1/conversations/{first}/messages/{}", message["seq"]);
    office.ask(&office.bob, "POST", &format!("{messages}/forward"), forward, 204).await;
    let before = office.ask(&office.bob, "GET", &path(&first, &message), json!(null), 200).await;
    office.ask(&office.ann, "POST", &format!("{messages}/recall"), json!(null), 204).await;
    assert_eq!(office.fetch(&before["content"]).await.0, 404);
    office.ask(&office.bob, "GET", &format!("/v1/conversations/{first}/files"), json!(null), 200).await;
    let forwarded = office.page(&office.eve, &second, "").await["items"][0].clone();
    assert_ne!(forwarded["body"]["files"][0]["id"], json!(file));
    let addresses = office.ask(&office.eve, "GET", &path(&second, &forwarded), json!(null), 200).await;
    assert_eq!(office.fetch(&addresses["download"]).await, (200, b"kept".to_vec()));
}

#[tokio::test]
async fn files_go_when_their_messages_time_is_over() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let file = office.upload(&office.ann, "a.txt", b"old").await;
    let message = office.say_with(&office.ann, &direct, "", &file).await;
    office.t.clock.advance(TimeDelta::days(90) - TimeDelta::minutes(1));
    let addresses = office.ask(&office.bob, "GET", &path(&direct, &message), json!(null), 200).await;
    office.t.clock.advance(TimeDelta::minutes(1));
    office.ask(&office.bob, "GET", &path(&direct, &message), json!(null), 404).await;
    let listed = office.ask(&office.bob, "GET", &format!("/v1/conversations/{direct}/files"), json!(null), 200).await;
    assert_eq!(listed["items"], json!([]));
    office.t.run_jobs().await;
    assert_eq!(office.fetch(&addresses["content"]).await.0, 404);
    let folder = office.t.app.settings().data_dir.join("files/segments").join(office.ann.org.to_string());
    office.t.clock.advance(TimeDelta::minutes(10));
    office.t.run_jobs().await;
    let folders = std::fs::read_dir(folder).unwrap();
    assert!(folders.flatten().all(|folder| std::fs::read_dir(folder.path()).unwrap().next().is_none()));
}
