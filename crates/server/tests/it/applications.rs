//! What can be switched off, and that nothing of it is forgotten (`ADM-04`, `ADM-07`, `OPN-03`).

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::TestApp;

/// Operations of modules that can be switched off which answer all the same, each with the reason. Operations of what is
/// never off are not listed: those are all modules that name no application.
const STAYS: [(&str, &str); 14] = [
    ("cancelUpload", "takes something back"),
    ("changeFilePolicy", "is decided while it is off, too"),
    ("describeUploads", "says nothing about anybody"),
    ("endPeer", "takes something back"),
    ("listAppPasswords", "shows what can be revoked"),
    ("listServiceTokens", "shows what can be revoked"),
    ("readFile", "files that were sent can be opened until they expire"),
    ("revokeAppPassword", "takes something back"),
    ("revokeServiceToken", "takes something back"),
    ("showFilePolicy", "is decided while it is off, too"),
    ("showFileStore", "says where files stand, also those that were sent before it was off"),
    ("showUpload", "says how much of an upload arrived"),
    ("showUploadedFile", "what arrived is there until it is sent or cancelled"),
    ("withdrawAnnouncement", "takes something back"),
];
/// Those all of whose operations are an application's, apart from the exceptions.
const MODULES: [&str; 6] = ["announcements", "contacts", "files", "peers", "people_exports", "provisioning"];

#[test]
fn every_operation_of_a_module_that_can_be_switched_off_is_switched_or_stays_for_a_reason() {
    let document = serde_json::to_value(kernel::document(server::modules::all()).unwrap()).unwrap();
    let operations: Vec<&Value> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .filter(|operation| operation["operationId"].is_string())
        .collect();
    let named: BTreeSet<&str> = operations.iter().filter_map(|one| one["x-application"].as_str()).collect();
    let switchable = server::modules::switchable();
    let known: BTreeSet<&str> = switchable.iter().map(|one| one.key).collect();
    assert_eq!(named, known, "a switch without operations, or operations without a switch");
    assert_eq!(known.len(), switchable.len(), "two have one key");
    let of_modules = operations.iter().filter(|one| MODULES.iter().any(|module| one["tags"][0] == *module));
    let stay: BTreeSet<&str> =
        of_modules.filter(|one| one["x-application"].is_null()).filter_map(|one| one["operationId"].as_str()).collect();
    assert_eq!(stay, STAYS.iter().map(|(id, _)| *id).collect(), "which operations are never off");
    for one in operations.iter().filter(|one| one["x-application"].is_string()) {
        let codes = one["x-errors"].as_array().unwrap();
        assert!(codes.contains(&json!("applications.off")), "{}", one["operationId"]);
    }
}

#[tokio::test]
async fn each_can_be_switched_off_alone_and_the_others_go_on() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let looks = [
        ("announcements", "/v1/announcements"),
        ("announcements", "/v1/announcements/written"),
        ("peers", "/v1/peers"),
        ("peers", "/v1/peer-speakers"),
        ("contacts", "/v1/contacts"),
        ("contact_codes", "/v1/contact-code"),
        ("message_search", "/v1/messages/search?q=x"),
        ("people_exports", "/v1/people-exports"),
        ("provisioning", "/v1/provisioning/changes"),
    ];
    let never_off =
        ["/v1/me", "/v1/members", "/v1/conversations", "/v1/app-passwords", "/v1/service-tokens", "/v1/audit"];
    let switch = async |key: &str, open_to: &str| {
        let path = format!("/v1/applications/{key}");
        let (status, answer) = t.call(&ann, "PUT", &path, json!({ "open_to": open_to })).await;
        assert_eq!(status, 200, "{answer}");
    };
    for off in [None].into_iter().chain(looks.map(|(key, _)| Some(key))) {
        if let Some(key) = off {
            switch(key, "nobody").await;
        }
        for (key, path) in looks {
            let (status, answer) = t.call(&ann, "GET", path, Value::Null).await;
            let code = off.filter(|off| *off == key).map_or(Value::Null, |_| json!("applications.off"));
            assert_eq!((status == 200, &answer["code"]), (off != Some(key), &code), "{path} while {off:?} is off");
        }
        for path in never_off {
            assert_eq!(t.call(&ann, "GET", path, Value::Null).await.0, 200, "{path} while {off:?} is off");
        }
        if let Some(key) = off {
            switch(key, "everybody").await;
        }
    }
    switch("sending_files", "nobody").await;
    let (status, answer) = t.call(&ann, "POST", "/v1/uploads", Value::Null).await;
    assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("applications.off")));
}

/// A program with a token stands in no department: what it does is on or off for the whole organisation.
#[tokio::test]
async fn a_program_is_refused_like_anybody() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let mut tx = t.app.begin(acme, kernel::Actor::Member(ann.id)).await.unwrap();
    directory::assure(&mut tx, ann.session).await.unwrap();
    tx.commit().await.unwrap();
    let wanted = json!({ "name": "Register", "permissions": ["people.see"], "expires_in_days": 30 });
    let (status, made) = t.call(&ann, "POST", "/v1/service-tokens", wanted).await;
    assert_eq!(status, 201, "{made}");
    let shown = format!("Bearer {}", made["secret"].as_str().unwrap());
    let ask = async || {
        let headers = [("authorization", shown.as_str())];
        t.send(None, "GET", "/v1/provisioning/changes", Vec::new(), &headers).await
    };
    assert_eq!(ask().await.0, 200);
    let (status, answer) = t.call(&ann, "PUT", "/v1/applications/provisioning", json!({ "open_to": "nobody" })).await;
    assert_eq!(status, 200, "{answer}");
    let (status, answer) = ask().await;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!((status.as_u16(), &answer["code"]), (403, &json!("applications.off")));
}
