//! Who leads departments by a list, and whom people report to (`ACC-06`, `DIR-02`, `DIR-04`).

use serde_json::{Value, json};

use super::{add_list, counts, everybody, import, path, problems, result, upload, write};
use crate::browser::{Browser, ann, app, came_in};

const PEOPLE: &str = "姓名,账号,手机号,邮箱,工号,部门\n\
    张一,u01,13800138001,,,研发部\n李二,u02,,,N2,研发部\n王三,u03,,w3@x.example,,市场部\n\
    张伟,u04,,,,研发部\n张伟,u05,,,,市场部\n赵六,u06,,,,市场部\n赵六,u07,,,,市场部\n";

/// User ids of whoever leads a department, with its name.
async fn leaders(by: &mut Browser<'_>) -> Vec<(String, String)> {
    let departments = super::tree(by).await;
    let (_, page) = by.get("/v1/members?limit=200").await;
    let mut found = Vec::new();
    for member in page["items"].as_array().unwrap() {
        for led in member["leads"].as_array().unwrap() {
            let name = departments.iter().find(|(id, _)| id == led).unwrap().1.clone();
            found.push((name, member["user_id"].as_str().unwrap().to_owned()));
        }
    }
    found.sort();
    found
}

fn led(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, user_id)| ((*name).to_owned(), (*user_id).to_owned())).collect()
}

async fn people(by: &mut Browser<'_>, import: &Value, outcome: &str) -> Vec<Value> {
    let (_, page) = by.get(&format!("{}/people?outcome={outcome}", path(import))).await;
    page["items"].as_array().unwrap().clone()
}

async fn undo(by: &mut Browser<'_>, of: &Value, kind: &str) -> Value {
    assert_eq!(by.post(&format!("{}/undo", path(of)), json!({ "kind": kind })).await.0, 202);
    by.t.run_jobs().await;
    by.get(&path(of)).await.1
}

#[tokio::test]
async fn acc_06_another_leader_is_a_change_and_no_move_also_when_it_is_undone() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = "姓名,账号,部门,是否部门负责人\n张一,u01,研发部,是\n李二,u02,研发部,否\n王三,u03,研发部,否\n";
    import(&mut ann, first).await;
    let was = everybody(&mut ann).await;
    let other = "姓名,账号,部门,是否部门负责人\n张一,u01,研发部,否\n李二,u02,研发部,是\n王三,u03,市场部,是\n";
    let tried = upload(&mut ann, other).await;
    assert_eq!(counts(&tried), json!({ "rows": 3, "changed": 3, "moved": 1, "departments_created": 1 }));
    let changed = people(&mut ann, &tried, "changed").await;
    assert_eq!(changed[0]["changes"], json!([{ "field": "leads", "before": "研发部" }]));
    assert_eq!(changed[1]["changes"], json!([{ "field": "leads", "after": "研发部" }]));
    let moved = people(&mut ann, &tried, "moved").await;
    assert_eq!((moved.len(), &moved[0]["name"]), (1, &json!("王三")), "whoever stays where they are is not moved");
    let done = write(&mut ann, &tried).await;
    let outcomes: Vec<String> = result(&mut ann, &done).await.into_iter().map(|line| line[5].clone()).collect();
    assert_eq!(outcomes, ["changed", "changed", "changed"]);
    let kinds: Vec<(&Value, &Value)> =
        done["deeds"].as_array().unwrap().iter().map(|one| (&one["kind"], &one["count"])).collect();
    assert_eq!(kinds[1..], [(&json!("changed"), &json!(3)), (&json!("moved"), &json!(1))]);
    assert_eq!(leaders(&mut ann).await, led(&[("市场部", "u03"), ("研发部", "u02")]));
    undo(&mut ann, &done, "changed").await;
    assert_eq!(leaders(&mut ann).await, led(&[("研发部", "u01")]));
    let undone = undo(&mut ann, &done, "moved").await;
    assert_eq!(everybody(&mut ann).await, was);
    let kept: Vec<&Value> = undone["deeds"].as_array().unwrap().iter().map(|one| &one["kept"]).collect();
    assert_eq!(kept, [&json!(0), &json!(0), &json!(0)]);
}

#[tokio::test]
async fn dir_04_a_list_of_departments_says_who_leads_them_by_whatever_names_a_person() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, PEOPLE).await;
    let list = "部门路径,部门负责人\n研发部,138 0013 8001、N2\n市场部,W3@x.example；张伟\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!((counts(&tried), problems(&mut ann, &tried).await), (json!({ "changed": 4 }), vec![]));
    let changed = people(&mut ann, &tried, "changed").await;
    assert!(changed.iter().all(|one| one["row"] == 0 && one["changes"][0]["field"] == "leads"), "{changed:?}");
    assert_eq!(leaders(&mut ann).await, led(&[]), "nothing is written yet");
    let done = write(&mut ann, &tried).await;
    assert_eq!(done["state"], "done", "{done}");
    let expected = [("市场部", "u03"), ("市场部", "u05"), ("研发部", "u01"), ("研发部", "u02")];
    assert_eq!(leaders(&mut ann).await, led(&expected), "of two of one name the one who is in the department");
    assert_eq!(counts(&upload(&mut ann, list).await), json!({}), "as it is");
    let other = import(&mut ann, "Path,Leader\n研发部,张伟(u04)\n市场部,\n").await;
    assert_eq!(counts(&other), json!({ "changed": 3 }), "whoever is not named any more; a blank cell says nothing");
    assert_eq!(leaders(&mut ann).await, led(&[("市场部", "u03"), ("市场部", "u05"), ("研发部", "u04")]));
    undo(&mut ann, &other, "changed").await;
    assert_eq!(leaders(&mut ann).await, led(&expected));
}

#[tokio::test]
async fn dir_04_a_leader_whom_nobody_can_tell_is_named_by_row_and_column_and_the_cell_changes_nothing() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, PEOPLE).await;
    import(&mut ann, "部门路径,部门负责人\n研发部,u02\n").await;
    let tried = upload(&mut ann, "负责人,部门路径\nu01、没有人,研发部\n张一,市场部\n赵六,市场部/华东\n").await;
    let found = problems(&mut ann, &tried).await;
    let problem = |code: &str, row: u64| (code.to_owned(), row, "A".to_owned());
    assert_eq!(found, [problem("not_a_person", 2), problem("leader_elsewhere", 3), problem("person_ambiguous", 4)]);
    assert_eq!(counts(&tried), json!({ "departments_created": 1 }), "the departments come all the same");
    write(&mut ann, &tried).await;
    assert_eq!(leaders(&mut ann).await, led(&[("研发部", "u02")]));
}

#[tokio::test]
async fn dir_04_a_cell_of_leaders_that_cannot_be_read_or_names_too_many_keeps_no_department_out() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, PEOPLE).await;
    import(&mut ann, "部门路径,部门负责人\n研发部,u02\n市场部,u03\n").await;
    let crowd: Vec<String> = (0..21).map(|n| format!("n{n}")).collect();
    let list = format!("负责人,部门路径\n#N/A,研发部\n{},市场部\n#N/A,市场部/华东\n", crowd.join(";"));
    let tried = upload(&mut ann, list).await;
    let found = problems(&mut ann, &tried).await;
    let problem = |code: &str, row: u64| (code.to_owned(), row, "A".to_owned());
    let unread = |row| problem("is_formula_or_error", row);
    assert_eq!(found, [unread(2), problem("too_many_leaders", 3), unread(4)]);
    assert_eq!(counts(&tried), json!({ "departments_created": 1 }));
    let with_ids = "部门名称,部门ID,父部门ID,部门主管\n研发部,2,1,#N/A\n测试组,3,2,\n";
    let tried_with_ids = upload(&mut ann, with_ids).await;
    assert_eq!(problems(&mut ann, &tried_with_ids).await, [("is_formula_or_error".to_owned(), 2, "D".to_owned())]);
    assert_eq!(counts(&tried_with_ids)["departments_created"], 1, "below it another one");
    write(&mut ann, &tried).await;
    assert_eq!(leaders(&mut ann).await, led(&[("市场部", "u03"), ("研发部", "u02")]));
    // Whoever is named again and again is one.
    let again = format!("负责人,部门路径\n{},市场部\n", ["u05"; 30].join(";"));
    import(&mut ann, again.as_str()).await;
    assert_eq!(leaders(&mut ann).await, led(&[("市场部", "u05"), ("研发部", "u02")]));
}

#[tokio::test]
async fn dir_04_new_people_lead_new_departments_when_both_lists_come_together() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = upload(&mut ann, "部门名称,部门ID,父部门ID,部门主管\n研发部,2,1,陆行舟\n").await;
    assert_eq!(problems(&mut ann, &first).await, [("not_a_person".to_owned(), 2, "D".to_owned())]);
    let people = "姓名,帐号,手机号,所在部门\n陆行舟,luxz,13800138009,2\n王芳,wangf,13800138008,2\n";
    let both = add_list(&mut ann, &first, people).await;
    assert_eq!(problems(&mut ann, &both).await, []);
    assert_eq!(counts(&both), json!({ "rows": 2, "created": 2, "departments_created": 1 }));
    let done = write(&mut ann, &both).await;
    assert_eq!(done["state"], "done", "{done}");
    assert_eq!(leaders(&mut ann).await, led(&[("研发部", "luxz")]));
    undo(&mut ann, &done, "created").await;
    assert_eq!(everybody(&mut ann).await, [("Ann".to_owned(), vec![])]);
}

#[tokio::test]
async fn dir_02_whom_people_report_to_is_told_to_be_left_out_unless_a_field_of_that_name_takes_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "姓名,账号,直属上级\n张一,u01,Ann\n李二,u02,没有人\n王三,u03,王芳\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(problems(&mut ann, &tried).await, [("supervisor_not_kept".to_owned(), 1, "C".to_owned())]);
    assert_eq!(tried["lists"][0]["columns"][2]["is_supervisor"], true);
    assert_eq!(tried["lists"][0]["columns"][0]["is_supervisor"], false);
    let field = json!({ "kind": "person", "names": { "zh-CN": "直属上级" },
        "seen_by": ["everyone", "administrators", "oneself"], "edited_by": ["administrators"] });
    assert_eq!(ann.post("/v1/fields", field).await.0, 201);
    import(&mut ann, "姓名,账号\n王芳,w1\n王芳,w2\n").await;
    let tried = upload(&mut ann, list).await;
    let problem = |code: &str, row: u64| (code.to_owned(), row, "C".to_owned());
    let expected = [problem("not_a_person", 3), problem("person_ambiguous", 4)];
    assert_eq!(problems(&mut ann, &tried).await, expected, "by name, where one is called so");
    write(&mut ann, &tried).await;
    let (_, page) = ann.get("/v1/members?query=张一").await;
    assert_eq!(page["items"][0]["values"][0]["value"], ann.person().id.to_string());
}

/// Hua, who looks after people.
async fn people_administrator<'a>(ann: &mut Browser<'a>) -> Browser<'a> {
    let (_, added) = ann.post("/v1/members", json!({ "name": "Hua", "user_id": "hua", "role": "member" })).await;
    let hua = came_in(ann.t, "hua", &added).await;
    let role = json!({ "member_id": added["member"]["id"], "role_id": directory::BuiltIn::PeopleAdministrator.id() });
    assert_eq!(ann.post("/v1/role-grants", role).await.0, 201);
    hua
}

/// `ORG-03`: what one sees of others follows from where one is and what one leads.
#[tokio::test]
async fn org_03_nobody_puts_themselves_anywhere_by_a_list_nor_by_taking_one_back() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut hua = people_administrator(&mut ann).await;
    let tried = upload(&mut hua, "姓名,账号,部门\nHua,hua,研发部\n张一,u01,研发部\n").await;
    assert_eq!(problems(&mut hua, &tried).await, [("not_allowed".to_owned(), 2, "-".to_owned())]);
    // Somebody else with the right does it.
    import(&mut ann, "姓名,账号,部门\nHua,hua,研发部;市场部\n张一,u01,研发部\n").await;
    let tried = upload(&mut hua, "部门路径,部门负责人\n研发部,hua\n").await;
    assert_eq!(problems(&mut hua, &tried).await, [("not_allowed".to_owned(), 2, "B".to_owned())]);
    import(&mut hua, "部门路径,部门负责人\n研发部,u01\n").await;
    assert_eq!(leaders(&mut ann).await, led(&[("研发部", "u01")]));
    let left = import(&mut hua, "姓名,账号,部门\nHua,hua,市场部\n").await;
    assert_eq!(counts(&left), json!({ "rows": 1, "moved": 1 }), "leaving is for oneself to say");
    undo(&mut hua, &left, "moved").await;
    let places = everybody(&mut ann).await.into_iter().find(|(name, _)| name == "Hua").unwrap().1;
    assert_eq!(places, ["市场部"], "coming back is not");
}

/// `ORG-03`: nor do they bring others where they see more of them.
#[tokio::test]
async fn org_03_nobody_brings_others_by_a_list_below_what_they_lead() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut hua = people_administrator(&mut ann).await;
    import(&mut ann, "姓名,账号,部门\nHua,hua,市场部\n张一,u01,研发部\n").await;
    import(&mut ann, "部门路径,部门负责人\n市场部,hua\n").await;
    let list = "姓名,账号,部门\n张一,u01,市场部/华北\n";
    let tried = upload(&mut hua, list).await;
    assert_eq!(problems(&mut hua, &tried).await, [], "no field is shown to leaders");
    let field = json!({ "kind": "text", "names": { "en": "Pay" }, "seen_by": ["leaders", "oneself"], "edited_by": ["oneself"] });
    assert_eq!(ann.post("/v1/fields", field).await.0, 201);
    let tried = upload(&mut hua, list).await;
    assert_eq!(problems(&mut hua, &tried).await, [("not_allowed".to_owned(), 2, "-".to_owned())]);
    let tried = upload(&mut ann, list).await;
    assert_eq!(problems(&mut ann, &tried).await, [], "whoever decides who sees which field does");
}
