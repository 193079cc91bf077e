//! A misspelled member of a body is named, never passed over: whoever sent it learns that nothing was changed by it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::TestApp;

/// Of the schemas of bodies those that do not say that they take no other members, and why.
const OPEN: [(&str, &str); 1] =
    [("Principal", "utoipa does not say it of enums; serde refuses what it does not know, as is tried below")];

/// What is sent and also stored as it is, with every member it ever had. What an earlier version wrote is still read: a member that
/// nobody sends any more leaves the body, never the type that is stored.
const STORED: [(&str, &str); 12] = [
    ("Claim", "legal_name registration_number"),
    ("Contact", "name phone email"),
    ("ContactCard", "name phones emails company position note"),
    ("ContactEmail", "label address"),
    ("ContactPhone", "label number"),
    ("FieldChoice", "id names"),
    ("FieldNames", "zh-CN zh-TW en"),
    (
        "ImportMapping",
        "sheet kind header_row fields own_fields department_form level_separator list_separator root joins_alike others_leave",
    ),
    ("PeerContact", "name phone email"),
    ("PeopleExportFilter", "department is_mine query state"),
    ("PeopleGroupCondition", "field_id test values"),
    ("PeopleGroupMadeBy", "kind member_ids department_ids includes_below needs conditions"),
];

/// What was looked at, and which of it is open.
struct Schemas<'a> {
    all: &'a Value,
    seen: BTreeSet<&'a str>,
    open: BTreeSet<&'a str>,
}

impl<'a> Schemas<'a> {
    /// The schema and everything in it; `name` is the one it stands in.
    fn look(&mut self, name: &'a str, schema: &'a Value) {
        if let Some(other) = schema["$ref"].as_str() {
            let other = other.rsplit('/').next().unwrap();
            if self.seen.insert(other) {
                self.look(other, &self.all[other]);
            }
            return;
        }
        let is_object =
            schema["type"] == "object" || schema["type"].as_array().is_some_and(|all| all.contains(&json!("object")));
        // Where only the names of members are anything, what stands under them is told.
        let is_map = schema["properties"].is_null() && schema["additionalProperties"].is_object();
        if is_object && !is_map && schema["additionalProperties"] != false {
            self.open.insert(name);
        }
        let members = schema["properties"].as_object().into_iter().flat_map(|members| members.values());
        let several = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
        let inner = ["items", "additionalProperties"].into_iter().map(|key| &schema[key]).filter(|one| one.is_object());
        members.chain(several).chain(inner).for_each(|one| self.look(name, one));
    }
}

#[test]
fn every_body_says_that_it_takes_no_members_that_nobody_knows() {
    let document: Value = serde_json::from_str(&server::openapi::document().unwrap()).unwrap();
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
    let bodies: Vec<(&str, &Value)> = operations
        .map(|one| {
            (one["operationId"].as_str().unwrap_or("?"), &one["requestBody"]["content"]["application/json"]["schema"])
        })
        .filter(|(_, schema)| schema.is_object())
        .collect();
    assert!(bodies.len() > 80, "{}", bodies.len());
    let mut schemas = Schemas { all: &document["components"]["schemas"], seen: BTreeSet::new(), open: BTreeSet::new() };
    bodies.iter().for_each(|(operation, schema)| schemas.look(operation, schema));
    for known in ["EditOrganisation", "ContactCard", "PeopleGroupCondition", "UpsertPerson", "ReplyTo"] {
        assert!(schemas.seen.contains(known), "{:?}", schemas.seen);
    }
    let known: BTreeSet<&str> = OPEN.iter().map(|(name, _)| *name).collect();
    assert_eq!(schemas.open, known, "a body refuses what nobody knows, or stands in the list with the reason");
}

#[test]
fn what_an_earlier_version_stored_is_read_by_the_type_that_takes_no_other_members() {
    let document: Value = serde_json::from_str(&server::openapi::document().unwrap()).unwrap();
    for (name, members) in STORED {
        let schema = &document["components"]["schemas"][name];
        let each = schema["oneOf"].as_array().map_or(vec![schema], |each| each.iter().collect());
        for member in members.split(' ') {
            let is_read = each.iter().any(|one| one["properties"][member].is_object());
            assert!(is_read, "{name}: what is stored with {member} cannot be read any more");
        }
    }
}

/// At the top of a body every domain's contract tries it; here it is where something stands within something.
#[tokio::test]
async fn a_member_nobody_knows_is_named_where_it_stands_within_another() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let rule = |rule: Value| json!({ "name": "Night", "made_by": rule });
    let tried = [
        (("POST", "/v1/conversations"), json!({ "kind": "direct", "member_id": bob.id }), ["", "title"], "title"),
        (
            ("POST", "/v1/contacts"),
            json!({ "kind": "external", "card": { "name": "Lee", "phones": [{ "number": "+8613800131000" }] } }),
            ["/card/phones/0", "is_fax"],
            "card.phones[0].is_fax",
        ),
        (
            ("POST", "/v1/contacts"),
            json!({ "kind": "external", "card": { "name": "Wu" }, "shared_with": [{ "kind": "everyone" }] }),
            ["/shared_with/0", "below"],
            "shared_with[0].below",
        ),
        (
            ("POST", "/v1/people-groups"),
            rule(json!({ "kind": "hand", "member_ids": [bob.id] })),
            ["/made_by", "includes_below"],
            "made_by.includes_below",
        ),
        (
            ("PATCH", "/v1/organisation"),
            json!({ "contact": { "name": "Ann", "email": "ann@example.com" } }),
            ["/contact", "mail"],
            "contact.mail",
        ),
    ];
    for ((method, path), mut body, [at, member], field) in tried {
        let (status, answer) = t.call(&ann, method, path, body.clone()).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        body.pointer_mut(at).unwrap()[member] = json!("x");
        let (status, answer) = t.call(&ann, method, path, body).await;
        assert_eq!(
            (status.as_u16(), &answer["field"], &answer["why"]),
            (422, &json!(field), &json!("unknown_member")),
            "{answer}"
        );
    }
}
