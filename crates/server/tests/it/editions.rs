//! Of two who change the same thing the second is told of the first: whatever several may change says its edition.

use std::collections::BTreeSet;

use serde_json::Value;

/// What is changed without one, and why nobody's change is lost by it.
const WITHOUT: [(&str, &str); 12] = [
    ("appendUpload", "one's own, and goes on where it stands (`Upload-Offset`)"),
    ("changeMyConversation", "one's own side of a conversation, one value at a time"),
    ("chooseSearchWords", "one's own words"),
    ("editMessage", "one's own message; what it said before is kept where the organisation keeps edits"),
    ("endHint", "a hint has ended, and nothing begins it again"),
    ("giveConsent", "one's own consent, to the words one was shown"),
    ("putDraft", "one's own; the one that was written last stays (`age_s`)"),
    ("setAvatar", "one value, which is replaced as a whole"),
    ("setConversationRole", "one value, which the owner of the group alone decides"),
    ("setImportMapping", "an import is of whoever began it"),
    ("setMyAvatar", "one's own picture"),
    ("setNotificationSettings", "one's own settings"),
];

fn changes() -> Vec<Value> {
    let document = serde_json::to_value(kernel::document(server::modules::all()).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let of = |methods: &Value, method: &str| methods.get(method).cloned();
    paths.flat_map(|methods| [of(methods, "put"), of(methods, "patch")]).flatten().collect()
}

fn takes_an_edition(operation: &Value) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == "If-Match")
}

#[test]
fn whatever_several_may_change_takes_the_edition_that_was_seen() {
    let ids = |operations: &[Value], takes: bool| -> BTreeSet<String> {
        let some = operations.iter().filter(|one| takes_an_edition(one) == takes);
        some.map(|one| one["operationId"].as_str().unwrap().to_owned()).collect()
    };
    let changes = changes();
    let (with, without) = (ids(&changes, true), ids(&changes, false));
    assert!(with.contains("editOrganisation") && with.contains("limitOrganisation"), "{with:?}");
    let known: BTreeSet<String> = WITHOUT.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(without, known, "a change takes If-Match, or stands in the list with the reason");
}

#[test]
fn whoever_takes_an_edition_says_that_it_may_be_another_one() {
    let silent = |one: &&Value| {
        let mut codes = one["x-errors"].as_array().into_iter().flatten().filter_map(Value::as_str);
        takes_an_edition(one) && !codes.any(|code| code.ends_with(".changed_meanwhile"))
    };
    let changes = changes();
    let silent: Vec<&Value> = changes.iter().filter(silent).map(|one| &one["operationId"]).collect();
    assert!(silent.is_empty(), "{silent:?}");
}
