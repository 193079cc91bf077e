//! What an import leaves behind, and for how long.

use chrono::TimeDelta;
use serde_json::json;

use super::{import, path, result, send, upload};
use crate::browser::{Browser, OTHER, add, ann, app};

const LIST: &str = "姓名,账号,手机号,部门\n陆行舟,luxz,13800138000,研发部\n";

#[tokio::test]
async fn acc_06_the_initial_passwords_are_downloaded_once() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let done = import(&mut ann, LIST).await;
    assert_eq!(done["has_result"], true);
    let lines = result(&mut ann, &done).await;
    assert_eq!((lines.len(), lines[0][6].len()), (1, 19));
    let (status, answer) = send(&mut ann, &format!("{}/result", path(&done)), Vec::new()).await;
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status, answer["code"].as_str()), (410, Some("identity.import_result_taken")));
    assert_eq!(ann.get(&path(&done)).await.1["has_result"], false);
    let events = t.events(ann.person().org).await;
    assert_eq!(events.last().unwrap(), "identity.import_result_taken");
}

#[tokio::test]
async fn what_was_uploaded_is_sealed_and_gone_after_a_day_whatever_became_of_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = upload(&mut ann, LIST).await;
    let org = ann.person().org;
    let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
    let kept: Vec<Vec<u8>> = sqlx::query_scalar(
        "select bytes from identity.import_piece union all select staged from identity.import
         union all select report from identity.import union all select problems from identity.import",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    drop(tx);
    assert_eq!(kept.len(), 4);
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(kept.iter().all(|bytes| !holds(bytes, "陆行舟") && !holds(bytes, "1380013")));
    t.clock.advance(TimeDelta::hours(24) + TimeDelta::seconds(1));
    assert_eq!(ann.get(&path(&first)).await.0, 404, "at the second");
    t.run_jobs().await;
    let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from identity.import_piece").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 0);
    let id: uuid::Uuid = first["id"].as_str().unwrap().parse().unwrap();
    assert!(!t.app.vault().has(org.0, &kernel::Bucket::Object(id)).unwrap(), "backups cannot be read either");
}

#[tokio::test]
async fn only_who_began_an_import_goes_on_with_it_and_throws_it_away() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, added) = ann.post("/v1/members", json!({ "name": "Eve", "user_id": "eve", "role": "administrator" })).await;
    let initial = added["initial_password"].as_str().unwrap();
    let mut eve = Browser::new(&t);
    eve.sign_in("eve", initial).await;
    eve.settle(initial, OTHER).await;
    let first = upload(&mut ann, LIST).await;
    assert_eq!(eve.get(&path(&first)).await.0, 404);
    assert_eq!(eve.post(&format!("{}/confirm", path(&first)), json!({})).await.0, 404);
    let (bob, initial) = add(&mut ann, "Bob", "bob").await;
    assert!(!bob.is_empty());
    let mut bob = Browser::new(&t);
    bob.sign_in("bob", &initial).await;
    bob.settle(&initial, OTHER).await;
    assert_eq!(send(&mut bob, "/v1/imports", LIST).await.0, 403);
    assert_eq!(ann.call("DELETE", &path(&first), json!(null)).await.0, 204);
    assert_eq!(ann.get(&path(&first)).await.0, 404);
}
