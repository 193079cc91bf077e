//! Nothing that people write stands anywhere on the disk in plain (`ENC-03`, `IM-18`): not in the data files, not in the
//! write-ahead log, not in what the database spills.

use std::path::Path;

use crate::talk::Office;
use serde_json::json;

/// Files below `dir` that contain one of `words`.
fn find(dir: &Path, words: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder of the cluster").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(find(&path, words));
        } else if let Ok(bytes) = std::fs::read(&path) {
            let holds = |word: &Vec<u8>| bytes.windows(word.len()).any(|window| window == word);
            if words.iter().any(holds) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[tokio::test]
async fn no_word_that_was_written_stands_on_the_disk() {
    let office = Office::open().await;
    let marker = office.client_id().simple().to_string();
    let word = |what: &str| format!("canary-{what}-{marker}");
    let (said, edited, named, draft) = (word("said"), word("edited"), word("named"), word("draft"));
    let group = json!({"kind": "group", "name": &named[..60.min(named.len())], "member_ids": [office.bob.id]});
    let group = office.ask(&office.ann, "POST", "/v1/conversations", group, 201).await;
    let id = group["id"].as_str().unwrap();
    office.send(&office.ann, id, json!({"kind": "text", "text": said, "mentions": [office.bob.id]})).await;
    office.say(&office.ann, id, "金丝雀在唱歌").await;
    office
        .ask(
            &office.ann,
            "PATCH",
            &format!("/v1/conversations/{id}/messages/2"),
            json!({"text": edited, "mentions": [office.bob.id]}),
            200,
        )
        .await;
    office.ask(&office.bob, "PUT", &format!("/v1/conversations/{id}/draft"), json!({"text": draft}), 204).await;
    office.t.run_jobs().await;
    let told = office.ask(&office.bob, "GET", "/v1/notifications", json!(null), 200).await;
    assert!(told.to_string().contains("canary-"), "the words did come through: {told}");

    // What is plain on purpose is found: the search itself works. The log first: a checkpoint takes its files away.
    let bait = [word("bait").into_bytes()];
    sqlx::query("create table public.bait (word text)").execute(&office.t.admin).await.unwrap();
    // The database of tests does not wait for its log; this commit does, and so for everything before it.
    let mut tx = office.t.admin.begin().await.unwrap();
    sqlx::query("set local synchronous_commit = on").execute(&mut *tx).await.unwrap();
    sqlx::query("insert into public.bait values ($1)").bind(word("bait")).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let sealed: Vec<Vec<u8>> =
        vec![said.into(), edited.into(), draft.into(), named.as_bytes()[..40].to_vec(), "金丝雀在唱歌".into()];
    let log = office.t.cluster_dir.join("pg_wal");
    assert_eq!((find(&log, &bait).is_empty(), find(&log, &sealed)), (false, vec![]));
    // A copy by files begins with a checkpoint, which the owner may not ask for by name.
    sqlx::query("create database checkpointed template template0 strategy file_copy")
        .execute(&office.t.admin)
        .await
        .unwrap();
    let data = office.t.cluster_dir.join("base");
    assert_eq!((find(&data, &bait).is_empty(), find(&office.t.cluster_dir, &sealed)), (false, vec![]));
}
