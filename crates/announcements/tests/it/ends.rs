//! An announcement ends, is withdrawn and forgotten; somebody who has read it is erased (`KNW-01`, `DEL-01`).

use chrono::TimeDelta;
use kernel::Bucket;
use kernel::data_map::Erasure;
use serde_json::{Value, json};

use crate::world::{World, plain, to_confirm};

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test]
async fn it_is_shown_until_its_time_is_over_and_stays_for_those_who_have_read_it() {
    let w = World::new().await;
    let until = w.t.app.now() + TimeDelta::hours(1);
    let id = w.announce(json!({ "title": "Canteen", "text": "Closed.", "until": until })).await;
    w.read(&w.bob, &id, false, 204).await;
    w.t.clock.set(until - SECOND);
    assert_eq!((w.titles(&w.bob).await, w.waiting(&w.eve).await), (vec!["Canteen".into()], vec!["Canteen".into()]));
    w.t.clock.set(until);
    assert!(w.titles(&w.eve).await.is_empty() && w.waiting(&w.eve).await.is_empty());
    let kept = &w.found(&w.bob).await[0];
    assert_eq!((&kept["state"], &kept["text"]), (&json!("ended"), &json!("Closed.")));
    w.read(&w.eve, &id, false, 204).await;
    assert!(w.titles(&w.eve).await.is_empty(), "it is too late to read it");
    // It is shown again for another time.
    let again = json!({ "title": "Canteen", "text": "Closed.", "until": until + TimeDelta::hours(1) });
    assert_eq!(w.edit(&w.ann, &id, "*", again).await.0, 200);
    assert_eq!(w.waiting(&w.eve).await, ["Canteen"]);
}

#[tokio::test]
async fn one_that_is_withdrawn_is_gone_but_not_silently_for_those_who_have_read_it() {
    let w = World::new().await;
    let id = w.announce(plain("Canteen")).await;
    w.read(&w.bob, &id, false, 204).await;
    let withdrawn = w.withdraw(&w.ann, &id, 200).await;
    assert_eq!((&withdrawn["state"], &withdrawn["can"]["edit"]), (&json!("withdrawn"), &json!(false)));
    assert!(w.titles(&w.eve).await.is_empty() && w.waiting(&w.eve).await.is_empty());
    let kept = &w.found(&w.bob).await[0];
    assert_eq!((&kept["state"], &kept["title"], kept.get("text")), (&json!("withdrawn"), &json!("Canteen"), None));
    let (status, refused) = w.edit(&w.ann, &id, "*", plain("Canteen")).await;
    assert_eq!((status, &refused["code"]), (409, &json!("announcements.is_withdrawn")));
    assert_eq!(w.withdraw(&w.ann, &id, 200).await["revision"], withdrawn["revision"], "once");
}

#[tokio::test]
async fn a_hundred_and_eighty_days_after_its_end_it_is_gone_with_its_key() {
    let w = World::new().await;
    let (gone, stays) = (w.announce(to_confirm("Lift", &w.north)).await, w.announce(plain("Canteen")).await);
    w.read(&w.bob, &gone, true, 204).await;
    w.withdraw(&w.ann, &gone, 200).await;
    let end = w.t.app.now() + TimeDelta::days(180);
    let key = Bucket::Object(gone.parse::<announcements::AnnouncementId>().unwrap().0);
    w.t.clock.set(end - SECOND);
    w.t.run_jobs().await;
    assert_eq!(w.titles(&w.bob).await, ["Canteen", "Lift"]);
    assert!(w.t.app.vault().has(w.acme.0, &key).unwrap());
    w.t.clock.set(end);
    assert_eq!(w.titles(&w.bob).await, ["Canteen"], "at the second, before the job");
    assert_eq!(w.written(&w.ann, &gone).await, Value::Null);
    w.t.clock.advance(TimeDelta::hours(1));
    w.t.run_jobs().await;
    assert!(!w.t.app.vault().has(w.acme.0, &key).unwrap());
    let mut tx = w.begin().await;
    let left: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from announcements.announcement), (select count(*) from announcements.reading),
                (select count(*) from announcements.addressed_department)",
    )
    .fetch_one(tx.db())
    .await
    .unwrap();
    assert_eq!(left, (1, 0, 0));
    drop(tx);
    assert_eq!(w.written(&w.ann, &stays).await["title"], "Canteen");
}

#[tokio::test]
async fn del_01_what_somebody_has_read_goes_with_them_and_what_they_wrote_stays() {
    let w = World::new().await;
    w.delegate(&w.bob, &w.sales).await;
    let (all, own) = (w.announce(plain("Canteen")).await, w.announce_as(&w.bob, to_confirm("Lift", &w.north)).await);
    w.read(&w.bob, &all, false, 204).await;
    w.read(&w.eve, &all, false, 204).await;
    let map = &w.t.app.data_map().table;
    let reading = &map["announcements.reading"];
    assert_eq!((reading.subject.as_deref(), reading.erasure), (Some("member_id"), Erasure::Delete));
    assert_eq!(map["announcements.announcement"].erasure, Erasure::AuthorAnonymised);
    // As the erasure does it with what the map says.
    let mut tx = w.begin().await;
    sqlx::query("delete from announcements.reading where member_id = $1")
        .bind(w.bob.id)
        .execute(tx.db())
        .await
        .unwrap();
    directory::set_state(&mut tx, w.bob.id, directory::State::Leaving).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(w.counts(&all).await, [1, 1, 0], "Eve");
    assert_eq!(w.written(&w.ann, &own).await["title"], "Lift");
}
