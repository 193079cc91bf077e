//! Whom a row means, by its name and by what it shares with other rows and with those who are here (`ACC-06`, `DIR-04`).

use serde_json::{Value, json};

use super::{counts, import, path, problems, upload, write};
use crate::browser::{Browser, add, ann, app, founder};

fn problem(code: &str, row: u64, column: &str) -> (String, u64, String) {
    (code.to_owned(), row, column.to_owned())
}

/// The names of those whom the directory finds.
async fn found(by: &mut Browser<'_>, query: &str) -> Vec<String> {
    let (_, page) = by.get(&format!("/v1/members?query={query}")).await;
    let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(name).collect()
}

/// What stands in the cells with what is somebody else's, and whose it is.
async fn owners(by: &mut Browser<'_>, import: &Value) -> Vec<(Value, Value)> {
    let (_, page) = by.get(&format!("{}/problems?code=belongs_to_somebody_else", path(import))).await;
    page["items"].as_array().unwrap().iter().map(|one| (one["value"].clone(), one["whom"].clone())).collect()
}

/// An account that is known here by something else is nobody's to name.
#[tokio::test]
async fn org_14_whose_account_of_another_organisation_a_phone_number_is_is_not_told() {
    let t = app().await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let mut ann = founder(&t, "Acme", "ann").await;
    import(&mut mal, "Name,Phone\nBob,+8613800138000\n").await;
    import(&mut ann, "姓名,账号,手机号\n张一,u01,13800138001\n王三,u03,13800138003\n").await;
    let tried = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138003\n").await;
    assert_eq!(owners(&mut ann, &tried).await, [(json!("+8613800138003"), json!("王三"))]);
    let tried = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138000\n").await;
    assert_eq!(owners(&mut ann, &tried).await, [(json!("+8613800138000"), json!(null))]);
    let (_, page) = ann.get(&format!("{}/problems", path(&tried))).await;
    assert!(!page.to_string().contains("Bob") && !page.to_string().contains("Rival"), "{page}");
}

#[tokio::test]
async fn dir_04_a_row_that_shares_several_things_with_another_person_is_told_of_each_of_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let text = [
        "姓名,账号,手机号,邮箱,工号\n",
        "张一,u01,13800138001,z1@x.example,N1\n",
        "李二,u02,13800138001,z1@x.example,N1\n", // 3: all but the user id of 张一
        "王三,u03,13800138003,,N3\n",
        "王三,u03,13800138001,w3@x.example,N4\n", // 5: 王三, with the phone of 张一 and another staff number
        "王三,u09,13800138003,,N9\n",             // 6: the phone of 王三, who has another user id and staff number
    ];
    let tried = upload(&mut ann, text.concat()).await;
    let mut found = problems(&mut ann, &tried).await;
    found.sort_by_key(|(code, row, column)| (*row, column.clone(), code.clone()));
    let expected = [
        problem("phone_twice", 3, "C"),
        problem("email_twice", 3, "D"),
        problem("staff_number_twice", 3, "E"),
        problem("phone_twice", 5, "C"),
        problem("differs_from_row", 5, "E"),
        problem("differs_from_row", 6, "B"),
        problem("differs_from_row", 6, "E"),
    ];
    assert_eq!(found, expected);
    assert_eq!(counts(&tried), json!({ "rows": 5, "created": 2, "wrong": 3 }));
    let (_, page) = ann.get(&format!("{}/problems?severity=error&code=differs_from_row", path(&tried))).await;
    let told = |one: &Value| (one["value"].clone(), one["other_row"].clone());
    let told: Vec<_> = page["items"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(told, [(json!("N4"), json!(4)), (json!("u09"), json!(4)), (json!("N9"), json!(4))]);
}

#[tokio::test]
async fn dir_04_a_row_is_told_of_all_that_belongs_to_somebody_who_is_here() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,工号,手机号,邮箱\n张一,u01,N1,13800138001,z1@x.example\n").await;
    let other = upload(&mut ann, "姓名,账号,手机号,邮箱\n李二,u02,13800138001,z1@x.example\n").await;
    let expected = [problem("belongs_to_somebody_else", 2, "C"), problem("belongs_to_somebody_else", 2, "D")];
    assert_eq!(problems(&mut ann, &other).await, expected);
    let told = owners(&mut ann, &other).await;
    assert_eq!(told, [(json!("+8613800138001"), json!("张一")), (json!("z1@x.example"), json!("张一"))]);
    // Each keeps what the other is said to have.
    import(&mut ann, "姓名,账号,手机号\n王三,u03,13800138003\n").await;
    let both = upload(&mut ann, "姓名,账号,手机号\n王三,u03,13800138001\n").await;
    assert_eq!(owners(&mut ann, &both).await, [(json!("+8613800138001"), json!("张一"))]);
    let twice = "姓名,账号,工号,手机号,邮箱\n张一,u01,N1,,\n张一,,,13800138001,z1@x.example\n";
    let twice = upload(&mut ann, twice).await;
    let expected = [problem("same_member_as_row", 3, "D"), problem("same_member_as_row", 3, "E")];
    assert_eq!(problems(&mut ann, &twice).await, expected);
}

#[tokio::test]
async fn acc_06_a_user_id_under_a_name_that_has_nothing_in_common_with_theirs_is_for_somebody_to_decide() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,工号\n沈知遥,shen,N1\n").await;
    let tried = upload(&mut ann, "姓名,账号\n张八,shen\n李九,ann\n").await;
    let expected = [problem("perhaps_somebody_else", 2, "A"), problem("perhaps_somebody_else", 3, "A")];
    assert_eq!(problems(&mut ann, &tried).await, expected, "an owner among them");
    assert_eq!(counts(&tried), json!({ "rows": 2, "changed": 2 }), "whoever imports decides");
    for list in [
        "姓名,账号\n沈之遥,shen\n",
        "姓名,账号\n沈知遙,shen\n",
        "姓名,账号\nShen Zhiyao,shen\n",
        "姓名,账号,工号\n张八,shen,N1\n",
    ] {
        let tried = upload(&mut ann, list).await;
        assert_eq!((problems(&mut ann, &tried).await, counts(&tried)["changed"].as_u64()), (vec![], Some(1)), "{list}");
    }
}

#[tokio::test]
async fn srch_02_chinese_names_that_are_padded_with_a_space_are_one_word_in_a_list_and_in_a_search() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let tried = upload(&mut ann, "姓名,账号\n李　明,lim\n王伟,wangw\nMara Whitcombe,mara\n").await;
    assert_eq!(problems(&mut ann, &tried).await, [problem("spaces_removed", 2, "A")]);
    write(&mut ann, &tried).await;
    add(&mut ann, "赵 云", "zhaoy").await;
    for (query, name) in [
        ("李明", "李明"),
        ("李%20明", "李明"),
        ("王%20伟", "王伟"),
        ("赵云", "赵 云"),
        ("赵%E3%80%80云", "赵 云"),
        ("zhaoyun", "赵 云"),
        ("mara%20w", "Mara Whitcombe"),
    ] {
        assert_eq!(found(&mut ann, query).await, [name], "{query}");
    }
    // The same person, also where somebody typed the name with a space here.
    let again = upload(&mut ann, "姓名,账号,手机号\n李明,lim,\n赵云,zhaoy,13800138001\n").await;
    assert_eq!(problems(&mut ann, &again).await, []);
    let led = import(&mut ann, "姓名,账号,部门\n李明,lim,研发部\n赵　云,zhaoy,研发部\n").await;
    assert_eq!(led["report"]["counts"]["moved"], 2);
    let leaders = upload(&mut ann, "部门路径,部门负责人\n研发部,李 明\n").await;
    assert_eq!((problems(&mut ann, &leaders).await, counts(&leaders)), (vec![], json!({ "changed": 1 })));
}

#[tokio::test]
async fn dsr_04_a_list_does_not_change_whoever_had_their_data_frozen() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,职务\n张一,u01,职员\n李二,u02,职员\n").await;
    let (_, page) = ann.get("/v1/members?query=u01").await;
    let id = page["items"][0]["id"].as_str().unwrap().parse().unwrap();
    let (_, me) = ann.get("/v1/me").await;
    let mut outside = kernel::SystemTx::begin(&t.app).await.unwrap();
    let org = directory::organisations(&mut outside).await.unwrap()[0];
    drop(outside);
    let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
    directory::set_restricted(&mut tx, kernel::MemberId(id), Some(t.app.now())).await.unwrap();
    tx.commit().await.unwrap();
    assert_ne!(me["id"], page["items"][0]["id"]);
    let tried = upload(&mut ann, "姓名,账号,职务\n张一,u01,主管\n李二,u02,主管\n").await;
    assert_eq!(problems(&mut ann, &tried).await, [problem("is_restricted", 2, "-")]);
    assert_eq!(counts(&tried), json!({ "rows": 2, "changed": 1, "wrong": 1 }));
    let same = upload(&mut ann, "姓名,账号,职务\n张一,u01,职员\n").await;
    assert!(problems(&mut ann, &same).await.is_empty(), "what says nothing new is no problem");
}

#[tokio::test]
async fn dir_04_who_is_called_as_somebody_here_and_shares_nothing_else_is_for_somebody_to_decide() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,部门\n王伟,wangw,研发部/后端组\n王 伟,wangw2,销售部\nMara Lee,mara,销售部\n").await;
    let list = "姓名,账号,手机号,部门\n王伟,ww,13800138001,销售部\nmara lee,,13800138002,\n李二,lier,,销售部\nMara Lee,mara,,销售部\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(problems(&mut ann, &tried).await, [problem("namesake_here", 2, "A")], "row 5 is the Mara who is here");
    assert_eq!(counts(&tried), json!({ "rows": 4, "created": 3, "unchanged": 1 }), "it is no error");
    let (_, page) = ann.get(&format!("{}/problems?severity=warning", path(&tried))).await;
    assert_eq!(
        page["items"][0]["whom"], "王伟 · 销售部; 王伟 · 研发部 / 后端组",
        "who would be beside them comes first"
    );
    // What leads to who is here leaves nothing to decide.
    let same = upload(&mut ann, "姓名,账号\n王伟,wangw\nMara Lee,mara\n").await;
    assert_eq!(problems(&mut ann, &same).await, []);
    let other = upload(&mut ann, "姓名,手机号\nMARA LEE,13800138002\n").await;
    assert_eq!(problems(&mut ann, &other).await, [problem("namesake_here", 2, "A")], "whatever the case");
}
