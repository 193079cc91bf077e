//! What waits for somebody, who has read and confirmed, and the bell (`KNW-01`, `NTF-01`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{World, plain, text, to_confirm};

#[tokio::test]
async fn one_waits_until_it_is_closed_or_confirmed_and_its_writer_is_not_asked() {
    let w = World::new().await;
    let (all, lift) = (w.announce(plain("Canteen")).await, w.announce(to_confirm("Lift", &w.north)).await);
    assert_eq!(w.waiting(&w.bob).await, ["Lift", "Canteen"]);
    assert!(w.waiting(&w.ann).await.is_empty());
    assert_eq!(w.found(&w.ann).await[0]["is_read"], true);
    w.read(&w.bob, &all, false, 204).await;
    w.read(&w.bob, &lift, false, 204).await;
    assert_eq!(w.waiting(&w.bob).await, ["Lift"], "looking at it confirms nothing");
    w.read(&w.bob, &lift, true, 204).await;
    w.read(&w.bob, &lift, false, 204).await;
    assert!(w.waiting(&w.bob).await.is_empty());
    let found = w.found(&w.bob).await;
    assert_eq!((&found[0]["is_confirmed"], &found[1]["is_read"]), (&json!(true), &json!(true)));
    assert_eq!(w.waiting(&w.eve).await, ["Canteen"], "each for themselves");
}

#[tokio::test]
async fn the_writer_sees_how_many_and_who_not_only_where_it_must_be_confirmed() {
    let w = World::new().await;
    let cid = w.t.member(w.acme, "Cid").await;
    w.place(&cid, &w.north).await;
    let (all, lift) = (w.announce(plain("Canteen")).await, w.announce(to_confirm("Lift", &w.sales)).await);
    assert_eq!((w.counts(&all).await, w.counts(&lift).await), ([3, 0, 0], [2, 0, 0]));
    w.read(&w.bob, &all, true, 204).await;
    w.read(&w.bob, &lift, true, 204).await;
    w.read(&cid, &lift, false, 204).await;
    assert_eq!(w.counts(&all).await, [3, 1, 0], "nobody is asked to confirm it");
    assert_eq!(w.counts(&lift).await, [2, 2, 1]);
    let path = format!("/v1/announcements/{lift}/unconfirmed");
    let page = w.ask(&w.ann, ("GET", &path), Value::Null, 200).await;
    assert_eq!((&page["items"][0]["name"], page["items"].as_array().unwrap().len()), (&json!("Cid"), 1));
    assert_eq!(page["unseen_count"], 0);
    let path = format!("/v1/announcements/{all}/unconfirmed");
    let refused = w.ask(&w.ann, ("GET", &path), Value::Null, 409).await;
    assert_eq!(refused["code"], "announcements.needs_no_confirmation");
    // Who is not there any more counts neither here nor there.
    w.place(&w.bob, &w.lab).await;
    assert_eq!(w.counts(&lift).await, [1, 1, 0]);
}

#[tokio::test]
async fn ntf_01_the_bell_rings_until_it_is_read_or_withdrawn() {
    let w = World::new().await;
    let all = w.announce(plain("Canteen")).await;
    w.t.run_subscribers().await;
    let lift = w.announce(to_confirm("Lift", &w.north)).await;
    let rung = |text: &str, is_read: bool| (text.to_owned(), is_read);
    assert_eq!(w.bell(&w.bob).await, [rung("announced_to_confirm", false), rung("announced", false)]);
    assert_eq!(w.bell(&w.eve).await, [rung("announced", false)]);
    assert!(w.bell(&w.ann).await.is_empty());
    w.read(&w.bob, &all, false, 204).await;
    assert_eq!(w.bell(&w.bob).await, [rung("announced_to_confirm", false), rung("announced", true)]);
    w.withdraw(&w.ann, &lift, 200).await;
    assert_eq!(w.bell(&w.bob).await, [rung("announced", true)]);
}

#[tokio::test]
async fn who_has_not_confirmed_and_is_not_seen_is_counted_and_not_named() {
    let w = World::new().await;
    let lift = w.announce(to_confirm("Lift", &w.sales)).await;
    w.delegate(&w.eve, &w.sales).await;
    let path = format!("/v1/announcements/{lift}/unconfirmed");
    let page = w.ask(&w.eve, ("GET", &path), Value::Null, 200).await;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["unseen_count"]), (1, &json!(0)), "Bob");
    let hidden = json!({ "is_hidden": true });
    w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{}", w.north)), hidden, 200).await;
    let page = w.ask(&w.eve, ("GET", &path), Value::Null, 200).await;
    assert_eq!((&page["items"], &page["unseen_count"]), (&json!([]), &json!(1)));
}

#[tokio::test]
async fn the_bell_follows_whom_it_concerns() {
    let w = World::new().await;
    let id = w.announce(to_confirm("Lift", &w.north)).await;
    let rung = vec![("announced_to_confirm".to_owned(), false)];
    assert_eq!((w.bell(&w.bob).await, w.bell(&w.eve).await), (rung.clone(), vec![]));
    let mut both = to_confirm("Lift", &w.north);
    both["department_ids"] = json!([w.north, w.lab]);
    assert_eq!(w.edit(&w.ann, &id, "*", both).await.0, 200);
    assert_eq!((w.bell(&w.bob).await, w.bell(&w.eve).await), (rung.clone(), rung.clone()));
    assert_eq!(w.edit(&w.ann, &id, "*", to_confirm("Lift", &w.lab)).await.0, 200);
    assert_eq!((w.bell(&w.bob).await, w.bell(&w.eve).await), (vec![], rung));
}

#[tokio::test]
async fn at_its_end_the_bell_is_silent_for_who_has_not_read_it_and_rings_when_it_is_shown_again() {
    let w = World::new().await;
    let until = w.t.app.now() + TimeDelta::hours(2);
    let new = |until| json!({ "title": "Canteen", "text": "Closed.", "until": until });
    let id = w.announce(new(until)).await;
    assert_eq!((w.bell(&w.bob).await.len(), w.bell(&w.eve).await.len()), (1, 1));
    w.read(&w.bob, &id, false, 204).await;
    w.t.clock.set(until);
    w.t.run_jobs().await;
    assert_eq!((w.bell(&w.bob).await.len(), w.bell(&w.eve).await.len()), (1, 0));
    assert_eq!(w.edit(&w.ann, &id, "*", new(until + TimeDelta::hours(2))).await.0, 200);
    assert_eq!((w.bell(&w.bob).await.len(), w.bell(&w.eve).await.len()), (1, 1));
}

#[tokio::test]
async fn a_page_holds_as_many_as_are_asked_for_and_the_next_goes_on() {
    let w = World::new().await;
    for n in 0..3 {
        w.announce(plain(&n.to_string())).await;
    }
    let mut found = Vec::new();
    for list in ["/v1/announcements", "/v1/announcements/written"] {
        let first = w.ask(&w.ann, ("GET", &format!("{list}?limit=2")), Value::Null, 200).await;
        let path = format!("{list}?limit=2&before={}", text(&first["next"]));
        let second = w.ask(&w.ann, ("GET", &path), Value::Null, 200).await;
        assert_eq!(second.get("next"), None);
        let items = [first, second].map(|page| page["items"].as_array().unwrap().clone()).concat();
        found.push(items.iter().map(|one| text(&one["title"])).collect::<Vec<_>>());
    }
    assert_eq!(found, [["2", "1", "0"], ["2", "1", "0"]]);
}

#[tokio::test]
async fn open_windows_hear_of_it_and_the_log_does_not_say_what_it_was() {
    let w = World::new().await;
    let until = w.t.app.now() + TimeDelta::days(1);
    let id = w.announce(json!({ "title": "Canteen", "text": "canary", "until": until })).await;
    w.read(&w.bob, &id, false, 204).await;
    w.read(&w.bob, &id, false, 204).await;
    let mut tx = w.begin().await;
    let told: Vec<(String, Value, Value)> = sqlx::query_as(
        "select name, audience, payload from kernel.outbox where name like 'announcements.%' order by pos",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    let names: Vec<&str> = told.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(
        names,
        [
            "announcements.announcement_published",
            "announcements.announcements_changed",
            "announcements.announcement_read"
        ]
    );
    assert_eq!((&told[1].1, &told[1].2), (&json!("org"), &json!({})));
    assert_eq!(told[2].1, json!({ "members": [w.bob.id] }));
    assert!(told.iter().all(|one| !one.2.to_string().contains("canary")));
    let lines: Vec<String> =
        sqlx::query_scalar("select name from kernel.audit_entry where name like 'announcements.%'")
            .fetch_all(tx.db())
            .await
            .unwrap();
    assert_eq!(lines, ["announcements.announcement_published"]);
}

/// Whoever looks after it sees the numbers rise without asking; who has read it is told to nobody.
#[tokio::test]
async fn knw_01_the_numbers_are_told_to_those_who_announce_once_for_all_who_read_in_a_moment() {
    let w = World::new().await;
    w.delegate(&w.eve, &w.lab).await;
    let (all, lift) = (w.announce(plain("Canteen")).await, w.announce(to_confirm("Lift", &w.sales)).await);
    let told = async || -> Vec<Value> {
        w.t.clock.advance(TimeDelta::seconds(5));
        w.t.run_jobs().await;
        let mut tx = w.begin().await;
        sqlx::query_scalar(
            "select audience from kernel.outbox where name = 'announcements.counts_changed' order by pos",
        )
        .fetch_all(tx.db())
        .await
        .unwrap()
    };
    assert!(told().await.is_empty(), "nobody has read anything");
    w.read(&w.bob, &all, false, 204).await;
    w.read(&w.eve, &all, false, 204).await;
    w.read(&w.eve, &all, false, 204).await;
    assert_eq!(told().await, [json!({ "members": [w.ann.id] })], "what is for everyone she alone looks after");
    w.read(&w.bob, &lift, true, 204).await;
    let both = told().await.pop().unwrap();
    let mut members: Vec<&str> = both["members"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    members.sort_unstable();
    let mut who = [w.ann.id.to_string(), w.eve.id.to_string()];
    who.sort_unstable();
    assert_eq!(members, who, "whoever announces to some department asks which it was");
    assert_eq!(told().await.len(), 2, "and nothing more while nobody reads");
}
