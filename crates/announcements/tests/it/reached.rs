//! Whom an announcement reaches, and who may say what to whom (`KNW-01`, `ORG-03`).

use serde_json::{Value, json};

use crate::world::{World, plain, text, to_confirm};

#[tokio::test]
async fn knw_01_everyone_or_a_department_with_what_lies_below_is_told_and_nobody_else() {
    let w = World::new().await;
    let all = w.announce(plain("Canteen")).await;
    w.announce(to_confirm("Lift", &w.sales)).await;
    assert_eq!(w.titles(&w.bob).await, ["Lift", "Canteen"], "North lies below Sales");
    assert_eq!(w.titles(&w.eve).await, ["Canteen"]);
    assert!(w.titles(&w.mal).await.is_empty());
    let seen = &w.found(&w.eve).await[0];
    assert_eq!((&seen["text"], &seen["state"]), (&plain("")["text"], &json!("shown")));
    assert_eq!((&seen["is_read"], &seen["author_id"]), (&json!(false), &json!(w.ann.id)));
    w.read(&w.mal, &all, false, 404).await;
    // Whoever moves is told what concerns them there, and finds no more what does not.
    w.place(&w.eve, &w.north).await;
    w.place(&w.bob, &w.lab).await;
    assert_eq!(w.titles(&w.eve).await, ["Lift", "Canteen"]);
    assert_eq!(w.titles(&w.bob).await, ["Canteen"]);
}

#[tokio::test]
async fn a_colleague_without_the_grant_announces_nothing_and_sees_no_counts() {
    let w = World::new().await;
    let id = w.announce(plain("Canteen")).await;
    w.ask(&w.eve, ("POST", "/v1/announcements"), plain("Mine"), 403).await;
    w.ask(&w.eve, ("GET", "/v1/announcements/written"), Value::Null, 403).await;
    w.ask(&w.eve, ("GET", &format!("/v1/announcements/{id}/unconfirmed")), Value::Null, 403).await;
    assert_eq!(w.edit(&w.eve, &id, "*", plain("Mine")).await.0, 403);
    w.withdraw(&w.eve, &id, 403).await;
    assert_eq!(w.titles(&w.bob).await, ["Canteen"], "it is as it was");
}

#[tokio::test]
async fn org_03_a_delegate_announces_to_their_department_and_to_nobody_beyond() {
    let w = World::new().await;
    let (all, lab) = (w.announce(plain("Canteen")).await, w.announce(to_confirm("Laser", &w.lab)).await);
    w.delegate(&w.bob, &w.sales).await;
    let own = w.announce_as(&w.bob, to_confirm("Lift", &w.north)).await;
    assert_eq!(w.titles(&w.ann).await, ["Canteen"], "she is in no department");
    for departments in [json!([]), json!([w.lab]), json!([w.north, w.lab])] {
        let beyond = json!({ "title": "x", "text": "x", "department_ids": departments });
        w.ask(&w.bob, ("POST", "/v1/announcements"), beyond.clone(), 403).await;
        assert_eq!(w.edit(&w.bob, &own, "*", beyond).await.0, 403);
    }
    // What he reads he sees and may not change; of the others he does not know.
    w.withdraw(&w.bob, &all, 403).await;
    w.withdraw(&w.bob, &lab, 404).await;
    let page = w.ask(&w.bob, ("GET", "/v1/announcements/written"), Value::Null, 200).await;
    let ids: Vec<String> = page["items"].as_array().unwrap().iter().map(|one| text(&one["id"])).collect();
    assert_eq!(ids, std::slice::from_ref(&own));
    let mut part = [&w.sales, &w.north];
    part.sort_unstable();
    assert_eq!(page["can"], json!({ "everyone": false, "department_ids": part }));
    let page = w.ask(&w.ann, ("GET", "/v1/announcements/written"), Value::Null, 200).await;
    assert_eq!((&page["can"]["everyone"], page["can"]["department_ids"].as_array().unwrap().len()), (&json!(true), 3));
    assert_eq!(w.withdraw(&w.ann, &own, 200).await["state"], "withdrawn", "from above it is looked after too");
}

#[tokio::test]
async fn a_merged_department_is_replaced_by_the_one_it_went_into() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.north)).await;
    assert!(w.titles(&w.eve).await.is_empty() && w.bell(&w.eve).await.is_empty());
    w.ask(&w.ann, ("POST", &format!("/v1/departments/{}/merge", w.north)), json!({ "into": w.lab }), 204).await;
    w.t.run_subscribers().await;
    assert_eq!(w.titles(&w.eve).await, ["Lift"]);
    let now = w.written(&w.ann, &id).await;
    assert_eq!((&now["department_ids"], &now["revision"]), (&json!([w.lab]), &json!(2)));
    assert_eq!(w.bell(&w.eve).await.len(), 1);
    assert_eq!(w.edit(&w.ann, &id, "\"1\"", to_confirm("Lift", &w.sales)).await.0, 412);
}

#[tokio::test]
async fn dsr_04_whoever_had_their_data_frozen_reads_and_is_counted_nowhere() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.north)).await;
    w.place(&w.eve, &w.north).await;
    w.read(&w.bob, &id, true, 204).await;
    let counts = async || {
        let now = w.written(&w.ann, &id).await;
        (now["audience_count"].clone(), now["read_count"].clone(), now["confirmed_count"].clone())
    };
    let waiting =
        async || w.ask(&w.ann, ("GET", &format!("/v1/announcements/{id}/unconfirmed")), Value::Null, 200).await;
    assert_eq!(counts().await, (json!(2), json!(1), json!(1)));
    assert_eq!(waiting().await["items"][0]["name"], "Eve");
    w.t.freeze(&w.bob).await;
    assert_eq!(counts().await, (json!(1), json!(0), json!(0)));
    w.t.freeze(&w.eve).await;
    let left = waiting().await;
    assert_eq!((&left["items"], &left["unseen_count"]), (&json!([]), &json!(0)));
    assert_eq!(w.titles(&w.eve).await, ["Lift"], "she reads it as before");
    w.t.thaw(&w.bob).await;
    assert_eq!(counts().await, (json!(1), json!(1), json!(1)));
}

/// `announcements.tell` goes on.
#[tokio::test]
async fn dsr_04_what_is_for_everyone_is_for_whoever_had_their_data_frozen_too() {
    let w = World::new().await;
    w.t.freeze(&w.eve).await;
    let id = w.announce(plain("Canteen")).await;
    assert_eq!((w.titles(&w.eve).await, w.bell(&w.eve).await.len()), (vec!["Canteen".to_owned()], 1));
    w.read(&w.eve, &id, false, 204).await;
    assert_eq!(w.counts(&id).await, [1, 0, 0], "Bob alone is counted");
    w.t.thaw(&w.eve).await;
    assert_eq!(w.counts(&id).await, [2, 1, 0]);
}
