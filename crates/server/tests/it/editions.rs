//! Of two who change the same thing the second is told of the first: whatever several may change says its edition, and nobody
//! changes it without saying which they saw.

use std::collections::BTreeSet;

use serde_json::Value;

/// What is changed without one, and why nobody's change is lost by it.
const WITHOUT: [(&str, &str); 32] = [
    ("appendUpload", "one's own, and goes on where it stands (`Upload-Offset`)"),
    ("cancelChatRetention", "takes back what waits, which is there or is not (`retention.nothing_waits`)"),
    ("cancelUpload", "one's own, which nobody changes"),
    ("changeMyConversation", "one's own side of a conversation, one value at a time"),
    ("chooseSearchWords", "one's own words"),
    ("declinePersonalInvitation", "for oneself alone, and nobody changes it"),
    ("deleteImport", "an import is of whoever began it"),
    ("deletePersonalExport", "one's own, which nobody changes"),
    ("editMessage", "one's own message; what it said before is kept where the organisation keeps edits"),
    ("endHint", "a hint has ended, and nothing begins it again"),
    ("endOtherSessions", "one's own, and whatever others there are"),
    ("endSession", "one's own, which nobody changes"),
    ("forgetImportResult", "an import is of whoever began it"),
    ("forgetSearchWord", "one's own words"),
    ("forgetSearchWords", "one's own words"),
    ("giveConsent", "one's own consent, to the words one was shown"),
    ("liftMyRestriction", "one's own, which is there or is not"),
    ("putDraft", "one's own; the one that was written last stays (`age_s`)"),
    ("removeConversationMember", "somebody is in the group or is not; who comes back begins anew"),
    ("removeVerificationDocument", "a document is never changed: it is there or is not"),
    ("restoreOrganisation", "the organisation is being dissolved or is not"),
    ("revokeAppPassword", "one's own, which nobody changes"),
    ("revokeInvitation", "an invitation is never changed: it is open or is not"),
    ("revokeServiceToken", "a token is never changed: it is there or is not"),
    ("setConversationRole", "the one owner of the group alone says what it is to be"),
    ("setImportMapping", "an import is of whoever began it"),
    ("setNotificationSettings", "one's own settings"),
    ("signOut", "one's own session"),
    ("signOutOperator", "one's own session"),
    ("takeRole", "a role that is given is never changed: somebody has it or does not"),
    ("withdrawConsent", "one's own consent, which is there or is not"),
    ("withdrawVerification", "the request is open or is not; nobody changes it"),
];

fn operations(methods: &[&str]) -> Vec<Value> {
    let document = serde_json::to_value(kernel::document(server::modules::all()).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|item| methods.iter().filter_map(|method| item.get(*method).cloned())).collect()
}

/// What is changed or taken away.
fn changes() -> Vec<Value> {
    operations(&["put", "patch", "delete"])
}

/// Whatever takes an edition, also of what is done by a name of its own.
fn with_an_edition() -> Vec<Value> {
    let mut all = operations(&["get", "post", "put", "patch", "delete"]);
    all.retain(|one| if_match(one).is_some());
    all
}

fn if_match(operation: &Value) -> Option<&Value> {
    operation["parameters"].as_array().into_iter().flatten().find(|one| one["name"] == "If-Match")
}

fn has_code(operation: &Value, is_it: impl Fn(&str) -> bool) -> bool {
    operation["x-errors"].as_array().into_iter().flatten().filter_map(Value::as_str).any(is_it)
}

#[test]
fn whatever_several_may_change_takes_the_edition_that_was_seen() {
    let ids = |operations: &[Value], takes: bool| -> BTreeSet<String> {
        let some = operations.iter().filter(|one| if_match(one).is_some() == takes);
        some.map(|one| one["operationId"].as_str().unwrap().to_owned()).collect()
    };
    let changes = changes();
    let (with, without) = (ids(&changes, true), ids(&changes, false));
    for known in ["editOrganisation", "limitOrganisation", "changeWorkdays", "setAvatar", "deleteContact"] {
        assert!(with.contains(known), "{with:?}");
    }
    let known: BTreeSet<String> = WITHOUT.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(without, known, "a change takes If-Match, or stands in the list with the reason");
}

#[test]
fn whoever_takes_an_edition_says_that_it_may_be_another_one_and_that_it_is_asked_for() {
    let all = with_an_edition();
    assert!(all.len() > 35, "{}", all.len());
    for one in &all {
        let id = &one["operationId"];
        assert!(has_code(one, |code| code.ends_with(".changed_meanwhile")), "{id}");
        assert!(has_code(one, |code| code == "editions.if_match_required"), "{id}");
        let header = if_match(one).unwrap();
        assert_eq!((&header["in"], &header["required"]), (&"header".into(), &true.into()), "{id}");
        assert!(one["responses"]["428"]["content"]["application/problem+json"].is_object(), "{id}");
    }
}
