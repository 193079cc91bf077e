//! The whole server is what its data map says: nothing is found where nobody planted anything (C12).

use serde_json::json;
use testkit::TestApp;

use crate::house::House;
use crate::people::set_up;

#[tokio::test]
async fn a_house_with_all_modules_is_what_the_data_map_says() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let group = json!({"kind": "group", "name": "Kitchen", "member_ids": [bob.id]});
    let (status, made) = t.call(&ann, "POST", "/v1/conversations", group).await;
    assert_eq!(status, 201, "{made}");
    reality::look(&t.app).await.unwrap();
    t.run_subscribers().await;
    t.run_jobs().await;
    reality::look(&t.app).await.unwrap();
    let (status, found) = t.call(&ann, "GET", "/v1/data-map/drifts", json!(null)).await;
    assert_eq!((status.as_u16(), &found["drifts"]), (200, &json!([])), "{found}");
    assert_eq!(found["skipped"], 0, "every table can be read: {found}");
    assert!(found["places"].as_i64().unwrap() > 150, "{found}");
    assert_eq!(t.call(&bob, "GET", "/v1/data-map/drifts", json!(null)).await.0, 403);
}

#[tokio::test]
async fn the_operator_and_the_console_are_told_when_the_database_is_not_what_the_data_map_says() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let (succeeded, said) = house.run(&["admin", "drifts", "--now"]);
    assert!(succeeded && said.starts_with("as the data map says, by "), "{said}");
    let health = ann.done("GET", "/v1/health", json!(null)).await;
    let check = health["checks"].as_array().unwrap().iter().find(|check| check["id"] == "reality").unwrap();
    assert_eq!(
        (&check["state"], &check["detail_code"], &health["drifts"]),
        (&json!("ok"), &json!("reality.fine"), &json!(0))
    );
    let organisations = house.run(&["admin", "list", "organisations"]).1;
    assert_eq!(organisations.lines().count(), 1, "the canaries are in no list: {organisations}");
    let doctor =
        |house: &House| house.run(&["doctor"]).1.lines().find(|line| line.contains("data map")).map(str::to_owned);
    assert!(doctor(&house).is_some_and(|line| line.starts_with("ok ")), "{:?}", doctor(&house));
    assert!(running.stop().0.success());
    assert!(doctor(&house).is_some_and(|line| line.starts_with("ok ")), "without a server: {:?}", doctor(&house));
}
