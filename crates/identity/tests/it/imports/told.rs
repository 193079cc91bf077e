//! Who and what would be created, changed and moved, one by one, before it is confirmed (`ACC-06`).

use serde_json::{Value, json};

use super::{counts, import, path, problems, upload, write};
use crate::browser::{Browser, ann, app, bob};

async fn people(by: &mut Browser<'_>, import: &Value, query: &str) -> Vec<Value> {
    let (status, page) = by.get(&format!("{}/people{query}", path(import))).await;
    assert_eq!(status, 200, "{page}");
    page["items"].as_array().unwrap().clone()
}

fn names(people: &[Value]) -> Vec<&str> {
    people.iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn acc_06_each_change_is_shown_with_what_was_there_before() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(
        &mut ann,
        "姓名,账号,工号,部门,职务,是否部门负责人\n陆行舟,luxz,N1,研发部,工程师,是\n王芳,wangf,N2,市场部,,\n",
    )
    .await;
    let list = "姓名,账号,工号,部门,职务,是否部门负责人\n新人甲,new1,N3,运营中心/东区,,\n陆行舟（新）,luxz,N1,研发部;运营中心,架构师,否\n王芳,wangf,N2,研发部,,\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 3, "created": 1, "changed": 1, "moved": 2, "departments_created": 2 }));
    let all = people(&mut ann, &tried, "").await;
    assert_eq!(names(&all), ["新人甲", "陆行舟（新）", "王芳"]);
    assert_eq!(
        all[0],
        json!({ "row": 2, "name": "新人甲", "outcome": "created", "departments": ["运营中心 / 东区"], "changes": [] })
    );
    let changes = json!([
        { "field": "name", "before": "陆行舟", "after": "陆行舟（新）" },
        { "field": "position", "before": "工程师", "after": "架构师" },
        { "field": "departments", "before": "研发部", "after": "研发部; 运营中心" },
        { "field": "leads", "before": "研发部" },
    ]);
    assert_eq!((&all[1]["outcome"], &all[1]["changes"]), (&json!("changed"), &changes));
    assert_eq!(all[2]["changes"], json!([{ "field": "departments", "before": "市场部", "after": "研发部" }]));
    assert_eq!(names(&people(&mut ann, &tried, "?outcome=moved").await), ["陆行舟（新）", "王芳"]);
    assert_eq!(names(&people(&mut ann, &tried, "?outcome=created").await), ["新人甲"]);
    assert_eq!(names(&people(&mut ann, &tried, "?limit=1&after=1").await), ["陆行舟（新）"]);
    assert_eq!(ann.get(&format!("{}/people?after=x", path(&tried))).await.0, 422);
    let (_, departments) = ann.get(&format!("{}/departments", path(&tried))).await;
    let made = json!([{ "row": 2, "after": "运营中心" }, { "row": 2, "after": "运营中心 / 东区" }]);
    assert_eq!(departments["items"], made);
    write(&mut ann, &tried).await;
    assert_eq!(people(&mut ann, &tried, "").await, Vec::<Value>::new(), "forgotten with the list");
}

#[tokio::test]
async fn acc_06_who_of_the_new_people_will_lead_is_shown_with_what() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "姓名,账号,部门,是否部门负责人\n张一,u01,研发部;市场部;运营中心/东区,是;否;是\n李二,u02,研发部,否\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "created": 2, "departments_created": 4 }));
    let all = people(&mut ann, &tried, "?outcome=created").await;
    assert_eq!(all[0]["departments"], json!(["研发部", "市场部", "运营中心 / 东区"]));
    assert_eq!(all[0]["changes"], json!([{ "field": "leads", "after": "研发部; 运营中心 / 东区" }]));
    assert_eq!((&all[1]["departments"], &all[1]["changes"]), (&json!(["研发部"]), &json!([])));
    assert_eq!(people(&mut ann, &tried, "?outcome=moved").await, Vec::<Value>::new(), "nobody new has been elsewhere");
}

#[tokio::test]
async fn a_department_that_is_renamed_is_shown_with_both_paths_also_at_those_in_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let departments = "部门名称,部门ID,父部门ID\n研发部,2,1\n后端组,3,2\n";
    import(&mut ann, departments).await;
    let tried = upload(&mut ann, departments.replace("研发部", "研究院")).await;
    let (_, page) = ann.get(&format!("{}/departments", path(&tried))).await;
    assert_eq!(page["items"], json!([{ "row": 2, "before": "研发部", "after": "研究院" }]));
}

/// Names of the departments, as they stand.
async fn names_in_order(by: &mut Browser<'_>) -> Vec<String> {
    super::tree(by).await.into_iter().map(|(_, path)| path).collect()
}

#[tokio::test]
async fn dir_04_another_order_is_shown_with_both_places_and_written_with_the_rest() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "部门名称,部门ID,父部门ID,排序\n后端组,3,1,100\n前端组,4,1,200\n测试组,5,1,50\n";
    import(&mut ann, list).await;
    assert_eq!(ann.post("/v1/departments", json!({ "name": "客座" })).await.0, 201);
    let again = upload(&mut ann, list).await;
    assert_eq!(counts(&again), json!({}), "as it is");
    let tried = upload(&mut ann, list.replace(",1,100", ",1,300") + "设计组,6,1,250\n").await;
    assert_eq!(counts(&tried), json!({ "departments_created": 1, "departments_changed": 2 }));
    let (_, page) = ann.get(&format!("{}/departments", path(&tried))).await;
    let moved = |row: u64, name: &str, before: u64, after: u64| json!({ "row": row, "before": name, "after": name, "place": { "before": before, "after": after } });
    let expected = json!([moved(2, "后端组", 2, 1), moved(3, "前端组", 1, 2), { "row": 5, "after": "设计组" }]);
    assert_eq!(page["items"], expected);
    assert_eq!(names_in_order(&mut ann).await, ["前端组", "后端组", "测试组", "客座"], "nothing is written yet");
    write(&mut ann, &tried).await;
    assert_eq!(names_in_order(&mut ann).await, ["后端组", "设计组", "前端组", "测试组", "客座"]);
}

#[tokio::test]
async fn an_order_that_somebody_changed_since_it_was_shown_is_shown_again_before_it_is_written() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "部门名称,部门ID,父部门ID,排序\n后端组,3,1,100\n前端组,4,1,200\n";
    import(&mut ann, list).await;
    let tried = upload(&mut ann, list.replace("100", "300")).await;
    let (_, tree) = ann.get("/v1/departments").await;
    let front = tree["items"][0]["id"].as_str().unwrap().to_owned();
    let last = json!({ "before": null });
    assert_eq!(ann.call("PATCH", &format!("/v1/departments/{front}"), last).await.0, 200);
    let failed = write(&mut ann, &tried).await;
    assert_eq!((&failed["state"], &failed["code"]), (&json!("failed"), &json!("identity.import_outdated")));
    assert_eq!(counts(&failed), json!({}), "it is in that order already");
}

#[tokio::test]
async fn an_order_that_is_no_number_is_named_and_changes_nothing() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "部门名称,部门ID,父部门ID,排序\n后端组,3,1,100\n前端组,4,1,200\n";
    import(&mut ann, list).await;
    let tried = upload(&mut ann, list.replace("100", "第一")).await;
    assert_eq!(problems(&mut ann, &tried).await, [("order_not_a_number".to_owned(), 2, "D".to_owned())]);
    assert_eq!(counts(&tried), json!({}));
}

#[tokio::test]
async fn what_is_written_is_what_was_shown_person_by_person() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,职务\n张一,u01,工程师\n张二,u02,工程师\n").await;
    let tried = upload(&mut ann, "姓名,账号,职务\n张一,u01,架构师\n张二,u02,工程师\n").await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "changed": 1, "unchanged": 1 }));
    // Others in the meantime, and as many as before: one is as the list says, the other is not any more.
    import(&mut ann, "姓名,账号,职务\n张一,u01,架构师\n张二,u02,顾问\n").await;
    let failed = write(&mut ann, &tried).await;
    assert_eq!((&failed["state"], &failed["code"]), (&json!("failed"), &json!("identity.import_outdated")));
    assert_eq!(counts(&failed), json!({ "rows": 2, "changed": 1, "unchanged": 1 }));
    let now = people(&mut ann, &failed, "?outcome=changed").await;
    assert_eq!(now[0]["changes"], json!([{ "field": "position", "before": "顾问", "after": "工程师" }]));
    assert_eq!(write(&mut ann, &failed).await["state"], "done", "who looks again and confirms again has it written");
}

#[tokio::test]
async fn the_audit_log_says_how_many_were_imported() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号\n张一,u01\n张二,u02\n").await;
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let told: Value = sqlx::query_scalar("select payload from kernel.outbox where name = 'directory.people_imported'")
        .fetch_one(tx.db())
        .await
        .unwrap();
    assert_eq!((&told["created"], &told["changed"]), (&json!(2), &json!(0)));
}

/// `ADM-02`, `ADM-06`
#[tokio::test]
async fn adm_06_whom_an_import_changes_the_log_says_one_by_one_with_where_from_and_they_see_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (bobs, mut bob) = bob(&mut ann).await;
    let done = import(&mut ann, "姓名,账号,职务,部门\nBob,bob,工程师,研发部\n张二,u02,,\n").await;
    let lines = log(&mut ann, &bobs).await;
    let names: Vec<_> = lines.iter().map(|line| line["name"].as_str().unwrap()).collect();
    assert_eq!(names[..2], ["directory.member_placed", "directory.member_changed"]);
    let anns = ann.member_in("acme");
    let whole = ann.get("/v1/audit?limit=100").await.1;
    let whole = whole["items"].as_array().unwrap();
    let of = |name: &str| whole.iter().find(|line| line["name"] == name).unwrap();
    for name in ["people_imported", "member_placed", "member_changed", "member_added", "department_written"] {
        let line = of(&format!("directory.{name}"));
        assert_eq!(line["actor"]["id"], json!(anns), "{line}");
        assert_eq!((&line["address"], &line["device"]), (&json!("192.0.2.1"), &json!("Firefox · Linux")), "{line}");
        assert!(line["request_id"].is_string() && line["request_id"] == of("directory.people_imported")["request_id"]);
    }
    assert!(!whole.iter().any(|line| line.to_string().contains("工程师")), "which field, never what stands in it");
    let (_, uses) = bob.get("/v1/me/data-uses").await;
    let seen = uses["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "changed").count();
    assert_eq!(seen, 2, "{uses}");
    let (status, _) = ann.post(&format!("{}/undo", path(&done)), json!({})).await;
    assert_eq!(status, 202);
    t.run_jobs().await;
    let lines = log(&mut ann, &bobs).await;
    let mut back: Vec<_> = lines[..2].iter().map(|line| line["name"].as_str().unwrap()).collect();
    back.sort_unstable();
    assert_eq!(back, ["directory.member_changed", "directory.member_placed"]);
    assert_eq!(lines[0]["address"], json!("192.0.2.1"), "taken back by the same hand");
}

/// The lines about somebody, the newest first.
async fn log(by: &mut Browser<'_>, member: &str) -> Vec<Value> {
    let (status, page) = by.get(&format!("/v1/audit?target={member}&limit=50")).await;
    assert_eq!(status, 200, "{page}");
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn dir_03_what_is_not_collected_or_their_own_to_say_is_left_out_of_an_import() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,职务,手机\n王芳,wangf,工程师,13800138001\n").await;
    let (_, fields) = ann.get("/v1/fields").await;
    let fields = fields["items"].as_array().unwrap().clone();
    let path = |name: &str| {
        let field = fields.iter().find(|field| field["built_in"] == name).unwrap();
        format!("/v1/fields/{}", field["id"].as_str().unwrap())
    };
    let off = json!({ "is_collected": false, "stored": "kept" });
    assert_eq!(ann.call("PATCH", &path("position"), off).await.0, 200);
    let own = json!({ "seen_by": ["oneself"], "edited_by": ["oneself"] });
    assert_eq!(ann.call("PATCH", &path("phone"), own).await.0, 200);
    let list = "姓名,账号,职务,手机\n王芳,wangf,经理,13800138002\n李雷,lilei,经理,13800138003\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "created": 1, "unchanged": 1 }));
    let mut codes: Vec<_> = problems(&mut ann, &tried).await.into_iter().map(|(code, row, _)| (code, row)).collect();
    codes.sort();
    let left = |code: &str, row: u64| (code.to_owned(), row);
    let expected = [
        left("field_not_collected", 2),
        left("field_not_collected", 3),
        left("field_of_their_own", 2),
        left("field_of_their_own", 3),
    ];
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn dir_02_a_position_that_is_not_in_the_list_is_wrong_where_nothing_else_may_be() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, fields) = ann.get("/v1/fields").await;
    let position = fields["items"].as_array().unwrap().iter().find(|field| field["built_in"] == "position").unwrap();
    let path = format!("/v1/fields/{}", position["id"].as_str().unwrap());
    import(&mut ann, "姓名,账号,职务\n周一,zhouy,学徒\n").await;
    let only = json!({ "listed": ["工程师"], "only_listed": true });
    assert_eq!(ann.call("PATCH", &path, only).await.0, 200);
    let list = "姓名,账号,职务\n王芳,wangf,工程师\n李雷,lilei,经理\n韩梅,hanm,\n周一,zhouy,学徒\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 4, "created": 2, "unchanged": 1, "wrong": 1 }));
    let found = problems(&mut ann, &tried).await;
    assert_eq!(found.iter().map(|(code, row, _)| (code.as_str(), *row)).collect::<Vec<_>>(), [("not_listed", 3)]);
}

#[tokio::test]
async fn dir_04_an_import_puts_nobody_into_a_department_that_is_out_of_use() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "部门名称,部门ID,父部门ID\n研发部,2,1\n市场部,3,1\n").await;
    let (_, tree) = ann.get("/v1/departments").await;
    let id = tree["items"].as_array().unwrap().iter().find(|one| one["name"] == "研发部").unwrap()["id"].clone();
    let archive = json!({ "is_archived": true });
    assert_eq!(ann.call("PATCH", &format!("/v1/departments/{}", id.as_str().unwrap()), archive).await.0, 200);
    let tried = upload(&mut ann, "姓名,账号,部门\n王芳,wangf,研发部\n李雷,lilei,市场部\n").await;
    assert_eq!(counts(&tried), json!({ "rows": 2, "created": 1, "wrong": 1 }));
    let codes: Vec<_> = problems(&mut ann, &tried).await.into_iter().map(|(code, row, _)| (code, row)).collect();
    assert_eq!(codes, [("is_archived".to_owned(), 2)]);
}
