//! Log lines carry ids, never content, never an address at the level `info`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use server::config::LogFormat;
use sqlx::postgres::PgPoolOptions;
use testkit::TestApp;

use crate::house::House;
use crate::people::{client_id, in_touch};

#[tokio::test]
async fn what_people_write_is_in_no_log_line() {
    let house = House::ready().with("TULOU_LOG_LEVEL", "debug").with("TULOU_LOG_FORMAT", "json");
    let running = house.start();
    let (ann, _, conversation) = in_touch(&running, "Bobcanary").await;
    let path = format!("/v1/conversations/{conversation}/messages");
    let body = json!({"client_id": client_id(), "body": {"v": 1, "kind": "text", "text": "wordcanary"}});
    ann.done("POST", &path, body).await;
    let file = ann.upload("filecanary.txt", b"wordcanary in a file").await;
    ann.upload("filecanary.png", include_bytes!("../../../branding/tests/it/logo.png")).await;
    let body = json!({"kind": "text", "v": 1, "text": "", "file_ids": [file["id"]]});
    let message = ann.done("POST", &path, json!({"client_id": client_id(), "body": body})).await;
    let opened = format!("{path}/{}/files/{}", message["seq"], file["id"].as_str().unwrap());
    let address = ann.done("GET", &opened, json!(null)).await["download"].as_str().unwrap().to_owned();
    assert!(crate::http::get(running.address, &address).await.header("content-disposition").contains("filecanary"));
    // Refused ones as well: what is wrong is named, not quoted.
    ann.call("POST", &path, json!({"client_id": "wordcanary", "body": {"text": "wordcanary"}})).await;
    ann.call("GET", "/v1/members?query=wordcanary", json!(null)).await;
    ann.call("GET", "/v1/wordcanary", json!(null)).await;
    let token = ann.token.clone();
    let said = running.stop_and_tell();
    assert!(said.lines().filter(|line| line.contains("request_id")).count() > 3, "requests are logged at all: {said}");
    let sign = address.rsplit('=').next().unwrap();
    for canary in
        ["wordcanary", "filecanary", sign, "Bobcanary", "ann@example.com", token.as_str(), crate::people::PASSWORD]
    {
        let found: Vec<&str> = said.lines().filter(|line| line.contains(canary)).collect();
        assert!(found.is_empty(), "{canary}: {found:?}");
    }
    let json_lines = said.lines().filter(|line| line.starts_with('{'));
    let at_info = json_lines.filter_map(|line| serde_json::from_str::<Value>(line).ok());
    for line in at_info.filter(|line| line["level"] == "INFO") {
        assert!(!line.to_string().contains("127.0.0.1"), "{line}");
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A slow machine says it to its operator; the library that says it chooses the fields.
#[tokio::test]
async fn that_connections_are_waited_for_is_said_in_fields_that_are_declared() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let lines = Lines::default();
    let heard = lines.clone();
    let _heard =
        tracing::subscriber::set_default(server::log::writing((LogFormat::Json, "info"), move || heard.clone()));
    let pool = PgPoolOptions::new().max_connections(1).acquire_slow_threshold(Duration::from_millis(1));
    let pool = pool.connect_with(t.line()).await.unwrap();
    let held = pool.acquire().await.unwrap();
    let waits = async { pool.acquire().await.map(drop) };
    let lets_go = async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        drop(held);
    };
    tokio::join!(waits, lets_go).0.unwrap();
    let said = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let line = said.lines().find(|line| line.contains("slow threshold")).unwrap_or_else(|| panic!("{said}"));
    let line: Value = serde_json::from_str(line).unwrap();
    let declared = &t.app.data_map().technical_log;
    for name in line.as_object().unwrap().keys() {
        assert!(["timestamp", "level", "target", "message"].contains(&&**name) || declared.contains(name), "{line}");
    }
}
