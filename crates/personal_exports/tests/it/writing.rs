//! What is written, and that nothing that cuts it does any harm (`DSR-01`).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn dsr_01_a_copy_is_written_in_the_background_and_its_owner_is_told() {
    let house = House::open().await;
    let me = json!({ "phone": "13812345678", "signature": "canary of Bob" });
    house.ask(&house.bob, ("PATCH", "/v1/me"), me, 200).await;
    house
        .ask(&house.eve, ("PATCH", "/v1/me"), json!({ "phone": "13987654321", "signature": "canary of Eve" }), 200)
        .await;
    house.tell(&house.bob, 1, "a notice to Bob").await;
    house.tell(&house.eve, 1, "a notice to Eve").await;
    let path = house.order(&house.bob).await;
    house.ask(&house.bob, ("GET", &format!("{path}/file")), Value::Null, 409).await;
    house.t.run_jobs().await;
    let shown = house.show(&house.bob, &path).await;
    assert_eq!((&shown["state"], &shown["places_done"]), (&json!("ready"), &shown["places"]));
    assert!(shown["records"].as_i64().unwrap() >= 3, "{shown}");

    let parts = house.take(&house.bob, &path).await;
    let text = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let data: Value = serde_json::from_str(&text("data.json")).unwrap();
    assert_eq!((&data["member"]["name"], &data["organisation"]["name"]), (&json!("Bob"), &json!("Acme")));
    let profile = &data["places"]["directory.member"]["records"][0]["profile"];
    assert_eq!(profile["signature"], "canary of Bob");
    assert!(profile.to_string().contains("13812345678"), "{profile}");
    assert!(text("pages/inbox.notification.html").contains("a notice to Bob 0"));
    assert!(text("index.html").contains("pages/directory.member.html"));
    for (name, part) in &parts {
        let part = String::from_utf8_lossy(part);
        for of_others in ["13987654321", "canary of Eve", "a notice to Eve"] {
            assert!(!part.contains(of_others), "{of_others} in {name}");
        }
        assert!(!part.contains("<script"), "{name}");
    }
    let told = house.ask(&house.bob, ("GET", "/v1/notifications"), Value::Null, 200).await;
    let is_told = told["items"].as_array().unwrap().iter().any(|one| one["text"] == "personal_export_written");
    assert!(is_told, "{told}");
    let events = house.t.events(house.acme).await;
    for name in ["asked", "written", "taken"] {
        assert!(events.contains(&format!("personal_exports.personal_export_{name}")), "{name}: {events:?}");
    }
}

#[tokio::test]
async fn dsr_01_what_is_cut_in_the_middle_goes_on_from_there_and_nothing_is_in_it_twice() {
    let house = House::open().await;
    house.tell(&house.bob, 2200, "canary").await;
    let path = house.order(&house.bob).await;
    // The place after the notices.
    house.break_off().await;
    house.t.run_jobs().await;
    let cut = house.show(&house.bob, &path).await;
    assert_eq!(cut["state"], "writing");
    let done = (cut["places_done"].as_i64().unwrap(), cut["places"].as_i64().unwrap());
    assert!(done.0 > 0 && done.0 < done.1 && cut["records"].as_i64().unwrap() >= 2200, "{cut}");
    house.mend().await;
    house.t.clock.advance(TimeDelta::minutes(1));
    house.t.run_jobs().await;
    let parts = house.take(&house.bob, &path).await;
    let data: Value = serde_json::from_slice(&parts["data.json"]).unwrap();
    let notices = data["places"]["inbox.notification"]["records"].as_array().unwrap();
    let texts: BTreeSet<&str> = notices.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!((notices.len(), texts.len()), (2200, 2200));
    let page = |name: &str| String::from_utf8(parts[name].clone()).unwrap();
    let (first, second) = (page("pages/inbox.notification.html"), page("pages/inbox.notification-2.html"));
    assert_eq!((first.matches("<article").count(), second.matches("<article").count()), (2000, 200));
    assert!(first.contains("inbox.notification-2.html") && first.ends_with("</main></body></html>\n"));
    assert_eq!(data["places"]["inbox.setting"]["records"], json!([]));
}

#[tokio::test]
async fn dsr_01_names_of_others_stand_where_one_sees_them_and_credentials_nowhere() {
    let house = House::open().await;
    let role = json!({ "member_id": house.bob.id, "role_id": directory::BuiltIn::Administrator.id() });
    house.ask(&house.ann, ("POST", "/v1/role-grants"), role, 201).await;
    let path = house.order(&house.bob).await;
    house.t.run_jobs().await;
    let data = house.data(&house.bob, &path).await;
    let grant = &data["places"]["directory.role_grant"]["records"][0];
    assert_eq!(grant["given_by"], json!(house.ann.id));
    assert_eq!(grant["names"][house.ann.id.to_string()], "Ann");
    let member = data["places"]["directory.member"]["columns"].as_array().unwrap();
    assert!(!member.iter().any(|column| column.as_str().unwrap().ends_with("_hmac")), "{member:?}");
}
