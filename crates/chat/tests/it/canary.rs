//! Nothing that people write stands anywhere on the disk in plain (`ENC-03`, `IM-18`): not in the data files, not in the
//! write-ahead log, not in what the database spills.

use std::path::Path;

use crate::talk::Office;
use serde_json::json;

/// Files below `dir` that contain one of `words`.
fn find(dir: &Path, words: &[Vec<u8>], found: &mut Vec<String>, looked: &mut usize) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, words, found, looked);
        } else if let Ok(bytes) = std::fs::read(&path) {
            *looked += 1;
            let holds = |word: &Vec<u8>| bytes.windows(word.len()).any(|window| window == word);
            if words.iter().any(holds) {
                found.push(path.display().to_string());
            }
        }
    }
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
    office.ask(&office.ann, "PATCH", &format!("/v1/conversations/{id}/messages/2"), json!({"text": edited, "mentions": [office.bob.id]}), 200).await;
    office.ask(&office.bob, "PUT", &format!("/v1/conversations/{id}/draft"), json!({"text": draft}), 204).await;
    office.t.run_jobs().await;
    let told = office.ask(&office.bob, "GET", "/v1/notifications", json!(null), 200).await;
    assert!(told.to_string().contains("canary-"), "the words did come through: {told}");

    // What is plain on purpose is found: the search itself works.
    sqlx::query("create table public.bait as select $1::text as word").bind(word("bait")).execute(&office.t.admin).await.unwrap();
    // A copy by files begins with a checkpoint, which the owner may not ask for by name.
    sqlx::query("create database checkpointed template template0 strategy file_copy").execute(&office.t.admin).await.unwrap();
    let words: Vec<Vec<u8>> =
        [&said, &edited, &draft].iter().map(|w| w.as_bytes().to_vec()).chain([named.as_bytes()[..40].to_vec(), "金丝雀在唱歌".into()]).collect();
    let (mut found, mut looked) = (Vec::new(), 0);
    find(&office.t.cluster_dir, &[word("bait").into_bytes()], &mut found, &mut looked);
    assert!(found.iter().any(|f| f.contains("pg_wal")) && found.iter().any(|f| f.contains("base")), "{found:?} of {looked}");
    found.clear();
    find(&office.t.cluster_dir, &words, &mut found, &mut looked);
    assert!(found.is_empty(), "{found:?}");
}
