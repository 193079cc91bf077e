//! Whatever was said when: what is shown before is what is deleted then, message for message (C3).

use chrono::TimeDelta;
use proptest::prelude::{Strategy, prop};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::house::{House, SECOND, instant};

/// Days without a word, and in which of three conversations something is said then.
fn histories() -> impl Strategy<Value = (Vec<(i64, usize)>, i32, i32)> {
    let said = prop::collection::vec((0_i64..12, 0_usize..3), 8..24);
    (said, prop::sample::select(vec![90, 180, 200]), prop::sample::select(vec![7, 30, 60, 89]))
}

#[tokio::test]
async fn c3_what_the_preview_counts_is_what_goes_when_it_takes_effect() {
    let mut runner = TestRunner::deterministic();
    let mut deleted = 0;
    for _ in 0..5 {
        let (said, from, to) = histories().new_tree(&mut runner).unwrap().current();
        let house = House::open().await;
        house.t.keep_chat(house.ann.org, from).await;
        let places = [
            house.direct(&house.ann, &house.bob).await,
            house.group(&house.ann, &[&house.bob, &house.eve]).await,
            house.group(&house.bob, &[&house.eve]).await,
        ];
        // Off the full hour at which a period takes effect.
        house.t.clock.advance(TimeDelta::seconds(1_830));
        let speakers = [&house.ann, &house.ann, &house.bob];
        for (pause, place) in &said {
            house.t.clock.advance(TimeDelta::days(*pause));
            house.say(speakers[*place], &places[*place], "something").await;
        }
        let preview = house.preview(to).await;
        house.decide(&house.ann, &preview, 200).await;
        let at = instant(&preview["takes_effect_at"]);
        house.go_to(at - SECOND).await;
        let before = house.rows().await;
        house.go_to(at).await;
        let gone = before - house.rows().await;
        assert_eq!(preview["messages"], json!(gone), "{said:?} {from} {to}");
        let months: i64 =
            preview["months"].as_array().unwrap().iter().map(|one| one["messages"].as_i64().unwrap()).sum();
        assert_eq!(months, gone, "every one is in a month");
        deleted += gone;
    }
    assert!(deleted > 0, "some of them had something to delete");
}
