//! What one is shown of what is kept of oneself (C1, C17; `DSR-01`).

use serde_json::{Value, json};
use testkit::Person;

use crate::house::House;

/// What somebody sees of one place.
async fn seen(house: &House, who: &Person, id: &str) -> Value {
    let answer = house.show(who, "/v1/me/data").await;
    let kinds = answer["kinds"].as_array().unwrap();
    let mut places = kinds.iter().flat_map(|kind| kind["places"].as_array().unwrap());
    places.find(|place| place["id"] == id).unwrap_or_else(|| panic!("no {id} in {answer}")).clone()
}

#[tokio::test]
async fn dsr_01_one_sees_how_much_is_kept_of_oneself_and_until_when_and_nothing_of_others() {
    let house = House::open().await;
    house.tell(&house.bob, 3, "for Bob").await;
    house.tell(&house.eve, 5, "for Eve").await;
    for (who, many) in [(&house.bob, 3), (&house.eve, 5), (&house.mal, 0)] {
        let notices = seen(&house, who, "inbox.notification").await;
        assert_eq!((&notices["records"], &notices["certainty"]), (&json!(many), &json!("exact")));
        assert_eq!(notices["until"], json!({ "kind": "period", "kept_for_s": 90 * 86_400 }));
        assert_eq!((&notices["rule"], &notices["name"]["en"]), (&json!("P90D"), &json!("Notifications")));
        assert_eq!(seen(&house, who, "directory.member").await["records"], 1);
    }
    assert_eq!(house.t.call(None, "GET", "/v1/me/data", Value::Null).await.0, 401);
}

#[tokio::test]
async fn dsr_01_each_kind_says_what_it_is_for_and_on_what_ground_in_three_languages() {
    let house = House::open().await;
    let answer = house.show(&house.bob, "/v1/me/data").await;
    let kinds = answer["kinds"].as_array().unwrap();
    assert!(kinds.len() > 3, "{answer}");
    for kind in kinds {
        let purposes = kind["purposes"].as_array().unwrap();
        assert!(!purposes.is_empty(), "{kind}");
        for language in ["en", "zh-CN", "zh-TW"] {
            assert_ne!(kind["name"][language], "", "{kind}");
            let said = |words: &str| purposes.iter().all(|purpose| purpose[words][language] != "");
            assert!(["sentence", "cn", "eu"].into_iter().all(said), "{kind}");
        }
    }
}
