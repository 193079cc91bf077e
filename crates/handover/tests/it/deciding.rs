//! What somebody had who is shut out goes to others, or stays (`ACC-10`, `DEL-01`).

use directory::State;
use serde_json::{Value, json};

use crate::company::{Company, of_kind};

const LEADERSHIP: &str = "directory.leadership";
const ROLE: &str = "directory.role";

#[tokio::test]
async fn del_01_what_a_leaver_had_is_listed_proposed_and_handed_over() {
    let c = Company::open().await;
    let grant = c.give(&c.bob, &["people.see"], Some(&c.sales)).await;
    let (status, answer) = c.t.call(&c.ann, "GET", &format!("/v1/hand-overs/{}", c.bob.id), Value::Null).await;
    assert_eq!((status.as_u16(), &answer["code"]), (409, &json!("directory.is_let_in")), "who is here does it alone");
    c.turn(&c.bob, State::Leaving).await;

    let listed = c.ask(&c.ann, ("GET", "/v1/hand-overs"), Value::Null, 200).await;
    let one = &listed["items"][0];
    assert_eq!(
        (&one["member_id"], &one["state"], &one["open_count"]),
        (&json!(c.bob.id), &json!("leaving"), &json!(2))
    );
    assert!(one["until"].is_string() && one["name"] == "Bob");

    let shown = c.shown(&c.ann, &c.bob).await;
    let (led, role) = (of_kind(&shown, LEADERSHIP), of_kind(&shown, ROLE));
    assert_eq!((&led["thing_id"], &led["department_id"]), (&json!(c.sales), &json!(c.sales)));
    assert_eq!((&role["thing_id"], &role["department_id"]), (&json!(grant), &json!(c.sales)));
    assert_eq!(led["proposed_id"], json!(c.cai.id), "who leads what lies above is nearest");
    assert_eq!((&led["can"]["hand_over"], &role["can"]["hand_over"]), (&json!(true), &json!(true)));

    let (status, after) = c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), Some(&c.cai)).await;
    assert_eq!(status, 200, "{after}");
    let (status, after) = c.decide(&c.ann, &c.bob, (ROLE, &grant), Some(&c.cai)).await;
    assert_eq!((status, &after["things"], &after["leaver"]["open_count"]), (200, &json!([]), &json!(0)), "{after}");
    assert_eq!(after["done"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&after["done"][0]["successor_id"], &after["done"][0]["decided_by"]),
        (&json!(c.cai.id), &json!(c.ann.id))
    );
    let mut led = [c.trade.clone(), c.sales.clone()];
    led.sort();
    assert_eq!(c.led(&c.cai).await, json!(led));
    assert_eq!(c.led(&c.bob).await, json!([]));
    let grants = c.ask(&c.ann, ("GET", &format!("/v1/role-grants?member={}", c.cai.id)), Value::Null, 200).await;
    assert_eq!(grants["items"].as_array().unwrap().len(), 1);
    let events = c.t.events(c.acme).await;
    assert_eq!(events.iter().filter(|name| *name == "handover.thing_passed").count(), 2);

    let (status, _) = c.decide(&c.ann, &c.bob, (ROLE, &grant), Some(&c.eve)).await;
    assert_eq!(status, 404, "it is not theirs any more");
}

#[tokio::test]
async fn a_role_is_not_proposed_to_whoever_hands_it_over() {
    let c = Company::open().await;
    c.give(&c.cai, &["people.remove", "people.see", "roles.give"], Some(&c.trade)).await;
    c.give(&c.bob, &["people.see"], Some(&c.sales)).await;
    c.turn(&c.bob, State::Leaving).await;
    let (seen, other) = (c.shown(&c.cai, &c.bob).await, c.shown(&c.ann, &c.bob).await);
    assert_eq!(of_kind(&other, ROLE)["proposed_id"], json!(c.cai.id), "to others she is");
    assert_eq!(of_kind(&seen, ROLE)["proposed_id"], Value::Null);
    assert_eq!(of_kind(&seen, LEADERSHIP)["proposed_id"], json!(c.cai.id));
}

#[tokio::test]
async fn del_01_where_nobody_leads_a_colleague_is_proposed() {
    let c = Company::open().await;
    c.give(&c.bob, &["people.see"], Some(&c.sales)).await;
    c.place(&c.cai, &[&c.trade], &[]).await;
    c.place(&c.eve, &[&c.sales], &[]).await;
    c.turn(&c.bob, State::Leaving).await;
    let shown = c.shown(&c.ann, &c.bob).await;
    for kind in [LEADERSHIP, ROLE] {
        assert_eq!(
            of_kind(&shown, kind)["proposed_id"],
            json!(c.eve.id),
            "of Sales, where Bob is; Cai is above it: {kind}"
        );
    }
}

#[tokio::test]
async fn who_is_shut_out_is_listed_a_page_at_a_time_the_last_at_the_top() {
    let c = Company::open().await;
    // Neither in the order of their ids nor in that of when they are erased.
    for (who, state) in [(&c.eve, State::Leaving), (&c.bob, State::Suspended), (&c.cai, State::Disabled)] {
        c.turn(who, state).await;
        c.t.clock.advance(chrono::TimeDelta::seconds(1));
    }
    let (mut found, mut after) = (Vec::new(), String::new());
    let mut path = "/v1/hand-overs?limit=1".to_owned();
    loop {
        let page = c.ask(&c.ann, ("GET", &path), Value::Null, 200).await;
        found.push(page["items"][0]["member_id"].clone());
        let Some(next) = page["next"].as_str() else { break };
        after = next.to_owned();
        path = format!("/v1/hand-overs?limit=1&after={next}");
    }
    assert_eq!(found, [json!(c.cai.id), json!(c.bob.id), json!(c.eve.id)]);
    c.turn(&c.bob, State::Active).await;
    let page = c.ask(&c.ann, ("GET", &format!("/v1/hand-overs?after={after}")), Value::Null, 200).await;
    assert_eq!(page["items"][0]["member_id"], json!(c.eve.id), "one goes on behind whoever was let in again");
    for wrong in ["x", "1.x", "x.0192f7a0-0002-7000-8000-000000000004"] {
        let refused = c.ask(&c.ann, ("GET", &format!("/v1/hand-overs?after={wrong}")), Value::Null, 422).await;
        assert_eq!(refused["field"], "after", "{wrong}");
    }
}

#[tokio::test]
async fn whoever_leads_from_outside_is_followed_from_outside_or_from_inside() {
    let c = Company::open().await;
    let path = format!("/v1/departments/{}", c.trade);
    c.ask(&c.ann, ("PATCH", &path), json!({ "dotted_leader_ids": [c.bob.id] }), 200).await;
    c.turn(&c.bob, State::Disabled).await;
    for (department, to) in [(&c.trade, &c.eve), (&c.sales, &c.eve)] {
        let (status, answer) = c.decide(&c.ann, &c.bob, (LEADERSHIP, department), Some(to)).await;
        assert_eq!(status, 200, "{answer}");
    }
    let all = c.ask(&c.ann, ("GET", "/v1/departments"), Value::Null, 200).await;
    for department in all["items"].as_array().unwrap() {
        assert_eq!(department["dotted_leader_ids"], json!([c.eve.id]), "{department}");
    }
    assert_eq!(c.led(&c.eve).await, json!([]), "she is in neither");
}

#[tokio::test]
async fn what_is_skipped_stays_and_can_still_be_handed_over() {
    let c = Company::open().await;
    c.turn(&c.bob, State::Suspended).await;
    let (status, shown) = c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), None).await;
    assert_eq!(status, 200, "{shown}");
    assert_eq!((&of_kind(&shown, LEADERSHIP)["is_skipped"], &shown["leaver"]["open_count"]), (&json!(true), &json!(0)));
    assert_eq!(c.led(&c.bob).await, json!([c.sales]));
    let (status, shown) = c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), Some(&c.cai)).await;
    assert_eq!((status, shown["done"].as_array().unwrap().len()), (200, 1));
}

/// `DEL-02`: re-enabled before the end, somebody is as before, but for what others have now.
#[tokio::test]
async fn del_02_whoever_is_let_in_again_begins_anew() {
    let c = Company::open().await;
    let grant = c.give(&c.bob, &["people.see"], None).await;
    c.turn(&c.bob, State::Disabled).await;
    assert_eq!(c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), None).await.0, 200);
    assert_eq!(c.decide(&c.ann, &c.bob, (ROLE, &grant), Some(&c.cai)).await.0, 200);
    c.turn(&c.bob, State::Active).await;
    c.t.run_subscribers().await;
    let listed = c.ask(&c.ann, ("GET", "/v1/hand-overs"), Value::Null, 200).await;
    assert_eq!(listed["items"], json!([]));
    c.turn(&c.bob, State::Leaving).await;
    let shown = c.shown(&c.ann, &c.bob).await;
    assert_eq!((&of_kind(&shown, LEADERSHIP)["is_skipped"], &shown["done"]), (&json!(false), &json!([])));
    assert_eq!(of_kind(&shown, ROLE), &Value::Null, "what was handed over is not back");
}
