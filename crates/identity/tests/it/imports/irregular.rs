//! What real files do: each thing is named by row and column, and nothing breaks.

use serde_json::json;

use super::{add_list, counts, everybody, import, problems, send, upload, workbook, write, xlsx};
use crate::browser::{ann, app};

const HEADER: &str = "姓名,账号,手机号,邮箱,部门,工号\n";

fn problem(code: &str, row: u64, column: &str) -> (String, u64, String) {
    (code.to_owned(), row, column.to_owned())
}

#[tokio::test]
async fn every_irregular_cell_is_named_by_row_and_column() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let text = [
        HEADER,
        "张一,u01,1.38E+10,,研发部,\n",               // 2: digits are lost
        "张二 ,u02,'13800138002,,研发部,\n",          // 3: space, apostrophe
        "张三,u03,１３８００１３８００３,,研发部,\n", // 4: full width
        "张四,u04,+86 138 0013 8004,,研发部,\n",      // 5: country code and spaces
        "张五,u05,1.3800138005E+10,,研發部,\n",       // 6: nothing lost; the other script
        "张二,u02,13800138002,,产品部,\n",            // 7: the same person in another department
        "李六,u06,13800138003,,研发部,\n",            // 8: two people with one phone
        ",,,,,\n",                                    // 9: empty
        ",u08,13800138008,,研发部,\n",                // 10: no name
        "王九,u09,12345,nobody,研发部,\n",            // 11: neither phone nor e-mail address
        "王十,,,,研发部,N10\n",                       // 12: nothing to sign in with
        "王😀,a b,13800138012,,研发部,\n",            // 13: a user id with a space
        "=1+1,u13,13800138013,,研发部,\n",            // 14: a formula
        ",,,,,\n,,,,,\n",
    ];
    let import = upload(&mut ann, text.concat()).await;
    let found = problems(&mut ann, &import).await;
    let expected = [
        problem("phone_lost_digits", 2, "C"),
        problem("phone_twice", 8, "C"),
        problem("is_empty", 10, "A"),
        problem("not_a_phone_number", 11, "C"),
        problem("not_an_email_address", 11, "D"),
        problem("one_of_user_id_phone_email", 12, "-"),
        problem("letters_digits_dot_dash_underscore", 13, "B"),
        problem("is_formula_or_error", 14, "A"),
        problem("department_sounds_alike", 6, "E"),
        problem("spaces_removed", 3, "A"),
        problem("apostrophe_removed", 3, "C"),
        problem("full_width_rewritten", 4, "C"),
        problem("phone_rewritten", 5, "C"),
        problem("phone_rewritten", 6, "C"),
        problem("same_person_again", 7, "B"),
    ];
    assert_eq!(found, expected);
    assert_eq!(counts(&import), json!({ "rows": 12, "created": 4, "wrong": 7, "departments_created": 3 }));
    let path = format!("{}/confirm", super::path(&import));
    let (status, answer) = ann.post(&path, json!({})).await;
    assert_eq!((status, answer["code"].as_str()), (409, Some("identity.import_has_wrong_rows")));
    write(&mut ann, &import).await;
    let people = everybody(&mut ann).await;
    assert_eq!(people.len(), 5);
    assert!(people.contains(&("张二".into(), vec!["研发部".into(), "产品部".into()])), "{people:?}");
    let (_, page) = ann.get(&format!("{}/problems?severity=error", super::path(&import))).await;
    assert_eq!(page["items"], json!([]), "what was wrong is forgotten with what was uploaded");
}

#[tokio::test]
async fn dir_04_everything_that_is_wrong_is_named_at_once() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let columns = "姓名,账号,手机号,邮箱,部门ID\n";
    let text = [
        columns,
        "张一,u01,13800138001,,\n",
        ",u01,12345,nobody,77\n",         // 3: no name, phone, e-mail address; the person above
        ",,12345,,78\n",                  // 4: no name, no phone number, and no such department
        "张四,u04,13800138001,nobody,\n", // 5: no e-mail address, and the phone of another
    ];
    let import = upload(&mut ann, text.concat()).await;
    let mut found = problems(&mut ann, &import).await;
    found.sort_by_key(|(code, row, column)| (*row, column.clone(), code.clone()));
    let expected = [
        problem("is_empty", 3, "A"),
        problem("not_a_phone_number", 3, "C"),
        problem("not_an_email_address", 3, "D"),
        problem("is_empty", 4, "A"),
        problem("not_a_phone_number", 4, "C"),
        problem("department_unknown", 4, "E"),
        problem("phone_twice", 5, "C"),
        problem("not_an_email_address", 5, "D"),
    ];
    assert_eq!(found, expected);
    assert_eq!(counts(&import), json!({ "rows": 4, "created": 1, "wrong": 3 }));
}

#[tokio::test]
async fn dir_04_nobody_is_given_the_account_of_somebody_else() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let first = format!("{HEADER}张一,u01,13800138001,,,N1\n李二,u02,13800138002,,,N2\n");
    let import = upload(&mut ann, first).await;
    write(&mut ann, &import).await;
    let second = [
        HEADER,
        "王五,u09,13800138001,,,N9\n", // 2: the phone number of 张一, and a user id of their own
        "赵六,u02,13900139000,,,\n",   // 3: the user id of 李二, and nothing else of theirs
        "李二,u02,13900139002,,,N2\n", // 4: 李二 with a new phone number
    ];
    let import = upload(&mut ann, second.concat()).await;
    let found = problems(&mut ann, &import).await;
    let expected = [
        problem("belongs_to_somebody_else", 2, "C"),
        problem("user_id_twice", 4, "B"),
        problem("perhaps_somebody_else", 3, "A"),
    ];
    assert_eq!(found, expected);
    assert_eq!(counts(&import), json!({ "rows": 3, "changed": 1, "wrong": 2 }));
    let by_phone = upload(&mut ann, "姓名,手机号\n张伊,13800138001\n").await;
    assert_eq!(problems(&mut ann, &by_phone).await, [problem("perhaps_somebody_else", 2, "A")]);
}

#[tokio::test]
async fn a_department_that_is_its_own_ancestor_is_named_and_nobody_is_put_into_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let departments = format!(
        "部门名称,部门ID,父部门ID,排序\n甲,5,6,1\n乙,6,5,1\n丙,7,99,1\n丁,8,1,1\n戊,8,1,1\n丁,9,1,1\n,10,1,1\n己,{},1,1\n",
        "9".repeat(65)
    );
    let first = upload(&mut ann, departments).await;
    let expected = [
        problem("department_cycle", 2, "C"),
        problem("department_cycle", 3, "C"),
        problem("parent_unknown", 4, "C"),
        problem("department_twice", 6, "B"),
        problem("department_name_twice", 7, "A"),
        problem("is_empty", 8, "A"),
        problem("is_too_long", 9, "B"),
    ];
    assert_eq!(problems(&mut ann, &first).await, expected);
    let people = "姓名,帐号,手机号,所在部门\n张一,u1,13800138001,5\n张二,u2,13800138002,8\n张三,u3,13800138003,77\n";
    let both = add_list(&mut ann, &first, people).await;
    let found = problems(&mut ann, &both).await;
    assert!(found.contains(&problem("department_wrong", 2, "D")), "{found:?}");
    assert!(found.contains(&problem("department_unknown", 4, "D")), "{found:?}");
    assert_eq!(counts(&both)["created"], 1);
    let done = write(&mut ann, &both).await;
    assert_eq!(done["state"], "done");
    assert!(everybody(&mut ann).await.contains(&("张二".into(), vec!["丁".into()])));
}

#[tokio::test]
async fn a_quote_that_nothing_closes_is_named_where_it_opens_and_spoils_only_its_row() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "姓名,账号,备注\n张一,u01,\"只有一半\n张二,u02,\"好的, 完整\"\n张三,u03,\n";
    let import = upload(&mut ann, list).await;
    let found = problems(&mut ann, &import).await;
    assert_eq!(found, [problem("quote_not_closed", 2, "C"), problem("column_not_imported", 1, "C")]);
    assert_eq!(counts(&import), json!({ "rows": 3, "created": 2, "wrong": 1 }));
}

#[tokio::test]
async fn the_row_of_titles_and_the_sheet_are_as_whoever_imports_says() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "公司花名册,2026 年,内部\n员工,联络方式,单位\n张一,13800138001,研发部\n";
    let import = upload(&mut ann, list).await;
    let own = &import["lists"][0];
    assert_eq!((&own["mapping"]["header_row"], &own["sheets"]), (&json!(1), &json!([""])));
    assert_eq!(own["head"][1], json!({ "row": 2, "cells": ["员工", "联络方式", "单位"] }));
    let mut mapping = own["mapping"].clone();
    mapping["header_row"] = json!(2);
    mapping["fields"] = json!(["name", "phone", "departments"]);
    let (status, mapped) = ann.call("PUT", &format!("{}/mapping", super::path(&import)), mapping).await;
    assert_eq!(status, 200, "{mapped}");
    assert_eq!(counts(&mapped), json!({ "rows": 1, "created": 1, "departments_created": 1 }));
    assert_eq!(mapped["lists"][0]["columns"][0]["title"], "员工");

    let book = workbook(&[
        ("封面", &[&["公司", "花名册"]]),
        ("在职", &[&["说明"], &["姓名", "账号"], &["张一", "u01"]]),
        ("离职", &[&["姓名", "账号"], &["李二", "u02"]]),
    ]);
    let import = upload(&mut ann, book).await;
    let own = &import["lists"][0];
    assert_eq!((&own["mapping"]["sheet"], &own["sheets"]), (&json!(1), &json!(["封面", "在职", "离职"])));
    assert_eq!(own["mapping"]["header_row"], 2);
    let mut mapping = own["mapping"].clone();
    (mapping["sheet"], mapping["header_row"], mapping["fields"]) = (json!(2), json!(0), json!([]));
    let (_, other) = ann.call("PUT", &format!("{}/mapping", super::path(&import)), mapping).await;
    assert_eq!(other["lists"][0]["mapping"]["header_row"], 1, "found again");
    let (_, people) = ann.get(&format!("{}/people", super::path(&other))).await;
    assert_eq!(people["items"][0]["name"], "李二");
}

#[tokio::test]
async fn the_first_person_of_a_list_without_titles_is_not_lost() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let import = upload(&mut ann, "张一,13800138001,研发部\n李二,13800138002,市场部\n").await;
    let own = &import["lists"][0];
    assert_eq!((&own["mapping"]["header_row"], &own["columns"][0]["title"]), (&json!(null), &json!("")));
    assert_eq!(own["mapping"]["fields"], json!(["name", "phone", null]));
    assert_eq!(counts(&import), json!({ "rows": 2, "created": 2 }));
    let problems = ann.get(&format!("{}/problems", super::path(&import))).await.1;
    let left_out = &problems["items"][0];
    assert_eq!(
        (&left_out["code"], &left_out["value"]),
        (&json!("column_not_imported"), &json!("研发部")),
        "{problems}"
    );
    let mut mapping = own["mapping"].clone();
    mapping["fields"] = json!(["name", "phone", "departments"]);
    let (status, mapped) = ann.call("PUT", &format!("{}/mapping", super::path(&import)), mapping).await;
    assert_eq!(status, 200, "{mapped}");
    assert_eq!(counts(&mapped), json!({ "rows": 2, "created": 2, "departments_created": 2 }));
}

#[tokio::test]
async fn a_department_number_that_is_too_long_is_said_to_be_so() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let import = upload(&mut ann, format!("部门名称,部门ID,父部门ID\n甲,{},1\n", "9".repeat(65))).await;
    assert_eq!(problems(&mut ann, &import).await, [problem("is_too_long", 2, "B")]);
}

#[tokio::test]
async fn a_department_that_sounds_like_one_that_is_here_can_be_that_one() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "姓名,账号,部门\n张一,u01,运营中心\n").await;
    let import = upload(&mut ann, "姓名,账号,部门\n张二,u02,運營中心/東區\n").await;
    assert_eq!(
        import["report"]["problems"],
        json!([{ "severity": "warning", "code": "department_sounds_alike", "count": 1 }])
    );
    assert_eq!(counts(&import)["departments_created"], 2);
    let mut mapping = import["lists"][0]["mapping"].clone();
    mapping["joins_alike"] = json!(true);
    let (_, joined) = ann.call("PUT", &format!("{}/mapping", super::path(&import)), mapping).await;
    assert_eq!((&joined["report"]["problems"], counts(&joined)["departments_created"].as_u64()), (&json!([]), Some(1)));
    write(&mut ann, &joined).await;
    assert!(everybody(&mut ann).await.contains(&("张二".into(), vec!["运营中心/東區".into()])));
}

#[tokio::test]
async fn mixed_encodings_spoil_the_rows_they_are_in() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut bytes = format!("{HEADER}张一,u01,,,,\n张二,u02,,,,\n").into_bytes();
    bytes.extend_from_slice(&encoding_rs::GBK.encode("张三,u03,,,,\n").0);
    let import = upload(&mut ann, bytes).await;
    assert_eq!(problems(&mut ann, &import).await, [problem("is_unreadable", 4, "A")]);
    assert_eq!(counts(&import), json!({ "rows": 3, "created": 2, "wrong": 1 }));
    let big5 = encoding_rs::BIG5.encode("姓名,帳號,手機號碼,職務\n陸行舟,lu,+886912345678,經理\n").0.into_owned();
    let import = upload(&mut ann, big5).await;
    assert_eq!(import["lists"][0]["columns"][3]["title"], "職務");
    let (_, people) = ann.get(&format!("{}/people", super::path(&import))).await;
    assert_eq!(people["items"][0]["name"], "陸行舟");
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_and_nothing_of_it_is_kept() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut cut = xlsx(&[&["姓名", "手机号"], &["张一", "13800138000"]]);
    cut.truncate(cut.len() / 2);
    let mut torn = xlsx(&[&["姓名", "手机号"], &["张一", "13800138000"]]);
    let place = torn.len() / 3;
    torn[place..place + 40].fill(0);
    let long = rewritten(&xlsx(&[&["姓名", "手机号"], &["张一", "13800138000"]]), "张一", &"长".repeat(400_000));
    let verbatim = rewritten(&xlsx(&[&["姓名", "手机号"], &["张一", "13800138000"]]), "张一", "<![CDATA[<张一]]>");
    let cases: [(Vec<u8>, &str); 10] = [
        (long, "cell_too_long"),
        (verbatim, "cell_too_long"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0".to_vec(), "not_a_sheet"),
        (cut, "not_a_sheet"),
        (torn, "not_a_sheet"),
        ([&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[7; 2000]].concat(), "not_a_sheet"),
        (b"<!DOCTYPE html>\n<table><tr><td>a,b</td></tr></table>\n".to_vec(), "not_a_sheet"),
        (b"%PDF-1.4\n1 0 obj\n(a, b)\nendobj\n".to_vec(), "not_a_sheet"),
        (b"\n\n,,,\n".to_vec(), "is_empty"),
        (Vec::new(), "is_empty"),
    ];
    for (bytes, why) in cases {
        let (status, answer) = send(&mut ann, "/v1/imports", bytes).await;
        let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!((status, answer["why"].as_str()), (422, Some(why)), "{answer}");
    }
    let (status, _) = send(&mut ann, "/v1/imports", vec![b'a'; 33 * 1024 * 1024]).await;
    assert_eq!(status, 413);
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    let kept: i64 = sqlx::query_scalar(
        "select (select count(*) from identity.import) + (select count(*) from identity.import_piece)",
    )
    .fetch_one(tx.db())
    .await
    .unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn dir_04_brackets_of_another_width_make_no_second_department() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "部门名称,部门ID,父部门ID\n研发部（上海）,2,1\n").await;
    import(&mut ann, "姓名,账号,部门\n王芳,wangf,研发部（上海）\n李雷,lilei,研发部(上海)\n").await;
    let names: Vec<String> = super::tree(&mut ann).await.into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["研发部（上海）"], "one department, under the name it was given");
}

#[tokio::test]
async fn dir_04_of_two_departments_that_differ_in_width_the_exact_name_is_meant_and_what_fits_both_is_named() {
    let t = app().await;
    let mut ann = ann(&t).await;
    for name in ["研发部（上海）", "研发部(上海)"] {
        assert_eq!(ann.post("/v1/departments", json!({ "name": name })).await.0, 201);
    }
    let list = "姓名,账号,部门\n王芳,wangf,研发部（上海）\n李雷,lilei,研发部(上海)/前端\n韩梅,hanm,研发部（上海)\n周一,zhouy,研发部（上海)\n";
    let tried = upload(&mut ann, list).await;
    let expected = [problem("department_ambiguous", 4, "C"), problem("department_wrong", 5, "C")];
    assert_eq!(problems(&mut ann, &tried).await, expected);
    assert_eq!(counts(&tried), json!({ "rows": 4, "created": 2, "wrong": 2, "departments_created": 1 }));
    write(&mut ann, &tried).await;
    let people = everybody(&mut ann).await;
    assert!(people.contains(&("王芳".into(), vec!["研发部（上海）".into()])), "{people:?}");
    assert!(people.contains(&("李雷".into(), vec!["研发部(上海)/前端".into()])), "{people:?}");
    // The number goes to the one that is called exactly so; a name that fits both names neither.
    let list = upload(&mut ann, "部门名称,部门ID,父部门ID\n研发部(上海),7,1\n").await;
    assert_eq!((problems(&mut ann, &list).await, counts(&list)), (vec![], json!({})));
    let list = upload(&mut ann, "部门名称,部门ID,父部门ID\n研发部（上海),8,1\n").await;
    assert_eq!(problems(&mut ann, &list).await, [problem("department_ambiguous", 2, "A")]);
}

#[tokio::test]
async fn a_new_department_that_a_list_writes_in_two_widths_is_made_once_also_with_what_is_below_it() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "姓名,账号,部门\n,wrong,研发部（上海）\n王芳,wangf,研发部(上海)/前端\n李雷,lilei,研发部（上海）/前端\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(counts(&tried), json!({ "rows": 3, "created": 2, "wrong": 1, "departments_created": 2 }));
    write(&mut ann, &tried).await;
    let mut names: Vec<String> = super::tree(&mut ann).await.into_iter().map(|(_, name)| name).collect();
    names.sort();
    assert_eq!(names, ["研发部（上海）", "研发部（上海）/前端"]);
    let departments = "部门名称,部门ID,父部门ID\n研发部(上海),2,1\n前端,3,2\n";
    let first = upload(&mut ann, departments).await;
    let both = add_list(&mut ann, &first, list).await;
    assert_eq!(counts(&both), json!({ "rows": 3, "wrong": 1, "unchanged": 2, "departments_changed": 1 }));
}

#[tokio::test]
async fn a_formula_that_no_program_has_computed_is_named_and_taken_for_nothing() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["姓名", "账号", "手机号"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    sheet.write_string(1, 0, "孙二").unwrap();
    sheet.write_string(1, 1, "sun2").unwrap();
    sheet.write_formula(1, 2, "=B1").unwrap();
    // As openpyxl writes it: with no value beside the formula.
    let bytes = rewritten(&book.save_to_buffer().unwrap(), "<f>B1</f><v>0</v>", "<f>B1</f><v></v>");
    let tried = upload(&mut ann, bytes).await;
    assert_eq!(problems(&mut ann, &tried).await, [problem("is_formula_or_error", 2, "C")]);
    let (_, page) = ann.get(&format!("{}/problems?severity=error", super::path(&tried))).await;
    assert_eq!(page["items"][0].get("value"), None, "nothing is to be seen there");
    assert_eq!(tried["lists"][0]["head"][1]["cells"], json!(["孙二", "sun2", ""]));
}

#[tokio::test]
async fn a_department_merged_over_several_rows_is_that_of_each_of_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let (sheet, plain) = (book.add_worksheet(), rust_xlsxwriter::Format::new());
    sheet.merge_range(0, 0, 1, 2, "请勿修改表头", &plain).unwrap();
    for (column, title) in (0..).zip(["部门", "姓名", "账号"]) {
        sheet.write_string(2, column, title).unwrap();
    }
    // Two below one heading, and the last area goes on where nobody is any more.
    sheet.merge_range(3, 0, 4, 0, "研发部", &plain).unwrap();
    sheet.merge_range(5, 0, 900, 0, "市场部", &plain).unwrap();
    for (row, (name, login)) in (3..).zip([("王芳", "wangf"), ("李雷", "lilei"), ("韩梅", "hanmei")]) {
        sheet.write_string(row, 1, name).unwrap();
        sheet.write_string(row, 2, login).unwrap();
    }
    let written = import(&mut ann, book.save_to_buffer().unwrap()).await;
    assert_eq!(counts(&written), json!({ "rows": 3, "created": 3, "departments_created": 2 }));
    let (_, departments) = ann.get("/v1/departments").await;
    let placed = departments["items"].as_array().unwrap().iter().map(|one| (one["name"].clone(), one["id"].clone()));
    for (name, id) in placed {
        let path = format!("/v1/members?department={}", id.as_str().unwrap());
        let people = ann.get(&path).await.1["items"].as_array().unwrap().len();
        assert_eq!(people, if name == "研发部" { 2 } else { 1 }, "{name}");
    }
}

/// The workbook with one thing in it written otherwise.
fn rewritten(workbook: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut bare = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let (mut text, name) = (String::new(), part.name().unwrap().into_owned());
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let text = text.replace(from, to);
        bare.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut bare, text.as_bytes()).unwrap();
    }
    bare.finish().unwrap().into_inner()
}
