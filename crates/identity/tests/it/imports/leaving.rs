//! Who leaves by a list: whoever it says has left, and, where that is asked for, whoever it does not name (`ACC-06`, `ACC-12`).

use serde_json::{Value, json};

use super::{counts, import, path, problems, result, upload, write};
use crate::browser::{ANNS, Browser, add, ann, app, eve};

const STAFF: &str = "姓名,账号\n张一,u01\n张二,u02\n张三,u03\n";

async fn prove(by: &mut Browser<'_>) {
    assert_eq!(by.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
}

/// The name and the state of everybody who is not erased.
async fn states(by: &mut Browser<'_>) -> Vec<(String, String)> {
    let mut people = Vec::new();
    for state in ["active", "suspended", "disabled", "leaving"] {
        let (_, page) = by.get(&format!("/v1/members?state={state}&limit=200")).await;
        let name = |one: &Value| (one["name"].as_str().unwrap().to_owned(), state.to_owned());
        people.extend(page["items"].as_array().unwrap().iter().map(name));
    }
    people.sort();
    people
}

async fn state_of(by: &mut Browser<'_>, name: &str) -> String {
    states(by).await.into_iter().find(|(own, _)| own == name).unwrap().1
}

/// Puts a switch of the list of people.
async fn with_others_leaving(by: &mut Browser<'_>, tried: &Value) -> Value {
    let mut mapping = tried["lists"][0]["mapping"].clone();
    mapping["others_leave"] = json!(true);
    let (status, tried) = by.call("PUT", &format!("{}/mapping", path(tried)), mapping).await;
    assert_eq!(status, 200, "{tried}");
    tried
}

#[tokio::test]
async fn acc_06_a_column_says_who_has_left_and_they_leave_by_name_after_a_proof() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, STAFF).await;
    let list = "姓名,账号,状态\n张一,u01,在职\n张二,u02,已离职\n谁,u99,离职\n张三,u03,休假\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 4, "left": 1, "unchanged": 2 }));
    let (_, leavers) = ann.get(&format!("{}/people?outcome=left", path(&tried))).await;
    assert_eq!((&leavers["items"][0]["name"], &leavers["items"][0]["row"]), (&json!("张二"), &json!(3)));
    let expected = [("status_unknown".into(), 5, "C".into()), ("leaver_not_here".into(), 4, "C".into())];
    assert_eq!(problems(&mut ann, &tried).await, expected);
    assert_eq!(tried["report"]["many_leave"], true, "one of four");
    let confirm = format!("{}/confirm", path(&tried));
    let (status, answer) = ann.post(&confirm, json!({})).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("identity.import_many_leave")));
    let (status, answer) = ann.post(&confirm, json!({ "lets_many_leave": true })).await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.prove_again")));
    prove(&mut ann).await;
    assert_eq!(ann.post(&confirm, json!({ "lets_many_leave": true })).await.0, 202);
    t.run_jobs().await;
    assert_eq!(state_of(&mut ann, "张二").await, "leaving");
    assert_eq!(
        (state_of(&mut ann, "张一").await, state_of(&mut ann, "张三").await),
        ("active".into(), "active".into())
    );
    let (_, done) = ann.get(&path(&tried)).await;
    assert_eq!(done["state"], "done", "{done}");
    let lines = result(&mut ann, &done).await;
    assert_eq!((lines[1][1].as_str(), lines[1][5].as_str()), ("张二", "leaving"));
    let told = t.events(ann.person().org).await;
    assert!(told.iter().any(|name| name == "directory.member_leaving"), "{told:?}");
    let again = upload(&mut ann, list).await;
    assert_eq!(counts(&again), json!({ "rows": 4, "unchanged": 3 }), "who is on the way stays so");
}

#[tokio::test]
async fn fewer_than_a_tenth_leave_without_a_second_word() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list: String = (0..12).map(|n| format!("人{n},p{n:02}\n")).collect();
    import(&mut ann, format!("姓名,账号\n{list}")).await;
    let tried = upload(&mut ann, "Name,User ID,Status\n人0,p00,Left\n").await;
    assert_eq!((counts(&tried), &tried["report"]["many_leave"]), (json!({ "rows": 1, "left": 1 }), &json!(false)));
    prove(&mut ann).await;
    write(&mut ann, &tried).await;
    assert_eq!(state_of(&mut ann, "人0").await, "leaving");
}

#[tokio::test]
async fn nobody_leaves_for_not_being_in_a_list_unless_that_is_asked_for() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, STAFF).await;
    let list = "姓名,账号,状态\n张一,u01,在职\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 1, "unchanged": 1 }));
    let tried = with_others_leaving(&mut ann, &tried).await;
    assert_eq!(counts(&tried), json!({ "rows": 1, "left": 2, "unchanged": 1 }), "whoever imports stays");
    let (_, leavers) = ann.get(&format!("{}/people?outcome=left", path(&tried))).await;
    let mut named: Vec<_> =
        leavers["items"].as_array().unwrap().iter().map(|one| (one["name"].as_str().unwrap(), &one["row"])).collect();
    named.sort_by_key(|(name, _)| *name);
    assert_eq!(named, [("张三", &json!(0)), ("张二", &json!(0))], "by name, and in no row");
    prove(&mut ann).await;
    let confirm = format!("{}/confirm", path(&tried));
    assert_eq!(ann.post(&confirm, json!({ "lets_many_leave": true })).await.0, 202);
    t.run_jobs().await;
    let mut left: Vec<String> =
        states(&mut ann).await.into_iter().filter(|(_, state)| state == "leaving").map(|(name, _)| name).collect();
    left.sort();
    assert_eq!(left, ["张三", "张二"]);
}

#[tokio::test]
async fn while_a_row_is_wrong_nobody_leaves_for_not_being_in_the_list() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, STAFF).await;
    let tried = upload(&mut ann, "姓名,账号\n张一,u01\n张二,u 02\n").await;
    let tried = with_others_leaving(&mut ann, &tried).await;
    prove(&mut ann).await;
    let asked = json!({ "leaves_out_wrong_rows": true, "lets_many_leave": true });
    let (status, answer) = ann.post(&format!("{}/confirm", path(&tried)), asked).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("identity.import_has_wrong_rows")));
}

#[tokio::test]
async fn org_03_an_owner_oneself_and_whoever_holds_more_do_not_leave_by_a_list() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut eve = eve(&mut ann).await;
    add(&mut ann, "Bob", "bob").await;
    let list = "Name,User ID,Status\nAnn,ann,left\nEve,eve,left\nBob,bob,left\n";
    let tried = upload(&mut eve, list).await;
    let refused = [("is_owner".to_owned(), 2, "C".to_owned()), ("is_oneself".into(), 3, "C".into())];
    assert_eq!(problems(&mut eve, &tried).await, refused);
    assert_eq!(counts(&tried), json!({ "rows": 3, "left": 1, "wrong": 2 }));
    let tried = upload(&mut ann, list).await;
    let refused = [("is_oneself".to_owned(), 2, "C".to_owned())];
    assert_eq!(problems(&mut ann, &tried).await, refused, "the last owner stays");
}
