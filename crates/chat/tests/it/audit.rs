//! What administrators read of a conversation in the audit log, and what is nobody's business.

use crate::talk::Office;
use kernel::Actor;
use serde_json::json;

async fn audited(office: &Office) -> Vec<String> {
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    kernel::audit::page(&mut tx, None, 100).await.unwrap().into_iter().map(|entry| entry.name).collect()
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
