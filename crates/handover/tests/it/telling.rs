//! Who is told.

use directory::State;
use serde_json::{Value, json};
use testkit::Person;

use crate::company::Company;

async fn told(c: &Company, who: &Person) -> Vec<(String, Value)> {
    let list = c.ask(who, ("GET", "/v1/notifications"), Value::Null, 200).await;
    let items = list["items"].as_array().unwrap().iter();
    items.map(|one| (one["text"].as_str().unwrap().to_owned(), one["ref"]["id"].clone())).collect()
}

#[tokio::test]
async fn whoever_sees_to_leavers_hears_of_each_and_the_successor_of_what_is_theirs() {
    let c = Company::open().await;
    c.turn(&c.bob, State::Disabled).await;
    c.turn(&c.bob, State::Leaving).await;
    c.t.run_subscribers().await;
    let expected = |text: &str| (text.to_owned(), json!(c.bob.id));
    let mut heard = told(&c, &c.ann).await;
    // Both of one instant.
    heard.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(heard, [expected("member_disabled"), expected("member_removed")]);
    assert_eq!(c.decide(&c.ann, &c.bob, ("directory.leadership", &c.sales), Some(&c.cai)).await.0, 200);
    assert_eq!(told(&c, &c.cai).await, [("passed_directory_leadership".to_owned(), Value::Null)]);
    c.turn(&c.bob, State::Active).await;
    c.t.run_subscribers().await;
    assert_eq!(told(&c, &c.bob).await, [("let_in_again".to_owned(), Value::Null)]);
    assert!(told(&c, &c.eve).await.is_empty());
}
