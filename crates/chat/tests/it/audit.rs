//! What administrators read of a conversation in the audit log, and what is nobody's business.

use crate::talk::Office;
use chrono::TimeDelta;
use kernel::Actor;
use kernel::audit::{Found, Wanted};
use serde_json::json;

async fn entries(office: &Office) -> Vec<Found> {
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    kernel::audit::page(&mut tx, &Wanted::default(), 100).await.unwrap()
}

async fn audited(office: &Office) -> Vec<String> {
    entries(office).await.into_iter().map(|entry| entry.stored.name).collect()
}

#[tokio::test]
async fn what_people_do_to_their_own_side_is_not_in_the_audit_log() {
    let office = Office::open().await;
    let lunch = office.group(&office.eve, &[&office.bob]).await;
    let before = audited(&office).await;
    let my = format!("/v1/conversations/{lunch}/my");
    office.ask(&office.bob, "PATCH", &my, json!({"is_muted": true}), 200).await;
    let draft = format!("/v1/conversations/{lunch}/draft");
    office.ask(&office.bob, "PUT", &draft, json!({"text": "hm"}), 204).await;
    let all = office.t.events(office.ann.org).await;
    for name in ["chat.my_changed", "chat.draft_changed", "inbox.notification_added"] {
        assert!(all.iter().any(|event| event == name), "{name} happened: {all:?}");
    }
    assert_eq!(audited(&office).await, before);
    assert!(before.iter().all(|name| !name.starts_with("inbox.")), "{before:?}");
    office.ask(&office.eve, "PATCH", &format!("/v1/conversations/{lunch}"), json!({"name": "Supper"}), 200).await;
    assert!(audited(&office).await.contains(&"chat.conversation_changed".to_owned()));
}

#[tokio::test]
async fn who_talks_to_whom_is_not_in_the_audit_log() {
    let office = Office::open().await;
    let before = audited(&office).await;
    let direct = office.direct(&office.eve, &office.bob).await;
    office.say(&office.eve, &direct, "one").await;
    let at = format!("/v1/conversations/{direct}/messages/1");
    office.ask(&office.eve, "PATCH", &at, json!({"text": "two"}), 200).await;
    office.ask(&office.eve, "POST", &format!("{at}/recall"), json!(null), 204).await;
    let all = office.t.events(office.ann.org).await;
    for name in ["chat.conversation_created", "chat.message_edited", "chat.message_recalled"] {
        assert!(all.iter().any(|event| event == name), "{name} happened: {all:?}");
    }
    assert_eq!(audited(&office).await, before, "a direct conversation leaves no line");

    let lunch = office.group(&office.eve, &[&office.bob]).await;
    let add = json!({"member_ids": [office.ann.id]});
    office.ask(&office.eve, "POST", &format!("/v1/conversations/{lunch}/members"), add, 204).await;
    office.say(&office.bob, &lunch, "rude").await;
    office.t.clock.advance(TimeDelta::hours(1));
    office.ask(&office.eve, "POST", &format!("/v1/conversations/{lunch}/messages/3/recall"), json!(null), 204).await;
    let entries = entries(&office).await;
    for name in ["chat.conversation_created", "chat.members_changed", "chat.message_recalled"] {
        let entry =
            entries.iter().find(|entry| entry.stored.name == name).unwrap_or_else(|| panic!("{name} is an act"));
        let target = entry.stored.target_kind.as_deref().zip(entry.stored.target.map(|target| json!(target)));
        assert_eq!(target, Some(("conversation", json!(lunch))), "{name} of the group");
        let said = serde_json::to_string(&entry.data).unwrap();
        for person in [&office.ann, &office.bob] {
            assert!(!said.contains(&person.id.to_string()), "{name} names who is in it: {said}");
        }
    }
}
