//! All or nothing, never twice, and nobody who did not agree.

use proptest::prelude::{Strategy, prop};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::{counts, everybody, import, problems, result, rows, upload, write};
use crate::browser::{Browser, OTHER, add, ann, app, eve, founder};

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed_and_nothing_when_somebody_was_quicker() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "姓名,账号,手机号,部门\n张一,u01,13800138001,研发部\n张二,u02,13800138002,研发部\n";
    let first = upload(&mut ann, list).await;
    assert_eq!((rows(&t, &ann).await, super::tree(&mut ann).await.len()), (1, 0));
    add(&mut ann, "张二", "u02").await;
    let failed = write(&mut ann, &first).await;
    assert_eq!((&failed["state"], &failed["code"]), (&json!("failed"), &json!("identity.import_outdated")));
    assert_eq!((rows(&t, &ann).await, super::tree(&mut ann).await.len()), (2, 0), "all or nothing");
    assert_eq!(counts(&failed), json!({ "rows": 2, "created": 1, "changed": 1, "moved": 1, "departments_created": 1 }));
    let done = write(&mut ann, &first).await;
    assert_eq!(done["state"], "done");
    assert_eq!(rows(&t, &ann).await, 3);
    assert_eq!(t.events(ann.person().org).await.iter().filter(|name| *name == "directory.people_imported").count(), 1);
    let (status, answer) = ann.post(&format!("{}/confirm", super::path(&first)), json!({})).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("identity.import_not_open")));
}

#[tokio::test]
async fn what_an_import_adds_is_counted_with_it_so_that_plans_know_of_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut list = String::from("姓名,账号,部门\n");
    list.extend((0..50).map(|n| format!("张{n},u{n},研发部\n")));
    import(&mut ann, list).await;
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let counted = "select reltuples from pg_class where oid = 'directory.department_member'::regclass";
    let counted: f32 = sqlx::query_scalar(counted).fetch_one(tx.db()).await.unwrap();
    assert!((counted - 50.0).abs() < 0.5, "{counted}");
}

/// A list of people with several departments, leaders and blanks.
fn list() -> impl Strategy<Value = String> {
    let person = (0..4_usize, prop::bool::ANY, prop::bool::ANY, prop::collection::vec(0..5_usize, 0..3));
    prop::collection::vec(person, 1..12).prop_map(|people| {
        let mut list = String::from("姓名,账号,手机号,邮箱,部门,职位,是否部门负责人\n");
        for (n, (name, has_phone, has_email, departments)) in people.into_iter().enumerate() {
            let name = ["张伟", "欧阳娜娜", "Ann-Marie", "阿不都·热合曼"][name];
            let phone = if has_phone { format!("138{n:08}") } else { String::new() };
            let email = if has_email { format!("P{n}@Example.org") } else { String::new() };
            let paths: Vec<&str> = departments
                .iter()
                .map(|one| ["研发部", "研发部/后端", "市场", "Sales/EMEA", "研发部/前端/Web"][*one])
                .collect();
            let leads: Vec<&str> = departments.iter().map(|one| if one % 2 == 0 { "是" } else { "否" }).collect();
            list.push_str(&format!("{name},user{n},{phone},{email},{},职{n},{}\n", paths.join(";"), leads.join(";")));
        }
        list
    })
}

#[tokio::test]
async fn importing_the_same_list_twice_changes_nothing() {
    let t = app().await;
    let mut runner = TestRunner::deterministic();
    for case in 0..8 {
        let mut owner = founder(&t, &format!("Org{case}"), &format!("owner{case}")).await;
        let list = list().new_tree(&mut runner).unwrap().current().replace("138", &format!("13{case}"));
        let list = list.replace("@Example.org", &format!("@org{case}.example"));
        let first = import(&mut owner, list.clone()).await;
        let people = list.lines().count() as u64 - 1;
        assert_eq!(first["report"]["counts"]["created"], people, "{list}");
        let (before, departments) = (everybody(&mut owner).await, super::tree(&mut owner).await);
        let second = import(&mut owner, list.clone()).await;
        assert_eq!(counts(&second), json!({ "rows": people, "unchanged": people }), "{list}");
        assert_eq!((everybody(&mut owner).await, super::tree(&mut owner).await), (before, departments));
    }
}

#[tokio::test]
async fn a_second_list_updates_whom_it_finds_by_number_phone_or_user_id() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,手机号,邮箱,部门,工号,职务\n张一,u01,13800138001,z1@x.example,研发部,N1,工程师\n")
        .await;
    let by_number = import(&mut ann, "姓名,手机号,工号,部门\n张一,13900139001,N1,研发部/后端\n").await;
    assert_eq!(counts(&by_number), json!({ "rows": 1, "changed": 1, "moved": 1, "departments_created": 1 }));
    let (_, page) = ann.get("/v1/members?query=张一").await;
    let zhang = &page["items"][0];
    assert_eq!(
        (&zhang["phone"], &zhang["email"]),
        (&json!("+8613900139001"), &json!("z1@x.example")),
        "what is not said stays"
    );
    assert_eq!(zhang["position"], "工程师");
    let new = import(&mut ann, "姓名,手机号\n李二,13800138001\n").await;
    assert_eq!(counts(&new), json!({ "rows": 1, "created": 1 }), "the old number is free");
    let torn = upload(&mut ann, "姓名,账号,手机号\n张一,u01,13800138001\n").await;
    assert_eq!(problems(&mut ann, &torn).await, [("belongs_to_somebody_else".into(), 2, "C".into())]);
}

#[tokio::test]
async fn org_14_somebody_with_an_account_elsewhere_is_only_asked() {
    let t = app().await;
    let mut mal = founder(&t, "Rival", "mal").await;
    let mut ann = founder(&t, "Acme", "ann").await;
    let bobs = import(&mut mal, "Name,Phone\nBob,+8613800138000\n").await;
    let initial = result(&mut mal, &bobs).await.remove(0).remove(6);
    let tried = upload(&mut ann, "Name,Phone,Department\nRobert,13800138000,Sales\nEve,13800138001,Sales\n").await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "created": 1, "invited": 1, "departments_created": 1 }));
    assert!(!tried.to_string().contains("Rival") && !tried.to_string().contains("Bob"));
    let done = write(&mut ann, &tried).await;
    let lines = result(&mut ann, &done).await;
    assert_eq!((lines[0][5].as_str(), lines[0][6].as_str()), ("invited", ""));
    let (_, invited) = ann.get("/v1/members?state=invited").await;
    assert_eq!(invited["items"][0]["name"], "Robert");
    let again = import(&mut ann, "Name,Phone,Department\nRobert,13800138000,Sales\n").await;
    assert_eq!(counts(&again), json!({ "rows": 1, "unchanged": 1 }));

    let mut bob = Browser::new(&t);
    bob.sign_in("13800138000", &initial).await;
    bob.settle(&initial, OTHER).await;
    let (_, asked) = bob.get("/v1/session/invitations").await;
    assert_eq!(asked["items"][0]["organisation"]["name"], "Acme");
    let accept = format!("/v1/session/invitations/{}/accept", asked["items"][0]["id"].as_str().unwrap());
    assert_eq!(bob.post(&accept, json!(null)).await.0, 201);
}

#[tokio::test]
async fn org_03_an_administrator_changes_no_owner_by_a_list() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut eve = eve(&mut ann).await;
    let list = "Name,User ID,Department\nAnn the Great,ann,Throne\nBob,bob,Throne\n";
    let tried = upload(&mut eve, list).await;
    assert_eq!(problems(&mut eve, &tried).await, [("not_allowed".into(), 2, "-".into())]);
    write(&mut eve, &tried).await;
    let names: Vec<String> = everybody(&mut ann).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Ann", "Bob", "Eve"]);
    assert_eq!(upload(&mut ann, list).await["report"]["counts"]["changed"], 1, "she may change herself");
}

/// A local "off" is never undone by a list.
#[tokio::test]
async fn a_list_lets_nobody_in_who_was_shut_out_here() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号\n张一,u01\n").await;
    let (_, page) = ann.get("/v1/members?query=张一").await;
    let id = page["items"][0]["id"].as_str().unwrap().to_owned();
    for (operation, state) in [("suspend", "suspended"), ("disable", "disabled")] {
        assert_eq!(ann.post(&format!("/v1/members/{id}/{operation}"), json!({})).await.0, 204);
        import(&mut ann, format!("姓名,账号,职务\n张一,u01,{operation}\n")).await;
        let (_, seen) = ann.get(&format!("/v1/members/{id}")).await;
        assert_eq!(seen["state"], state);
    }
}
