//! What an import leaves behind, and for how long.

use chrono::TimeDelta;
use serde_json::json;

use super::{import, path, result, send, send_named, upload};
use crate::browser::{Browser, OTHER, add, ann, app, eve};

const LIST: &str = "姓名,账号,手机号,部门\n陆行舟,luxz,13800138000,研发部\n";

#[tokio::test]
async fn acc_06_the_initial_passwords_are_there_until_the_download_is_confirmed_and_then_nowhere() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let done = import(&mut ann, LIST).await;
    assert_eq!(done["has_result"], true);
    let lines = result(&mut ann, &done).await;
    assert_eq!((lines.len(), lines[0][6].len()), (1, 19));
    assert_eq!(result(&mut ann, &done).await, lines, "a download that was cut off is repeated");
    let file = format!("{}/result", path(&done));
    assert_eq!(ann.call("DELETE", &file, json!(null)).await.0, 204);
    let events = t.events(ann.person().org).await;
    assert_eq!(events.last().unwrap(), "identity.import_result_forgotten");
    assert_eq!(
        events.iter().filter(|name| *name == "identity.import_result_taken").count(),
        2,
        "each one is written down"
    );
    let (status, answer) = send(&mut ann, &file, Vec::new()).await;
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status, answer["code"].as_str()), (410, Some("identity.import_result_taken")));
    assert_eq!(ann.call("DELETE", &file, json!(null)).await.0, 410);
    assert_eq!(ann.get(&path(&done)).await.1["has_result"], false);
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let left: i64 =
        sqlx::query_scalar("select count(*) from identity.import where result is not null or result_id is not null")
            .fetch_one(tx.db())
            .await
            .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn whoever_left_the_page_finds_their_imports_again_until_they_are_forgotten() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let open = upload(&mut ann, LIST).await;
    t.clock.advance(TimeDelta::hours(23));
    let written = upload(&mut ann, "姓名,账号\n王芳,wangf\n").await;
    let written = super::write(&mut ann, &written).await;
    let (_, page) = ann.get("/v1/imports").await;
    let found: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|one| (&one["id"], &one["state"], &one["has_result"])).collect();
    assert_eq!(found, [(&written["id"], &json!("done"), &json!(true)), (&open["id"], &json!("ready"), &json!(false))]);
    assert_eq!(page["items"][0]["expires_at"], written["expires_at"]);
    assert!(!page.to_string().contains("王芳"), "a list of imports names nobody");
    let (_, first) = ann.get("/v1/imports?limit=1").await;
    let (_, second) = ann.get(&format!("/v1/imports?limit=1&before={}", first["next"].as_str().unwrap())).await;
    assert_eq!((&second["items"][0]["id"], second.get("next")), (&open["id"], None));
    let (status, _) = ann.call("DELETE", &path(&open), json!(null)).await;
    assert_eq!(status, 204);
    assert_eq!(ann.get("/v1/imports").await.1["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn acc_06_a_list_of_imports_says_what_their_files_are_called_which_is_sealed_and_goes_with_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let named = Some("C%3A%5C%E8%8A%B1%E5%90%8D%E5%86%8C.csv");
    let (status, answer) = send_named(&mut ann, "/v1/imports", LIST, named).await;
    assert_eq!(status, 201);
    let first: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(first["lists"][0]["file_name"], "花名册.csv");
    let (_, page) = ann.get("/v1/imports").await;
    assert_eq!(page["items"][0]["file_names"], json!(["花名册.csv"]));
    let departments = "部门名称,部门ID,父部门ID\n研发部,2,1\n";
    let beside = format!("{}/files", path(&first));
    assert_eq!(send_named(&mut ann, &beside, departments, Some("tree.csv")).await.0, 200);
    let mapping = first["lists"][0]["mapping"].clone();
    assert_eq!(ann.call("PUT", &format!("{}/mapping", path(&first)), mapping).await.0, 200);
    let (_, page) = ann.get("/v1/imports").await;
    assert_eq!(page["items"][0]["file_names"], json!(["花名册.csv", "tree.csv"]), "also when it is tried again");
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let kept: Vec<u8> = sqlx::query_scalar("select staged from identity.import").fetch_one(tx.db()).await.unwrap();
    drop(tx);
    let holds = |text: &str| kept.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds("花名册") && !holds("tree.csv"));
    super::write(&mut ann, &first).await;
    let (_, page) = ann.get("/v1/imports").await;
    assert_eq!(page["items"][0]["file_names"], json!(["花名册.csv", "tree.csv"]), "until it is forgotten");
    let file = format!("{}/result?language=zh-CN", path(&first));
    let result = super::answer(&mut ann, &file, Vec::new(), None).await;
    let called = "attachment; filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C-%E7%BB%93%E6%9E%9C.csv";
    assert_eq!(result.headers()["content-disposition"], called, "after the list");
    upload(&mut ann, "姓名,账号\n王芳,wangf\n").await;
    let (_, page) = ann.get("/v1/imports").await;
    assert_eq!(page["items"][0]["file_names"], json!([]), "nobody has to say it");
    assert_eq!(ann.call("DELETE", &path(&first), json!(null)).await.0, 204);
    assert!(!ann.get("/v1/imports").await.1.to_string().contains("花名册"));
}

#[tokio::test]
async fn the_passwords_are_kept_for_a_day_from_when_they_were_made() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let tried = upload(&mut ann, LIST).await;
    t.clock.advance(TimeDelta::hours(23));
    let written = super::write(&mut ann, &tried).await;
    t.clock.advance(TimeDelta::hours(23));
    t.run_jobs().await;
    assert_eq!(result(&mut ann, &written).await.len(), 1, "the day of the list is over, not that of its result");
    t.clock.advance(TimeDelta::hours(2));
    t.run_jobs().await;
    assert_eq!(ann.get(&path(&written)).await.0, 404);
    assert_eq!(ann.get("/v1/imports").await.1["items"], json!([]));
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
         union all select report from identity.import union all select problems from identity.import
         union all select told from identity.import",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    drop(tx);
    assert_eq!(kept.len(), 5);
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
    let mut eve = eve(&mut ann).await;
    let first = upload(&mut ann, LIST).await;
    assert_eq!(eve.get(&path(&first)).await.0, 404);
    assert_eq!(eve.get(&format!("{}/people", path(&first))).await.0, 404);
    assert_eq!(eve.get("/v1/imports").await, (200, json!({ "items": [] })));
    assert_eq!(eve.post(&format!("{}/confirm", path(&first)), json!({})).await.0, 404);
    let (bob, initial) = add(&mut ann, "Bob", "bob").await;
    assert!(!bob.is_empty());
    let mut bob = Browser::new(&t);
    bob.sign_in("bob", &initial).await;
    bob.settle(&initial, OTHER).await;
    assert_eq!(send(&mut bob, "/v1/imports", LIST).await.0, 403);
    assert_eq!(bob.get("/v1/imports").await.0, 403);
    assert_eq!(ann.call("DELETE", &path(&first), json!(null)).await.0, 204);
    assert_eq!(ann.get(&path(&first)).await.0, 404);
}

/// The answer holds the first rows of the list, and what was taken back is nowhere: so no copy of it is kept, however large the list.
#[tokio::test]
async fn acc_06_a_list_comes_with_no_key_and_none_is_begun() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let large = format!("{LIST}{}", ",,,\n".repeat(512 * 1024)).into_bytes();
    for list in [LIST.as_bytes().to_vec(), large] {
        let cookies = ann.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let headers =
            [("cookie", cookies.as_str()), ("idempotency-key", "k"), ("content-type", "application/octet-stream")];
        let bytes = list.len();
        let (status, answer) = t.send(None, "POST", "/v1/imports", list.clone(), &headers).await;
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(
            (status.as_u16(), &answer["field"], &answer["why"]),
            (422, &json!("idempotency-key"), &json!("not_here")),
            "{bytes}"
        );
    }
    let kept: (i64, i64) =
        sqlx::query_as("select (select count(*) from identity.import), (select count(*) from kernel.idempotency)")
            .fetch_one(&t.admin)
            .await
            .unwrap();
    assert_eq!(kept, (0, 0));
    upload(&mut ann, LIST).await;
}
