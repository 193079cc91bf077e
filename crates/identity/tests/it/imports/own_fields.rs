//! Fields of the organisation's own making as columns, each value by the rules of its field (`DIR-02`, `DIR-03`).

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{counts, import, path, problems, upload, write};
use crate::browser::{Browser, ann, app};

async fn field(by: &mut Browser<'_>, mut field: Value) -> Value {
    field["seen_by"] = json!(["everyone", "administrators", "oneself"]);
    field["edited_by"] = json!(["administrators"]);
    let (status, made) = by.post("/v1/fields", field).await;
    assert_eq!(status, 201, "{made}");
    made
}

async fn values(by: &mut Browser<'_>, name: &str) -> Vec<(String, String)> {
    let (_, page) = by.get(&format!("/v1/members?query={name}")).await;
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let values = page["items"][0]["values"].as_array().unwrap().iter();
    values.map(|one| (text(one, "field_id"), text(one, "value"))).collect()
}

#[tokio::test]
async fn dir_02_a_column_called_like_a_field_is_that_field_and_each_value_follows_its_rules() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let shirt = json!({ "kind": "choice", "names": { "zh-CN": "衣服尺码", "en": "Shirt size" },
        "choices": [{ "names": { "zh-CN": "大", "en": "Large" } }, { "names": { "en": "Small" } }] });
    let shirt = field(&mut ann, shirt).await;
    let since = field(&mut ann, json!({ "kind": "date", "names": { "zh-CN": "入职日期" } })).await;
    let mentor = field(&mut ann, json!({ "kind": "person", "names": { "en": "Mentor" } })).await;
    let seat = field(&mut ann, json!({ "kind": "number", "names": { "en": "Seat" }, "least": 1, "most": 99 })).await;
    let list = "姓名,账号,衣服尺码,入职日期,Mentor,Seat,备忘\n张一,u01,大,2026/2/3,ann,07,x\n\
        张二,u02,XXL,二月三日,nobody,100,\n张三,u03,small,2026年12月1日,,,\n";
    let tried = upload(&mut ann, list).await;
    let own = &tried["lists"][0]["mapping"]["own_fields"];
    assert_eq!(own, &json!([null, null, shirt["id"], since["id"], mentor["id"], seat["id"], null]));
    let expected = [("not_a_choice", "C"), ("not_a_date", "D"), ("not_a_person", "E"), ("out_of_range", "F")];
    let found = problems(&mut ann, &tried).await;
    assert_eq!(found[..4], expected.map(|(code, column)| (code.to_owned(), 3, column.to_owned())));
    assert_eq!(found[4..], [("column_not_imported".to_owned(), 1, "G".to_owned())]);
    assert_eq!(counts(&tried), json!({ "rows": 3, "created": 2, "wrong": 1 }));
    write(&mut ann, &tried).await;
    let large = shirt["choices"][0]["id"].as_str().unwrap();
    let id = |field: &Value| field["id"].as_str().unwrap().to_owned();
    let me = ann.person().id.to_string();
    let mut expected = vec![
        (id(&shirt), large.to_owned()),
        (id(&since), "2026-02-03".into()),
        (id(&mentor), me),
        (id(&seat), "7".into()),
    ];
    let mut found = values(&mut ann, "张一").await;
    expected.sort();
    found.sort();
    assert_eq!(found, expected);

    let tried = upload(&mut ann, "姓名,账号,Shirt size,Mentor\n张一,u01,Small,\n").await;
    assert_eq!(counts(&tried), json!({ "rows": 1, "changed": 1 }));
    let (_, page) = ann.get(&format!("{}/people", path(&tried))).await;
    let change = json!([{ "field": "own", "field_id": shirt["id"], "before": "大", "after": "Small" }]);
    assert_eq!(page["items"][0]["changes"], change, "a blank cell erases nothing");
    let done = write(&mut ann, &tried).await;
    assert_eq!(ann.post(&format!("{}/undo", path(&done)), json!({})).await.0, 202);
    t.run_jobs().await;
    let mut found = values(&mut ann, "张一").await;
    found.sort();
    assert_eq!(found, expected, "and it can be taken back");
}

#[tokio::test]
async fn dir_03_a_field_that_is_switched_off_is_left_out_and_said_so() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let size = field(&mut ann, json!({ "kind": "text", "names": { "en": "Size" } })).await;
    let (status, answer) = ann
        .call("PATCH", &format!("/v1/fields/{}", size["id"].as_str().unwrap()), json!({ "is_collected": false }))
        .await;
    assert_eq!(status, 200, "{answer}");
    let tried = upload(&mut ann, "Name,User ID,Size\nBob,bob,L\n").await;
    assert_eq!(problems(&mut ann, &tried).await, [("field_not_collected".to_owned(), 2, "C".to_owned())]);
    assert_eq!(counts(&tried), json!({ "rows": 1, "created": 1 }));
    write(&mut ann, &tried).await;
    assert_eq!(values(&mut ann, "Bob").await, []);
}

#[tokio::test]
async fn a_column_is_said_to_be_a_field_and_only_to_be_one() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let size = field(&mut ann, json!({ "kind": "text", "names": { "en": "Size" } })).await;
    let tried = upload(&mut ann, "Name,User ID,Trousers\nBob,bob,L\n").await;
    let mut mapping = tried["lists"][0]["mapping"].clone();
    mapping["own_fields"] = json!([null, null, size["id"]]);
    let address = format!("{}/mapping", path(&tried));
    let (status, tried) = ann.call("PUT", &address, mapping.clone()).await;
    assert_eq!((status, counts(&tried)), (200, json!({ "rows": 1, "created": 1 })));
    for wrong in
        [json!([size["id"], null, null]), json!([null, size["id"], size["id"]]), json!([null, null, tried["id"]])]
    {
        mapping["own_fields"] = wrong;
        let (status, answer) = ann.call("PUT", &address, mapping.clone()).await;
        assert_eq!((status, &answer["field"]), (422, &json!("own_fields")));
    }
    write(&mut ann, &tried).await;
    assert_eq!(values(&mut ann, "Bob").await, [(size["id"].as_str().unwrap().to_owned(), "L".to_owned())]);
}

#[tokio::test]
async fn a_day_of_a_workbook_is_a_day() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let since = field(&mut ann, json!({ "kind": "date", "names": { "zh-CN": "入职日期" } })).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["姓名", "账号", "入职日期"]) {
        sheet.write_string(0, column, title).unwrap();
    }
    sheet.write_string(1, 0, "张一").unwrap().write_string(1, 1, "u01").unwrap();
    let day = ExcelDateTime::from_ymd(2026, 2, 3).unwrap();
    sheet.write_datetime_with_format(1, 2, day, &Format::new().set_num_format("yyyy/m/d")).unwrap();
    import(&mut ann, book.save_to_buffer().unwrap()).await;
    assert_eq!(values(&mut ann, "张一").await, [(since["id"].as_str().unwrap().to_owned(), "2026-02-03".to_owned())]);
}

/// The address of a built-in field, by its place among them.
fn built_in(place: u32) -> String {
    format!("/v1/fields/00000000-0000-7000-8000-{:012x}", 0x100 + place)
}

#[tokio::test]
async fn dir_02_built_in_fields_come_by_their_titles_and_by_the_rules_of_the_form() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (post, signature, birthday, gender, address, remark) = (5, 6, 8, 9, 10, 11);
    let titles = "姓名,账号,岗位,职务,签名,生日,性别,办公地点,备注";
    let tried = upload(&mut ann, format!("{titles}\n张一,u01,焊工,组长,好,1990-02-28,女,福州,左手\n")).await;
    let own = &tried["lists"][0]["mapping"]["own_fields"];
    assert!(own.as_array().unwrap().iter().all(Value::is_null), "not collected, or their own: {own}");
    for place in [post, signature, birthday, gender, address, remark] {
        let by = json!(["administrators", "oneself"]);
        let rule = json!({ "is_collected": true, "seen_by": by, "edited_by": by });
        let (status, answer) = ann.call("PATCH", &built_in(place), rule).await;
        assert_eq!(status, 200, "{answer}");
    }
    let long = "长".repeat(121);
    let list = format!(
        "{titles}\n张一,u01,焊工,组长,好,1990/2/28,女,福州,左手\n张二,u02,{},,{long},2999-01-01,不知道,,\n",
        "岗".repeat(65)
    );
    let tried = upload(&mut ann, list).await;
    let mapping = &tried["lists"][0]["mapping"];
    let id = |place: u32| built_in(place).rsplit('/').next().unwrap().to_owned();
    let expected =
        json!([null, null, id(post), null, id(signature), id(birthday), id(gender), id(address), id(remark)]);
    assert_eq!((&mapping["own_fields"], &mapping["fields"][3]), (&expected, &json!("position")));
    let wrong = [("is_too_long", "C"), ("is_too_long", "E"), ("out_of_range", "F"), ("not_a_choice", "G")];
    let found = problems(&mut ann, &tried).await;
    assert_eq!(found, wrong.map(|(code, column)| (code.to_owned(), 3, column.to_owned())));
    write(&mut ann, &tried).await;
    let (_, page) = ann.get("/v1/members?query=张一").await;
    let person = &page["items"][0];
    assert_eq!((&person["position"], &person["signature"]), (&json!("组长"), &json!("好")));
    assert_eq!(person["birthday"], "1990-02-28");
    let mut expected = vec![(id(post), "焊工"), (id(gender), "female"), (id(address), "福州"), (id(remark), "左手")];
    let mut found = values(&mut ann, "张一").await;
    expected.sort();
    found.sort();
    assert_eq!(found, expected.into_iter().map(|(id, text)| (id, text.to_owned())).collect::<Vec<_>>());

    let changed = upload(&mut ann, "姓名,账号,生日\n张一,u01,1990-03-01\n").await;
    let (_, page) = ann.get(&format!("{}/people", path(&changed))).await;
    let change = json!([{ "field": "own", "field_id": id(birthday), "before": "1990-02-28", "after": "1990-03-01" }]);
    assert_eq!(page["items"][0]["changes"], change);
    let done = write(&mut ann, &changed).await;
    assert_eq!(ann.post(&format!("{}/undo", path(&done)), json!({})).await.0, 202);
    t.run_jobs().await;
    let (_, page) = ann.get("/v1/members?query=张一").await;
    assert_eq!(page["items"][0]["birthday"], "1990-02-28", "and it can be taken back");
}
