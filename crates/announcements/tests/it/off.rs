//! An organisation does without announcements (`ADM-04`, `ADM-07`, `ORG-12`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{World, plain, to_confirm};

async fn switch(w: &World, body: Value) {
    w.ask(&w.ann, ("PUT", "/v1/applications/announcements"), body, 200).await;
}

#[tokio::test]
async fn while_they_are_off_nobody_finds_or_writes_one_and_what_was_announced_can_be_withdrawn() {
    let w = World::new().await;
    let (canteen, lift) = (w.announce(plain("Canteen")).await, w.announce(to_confirm("Lift", &w.north)).await);
    assert_eq!(w.waiting(&w.bob).await, ["Lift", "Canteen"]);
    switch(&w, json!({ "open_to": "nobody" })).await;
    let (read, change) = (format!("/v1/announcements/{lift}/read"), format!("/v1/announcements/{lift}"));
    let unconfirmed = format!("{change}/unconfirmed");
    let refused = [
        (&w.bob, ("GET", "/v1/announcements"), Value::Null),
        (&w.ann, ("GET", "/v1/announcements/written"), Value::Null),
        (&w.bob, ("POST", read.as_str()), json!({ "confirms": true, "revision": 1 })),
        (&w.ann, ("POST", "/v1/announcements"), plain("Car park")),
        (&w.ann, ("PUT", change.as_str()), plain("Lift")),
        (&w.ann, ("GET", unconfirmed.as_str()), Value::Null),
    ];
    for (by, how, body) in refused {
        assert_eq!(w.ask(by, how, body, 403).await["code"], "applications.off", "{how:?}");
    }
    let mals = w.ask(&w.mal, ("GET", "/v1/announcements"), Value::Null, 200).await;
    assert_eq!(mals["waiting"], 0, "another organisation has them");
    w.withdraw(&w.ann, &canteen, 200).await;
    switch(&w, json!({ "open_to": "everybody" })).await;
    assert_eq!(w.waiting(&w.bob).await, ["Lift"], "the others are there again");
}

/// Whom they are not open to is asked for nothing: no bell, no count, nobody who has not confirmed.
#[tokio::test]
async fn by_departments_one_concerns_those_to_whom_they_are_open() {
    let w = World::new().await;
    let all = w.announce(json!({ "title": "Lift", "text": "Mind the lift.", "must_be_confirmed": true })).await;
    assert_eq!((w.bell(&w.bob).await.len(), w.counts(&all).await), (1, [2, 0, 0]));
    switch(&w, json!({ "open_to": "except", "department_ids": [w.sales] })).await;
    for (method, path) in [("GET", "/v1/announcements"), ("POST", &format!("/v1/announcements/{all}/read"))] {
        let said = json!({ "confirms": true, "revision": 1 });
        assert_eq!(w.ask(&w.bob, (method, path), said, 403).await["code"], "applications.off", "{path}");
    }
    w.read(&w.eve, &all, false, 204).await;
    assert_eq!(w.counts(&all).await, [1, 1, 0], "Eve alone");
    let page = w.ask(&w.ann, ("GET", &format!("/v1/announcements/{all}/unconfirmed")), Value::Null, 200).await;
    let names: Vec<&Value> = page["items"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Eve"]);
    w.announce(plain("Canteen")).await;
    assert_eq!((w.bell(&w.bob).await.len(), w.bell(&w.eve).await.len()), (0, 2), "nothing is left for Bob");
    switch(&w, json!({ "open_to": "everybody" })).await;
    assert_eq!(w.waiting(&w.bob).await, ["Canteen", "Lift"], "what is shown stands on the pages, without a bell");
    assert_eq!((w.bell(&w.bob).await.len(), w.counts(&all).await), (0, [2, 1, 0]));
}

/// Nor is whom they are not open to told by a refusal that there is one.
#[tokio::test]
async fn by_departments_whoever_announces_to_some_learns_of_no_other_while_they_are_off_to_them() {
    let w = World::new().await;
    w.delegate(&w.bob, &w.north).await;
    let all = w.announce(plain("Canteen")).await;
    w.withdraw(&w.bob, &all, 403).await;
    switch(&w, json!({ "open_to": "except", "department_ids": [w.sales] })).await;
    w.withdraw(&w.bob, &all, 404).await;
    let own = w.announce(to_confirm("Lift", &w.north)).await;
    w.withdraw(&w.bob, &own, 200).await;
}

#[tokio::test]
async fn while_they_are_off_no_bell_rings_for_whom_one_concerns_from_then_on() {
    let w = World::new().await;
    w.announce(to_confirm("Lift", &w.north)).await;
    assert_eq!((w.bell(&w.bob).await.len(), w.bell(&w.eve).await.len()), (1, 0));
    switch(&w, json!({ "open_to": "nobody" })).await;
    assert!(w.bell(&w.bob).await.is_empty(), "what it rang for is out of sight");
    w.ask(&w.ann, ("POST", &format!("/v1/departments/{}/merge", w.north)), json!({ "into": w.lab }), 204).await;
    assert!(w.bell(&w.eve).await.is_empty(), "it is for Eve now");
    switch(&w, json!({ "open_to": "everybody" })).await;
    assert_eq!(w.waiting(&w.eve).await, ["Lift"]);
}

#[tokio::test]
async fn what_was_announced_goes_with_its_keys_and_leaves_the_bells() {
    let w = World::new().await;
    for number in 0..25 {
        w.announce(plain(&format!("Number {number}"))).await;
    }
    assert_eq!(w.bell(&w.bob).await.len(), 25);
    let kept = async || {
        let kept = w.ask(&w.ann, ("GET", "/v1/applications/announcements/kept"), Value::Null, 200).await;
        kept["items"].clone()
    };
    assert_eq!(kept().await, json!([{ "kind": "announcements", "count": 25 }]));
    switch(&w, json!({ "open_to": "nobody", "stored": "erased" })).await;
    w.t.clock.advance(TimeDelta::seconds(31));
    w.t.run_jobs().await;
    assert_eq!(kept().await, json!([{ "kind": "announcements", "count": 0 }]));
    assert!(w.bell(&w.bob).await.is_empty());
    let mut tx = w.begin().await;
    for table in ["announcement", "reading", "addressed_department"] {
        let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from announcements.{table}")))
            .fetch_one(tx.db())
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}
