//! What may stand in an announcement, and what a change does (`KNW-01`, `ENC-03`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{World, plain, to_confirm};

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_its_place() {
    let w = World::new().await;
    w.announce(json!({ "title": "x".repeat(120), "text": "y".repeat(4_000) })).await;
    let tries = [
        (json!({ "title": " ", "text": "x" }), "title", "is_empty"),
        (json!({ "title": "x".repeat(121), "text": "x" }), "title", "is_too_long"),
        (json!({ "title": "a\nb", "text": "x" }), "title", "has_control_characters"),
        (json!({ "title": "x", "text": "\n \n" }), "text", "is_empty"),
        (json!({ "title": "x", "text": "x".repeat(4_001) }), "text", "is_too_long"),
        (json!({ "title": "x", "text": "a\u{202E}b" }), "text", "has_control_characters"),
        (json!({ "title": "x", "text": "x", "until": w.t.app.now() }), "until", "is_over"),
        (json!({ "title": "x", "text": "x", "until": "9999-12-31T00:00:00Z" }), "until", "out_of_range"),
        (json!({ "title": "x", "text": "x", "department_ids": [w.t.app.new_id()] }), "department_ids", "unknown"),
    ];
    for (body, field, why) in tries {
        let refused = w.ask(&w.ann, ("POST", "/v1/announcements"), body, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!(field), &json!(why)));
    }
    assert_eq!(w.found(&w.ann).await.len(), 1, "nothing was written");
}

#[tokio::test]
async fn a_change_shows_at_once_and_the_second_of_two_who_change_it_is_refused() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.lab)).await;
    assert!(w.titles(&w.bob).await.is_empty());
    let (status, changed) = w.edit(&w.ann, &id, "\"1\"", to_confirm("Stairs", &w.sales)).await;
    assert_eq!((status, &changed["revision"], &changed["title"]), (200, &json!(2), &json!("Stairs")));
    let (status, refused) = w.edit(&w.ann, &id, "\"1\"", plain("Door")).await;
    assert_eq!((status, &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    assert_eq!(w.titles(&w.bob).await, ["Stairs"]);
    assert!(w.titles(&w.eve).await.is_empty());
    assert!(w.found(&w.bob).await[0].get("edited_at").is_some());
    let (_, same) = w.edit(&w.ann, &id, "\"2\"", to_confirm("Stairs", &w.sales)).await;
    assert_eq!(same["revision"], 2, "nothing is different");
}

#[tokio::test]
async fn who_confirmed_is_asked_again_only_when_the_writer_says_so() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.north)).await;
    w.read(&w.bob, &id, true, 204).await;
    assert_eq!(w.edit(&w.ann, &id, "*", to_confirm("The lift", &w.north)).await.0, 200);
    assert!(w.waiting(&w.bob).await.is_empty());
    let mut again = to_confirm("The lift", &w.north);
    again["asks_again"] = json!(true);
    assert_eq!(w.edit(&w.ann, &id, "*", again).await.0, 200);
    assert_eq!(w.waiting(&w.bob).await, ["The lift"]);
    assert_eq!(w.counts(&id).await, [1, 0, 0]);
    w.t.run_subscribers().await;
    let rung = w.ask(&w.bob, ("GET", "/v1/notifications"), Value::Null, 200).await;
    assert_eq!((rung["items"].as_array().unwrap().len(), &rung["unread"]), (1, &json!(1)));
}

#[tokio::test]
async fn what_somebody_has_read_is_what_they_saw() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.north)).await;
    assert_eq!(w.found(&w.bob).await[0]["revision"], 1);
    let mut again = to_confirm("The lift", &w.north);
    again["asks_again"] = json!(true);
    assert_eq!(w.edit(&w.ann, &id, "*", again).await.0, 200);
    let refused = w.read_as_seen(&w.bob, (&id, 1), true, 412).await;
    assert_eq!(refused["code"], "announcements.changed_meanwhile");
    assert_eq!((w.waiting(&w.bob).await, w.counts(&id).await), (vec!["The lift".into()], [1, 0, 0]));
    assert_eq!(w.found(&w.bob).await[0]["revision"], 2);
    w.read_as_seen(&w.bob, (&id, 2), true, 204).await;
    assert_eq!(w.counts(&id).await, [1, 1, 1]);
}

#[tokio::test]
async fn one_that_is_over_is_mended_without_being_shown_again() {
    let w = World::new().await;
    let until = w.t.app.now() + TimeDelta::hours(1);
    let new =
        |title: &str, until: &Value| json!({ "title": title, "text": "Closed.", "until": until, "asks_again": true });
    let id = w.announce(new("Cantene", &json!(until))).await;
    w.read(&w.bob, &id, false, 204).await;
    let told = w.written(&w.ann, &id).await["until"].clone();
    w.t.clock.set(until + TimeDelta::minutes(1));
    let (status, mended) = w.edit(&w.ann, &id, "*", new("Canteen", &told)).await;
    assert_eq!((status, &mended["title"], &mended["state"]), (200, &json!("Canteen"), &json!("ended")));
    assert_eq!(w.titles(&w.bob).await, ["Canteen"], "he keeps it");
    assert!(w.titles(&w.eve).await.is_empty());
    let over = json!(until + TimeDelta::seconds(1));
    let (status, refused) = w.edit(&w.ann, &id, "*", new("Canteen", &over)).await;
    assert_eq!((status, &refused["field"], &refused["why"]), (422, &json!("until"), &json!("is_over")));
}

#[tokio::test]
async fn one_that_must_be_confirmed_from_now_on_waits_for_those_who_only_closed_it() {
    let w = World::new().await;
    let id = w.announce(plain("Canteen")).await;
    w.read(&w.bob, &id, false, 204).await;
    assert!(w.waiting(&w.bob).await.is_empty());
    let mut now = plain("Canteen");
    now["must_be_confirmed"] = json!(true);
    assert_eq!(w.edit(&w.ann, &id, "*", now).await.0, 200);
    assert_eq!(w.waiting(&w.bob).await, ["Canteen"]);
}

#[tokio::test]
async fn enc_03_what_is_announced_stands_nowhere_in_clear() {
    let w = World::new().await;
    w.announce(json!({ "title": "canary-title", "text": "canary-text" })).await;
    w.t.run_subscribers().await;
    assert_eq!(w.titles(&w.bob).await, ["canary-title"]);
    let mut tx = w.begin().await;
    let stored: Vec<u8> =
        sqlx::query_scalar("select written from announcements.announcement").fetch_one(tx.db()).await.unwrap();
    assert!(!stored.windows(6).any(|part| part == b"canary"));
    let told: Vec<Value> = sqlx::query_scalar("select payload from kernel.outbox").fetch_all(tx.db()).await.unwrap();
    assert!(told.iter().all(|one| !one.to_string().contains("canary")));
}

#[tokio::test]
async fn there_are_never_more_than_anybody_reads() {
    let w = World::new().await;
    let until = w.t.app.now() + TimeDelta::days(1);
    let id = w.announce(json!({ "title": "0", "text": "x", "until": until })).await;
    let mut tx = w.begin().await;
    sqlx::query(
        "insert into announcements.announcement
             (id, author_id, written, is_for_everyone, must_be_confirmed, created_at)
         select gen_random_uuid(), author_id, written, false, false, created_at
         from announcements.announcement, generate_series(1, 199) where id = $1",
    )
    .bind(id.parse::<announcements::AnnouncementId>().unwrap())
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let refused = w.ask(&w.ann, ("POST", "/v1/announcements"), plain("201"), 409).await;
    assert_eq!(refused["code"], "announcements.too_many");
    w.t.clock.advance(TimeDelta::days(1));
    w.announce(plain("201")).await;
    // Shown again, it is one more too.
    let again = json!({ "title": "0", "text": "x" });
    let (status, refused) = w.edit(&w.ann, &id, "*", again).await;
    assert_eq!((status, &refused["code"]), (409, &json!("announcements.too_many")));
}
