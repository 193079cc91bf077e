//! A shorter period: decided on what was shown, in force a day later, taken back until then (`RET-09`, C3).

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::Person;

use crate::house::{CHANGE, House, SECOND, SHOW, instant, wanted};

/// Messages of 100 days ago and of now, where they are kept for 180.
async fn with_something_old() -> (House, String) {
    let house = House::open().await;
    house.t.keep_chat(house.ann.org, 180).await;
    let direct = house.direct(&house.ann, &house.bob).await;
    house.say(&house.ann, &direct, "old").await;
    house.t.clock.advance(TimeDelta::days(100));
    house.say(&house.ann, &direct, "new").await;
    (house, direct)
}

/// Another owner, so that somebody is told.
async fn second_owner(house: &House) -> Person {
    house.t.member_as(house.ann.org, "Olga", directory::Role::Owner).await
}

async fn notices(house: &House, who: &Person) -> Vec<Value> {
    let page = house.ask(who, ("GET", "/v1/notifications"), Value::Null, 200).await;
    page["items"].as_array().unwrap().iter().map(|item| item["text"].clone()).collect()
}

#[tokio::test]
async fn ret_09_a_shorter_period_is_in_force_a_day_later_to_the_second_and_not_before() {
    let (house, direct) = with_something_old().await;
    let olga = second_owner(&house).await;
    let preview = house.preview(90).await;
    assert_eq!(preview["messages"], json!(1));
    let changed = house.decide(&house.ann, &preview, 200).await;
    assert_eq!((&changed["chat_retention_days"], &changed["shortening"]["to_days"]), (&json!(180), &json!(90)));
    let at = instant(&preview["takes_effect_at"]);
    let waits = house.ask(&house.ann, ("GET", SHOW), Value::Null, 200).await["chat"]["shortening"].clone();
    assert_eq!((instant(&waits["takes_effect_at"]), &waits["asked_by"]), (at, &json!(house.ann.id)));

    house.go_to(at - SECOND).await;
    assert_eq!((house.days().await, house.shown(&house.bob, &direct).await, house.rows().await), (180, 2, 2));
    house.go_to(at).await;
    assert_eq!((house.days().await, house.shown(&house.bob, &direct).await, house.rows().await), (90, 1, 1));
    let shown = house.ask(&house.ann, ("GET", SHOW), Value::Null, 200).await;
    assert_eq!(
        (shown["chat"].get("shortening"), &shown["rules"][0]["until"]["kept_for_s"]),
        (None, &json!(90 * 86_400))
    );
    let kept = house.ask(&house.bob, ("GET", "/v1/storage"), Value::Null, 200).await;
    assert_eq!(kept["chat_retention_days"], json!(90), "what people are told follows what is in force");

    let changes = house.told("directory.organisation_changed").await;
    let last = changes.last().unwrap();
    assert_eq!(
        (&last["before"], &last["after"]),
        (&json!({ "chat_retention_days": 180 }), &json!({ "chat_retention_days": 90 }))
    );
    let ended = house.told("retention.shortening_ended").await;
    assert_eq!(ended, [json!({ "from_days": 180, "to_days": 90, "state": "done" })]);
    assert_eq!(notices(&house, &olga).await, [json!("retention_shortened")], "the other owner saw it coming");
    assert_eq!(notices(&house, &house.ann).await, Vec::<Value>::new(), "whoever decided it knows");
}

#[tokio::test]
async fn ret_09_what_is_taken_back_within_the_day_never_happens() {
    let (house, direct) = with_something_old().await;
    let olga = second_owner(&house).await;
    house.ask(&house.ann, ("DELETE", CHANGE), Value::Null, 409).await;
    let preview = house.preview(90).await;
    house.decide(&house.ann, &preview, 200).await;
    let at = instant(&preview["takes_effect_at"]);
    house.ask(&house.eve, ("DELETE", CHANGE), Value::Null, 403).await;
    house.go_to(at - SECOND).await;
    house.ask(&olga, ("DELETE", CHANGE), Value::Null, 204).await;
    house.go_to(at + TimeDelta::hours(3)).await;
    assert_eq!((house.days().await, house.shown(&house.bob, &direct).await), (180, 2));
    assert_eq!(house.told("retention.shortening_ended").await[0]["state"], json!("cancelled"));
    assert_eq!(notices(&house, &house.ann).await, [json!("retention_cancelled")]);

    // Decided anew, the job that the first one left behind does not hurry it.
    let preview = house.preview(90).await;
    house.decide(&house.ann, &preview, 200).await;
    house.go_to(instant(&preview["takes_effect_at"]) - SECOND).await;
    assert_eq!(house.days().await, 180);
    house.t.clock.advance(SECOND);
    let late = house.ask(&olga, ("DELETE", CHANGE), Value::Null, 409).await;
    assert_eq!(late["code"], "retention.nothing_waits", "its time has come, job or no job");
}

#[tokio::test]
async fn c3_what_is_not_what_was_shown_any_more_is_not_done() {
    let (house, direct) = with_something_old().await;
    let preview = house.preview(45).await;
    assert_eq!((&preview["messages"], &preview["needs_confirmation"]), (&json!(1), &json!(true)));
    let mut unconfirmed = wanted(&preview);
    unconfirmed["is_confirmed"] = json!(false);
    let refused = house.ask(&house.ann, ("PUT", CHANGE), unconfirmed, 409).await;
    assert_eq!(refused["code"], "retention.confirm_short");
    house.t.clock.advance(TimeDelta::minutes(14));
    house.decide(&house.ann, &preview, 200).await;
    house.ask(&house.ann, ("DELETE", CHANGE), Value::Null, 204).await;
    // Read for too long: less than a day would be left.
    house.t.clock.advance(TimeDelta::hours(2));
    assert_eq!(house.decide(&house.ann, &preview, 409).await["code"], "retention.preview_changed");
    // Of another period, or made up.
    let (mut other, preview) = (wanted(&house.preview(60).await), house.preview(90).await);
    other["chat_retention_days"] = json!(90);
    assert_eq!(house.ask(&house.ann, ("PUT", CHANGE), other, 409).await["code"], "retention.preview_changed");
    // Somebody who goes takes nothing along that was counted; messages that are gone meanwhile do.
    let mut tx = house.t.app.begin(house.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query("delete from chat.message where conversation_id = $1 and seq = 1")
        .bind(direct.parse::<uuid::Uuid>().unwrap())
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.decide(&house.ann, &preview, 409).await["code"], "retention.preview_changed");
    assert_eq!(house.preview(90).await["messages"], json!(0));
}

/// Whether everything is counted depends on how busy the machine is; what may be decided on does not.
#[tokio::test]
async fn c3_what_was_shown_as_an_estimate_is_decided_on_also_where_it_could_be_counted_now() {
    let (house, _) = with_something_old().await;
    let preview = house.preview(90).await;
    let counted = preview["token"].as_str().unwrap();
    assert!(counted.ends_with("-1-1-0-0"), "one message, one conversation, no files: {counted}");
    let mut estimated = wanted(&preview);
    estimated["preview"] = json!(counted.strip_suffix("1-1-0-0"));
    house.ask(&house.ann, ("PUT", CHANGE), estimated, 200).await;
}

#[tokio::test]
async fn of_two_administrators_who_decide_at_once_one_is_told_of_the_other() {
    let (house, _) = with_something_old().await;
    let olga = second_owner(&house).await;
    let (to_90, to_120) = (house.preview(90).await, house.preview(120).await);
    let (first, second) = tokio::join!(
        house.t.call(&house.ann, "PUT", CHANGE, wanted(&to_90)),
        house.t.call(&olga, "PUT", CHANGE, wanted(&to_120)),
    );
    let mut codes = [first.0.as_u16(), second.0.as_u16()];
    codes.sort_unstable();
    assert_eq!(codes, [200, 409], "{first:?} {second:?}");
    let lost = if first.0.as_u16() == 409 { &first.1 } else { &second.1 };
    assert_eq!(lost["code"], "retention.shortening_waits");
    assert_eq!(house.told("retention.shortening_begun").await.len(), 1);
}

#[tokio::test]
async fn who_saw_the_organisation_before_it_changed_decides_again() {
    let (house, _) = with_something_old().await;
    let preview = house.preview(90).await;
    let body = wanted(&preview).to_string().into_bytes();
    let (status, _) = house.t.send(Some(&house.ann), "PUT", CHANGE, body, &[("if-match", "\"0\"")]).await;
    assert_eq!(status.as_u16(), 412);
    let revision = house.ask(&house.ann, ("GET", SHOW), Value::Null, 200).await["revision"].clone();
    let seen = format!("\"{revision}\"");
    let body = wanted(&preview).to_string().into_bytes();
    let (status, _) = house.t.send(Some(&house.ann), "PUT", CHANGE, body, &[("if-match", &seen)]).await;
    assert_eq!(status.as_u16(), 200);
}

#[tokio::test]
async fn only_who_decides_about_it_decides_and_only_about_their_own_organisation() {
    let (house, direct) = with_something_old().await;
    let preview = house.preview(90).await;
    house.decide(&house.eve, &preview, 403).await;
    let mal = house.t.member_as(house.t.org("rival").await, "Mal", directory::Role::Owner).await;
    let theirs = house.decide(&mal, &preview, 422).await;
    assert_eq!(theirs["why"], "in_force", "it is about the rival, which keeps messages for 90 days");
    house.decide(&house.ann, &preview, 200).await;
    house.ask(&mal, ("DELETE", CHANGE), Value::Null, 409).await;
    house.go_to(instant(&preview["takes_effect_at"])).await;
    assert_eq!(house.shown(&house.bob, &direct).await, 1);
}
