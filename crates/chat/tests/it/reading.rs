//! Read state: one cursor, two ordinals; one's own side of a conversation; drafts.

use crate::talk::Office;
use serde_json::json;

#[tokio::test]
async fn unread_counts_what_was_said_and_not_what_happened() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    office.say(&office.ann, &lunch, "one").await;
    office.ask(&office.ann, "PATCH", &format!("/v1/conversations/{lunch}"), json!({"name": "Dinner"}), 200).await;
    office.say(&office.ann, &lunch, "two").await;
    let bobs = office.conversation(&office.bob, &lunch).await;
    assert_eq!((&bobs["last"]["seq"], &bobs["last"]["n"], &bobs["my"]["unread"]), (&json!(4), &json!(2), &json!(2)));
    office.read(&office.bob, &lunch, 3).await;
    assert_eq!(office.conversation(&office.bob, &lunch).await["my"]["unread"], 1);
    office.read(&office.bob, &lunch, 1).await;
    let my = &office.conversation(&office.bob, &lunch).await["my"];
    assert_eq!((&my["read_seq"], &my["unread"]), (&json!(3), &json!(1)), "a cursor only rises");
    office.read(&office.bob, &lunch, 999).await;
    let my = &office.conversation(&office.bob, &lunch).await["my"];
    assert_eq!((&my["read_seq"], &my["unread"]), (&json!(4), &json!(0)), "and not past the end");
}

#[tokio::test]
async fn what_was_taken_back_before_it_was_read_is_not_unread() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for words in ["one", "two", "three"] {
        office.say(&office.ann, &direct, words).await;
    }
    let recall = async |seq: i64| {
        let path = format!("/v1/conversations/{direct}/messages/{seq}/recall");
        office.ask(&office.ann, "POST", &path, json!(null), 204).await;
    };
    let my = async || office.conversation(&office.bob, &direct).await["my"].clone();
    assert_eq!(my().await["unread"], 3);
    recall(2).await;
    let seen = my().await;
    assert_eq!((&seen["unread"], &seen["recalled"]), (&json!(2), &json!([2])));
    office.read(&office.bob, &direct, 1).await;
    assert_eq!(my().await["unread"], 1);
    recall(1).await;
    assert_eq!(my().await["unread"], 1, "what was read counted no more");
    office.read(&office.bob, &direct, 2).await;
    let seen = my().await;
    assert_eq!((&seen["unread"], &seen["recalled"]), (&json!(1), &json!(null)));
}

/// `IM-19`: a device that was away is told, though nothing was said and nothing read since.
#[tokio::test]
async fn a_device_that_was_away_hears_that_less_is_unread() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.say(&office.eve, &lunch, "one").await;
    office.t.clock.advance(chrono::TimeDelta::seconds(150));
    let path = format!("/v1/conversations/{lunch}");
    office.ask(&office.ann, "PATCH", &format!("{path}/my"), json!({"is_muted": true}), 200).await;
    let sync = async |pos: serde_json::Value| {
        office.ask(&office.bob, "POST", "/v1/sync", json!({"pos": pos, "positions": []}), 200).await
    };
    let first = sync(json!(null)).await;
    assert_eq!(first["conversations"][0]["my"]["unread"], 1);
    assert_eq!(sync(first["pos"].clone()).await["conversations"], json!([]));
    office.ask(&office.ann, "POST", &format!("{path}/messages/2/recall"), json!(null), 204).await;
    let told = sync(first["pos"].clone()).await;
    assert_eq!((&told["conversations"][0]["my"]["unread"], &told["changed"][0]["seq"]), (&json!(0), &json!(2)));
}

#[tokio::test]
async fn ones_own_words_are_read() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    office.say(&office.bob, &direct, "two").await;
    let my = &office.conversation(&office.bob, &direct).await["my"];
    assert_eq!((&my["read_seq"], &my["unread"]), (&json!(2), &json!(0)));
    assert_eq!(office.conversation(&office.ann, &direct).await["my"]["unread"], 1);
}

#[tokio::test]
async fn everybody_sees_who_has_read_and_who_has_not() {
    let office = Office::open().await;
    let fay = office.t.member(office.ann.org, "Fay").await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.say(&office.ann, &lunch, "who is coming?").await;
    office.read(&office.bob, &lunch, 2).await;
    office.t.clock.advance(chrono::TimeDelta::seconds(1));
    office
        .ask(&office.ann, "POST", &format!("/v1/conversations/{lunch}/members"), json!({"member_ids": [fay.id]}), 204)
        .await;
    let path = format!("/v1/conversations/{lunch}/messages/2/readers");
    let readers = office.ask(&office.ann, "GET", &path, json!(null), 200).await;
    assert_eq!(readers["read"], json!([{"member_id": office.bob.id}]));
    assert_eq!(readers["unread"], json!([office.eve.id]), "the author is in neither list, and so is who came later");
    office.ask(&fay, "GET", &path, json!(null), 404).await;
}

#[tokio::test]
async fn a_mark_goes_with_reading() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    office.read(&office.bob, &direct, 1).await;
    let my = format!("/v1/conversations/{direct}/my");
    let marked = office.ask(&office.bob, "PATCH", &my, json!({"is_marked_unread": true}), 200).await;
    assert_eq!((&marked["my"]["is_marked_unread"], &marked["my"]["unread"]), (&json!(true), &json!(0)), "it is a flag");
    office.read(&office.bob, &direct, 1).await;
    assert_eq!(office.conversation(&office.bob, &direct).await["my"]["is_marked_unread"], false);
}

#[tokio::test]
async fn the_list_has_pinned_ones_first_and_then_the_newest() {
    let office = Office::open().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(office.group(&office.ann, &[&office.bob]).await);
        office.t.clock.advance(chrono::TimeDelta::seconds(1));
    }
    office.say(&office.ann, &ids[1], "news").await;
    office
        .ask(&office.bob, "PATCH", &format!("/v1/conversations/{}/my", ids[0]), json!({"is_pinned": true}), 200)
        .await;
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let path = format!("/v1/conversations?limit=2{after}");
        let page = office.ask(&office.bob, "GET", &path, json!(null), 200).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let expected = [0, 1, 4, 3, 2].map(|place: usize| ids[place].clone());
    assert_eq!(seen, expected);
    office.ask(&office.bob, "GET", "/v1/conversations?after=nonsense", json!(null), 422).await;
}

#[tokio::test]
async fn a_hidden_conversation_comes_back_with_the_next_message_and_a_muted_one_stays_muted() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let my = format!("/v1/conversations/{direct}/my");
    let hidden = office.ask(&office.bob, "PATCH", &my, json!({"is_hidden": true, "is_muted": true}), 200).await;
    assert_eq!((&hidden["my"]["is_hidden"], &hidden["my"]["is_muted"]), (&json!(true), &json!(true)));
    assert_eq!(office.conversation(&office.ann, &direct).await["my"]["is_hidden"], false, "it is one's own side");
    office.say(&office.ann, &direct, "two").await;
    let back = office.conversation(&office.bob, &direct).await;
    assert_eq!((&back["my"]["is_hidden"], &back["my"]["is_muted"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn a_draft_is_on_all_ones_devices_and_on_nobody_elses() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/draft");
    office.ask(&office.ann, "PUT", &path, json!({"text": "dear Bob", "reply_to": 1}), 204).await;
    let draft = &office.conversation(&office.ann, &direct).await["my"]["draft"];
    assert_eq!(*draft, json!({"text": "dear Bob", "reply_to": 1}));
    assert!(office.conversation(&office.bob, &direct).await["my"].get("draft").is_none());
    office.ask(&office.eve, "PUT", &path, json!({"text": "x"}), 404).await;
    office.ask(&office.ann, "PUT", &path, json!({"text": ""}), 204).await;
    assert!(office.conversation(&office.ann, &direct).await["my"].get("draft").is_none());
}

#[tokio::test]
async fn of_two_devices_the_one_that_wrote_last_wins_and_not_the_one_heard_last() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let path = format!("/v1/conversations/{direct}/draft");
    let draft = async || office.conversation(&office.ann, &direct).await["my"]["draft"]["text"].clone();
    office.ask(&office.ann, "PUT", &path, json!({"text": "an hour ago", "age_s": 3600}), 204).await;
    office.ask(&office.ann, "PUT", &path, json!({"text": "a minute ago", "age_s": 60}), 204).await;
    let older = office.ask(&office.ann, "PUT", &path, json!({"text": "a week ago", "age_s": 604_800}), 409).await;
    assert_eq!((&older["code"], draft().await), (&json!("chat.draft_is_newer"), json!("a minute ago")));
    office.ask(&office.ann, "PUT", &path, json!({"text": "", "age_s": 600}), 409).await;
    assert_eq!(draft().await, "a minute ago", "what was thrown away before it was written");
    office.ask(&office.ann, "PUT", &path, json!({"text": ""}), 204).await;
    for late in ["", "what another device still had"] {
        let older = office.ask(&office.ann, "PUT", &path, json!({"text": late, "age_s": 600}), 409).await;
        assert_eq!((&older["code"], draft().await), (&json!("chat.draft_is_newer"), json!(null)), "{late}");
    }
}

#[tokio::test]
async fn dsr_04_whoever_had_their_data_frozen_is_in_no_list_of_who_has_read() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.say(&office.ann, &lunch, "who is coming?").await;
    office.read(&office.bob, &lunch, 2).await;
    let readers = async || {
        let path = format!("/v1/conversations/{lunch}/messages/2/readers");
        let readers = office.ask(&office.ann, "GET", &path, json!(null), 200).await;
        (readers["read"].clone(), readers["unread"].clone())
    };
    let cursor = async |by: &testkit::Person, of: &testkit::Person| {
        let page = office.ask(by, "GET", &format!("/v1/conversations/{lunch}/members"), json!(null), 200).await;
        let members = page["items"].as_array().unwrap();
        members.iter().find(|one| one["member_id"] == json!(of.id)).unwrap().get("read_seq").cloned()
    };
    let both = (json!([{"member_id": office.bob.id}]), json!([office.eve.id]));
    assert_eq!((readers().await, cursor(&office.ann, &office.bob).await), (both.clone(), Some(json!(2))));
    office.t.freeze(&office.bob).await;
    office.t.freeze(&office.eve).await;
    assert_eq!(readers().await, (json!([]), json!([])));
    assert_eq!(cursor(&office.ann, &office.bob).await, None);
    assert_eq!(cursor(&office.bob, &office.bob).await, Some(json!(2)), "his own he sees");
    office.t.thaw(&office.bob).await;
    office.t.thaw(&office.eve).await;
    assert_eq!((readers().await, cursor(&office.ann, &office.bob).await), (both, Some(json!(2))));
}
