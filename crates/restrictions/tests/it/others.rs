//! Others' data: who may, what the person is told, and what time does.

use chrono::TimeDelta;
use directory::State;
use kernel::Actor;
use serde_json::{Value, json};

use crate::house::{House, MINE, card, of, text};

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test]
async fn dsr_04_an_administrator_freezes_at_the_word_of_the_person_who_is_told_and_lifts_it_themselves() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    house.ask(ann, ("GET", &of(bob)), Value::Null, 404).await;
    let placed = house.ask(ann, ("POST", &of(bob)), json!({ "reason": "accuracy" }), 201).await;
    assert_eq!(placed["placed_by"], "administrator");
    assert_eq!(house.bell(bob).await, ["restriction_placed"]);
    assert_eq!(house.ask(ann, ("GET", &of(bob)), Value::Null, 200).await, placed);
    assert_eq!(house.ask(bob, ("GET", MINE), Value::Null, 200).await["restriction"], placed);
    let all = house.ask(ann, ("GET", "/v1/restrictions"), Value::Null, 200).await;
    assert_eq!(all["items"], json!([placed]));
    // A colleague, a stranger, nobody.
    for (method, path) in [("GET", of(bob)), ("POST", of(bob)), ("POST", format!("{}/lift", of(bob)))] {
        let body =
            if method == "POST" && !path.ends_with("lift") { json!({ "reason": "claims" }) } else { Value::Null };
        house.ask(eve, (method, &path), body.clone(), 403).await;
        house.ask(&house.mal, (method, &path), body.clone(), 404).await;
        house.ask(None, (method, &path), body, 401).await;
    }
    house.ask(eve, ("GET", "/v1/restrictions"), Value::Null, 403).await;
    assert_eq!(house.ask(&house.mal, ("GET", "/v1/restrictions"), Value::Null, 200).await["items"], json!([]));
    // One's own is one's own to say.
    house.ask(ann, ("POST", &of(ann)), json!({ "reason": "claims" }), 403).await;
    house.ask(bob, ("DELETE", MINE), Value::Null, 204).await;
    house.ask(ann, ("GET", &of(bob)), Value::Null, 404).await;
    assert_eq!(house.bell(bob).await, Vec::<String>::new(), "what was told of it leads nowhere any more");
}

#[tokio::test]
async fn adm_06_each_step_stands_in_the_audit_log_by_ids_and_codes_with_the_right_it_rests_on() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.ask(ann, ("POST", &of(bob)), json!({ "reason": "claims" }), 201).await;
    house.ask(ann, ("POST", &format!("{}/lift", of(bob))), Value::Null, 200).await;
    house.ask(bob, ("DELETE", MINE), Value::Null, 204).await;
    let lines = house.lines().await;
    // A code of the person, one and the same.
    let (who, edit) = (&lines[0][1], json!("people.edit"));
    let placed = json!({ "reason": "claims", "placed_by": "administrator" });
    assert!(who.is_string() && *who != json!(bob.id));
    assert_eq!(
        lines,
        [
            json!(["restrictions.restriction_placed", who, edit, placed]),
            json!(["restrictions.lift_announced", who, edit, { "lifts_at": "2026-01-05T12:00:00Z" }]),
            json!(["restrictions.restriction_lifted", who, null, { "ended_by": "oneself" }]),
        ]
    );
}

#[tokio::test]
async fn dsr_04_what_was_lifted_and_frozen_anew_holds_when_the_first_would_have_ended() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.freeze(bob).await;
    house.ask(ann, ("POST", &format!("{}/lift", of(bob))), Value::Null, 200).await;
    house.ask(bob, ("DELETE", MINE), Value::Null, 204).await;
    let anew = house.freeze(bob).await;
    assert_eq!(anew.get("lifts_at"), None);
    house.t.clock.advance(TimeDelta::days(4));
    house.t.run_jobs().await;
    assert_eq!(house.ask(bob, ("GET", MINE), Value::Null, 200).await["restriction"], anew);
}

/// The job has read that it is due, and the person has the last word.
#[tokio::test]
async fn dsr_04_nobody_ends_what_somebody_froze_anew_while_the_first_was_ending() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.freeze(bob).await;
    house.ask(ann, ("POST", &format!("{}/lift", of(bob))), Value::Null, 200).await;
    house.t.clock.advance(TimeDelta::days(4));
    let mut held = house.t.app.begin(house.acme, Actor::System).await.unwrap();
    directory::hold_member(&mut held, bob.id).await.unwrap();
    let (anew, ()) = tokio::join!(
        async {
            // As they do it themselves, while the job waits for them.
            sqlx::query(
                "update restrictions.restriction set ended_at = now(), ended_by = 'oneself' where member_id = $1",
            )
            .bind(bob.id)
            .execute(held.db())
            .await
            .unwrap();
            sqlx::query(
                "insert into restrictions.restriction (id, member_id, reason, placed_by, since, told)
                 values ($1, $2, 'claims', 'oneself', now(), 'nobody')",
            )
            .bind(house.t.app.new_id())
            .bind(bob.id)
            .execute(held.db())
            .await
            .unwrap();
            while house.waiting().await == 0 {
                tokio::task::yield_now().await;
            }
            held.commit().await
        },
        house.t.run_jobs(),
    );
    anew.unwrap();
    assert!(house.holds(bob).await);
    let mut tx = house.t.app.begin(house.acme, Actor::System).await.unwrap();
    assert!(directory::restricted(&mut tx).await.unwrap().contains(&bob.id));
}

#[tokio::test]
async fn whoever_has_not_come_yet_has_nothing_to_freeze() {
    let house = House::open().await;
    let mut tx = house.t.app.begin(house.acme, Actor::System).await.unwrap();
    sqlx::query("update directory.member set state = 'invited' where id = $1")
        .bind(house.eve.id)
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = house.ask(&house.ann, ("POST", &of(&house.eve)), json!({ "reason": "claims" }), 409).await;
    assert_eq!(refused["code"], "directory.not_active");
    assert_eq!(house.ask(&house.ann, ("GET", &card(&house.eve)), Value::Null, 200).await["can"]["restrict"], false);
}

#[tokio::test]
async fn they_are_listed_a_page_at_a_time_the_longest_first() {
    let house = House::open().await;
    for who in [&house.bob, &house.eve] {
        house.freeze(who).await;
        house.t.clock.advance(SECOND);
    }
    let page = async |after: &str| {
        house.ask(&house.ann, ("GET", &format!("/v1/restrictions?limit=1{after}")), Value::Null, 200).await
    };
    let first = page("").await;
    assert_eq!((&first["items"][0]["member_id"], &first["items"][1]), (&json!(house.bob.id), &Value::Null));
    let second = page(&format!("&after={}", text(&first["next"]))).await;
    assert_eq!((&second["items"][0]["member_id"], second.get("next")), (&json!(house.eve.id), None));
}

/// GDPR 18 (3).
#[tokio::test]
async fn dsr_04_what_an_administrator_lifts_ends_three_days_after_the_person_was_told() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.freeze(bob).await;
    let lift = format!("{}/lift", of(bob));
    let lifting = house.ask(ann, ("POST", &lift), Value::Null, 200).await;
    assert_eq!(text(&lifting["lifts_at"]), "2026-01-05T12:00:00Z");
    house.t.clock.advance(TimeDelta::hours(1));
    assert_eq!(house.ask(ann, ("POST", &lift), Value::Null, 200).await["lifts_at"], lifting["lifts_at"], "once");
    assert_eq!(house.bell(bob).await, ["restriction_lifting"]);
    assert_eq!(house.ask(bob, ("GET", MINE), Value::Null, 200).await["restriction"]["lifts_at"], lifting["lifts_at"]);
    house.t.clock.set("2026-01-05T12:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap() - SECOND);
    house.t.run_jobs().await;
    assert!(house.holds(bob).await);
    house.t.clock.advance(TimeDelta::hours(1));
    house.t.run_jobs().await;
    assert!(!house.holds(bob).await);
    assert_eq!(house.bell(bob).await, ["restriction_lifted"]);
    house.ask(ann, ("PATCH", &card(bob)), json!({ "position": "Chief" }), 200).await;
    house.ask(ann, ("POST", &lift), Value::Null, 404).await;
}

#[tokio::test]
async fn dsr_04_after_thirty_days_those_who_look_after_people_are_reminded_once() {
    let house = House::open().await;
    house.freeze(&house.bob).await;
    house.t.clock.advance(TimeDelta::days(30) - SECOND);
    house.t.run_jobs().await;
    assert_eq!(house.bell(&house.ann).await, Vec::<String>::new());
    for _ in 0..2 {
        house.t.clock.advance(TimeDelta::hours(1));
        house.t.run_jobs().await;
        assert_eq!(house.bell(&house.ann).await, ["restriction_review"]);
    }
    assert_eq!(house.bell(&house.bob).await, Vec::<String>::new());
    assert!(house.holds(&house.bob).await, "it ends by no time of its own");
}

#[tokio::test]
async fn whoever_leaves_of_their_own_accord_asks_for_erasure_and_who_is_sent_away_keeps_it_frozen() {
    let house = House::open().await;
    for (who, by) in [(&house.bob, &house.bob), (&house.eve, &house.ann)] {
        house.freeze(who).await;
        let mut tx = house.t.app.begin(house.acme, Actor::Member(by.id)).await.unwrap();
        directory::set_state(&mut tx, who.id, State::Leaving).await.unwrap();
        tx.commit().await.unwrap();
    }
    house.t.run_subscribers().await;
    let mut tx = house.t.app.begin(house.acme, Actor::System).await.unwrap();
    assert_eq!(directory::restricted(&mut tx).await.unwrap().into_iter().collect::<Vec<_>>(), [house.eve.id]);
}
