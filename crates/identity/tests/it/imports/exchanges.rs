//! People who exchanged what they go by: a list is judged by how things stand when all of it is done (`ACC-06`, `DIR-04`).

use serde_json::{Value, json};

use super::{counts, import, path, problems, result, upload, write};
use crate::browser::{Browser, ann, app};

const FIRST: &str = "姓名,账号,手机号,邮箱,工号\n张一,u01,13800138001,z1@x.example,N1\n\
    李二,u02,13800138002,z2@x.example,N2\n王三,u03,13800138003,z3@x.example,N3\n";

/// User id, phone number, e-mail address and staff number of somebody.
async fn names(by: &mut Browser<'_>, name: &str) -> [String; 4] {
    let (_, page) = by.get(&format!("/v1/members?query={name}")).await;
    let text = |field: &str| page["items"][0][field].as_str().unwrap_or("-").to_owned();
    ["user_id", "phone", "email", "staff_number"].map(text)
}

fn problem(code: &str, row: u64, column: &str) -> (String, u64, String) {
    (code.to_owned(), row, column.to_owned())
}

async fn undo(by: &mut Browser<'_>, of: &Value) -> Value {
    assert_eq!(by.post(&format!("{}/undo", path(of)), json!({})).await.0, 202);
    by.t.run_jobs().await;
    by.get(&path(of)).await.1
}

#[tokio::test]
async fn dir_04_two_who_exchanged_their_phone_numbers_have_them_and_have_them_back_when_it_is_undone() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = import(&mut ann, FIRST).await;
    let initial = result(&mut ann, &first).await.remove(0).remove(6);
    let tried = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138002\n李二,u02,13800138001\n").await;
    assert_eq!((counts(&tried), problems(&mut ann, &tried).await), (json!({ "rows": 2, "changed": 2 }), vec![]));
    let done = write(&mut ann, &tried).await;
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(names(&mut ann, "张一").await, ["u01", "+8613800138002", "z1@x.example", "N1"]);
    assert_eq!(names(&mut ann, "李二").await, ["u02", "+8613800138001", "z2@x.example", "N2"]);
    let mut zhang = Browser::new(&t);
    assert_ne!(zhang.try_sign_in("13800138001", &initial).await.0, 201, "that is the number of 李二 now");
    zhang.sign_in("13800138002", &initial).await;
    let undone = undo(&mut ann, &done).await;
    let changed = json!([{ "kind": "changed", "count": 2, "undone": 2, "kept": 0 }]);
    assert_eq!(undone["deeds"], changed, "{undone}");
    assert_eq!(names(&mut ann, "张一").await[1], "+8613800138001");
    assert_eq!(names(&mut ann, "李二").await[1], "+8613800138002");
    Browser::new(&t).sign_in("13800138001", &initial).await;
}

#[tokio::test]
async fn dir_04_three_in_a_ring_may_exchange_all_that_names_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, FIRST).await;
    let ids = import(&mut ann, "姓名,账号,工号\n张一,u02,N1\n李二,u03,N2\n王三,u01,N3\n").await;
    assert_eq!(counts(&ids), json!({ "rows": 3, "changed": 3 }));
    assert_eq!(names(&mut ann, "王三").await, ["u01", "+8613800138003", "z3@x.example", "N3"]);
    let list = "姓名,工号,手机号,邮箱\n张一,N1,13800138002,z2@x.example\n李二,N2,13800138003,z3@x.example\n\
        王三,N3,13800138001,z1@x.example\n";
    let reached = import(&mut ann, list).await;
    assert_eq!(counts(&reached), json!({ "rows": 3, "changed": 3 }));
    let numbers = import(&mut ann, "姓名,账号,工号\n张一,u02,N2\n李二,u03,N3\n王三,u01,N1\n").await;
    assert_eq!(counts(&numbers), json!({ "rows": 3, "changed": 3 }));
    assert_eq!(names(&mut ann, "张一").await, ["u02", "+8613800138002", "z2@x.example", "N2"]);
    assert_eq!(names(&mut ann, "李二").await, ["u03", "+8613800138003", "z3@x.example", "N3"]);
    assert_eq!(names(&mut ann, "王三").await, ["u01", "+8613800138001", "z1@x.example", "N1"]);
}

#[tokio::test]
async fn dir_04_somebody_new_may_have_what_somebody_gives_up_in_the_same_list() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, FIRST).await;
    let list = "姓名,账号,手机号\n赵四,u04,13800138001\n张一,u01,13900139001\n";
    let done = import(&mut ann, list).await;
    assert_eq!(counts(&done), json!({ "rows": 2, "created": 1, "changed": 1 }));
    assert_eq!(names(&mut ann, "赵四").await[..2], ["u04", "+8613800138001"]);
    assert_eq!(names(&mut ann, "张一").await[..2], ["u01", "+8613900139001"]);
    let undone = undo(&mut ann, &done).await;
    assert!(undone["deeds"].as_array().unwrap().iter().all(|one| one["count"] == one["undone"]), "{undone}");
    assert_eq!(names(&mut ann, "张一").await[..2], ["u01", "+8613800138001"]);
}

#[tokio::test]
async fn dir_04_what_belongs_to_somebody_who_does_not_give_it_up_is_refused_with_whoever_waits_for_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, FIRST).await;
    let swap = "姓名,账号,手机号\n张一,u01,13800138002\n李二,u02,13800138001\n";
    let tried = upload(&mut ann, swap).await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "changed": 2 }));
    let outside = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138002\n李二,u02,13800138003\n").await;
    let expected = [problem("belongs_to_somebody_else", 2, "C"), problem("belongs_to_somebody_else", 3, "C")];
    assert_eq!(problems(&mut ann, &outside).await, expected, "王三 is not in the list");
    assert_eq!(counts(&outside), json!({ "rows": 2, "wrong": 2 }));
    let wrong = upload(&mut ann, "姓名,账号,手机号,邮箱\n张一,u01,13800138002,\n李二,u02,13800138001,nobody\n").await;
    let expected = [
        problem("belongs_to_somebody_else", 2, "C"),
        problem("not_an_email_address", 3, "D"),
        problem("belongs_to_somebody_else", 3, "C"),
    ];
    assert_eq!(problems(&mut ann, &wrong).await, expected, "whoever is left out gives nothing up");
    let kept = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138002\n李二,u02,\n").await;
    assert_eq!(problems(&mut ann, &kept).await, [problem("belongs_to_somebody_else", 2, "C")], "a blank cell keeps it");
    let twice = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138002\n李二,u02,13800138002\n").await;
    let found = problems(&mut ann, &twice).await;
    assert!(found.contains(&problem("phone_twice", 3, "C")), "{found:?}");
    assert_eq!(counts(&twice), json!({ "rows": 2, "wrong": 2 }));
}
