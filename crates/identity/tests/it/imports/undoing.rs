//! An import is taken back for a day: whole, or a kind of what it did (`ACC-06`).

use chrono::TimeDelta;
use proptest::prelude::{Strategy, prop};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::{counts, everybody, import, path, result, upload, write};
use crate::browser::{ANNS, Browser, OTHER, add, ann, app, came_in, eve, founder};

/// Takes back a kind, or everything; how the import stands then.
async fn undo(by: &mut Browser<'_>, of: &Value, kind: Option<&str>) -> Value {
    let (status, answer) = by.post(&format!("{}/undo", path(of)), json!({ "kind": kind })).await;
    assert_eq!(status, 202, "{answer}");
    assert_eq!(answer["state"], "undoing");
    by.t.run_jobs().await;
    let (_, shown) = by.get(&path(of)).await;
    assert_eq!((&shown["state"], shown.get("code")), (&json!("done"), None), "{shown}");
    shown
}

/// `(kind, count, undone, kept)` of each kind.
fn deeds(import: &Value) -> Vec<(&str, i64, i64, i64)> {
    let number = |one: &Value, name: &str| one[name].as_i64().unwrap();
    let deeds = import["deeds"].as_array().unwrap().iter();
    deeds
        .map(|one| (one["kind"].as_str().unwrap(), number(one, "count"), number(one, "undone"), number(one, "kept")))
        .collect()
}

/// `(kind, name, code)` of what could not be taken back.
async fn kept(by: &mut Browser<'_>, of: &Value) -> Vec<(String, String, String)> {
    let (status, page) = by.get(&format!("{}/kept", path(of))).await;
    assert_eq!(status, 200);
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let items = page["items"].as_array().unwrap().iter();
    items.map(|one| (text(one, "kind"), text(one, "name"), text(one, "code"))).collect()
}

/// Everything the directory says of everybody and of the departments, but for what counts changes.
async fn directory(by: &mut Browser<'_>) -> Value {
    let mut people = Vec::new();
    for state in ["active", "invited", "suspended", "leaving"] {
        let (_, page) = by.get(&format!("/v1/members?state={state}&limit=200")).await;
        people.extend(page["items"].as_array().unwrap().clone());
    }
    people.sort_by_key(|one| one["id"].to_string());
    people.iter_mut().for_each(|one| drop(one.as_object_mut().unwrap().remove("revision")));
    let (_, departments) = by.get("/v1/departments").await;
    let shape = |one: &Value| json!([one["id"], one["parent_id"], one["name"], one["member_count"], one["leader_ids"]]);
    let departments: Vec<Value> = departments["items"].as_array().unwrap().iter().map(shape).collect();
    json!({ "people": people, "departments": departments })
}

async fn member(by: &mut Browser<'_>, name: &str) -> Value {
    let (_, page) = by.get(&format!("/v1/members?query={name}")).await;
    page["items"][0].clone()
}

async fn edit(by: &mut Browser<'_>, name: &str, change: Value) {
    let id = member(by, name).await["id"].as_str().unwrap().to_owned();
    let (status, answer) = by.call("PATCH", &format!("/v1/members/{id}"), change).await;
    assert_eq!(status, 200, "{answer}");
}

const BEFORE: &str = "姓名,账号,手机号,部门,职务,是否部门负责人\n\
    张一,u01,13800138001,研发部,工程师,是\n张二,u02,13800138002,研发部,,\n张三,u03,,市场部,,\n";
/// Somebody and a department are new, 张一 is changed, 张二 is moved, 张三 leaves.
const AFTER: &str = "姓名,账号,手机号,部门,职务,是否部门负责人,状态\n\
    张一,u01,13900139001,研发部,架构师,是,\n张二,u02,13800138002,研发部/后端,,,\n\
    张三,u03,,,,,离职\n李四,u04,,研发部/后端,,,\n";

/// Writes [`AFTER`] upon [`BEFORE`]; the directory as it was between the two.
async fn two(by: &mut Browser<'_>) -> (Value, Value) {
    import(by, BEFORE).await;
    let was = directory(by).await;
    let tried = upload(by, AFTER).await;
    assert_eq!(
        counts(&tried),
        json!({ "rows": 4, "created": 1, "changed": 1, "moved": 1, "left": 1, "departments_created": 1 })
    );
    assert_eq!(by.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
    let confirm = format!("{}/confirm", path(&tried));
    assert_eq!(by.post(&confirm, json!({ "lets_many_leave": true })).await.0, 202);
    by.t.run_jobs().await;
    let (_, done) = by.get(&path(&tried)).await;
    assert_eq!(done["state"], "done", "{done}");
    (was, done)
}

#[tokio::test]
async fn acc_06_all_of_an_import_is_taken_back_and_the_list_can_be_imported_again() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (was, done) = two(&mut ann).await;
    assert_eq!(deeds(&done), [("created", 2, 0, 0), ("changed", 1, 0, 0), ("moved", 1, 0, 0), ("left", 1, 0, 0)]);
    assert_ne!(directory(&mut ann).await, was);
    let undone = undo(&mut ann, &done, None).await;
    assert_eq!(deeds(&undone), [("created", 2, 2, 0), ("changed", 1, 1, 0), ("moved", 1, 1, 0), ("left", 1, 1, 0)]);
    assert_eq!(directory(&mut ann).await, was);
    assert_eq!(kept(&mut ann, &done).await, []);
    let told = t.events(ann.person().org).await;
    assert!(told.iter().any(|name| name == "directory.import_undone"), "{told:?}");
    let again = undo(&mut ann, &done, None).await;
    assert_eq!(deeds(&again), deeds(&undone), "there is nothing left to do");
    let tried = upload(&mut ann, AFTER).await;
    assert_eq!(tried["report"]["counts"], done["report"]["counts"], "as if it had never been");
    let mut gone = Browser::new(&t);
    let initial = result(&mut ann, &done).await.remove(3).remove(6);
    assert_ne!(gone.try_sign_in("u04", &initial).await.0, 201, "whoever was taken out has no way in");
}

#[tokio::test]
async fn each_kind_is_taken_back_by_itself() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, done) = two(&mut ann).await;
    let place = |people: &[(String, Vec<String>)], name: &str| {
        people.iter().find(|(own, _)| own == name).map(|(_, places)| places.join(";"))
    };
    undo(&mut ann, &done, Some("left")).await;
    assert_eq!(member(&mut ann, "张三").await["state"], "active");
    assert_eq!(member(&mut ann, "张一").await["position"], "架构师", "nothing else is");
    undo(&mut ann, &done, Some("moved")).await;
    assert_eq!(place(&everybody(&mut ann).await, "张二").unwrap(), "研发部");
    let new = json!({ "name": "赵五", "user_id": "u05", "phone": "13800138001", "role": "member" });
    assert_eq!(ann.post("/v1/members", new).await.0, 201);
    let changed = undo(&mut ann, &done, Some("changed")).await;
    assert_eq!(deeds(&changed)[1], ("changed", 1, 0, 1));
    let name = |kind: &str, name: &str, code: &str| (kind.to_owned(), name.to_owned(), code.to_owned());
    assert_eq!(kept(&mut ann, &done).await, [name("changed", "张一", "belongs_to_somebody_else")]);
    let one = member(&mut ann, "张一").await;
    assert_eq!(
        (&one["position"], &one["phone"]),
        (&json!("工程师"), &json!("+8613900139001")),
        "赵五 has the old number"
    );
    edit(&mut ann, "赵五", json!({ "phone": null })).await;
    let created = undo(&mut ann, &done, Some("created")).await;
    assert_eq!(deeds(&created)[0], ("created", 2, 2, 0));
    let changed = undo(&mut ann, &done, Some("changed")).await;
    assert_eq!(deeds(&changed)[1], ("changed", 1, 1, 0), "what was kept is tried again");
    assert_eq!(member(&mut ann, "张一").await["phone"], "+8613800138001");
}

#[tokio::test]
async fn what_somebody_changed_since_stays_and_is_named() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, done) = two(&mut ann).await;
    edit(&mut ann, "张一", json!({ "position": "总工" })).await;
    let market = super::tree(&mut ann).await.into_iter().find(|(_, path)| path == "市场部").unwrap().0;
    edit(&mut ann, "张二", json!({ "department_ids": [market] })).await;
    let three = member(&mut ann, "张三").await["id"].clone();
    let three = if three.is_null() {
        let (_, page) = ann.get("/v1/members?state=leaving").await;
        page["items"][0]["id"].clone()
    } else {
        three
    };
    let three = three.as_str().unwrap();
    assert_eq!(ann.post(&format!("/v1/members/{three}/resume"), json!({})).await.0, 204);
    let initial = result(&mut ann, &done).await.remove(3).remove(6);
    let mut li = Browser::new(&t);
    li.sign_in("u04", &initial).await;
    let undone = undo(&mut ann, &done, None).await;
    assert_eq!(deeds(&undone), [("created", 2, 0, 2), ("changed", 1, 0, 1), ("moved", 1, 0, 1), ("left", 1, 0, 1)]);
    let mut named = kept(&mut ann, &done).await;
    named.sort();
    let name = |kind: &str, name: &str, code: &str| (kind.to_owned(), name.to_owned(), code.to_owned());
    assert_eq!(
        named,
        [
            name("changed", "张一", "changed_meanwhile"),
            name("created", "后端", "department_not_empty"),
            name("created", "李四", "came_in"),
            name("left", "张三", "changed_meanwhile"),
            name("moved", "张二", "changed_meanwhile"),
        ]
    );
    let one = member(&mut ann, "张一").await;
    assert_eq!((&one["position"], &one["phone"]), (&json!("总工"), &json!("+8613800138001")), "field by field");
    li.settle(&initial, OTHER).await;
    assert_eq!(li.get("/v1/me").await.0, 200, "whoever came in stays");
}

#[tokio::test]
async fn whoever_was_given_something_since_stays_and_so_does_a_department_somebody_named() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, done) = two(&mut ann).await;
    let new = member(&mut ann, "李四").await["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    let (_, page) = ann.get("/v1/members?state=leaving").await;
    let leaver = page["items"][0]["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap();
    // As a hand-over keeps it; the kinds of things are other crates'.
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    sqlx::query(
        "insert into handover.decision (member_id, kind, thing_id, outcome, successor_id, decided_by, decided_at)
         values ($1, 'contacts.shared', $1, 'done', $2, $2, now())",
    )
    .bind(leaver)
    .bind(new)
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let departments = ann.get("/v1/departments").await.1;
    let backend = departments["items"].as_array().unwrap().iter().find(|one| one["name"] == "后端").unwrap();
    let backend = format!("/v1/departments/{}", backend["id"].as_str().unwrap());
    let named = ann.call("PATCH", &backend, json!({ "name": "平台" })).await;
    assert_eq!(named.0, 200, "{}", named.1);
    let undone = undo(&mut ann, &done, Some("created")).await;
    assert_eq!(deeds(&undone)[0], ("created", 2, 0, 2));
    let codes: Vec<String> = kept(&mut ann, &done).await.into_iter().map(|(_, _, code)| code).collect();
    assert_eq!(codes, ["changed_meanwhile", "changed_meanwhile"]);
    assert_eq!(member(&mut ann, "李四").await["id"], new.to_string());
}

#[tokio::test]
async fn a_change_that_stays_stays_whole() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let role = async |ann: &mut Browser<'_>, member: &Value, permissions: Value, department: Value| {
        let name = format!("May {}", permissions[0]);
        let (status, made) = ann.post("/v1/roles", json!({ "name": name, "permissions": permissions })).await;
        assert_eq!(status, 201, "{made}");
        let given = json!({ "member_id": member, "role_id": made["id"], "department_id": department });
        let (status, answer) = ann.post("/v1/role-grants", given).await;
        assert_eq!(status, 201, "{answer}");
    };
    let new = json!({ "name": "Eve", "user_id": "eve", "role": "member" });
    let (_, added) = ann.post("/v1/members", new).await;
    let importing = json!(["people.import", "people.add", "people.edit", "people.place", "departments.manage"]);
    role(&mut ann, &added["member"]["id"], importing, Value::Null).await;
    let mut eve = came_in(&t, "eve", &added).await;
    let list = |position: &str, leads: &str| {
        format!("姓名,账号,职务,部门,是否部门负责人\n张一,u01,{position},研发部,{leads}\n")
    };
    import(&mut eve, list("工程师", "否")).await;
    let done = import(&mut eve, list("架构师", "是")).await;
    // Whoever looks after the department may do now what Eve may not: she says no more who leads it.
    let (bob, _) = add(&mut ann, "Bob", "bob").await;
    let departments = ann.get("/v1/departments").await.1;
    role(&mut ann, &json!(bob), json!(["people.suspend"]), departments["items"][0]["id"].clone()).await;
    let undone = undo(&mut eve, &done, Some("changed")).await;
    assert_eq!(deeds(&undone)[0], ("changed", 1, 0, 1));
    assert_eq!(kept(&mut eve, &done).await[0].2, "not_allowed");
    let one = member(&mut ann, "张一").await;
    assert_eq!((&one["position"], one["leads"].as_array().unwrap().len()), (&json!("架构师"), 1));
}

#[tokio::test]
async fn nobody_is_left_without_a_way_to_sign_in_and_it_is_said() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,手机号,职务\n张一,13800138001,工程师\n").await;
    let one = "姓名,手机号,邮箱,职务\n张一,13800138001,zhang@example.com,架构师\n";
    let done = import(&mut ann, one).await;
    edit(&mut ann, "张一", json!({ "phone": null })).await;
    undo(&mut ann, &done, Some("changed")).await;
    assert_eq!(kept(&mut ann, &done).await[0].2, "no_sign_in_left");
    let one = member(&mut ann, "张一").await;
    assert_eq!((&one["email"], &one["position"]), (&json!("zhang@example.com"), &json!("工程师")), "field by field");
}

#[tokio::test]
async fn a_suspended_leaver_comes_back_suspended() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, BEFORE).await;
    let id = member(&mut ann, "张三").await["id"].as_str().unwrap().to_owned();
    assert_eq!(ann.post(&format!("/v1/members/{id}/suspend"), json!({})).await.0, 204);
    assert_eq!(ann.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
    let tried = upload(&mut ann, "姓名,账号,状态\n张三,u03,离职\n").await;
    let confirm = format!("{}/confirm", path(&tried));
    assert_eq!(ann.post(&confirm, json!({ "lets_many_leave": true })).await.0, 202);
    t.run_jobs().await;
    let state = |one: (u16, Value)| one.1["state"].clone();
    assert_eq!(state(ann.get(&format!("/v1/members/{id}")).await), "leaving");
    undo(&mut ann, &tried, None).await;
    assert_eq!(state(ann.get(&format!("/v1/members/{id}")).await), "suspended");
}

#[tokio::test]
async fn departments_get_back_their_names_places_and_order() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "部门名称,部门ID,父部门ID,排序\n研发部,2,1,300\n市场部,3,1,200\n后端组,4,2,100\n前端组,5,2,50\n";
    import(&mut ann, list).await;
    import(&mut ann, "姓名,账号,部门ID\n张一,u01,4\n").await;
    let was = directory(&mut ann).await;
    let other =
        "部门名称,部门ID,父部门ID,排序\n研究院,2,1,100\n市场部,3,1,200\n后端组,4,3,100\n前端组,5,2,50\n新组,6,3,10\n";
    let done = import(&mut ann, other).await;
    assert_ne!(directory(&mut ann).await, was);
    let count = |all: &Value, name: &str| {
        let departments = all["departments"].as_array().unwrap();
        departments.iter().find(|one| one[2] == name).unwrap()[3].clone()
    };
    let now = directory(&mut ann).await;
    assert_eq!((count(&now, "研究院"), count(&now, "市场部")), (json!(0), json!(1)), "张一 came along");
    let undone = undo(&mut ann, &done, None).await;
    assert!(deeds(&undone).iter().all(|(_, count, undone, kept)| count == undone && *kept == 0), "{undone}");
    assert_eq!(directory(&mut ann).await, was);
}

#[tokio::test]
async fn an_import_is_taken_back_for_a_day_and_not_a_minute_longer() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let tried = upload(&mut ann, BEFORE).await;
    t.clock.advance(TimeDelta::hours(20));
    let early = write(&mut ann, &tried).await;
    let late = import(&mut ann, "姓名,账号\n赵五,u05\n").await;
    t.clock.advance(TimeDelta::hours(23) + TimeDelta::minutes(59));
    t.run_jobs().await;
    undo(&mut ann, &early, None).await;
    assert!(member(&mut ann, "张一").await.is_null());
    t.clock.advance(TimeDelta::minutes(1));
    let (status, _) = ann.post(&format!("{}/undo", path(&late)), json!({})).await;
    assert_eq!(status, 404);
    assert_eq!(member(&mut ann, "赵五").await["name"], "赵五");
    t.run_jobs().await;
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from identity.import_deed").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 0, "what it took is gone with the day");
}

#[tokio::test]
async fn what_was_there_before_is_sealed_and_only_who_imported_takes_it_back() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, done) = two(&mut ann).await;
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("select deed from identity.import_deed").fetch_all(tx.db()).await.unwrap();
    drop(tx);
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(kept.len() >= 10 && kept.iter().all(|bytes| !holds(bytes, "张") && !holds(bytes, "13800138001")));
    let mut eve = eve(&mut ann).await;
    assert_eq!(eve.post(&format!("{}/undo", path(&done)), json!({})).await.0, 404);
    assert_eq!(eve.get(&format!("{}/kept", path(&done))).await.0, 404);
    let tried = upload(&mut ann, BEFORE).await;
    let (status, answer) = ann.post(&format!("{}/undo", path(&tried)), json!({})).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("identity.import_not_written")));
}

/// Some of twelve people, each perhaps with another name, phone, departments, and whether they have left.
fn list(case: usize) -> impl Strategy<Value = String> {
    let person = (prop::bool::ANY, 0..3_usize, prop::bool::ANY, prop::collection::vec(0..4_usize, 0..3), 0..6_u8);
    prop::collection::vec(person, 12).prop_map(move |people| {
        let mut list = String::from("姓名,账号,手机号,部门,是否部门负责人,状态\n");
        for (n, (is_there, name, has_phone, departments, state)) in people.into_iter().enumerate() {
            if !is_there {
                continue;
            }
            let name = ["张伟", "欧阳娜娜", "Ann-Marie"][name];
            let phone = if has_phone { format!("13{case:02}{n:07}") } else { String::new() };
            let paths: Vec<&str> =
                departments.iter().map(|one| ["研发部", "研发部/后端", "市场", "市场/华东"][*one]).collect();
            let leads: Vec<&str> = departments.iter().map(|one| if one % 2 == 0 { "是" } else { "否" }).collect();
            let state = if state == 0 { "离职" } else { "" };
            list.push_str(&format!("{name},user{n},{phone},{},{},{state}\n", paths.join(";"), leads.join(";")));
        }
        list
    })
}

#[tokio::test]
async fn trying_writing_and_undoing_restores_exactly_who_and_what_was_there() {
    let t = app().await;
    let mut runner = TestRunner::deterministic();
    for case in 10..16 {
        let mut owner = founder(&t, &format!("Org{case}"), &format!("owner{case}")).await;
        assert_eq!(owner.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
        let mut lists = (0..3).map(|_| list(case).new_tree(&mut runner).unwrap().current());
        import(&mut owner, lists.next().unwrap().replace("离职", "")).await;
        for list in lists {
            let was = directory(&mut owner).await;
            let tried = upload(&mut owner, list.clone()).await;
            assert_eq!(directory(&mut owner).await, was, "trying writes nothing: {list}");
            let confirm = format!("{}/confirm", path(&tried));
            let asked = json!({ "leaves_out_wrong_rows": true, "lets_many_leave": true });
            assert_eq!(owner.post(&confirm, asked).await.0, 202, "{list}");
            t.run_jobs().await;
            let (_, done) = owner.get(&path(&tried)).await;
            assert_eq!(done["state"], "done", "{done} {list}");
            assert_eq!(done["report"], tried["report"], "what was shown was written: {list}");
            let undone = undo(&mut owner, &done, None).await;
            assert!(deeds(&undone).iter().all(|(_, count, undone, _)| count == undone), "{undone} {list}");
            assert_eq!(directory(&mut owner).await, was, "{list}");
        }
    }
}

#[tokio::test]
async fn dsr_04_of_whoever_had_their_data_frozen_nothing_is_taken_back_until_it_is_used_again() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (was, done) = two(&mut ann).await;
    let id: uuid::Uuid = member(&mut ann, "张一").await["id"].as_str().unwrap().parse().unwrap();
    let zhang = t.sign_in(ann.person().org, kernel::MemberId(id), ann.person().account);
    t.freeze(&zhang).await;
    let undone = undo(&mut ann, &done, None).await;
    assert_eq!(deeds(&undone), [("created", 2, 2, 0), ("changed", 1, 0, 1), ("moved", 1, 1, 0), ("left", 1, 1, 0)]);
    assert_eq!(kept(&mut ann, &done).await, [("changed".into(), "张一".into(), "is_restricted".into())]);
    t.thaw(&zhang).await;
    let undone = undo(&mut ann, &done, None).await;
    assert_eq!(deeds(&undone)[1], ("changed", 1, 1, 0));
    assert_eq!(directory(&mut ann).await, was);
}
