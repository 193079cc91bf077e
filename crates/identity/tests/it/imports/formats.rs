//! The spreadsheets of WeCom, DingTalk, Feishu and everybody else.

use serde_json::json;

use super::{add_list, counts, everybody, import, problems, result, tree, upload, write, xlsx};
use crate::browser::{Browser, OTHER, ann, app};

const WECOM: &str = "姓名,帐号,手机号,邮箱,所在部门,职位,性别,是否部门内领导,排序,别名,地址,座机,禁用,禁用项说明：(0-启用;1-禁用)\n\
     陆行舟,luxz,13800138000,lu@yunwu.example,2;3,总监,男,1;0,0;0,,,,0,\n\
     阿不都·热合曼,abdu,13800138001,,3,工程师,男,0,0,,,,0,\n\
     王芳,wangf,13800138002,,1,助理,女,0,0,,,,0,\n\
     离职者,gone,13800138003,,3,工程师,男,0,0,,,,1,\n";
const WECOM_DEPARTMENTS: &str =
    "部门名称,部门ID,父部门ID,排序\n后端组,3,2,100\n前端组,4,2,200\n研发部,2,1,100\n云雾,1,0,1\n";

fn named(name: &str, departments: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), departments.iter().map(|path| (*path).to_owned()).collect())
}

#[tokio::test]
async fn acc_06_people_and_departments_of_wecom_come_in_gbk_and_sign_in_with_an_initial_password() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (gbk, _, _) = encoding_rs::GBK.encode(WECOM);
    let first = upload(&mut ann, gbk.into_owned()).await;
    assert_eq!(first["report"]["counts"]["wrong"], 2, "departments 2 and 3 are not known yet: {first}");
    let both = add_list(&mut ann, &first, WECOM_DEPARTMENTS).await;
    assert_eq!(counts(&both), json!({ "rows": 3, "created": 3, "disabled": 1, "departments_created": 3 }));
    let written = write(&mut ann, &both).await;
    assert_eq!((&written["state"], &written["done"], &written["total"]), (&json!("done"), &json!(3), &json!(3)));
    let expected = [
        named("Ann", &[]),
        named("王芳", &[]),
        named("阿不都·热合曼", &["研发部/后端组"]),
        named("陆行舟", &["研发部*", "研发部/后端组"]),
    ];
    assert_eq!(everybody(&mut ann).await, expected);
    let paths: Vec<String> = tree(&mut ann).await.into_iter().map(|(_, path)| path).collect();
    let places = |name: &str| paths.iter().position(|path| path == name);
    assert!(places("研发部/前端组") < places("研发部/后端组"), "the greatest order comes first: {paths:?}");

    let result = result(&mut ann, &written).await;
    let lu = result.iter().find(|row| row[1] == "陆行舟").unwrap();
    assert_eq!(lu[3..6], ["'+8613800138000", "lu@yunwu.example", "created"]);
    let mut phone = Browser::new(&t);
    phone.sign_in("138 0013 8000", &lu[6]).await;
    assert_eq!(phone.session["must"][0], "change_password");
    phone.settle(&lu[6], OTHER).await;
    assert_eq!(phone.get("/v1/me").await.1["position"], "总监");
}

#[tokio::test]
async fn dir_04_a_list_of_people_finds_the_departments_of_a_list_that_came_earlier() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let departments = import(&mut ann, WECOM_DEPARTMENTS).await;
    assert_eq!(counts(&departments), json!({ "departments_created": 3 }));
    let people = import(&mut ann, format!("\u{feff}{WECOM}")).await;
    assert_eq!(counts(&people), json!({ "rows": 3, "created": 3, "disabled": 1 }));
    assert!(everybody(&mut ann).await.contains(&named("陆行舟", &["研发部*", "研发部/后端组"])));
    let moved = import(&mut ann, "部门名称,部门ID,父部门ID,排序\n后端与数据,3,1,1\n").await;
    assert_eq!(counts(&moved), json!({ "departments_changed": 1 }));
    assert!(everybody(&mut ann).await.contains(&named("阿不都·热合曼", &["后端与数据"])));
}

#[tokio::test]
async fn a_workbook_of_dingtalk_has_explanations_above_paths_with_dashes_and_leaders_in_order() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let book = xlsx(&[
        &["填写须知：1. 红色星号为必填；2. 部门用-隔开，多个部门用,隔开"],
        &["员工UserID", "*部门", "职位", "*姓名", "性别", "工号", "是否此部门主管(是/否)", "*手机号", "邮箱", "分机号"],
        &[
            "ding01",
            "研发部-后端组,产品部",
            "架构师",
            "陈立",
            "男",
            "0017",
            "是,否",
            "13900139000",
            "chen@x.example",
            "",
        ],
        &["ding02", "研发部-后端组", "工程师", "周敏", "女", "0018", "否", "+86-13900139001", "", ""],
    ]);
    let import = upload(&mut ann, book).await;
    assert_eq!(import["lists"][0]["mapping"]["header_row"], 2);
    assert_eq!(import["lists"][0]["columns"][3]["title"], "*姓名");
    let (_, people) = ann.get(&format!("{}/people", super::path(&import))).await;
    assert_eq!(people["items"][0]["departments"], json!(["研发部 / 后端组", "产品部"]));
    assert_eq!(counts(&import), json!({ "rows": 2, "created": 2, "departments_created": 3 }));
    let problems = problems(&mut ann, &import).await;
    assert!(problems.contains(&("phone_was_number".into(), 3, "H".into())), "{problems:?}");
    assert!(problems.contains(&("column_not_imported".into(), 2, "E".into())), "what is dropped is said: {problems:?}");
    write(&mut ann, &import).await;
    let everybody = everybody(&mut ann).await;
    assert!(everybody.contains(&named("陈立", &["研发部/后端组*", "产品部"])), "{everybody:?}");
    let (_, page) = ann.get("/v1/members?query=17").await;
    assert_eq!(page["items"][0]["staff_number"], "17", "a workbook that has a number has no zeros before it");
}

/// A workbook of Excel 97, written by xlwt 1.3: a phone and a staff number are figures in it.
const EXCEL_97: &[u8] = include_bytes!("people.xls");

#[tokio::test]
async fn acc_06_a_workbook_of_excel_97_is_read_like_a_new_one() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = upload(&mut ann, EXCEL_97).await;
    assert_eq!(first["report"]["counts"]["created"], 3, "{first}");
    let mut wrong = problems(&mut ann, &first).await;
    wrong.retain(|(code, ..)| code != "column_not_imported");
    let noted = [("phone_was_number".to_owned(), 2, "C".to_owned()), ("phone_rewritten".to_owned(), 3, "C".to_owned())];
    assert_eq!(wrong, noted);
    let written = write(&mut ann, &first).await;
    let expected = [
        named("Ann", &[]),
        named("Zoë Østergård", &["研发中心"]),
        named("罗笙", &["研发中心/质量", "项目/土楼*"]),
        named("顾南枝", &["研发中心/质量*"]),
    ];
    assert_eq!(everybody(&mut ann).await, expected);
    for (number, name) in [("00417", "顾南枝"), ("418", "罗笙")] {
        assert_eq!(ann.get(&format!("/v1/members?query={number}")).await.1["items"][0]["name"], name);
    }
    let result = result(&mut ann, &written).await;
    let gu = result.iter().find(|row| row[1] == "顾南枝").unwrap();
    assert_eq!(gu[3], "'+8613911112222");
}

#[tokio::test]
async fn feishu_and_english_lists_are_read_with_their_separators() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let feishu = xlsx(&[
        &["姓名", "手机号码", "邮箱", "部门", "人员类型", "工号", "城市", "职务", "直属上级", "性别", "入职时间"],
        &["赵敏", "13700137000", "zhao@x.example", "Acme/市场部/华东", "正式", "F1", "上海", "经理", "", "女", "45000"],
    ]);
    let import1 = import(&mut ann, feishu).await;
    assert_eq!(import1["lists"][0]["mapping"]["root"], "Acme", "the organisation itself is no department");
    let tabs = "Name\tEmail\tPhone\tDepartment\tTitle\tEmployee ID\tManager\n\
                Bob Lee\tbob@x.example\t+1 415 555 0100\tSales/EMEA\tRep\tE-1\tAnn\n";
    import(&mut ann, tabs).await;
    import(
        &mut ann,
        tabs.replace('\t', ";")
            .replace("Bob", "Eve")
            .replace("bob", "eve")
            .replace("0100", "0101")
            .replace("E-1", "E-2"),
    )
    .await;
    let expected = [
        named("Ann", &[]),
        named("Bob Lee", &["Sales/EMEA"]),
        named("Eve Lee", &["Sales/EMEA"]),
        named("赵敏", &["市场部/华东"]),
    ];
    assert_eq!(everybody(&mut ann).await, expected);
}

#[tokio::test]
async fn the_administrator_says_what_the_columns_are_when_nobody_can_guess() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = upload(&mut ann, "Wer,Wo,Nummer\nJan,Haus>Dach,+4930123456\nPia,Haus,+4930123457\n").await;
    let mut mapping = first["lists"][0]["mapping"].clone();
    assert_eq!(mapping["fields"], json!([null, null, null]));
    mapping["fields"] = json!(["name", "departments", "phone"]);
    mapping["level_separator"] = json!(">");
    let put = format!("{}/mapping", super::path(&first));
    let (status, mapped) = ann.call("PUT", &put, mapping.clone()).await;
    assert_eq!(status, 200, "{mapped}");
    assert_eq!(counts(&mapped), json!({ "rows": 2, "created": 2, "departments_created": 2 }));
    mapping["fields"] = json!(["name", "name", "phone"]);
    assert_eq!(ann.call("PUT", &put, mapping).await.0, 422);
    write(&mut ann, &mapped).await;
    assert!(everybody(&mut ann).await.contains(&named("Jan", &["Haus/Dach"])));
}
