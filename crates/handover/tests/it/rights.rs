//! Who hands over, and to whom nothing goes (`ORG-03`).

use directory::State;
use serde_json::{Value, json};
use testkit::Person;

use crate::company::Company;

const ROLE: &str = "directory.role";
const LEADERSHIP: &str = "directory.leadership";

async fn status(c: &Company, by: &Person, whose: &Person) -> u16 {
    c.t.call(by, "GET", &format!("/v1/hand-overs/{}", whose.id), Value::Null).await.0.as_u16()
}

#[tokio::test]
async fn org_03_only_whoever_may_remove_somebody_sees_and_hands_over_what_they_had() {
    let c = Company::open().await;
    let (dan, fay) = (c.t.member(c.acme, "Dan").await, c.t.member(c.acme, "Fay").await);
    c.give(&dan, &["people.remove", "departments.manage"], Some(&c.sales)).await;
    c.give(&fay, &["people.remove", "people.suspend", "departments.manage"], Some(&c.trade)).await;
    c.place(&c.eve, &[&c.trade], &[]).await;
    c.turn(&c.bob, State::Leaving).await;
    c.turn(&c.eve, State::Leaving).await;
    assert_eq!(status(&c, &c.cai, &c.bob).await, 403, "a colleague");
    assert_eq!(c.t.call(&c.cai, "GET", "/v1/hand-overs", Value::Null).await.0, 403);
    assert_eq!((status(&c, &dan, &c.bob).await, status(&c, &fay, &c.bob).await), (200, 200));
    assert_eq!(
        (status(&c, &dan, &c.eve).await, status(&c, &fay, &c.eve).await),
        (403, 200),
        "not where Dan looks after"
    );
    for (by, count) in [(&dan, 1), (&fay, 2), (&c.ann, 2)] {
        let listed = c.ask(by, ("GET", "/v1/hand-overs"), Value::Null, 200).await;
        assert_eq!(listed["items"].as_array().unwrap().len(), count);
    }
    assert_eq!(c.decide(&c.cai, &c.bob, (LEADERSHIP, &c.sales), Some(&c.cai)).await.0, 403);
    let (status, answer) = c.decide(&dan, &c.bob, (LEADERSHIP, &c.sales), Some(&dan)).await;
    assert_eq!((status, &answer["code"]), (403, &json!("directory.own_place_forbidden")), "not at one's own head");
    assert_eq!(c.decide(&dan, &c.bob, (LEADERSHIP, &c.sales), Some(&c.cai)).await.0, 200);
}

#[tokio::test]
async fn org_03_a_hand_over_gives_nobody_more_than_whoever_does_it_holds() {
    let c = Company::open().await;
    let dan = c.t.member(c.acme, "Dan").await;
    let own = c.give(&dan, &["people.remove", "people.see"], Some(&c.trade)).await;
    let lesser = c.give(&c.bob, &["people.see"], Some(&c.sales)).await;
    c.turn(&c.bob, State::Leaving).await;
    assert_eq!(c.decide(&dan, &c.bob, (ROLE, &lesser), Some(&c.cai)).await.0, 403, "who gives no roles passes none on");
    assert_eq!(c.decide(&dan, &c.bob, (LEADERSHIP, &c.sales), Some(&c.cai)).await.0, 403, "nor departments");

    c.ask(&c.ann, ("DELETE", &format!("/v1/role-grants/{own}")), Value::Null, 200).await;
    c.give(&dan, &["people.remove", "people.see", "roles.give"], Some(&c.trade)).await;
    assert_eq!(c.decide(&dan, &c.bob, (ROLE, &lesser), Some(&dan)).await.0, 403, "to oneself nobody gives");
    assert_eq!(c.decide(&dan, &c.bob, (ROLE, &lesser), Some(&c.eve)).await.0, 403, "she is nowhere he looks after");
    assert_eq!(c.decide(&dan, &c.bob, (ROLE, &lesser), Some(&c.cai)).await.0, 200);

    // Whoever had more than one holds is not one's to see off.
    c.turn(&c.bob, State::Active).await;
    c.give(&c.bob, &["departments.manage"], Some(&c.sales)).await;
    c.turn(&c.bob, State::Leaving).await;
    assert_eq!(status(&c, &dan, &c.bob).await, 403);
}

#[tokio::test]
async fn org_03_nobody_hands_over_their_own_and_nothing_goes_to_whoever_is_out() {
    let c = Company::open().await;
    c.turn(&c.bob, State::Suspended).await;
    let (status, answer) = c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), Some(&c.bob)).await;
    assert_eq!((status, &answer["field"]), (422, &json!("successor_id")), "{answer}");
    c.turn(&c.eve, State::Suspended).await;
    assert_eq!(c.decide(&c.ann, &c.bob, (LEADERSHIP, &c.sales), Some(&c.eve)).await.0, 422);
    assert_eq!(c.decide(&c.ann, &c.bob, ("chat.group", &c.sales), Some(&c.cai)).await.0, 422, "no module brought it");
    assert_eq!(c.decide(&c.ann, &c.ann, (LEADERSHIP, &c.sales), Some(&c.cai)).await.0, 403);
    let path = format!("/v1/hand-overs/{}", c.bob.id);
    let mal = c.t.member(c.t.org("Rival").await, "Ann").await;
    assert_eq!(c.t.call(&mal, "GET", &path, Value::Null).await.0, 404, "another organisation's owner");
}
