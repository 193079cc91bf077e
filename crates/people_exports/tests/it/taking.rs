//! What is in the file, and who takes it (`DIR-08`).

use chrono::TimeDelta;
use lists::{Field, List};
use serde_json::{Value, json};

use crate::office::Office;

#[tokio::test]
async fn dir_08_the_file_holds_whom_and_what_one_sees_and_can_be_brought_back_in() {
    let o = Office::open().await;
    let new = json!({ "name": "Sales", "parent_id": null });
    let sales = o.ask(&o.ann, ("POST", "/v1/departments"), new, 201).await["id"].clone();
    let new = json!({ "name": "North", "parent_id": sales });
    let north = o.ask(&o.ann, ("POST", "/v1/departments"), new, 201).await["id"].clone();
    let eve = json!({ "position": "=1+1", "phone": "+8613800138000", "department_ids": [north] });
    o.change(&o.eve, eve).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    assert_eq!((&export["people"], &export["state"]), (&json!(3), &json!("ready")));
    let lines = o.lines(&o.ann, &export).await;
    assert_eq!(
        lines[0],
        "\"Name\",\"User id\",\"Staff number\",\"Phone\",\"E-mail\",\"Position\",\"Signature\",\"Birthday\",\"Department\",\"Department head\",\"Status\""
    );
    let eve = lines.iter().find(|line| line.starts_with("\"Eve\"")).unwrap();
    assert!(eve.contains("\"'=1+1\"") && eve.contains("\"'+8613800138000\""), "no cell is computed: {eve}");
    assert!(eve.ends_with("\"Sales/North\",\"no\",\"active\""), "{eve}");
    assert_eq!(lines.len(), 4);
    for format in ["csv", "xlsx"] {
        let (status, file) = o.take(&o.ann, &export, format).await;
        assert_eq!(status, 200);
        let list = List::guess(lists::read(&file).unwrap(), &[], &[]).unwrap();
        use Field::{Departments, Email, Leads, Name, Phone, Position, StaffNumber, UserId};
        for field in [Name, UserId, StaffNumber, Phone, Email, Position, Departments, Leads] {
            assert!(list.column(field).is_some(), "{format}: {field:?}");
        }
    }
    let names = o.t.events(o.acme).await;
    assert_eq!(names.iter().filter(|name| *name == "people_exports.people_exported").count(), 3);
}

#[tokio::test]
async fn dir_03_what_is_masked_or_off_or_out_of_sight_is_not_in_it() {
    let o = Office::open().await;
    o.change(&o.eve, json!({ "phone": "+8613800138000", "position": "Driver" })).await;
    let field = |place: u32| format!("/v1/fields/00000000-0000-7000-8000-{:012x}", 0x100 + place);
    o.ask(&o.ann, ("PATCH", &field(2)), json!({ "is_masked": true }), 200).await;
    o.ask(&o.ann, ("PATCH", &field(4)), json!({ "is_collected": false, "stored": "kept" }), 200).await;
    // Whoever may change a number sees all of it; an auditor changes nothing.
    let sol = o.t.member(o.acme, "Sol").await;
    o.give(&sol, directory::BuiltIn::Auditor).await;
    let export = o.export(&sol, json!({ "query": "eve" }), 201).await;
    let lines = o.lines(&sol, &export).await;
    assert_eq!(lines.len(), 2);
    assert!(!lines[0].contains("Position") && !lines[1].contains("Driver"), "{lines:?}");
    assert!(!lines[1].contains("13800138000") && lines[1].contains("8000"), "only what is shown of it: {lines:?}");
}

#[tokio::test]
async fn adm_02_nobody_takes_what_somebody_else_asked_for_and_it_is_over_after_a_day() {
    let o = Office::open().await;
    o.export(&o.eve, json!({}), 403).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    assert_eq!(o.refused(&o.eve, &export).await.0, 403);
    assert_eq!(o.refused(&o.bob, &export).await.0, 404);
    let nobody = o.export(&o.ann, json!({ "query": "zzz" }), 409).await;
    assert_eq!(nobody["code"], "people_exports.nobody");
    let own = o.ask(&o.ann, ("GET", "/v1/people-exports"), Value::Null, 200).await;
    assert_eq!((own["items"].as_array().unwrap().len(), &own["items"][0]["id"]), (1, &export["id"]));
    o.t.clock.advance(TimeDelta::hours(25));
    assert_eq!(o.refused(&o.ann, &export).await.0, 404);
    o.t.run_jobs().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from people_exports.people_export").fetch_one(&o.t.admin).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn dsr_04_whoever_had_their_data_frozen_is_in_no_file() {
    let o = Office::open().await;
    assert_eq!(o.export(&o.ann, json!({}), 201).await["people"], 3);
    let export = o.export(&o.ann, json!({}), 201).await;
    o.t.freeze(&o.eve).await;
    let lines = o.lines(&o.ann, &export).await;
    assert!(
        lines.len() == 3 && !lines.iter().any(|line| line.contains("Eve")),
        "also of one that was asked for before: {lines:?}"
    );
    assert_eq!(o.export(&o.ann, json!({}), 201).await["people"], 2);
    o.t.thaw(&o.eve).await;
    assert_eq!(o.lines(&o.ann, &export).await.len(), 4);
}
