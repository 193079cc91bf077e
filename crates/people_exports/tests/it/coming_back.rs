//! A file that was taken away and is brought back in as it is (`DIR-02`, `DIR-04`, `DIR-08`).

use directory::{Importer, imports};
use kernel::Actor;
use lists::{List, Setting, Severity};
use profiles::BuiltIn;
use proptest::prelude::{Strategy, prop};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::office::Office;

async fn file(o: &Office, export: &Value, (format, language): (&str, &str)) -> Vec<u8> {
    let path = format!("/v1/people-exports/{}/file", export["id"].as_str().unwrap());
    let body = json!({ "format": format, "language": language }).to_string().into_bytes();
    let (status, file) = o.t.send(Some(&o.ann), "POST", &path, body, &[]).await;
    assert_eq!(status, 200);
    file
}

/// What the import would do with the file, as Ann; problems as codes and columns.
async fn tried(o: &Office, file: &[u8]) -> (imports::Counts, Vec<(String, Option<String>)>) {
    let mut tx = o.t.app.begin(o.acme, Actor::Member(o.ann.id)).await.unwrap();
    let own = imports::own_fields(&mut tx).await.unwrap();
    let list = List::guess(lists::read(file).unwrap(), &[], &own).unwrap();
    let by = Importer::load(&mut tx).await.unwrap();
    let draft = lists::draft(&[list], &Setting { region: "CN".into() });
    let (report, _, problems) = imports::plan(&mut tx, &by, draft).await.unwrap().into_report();
    // What keeps a spreadsheet program from computing a cell is taken away again.
    let other = problems.into_iter().filter(|one| one.severity != Severity::Note || one.code != "apostrophe_removed");
    (report.counts, other.map(|one| (one.code, one.column)).collect())
}

/// Every field there is, with something in it: what a change of Eve says.
async fn every_field(o: &Office) -> Map<String, Value> {
    let mut values = Map::new();
    let administrators = json!(["administrators", "oneself"]);
    for (field, text) in [
        (BuiltIn::Post, "Welder"),
        (BuiltIn::Signature, "一切都好"),
        (BuiltIn::Birthday, "1990-02-28"),
        (BuiltIn::Gender, "female"),
        (BuiltIn::WorkAddress, "福州市 鼓楼区"),
        (BuiltIn::Remark, "+1 at the table"),
    ] {
        let rule = json!({ "is_collected": true, "seen_by": administrators, "edited_by": administrators });
        o.ask(&o.ann, ("PATCH", &format!("/v1/fields/{}", field.id())), rule, 200).await;
        values.insert(field.id().to_string(), json!(text));
    }
    let me = o.ann.id.to_string();
    for (kind, text) in [
        ("text", "Seat 4"),
        ("number", "-7.5"),
        ("date", "2026-02-03"),
        ("choice", ""),
        ("person", me.as_str()),
        ("phone", "+8613900139000"),
        ("link", "https://example.org/a?b=c"),
    ] {
        let choices = json!([{ "names": { "zh-CN": "大", "zh-TW": "大號", "en": "Large" } }]);
        let new = json!({ "kind": kind, "names": { "zh-CN": format!("自定 {kind}"), "en": format!("Own {kind}") },
            "choices": if kind == "choice" { choices } else { json!([]) },
            "seen_by": administrators, "edited_by": administrators });
        let made = o.ask(&o.ann, ("POST", "/v1/fields"), new, 201).await;
        let text = if kind == "choice" { made["choices"][0]["id"].clone() } else { json!(text) };
        values.insert(made["id"].as_str().unwrap().to_owned(), text);
    }
    values
}

#[tokio::test]
async fn dir_02_a_file_with_every_field_filled_in_comes_back_as_no_change() {
    let o = Office::open().await;
    let values = every_field(&o).await;
    let mut places = Vec::new();
    for name in ["研发/测试", "A;B\\C", "前端／后端"] {
        let new = json!({ "name": name, "parent_id": places.first() });
        places.push(o.ask(&o.ann, ("POST", "/v1/departments"), new, 201).await["id"].clone());
    }
    let eve = json!({ "position": "Wizard", "staff_number": "0071", "phone": "+8613800138000", "email": "eve@example.com",
        "values": values, "department_ids": places, "leads": [places[1]] });
    o.change(&o.eve, eve).await;
    // What somebody has stays, also where nothing else may be from now on.
    let listed = json!({ "listed": ["Foreman"], "only_listed": true });
    for field in [BuiltIn::Position, BuiltIn::Post] {
        o.ask(&o.ann, ("PATCH", &format!("/v1/fields/{}", field.id())), listed.clone(), 200).await;
    }
    let export = o.export(&o.ann, json!({}), 201).await;
    for format in ["csv", "xlsx"] {
        for language in ["zh-CN", "zh-TW", "en"] {
            let (counts, problems) = tried(&o, &file(&o, &export, (format, language)).await).await;
            assert_eq!(problems, [], "{format} {language}");
            let nothing = imports::Counts { rows: 3, unchanged: 3, ..imports::Counts::default() };
            assert_eq!(counts, nothing, "{format} {language}");
        }
    }
    // And what is written into the file is a change.
    let csv = String::from_utf8(file(&o, &export, ("csv", "zh-CN")).await).unwrap();
    let (counts, problems) = tried(&o, csv.replace("Welder", "Foreman").replace("\"女\"", "\"其他\"").as_bytes()).await;
    assert_eq!((counts.changed, counts.unchanged, problems), (1, 2, vec![]));
}

/// Texts that spreadsheet programs make something of, or the import does.
fn peculiar(runner: &mut TestRunner) -> String {
    let begins = ["=", "+", "-", "@", "'", "''", "’", "#N/A", "#REF!", "=\"", "\"", ",", ";"];
    let text = (prop::sample::select(begins.to_vec()), "[a-z1-9张+=';,\"]{0,4}");
    text.prop_map(|(begin, rest)| format!("{begin}{rest}")).new_tree(runner).unwrap().current()
}

#[tokio::test]
async fn dir_02_whatever_values_begin_with_a_file_comes_back_as_no_change() {
    let o = Office::open().await;
    let mut runner = TestRunner::deterministic();
    let rule = json!({ "kind": "text", "names": { "en": "Motto" }, "seen_by": ["everyone", "administrators"], "edited_by": ["administrators"] });
    let field = o.ask(&o.ann, ("POST", "/v1/fields"), rule, 201).await["id"].as_str().unwrap().to_owned();
    for n in 0..12 {
        let place = json!({ "name": format!("{}{n}", peculiar(&mut runner)) });
        let place = o.ask(&o.ann, ("POST", "/v1/departments"), place, 201).await["id"].clone();
        let name = format!("{}{n}", peculiar(&mut runner));
        let (position, value) = (peculiar(&mut runner), peculiar(&mut runner));
        let change =
            json!({ "name": name, "position": position, "values": { &field: value }, "department_ids": [place] });
        let person = o.t.member(o.acme, &format!("Nr{n}")).await;
        o.change(&person, change).await;
    }
    let export = o.export(&o.ann, json!({}), 201).await;
    for format in ["csv", "xlsx"] {
        for language in ["zh-CN", "en"] {
            let (counts, problems) = tried(&o, &file(&o, &export, (format, language)).await).await;
            assert_eq!(problems, [], "{format} {language}");
            let nothing = imports::Counts { rows: 15, unchanged: 15, ..imports::Counts::default() };
            assert_eq!(counts, nothing, "{format} {language}");
        }
    }
}

#[tokio::test]
async fn what_is_masked_in_a_file_is_not_written_over_what_is_there() {
    let o = Office::open().await;
    o.change(&o.eve, json!({ "phone": "+8613800138000" })).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    let csv = String::from_utf8(file(&o, &export, ("csv", "en")).await).unwrap();
    assert!(csv.contains("+8613800138000"));
    let (counts, problems) = tried(&o, csv.replace("13800138000", "138••••8000").as_bytes()).await;
    assert_eq!((counts.unchanged, counts.wrong, problems), (3, 0, vec![]));
}
