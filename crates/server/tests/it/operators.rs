//! Whoever runs the installation: what they reach, what they never reach, and how fast an organisation is shut.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{House, Running};
use crate::http::{Answer, ask};
use crate::people::{PASSWORD, Person, join, rival, set_up};
use crate::socket::Window;

const OWN: &str = "quartz walrus 58 at dawn";
/// Everything an operator may learn: operation, place in its answer, kind. A further line is a decision: README of crate
/// `operators`.
const LEARNS: [&str; 44] = [
    "listOrganisations items[].dissolves_at: string",
    "listOrganisations items[].id: string",
    "listOrganisations items[].most_bytes: integer",
    "listOrganisations items[].most_people: integer",
    "listOrganisations items[].name: string",
    "listOrganisations items[].name_en: string",
    "listOrganisations items[].name_zh: string",
    "listOrganisations items[].people: integer",
    "listOrganisations items[].revision: integer",
    "listOrganisations items[].slug: string",
    "listOrganisations items[].suspended_at: string",
    "listOrganisations items[].suspension_reason: string",
    "listOrganisations items[].used_bytes: integer",
    "listOrganisations items[].verification: string",
    "listOrganisations next: string",
    "makeFoundingCode address: string",
    "makeFoundingCode code: string",
    "readVerificationDocument: application/octet-stream",
    "showOperatorSession expires_at: string",
    "showOperatorSession must_change_password: boolean",
    "showOperatorSession name: string",
    "showVerificationRequest asked_at: string",
    "showVerificationRequest claim.legal_name: string",
    "showVerificationRequest claim.registration_number: string",
    "showVerificationRequest decided_at: string",
    "showVerificationRequest disclosures[].corrects: string",
    "showVerificationRequest disclosures[].disclosed_on: string",
    "showVerificationRequest disclosures[].ground: string",
    "showVerificationRequest disclosures[].id: string",
    "showVerificationRequest disclosures[].kinds[]: string",
    "showVerificationRequest disclosures[].recipient: string",
    "showVerificationRequest disclosures[].recorded_at: string",
    "showVerificationRequest documents[].added_at: string",
    "showVerificationRequest documents[].goes_at: string",
    "showVerificationRequest documents[].id: string",
    "showVerificationRequest documents[].media_type: string",
    "showVerificationRequest documents[].name: string",
    "showVerificationRequest documents[].size: integer",
    "showVerificationRequest reason: string",
    "showVerificationRequest revision: integer",
    "showVerificationRequest state: string",
    "signInOperator expires_at: string",
    "signInOperator must_change_password: boolean",
    "signInOperator name: string",
];

/// An operator at the console.
struct Console {
    running: Running,
    cookie: String,
}

impl Console {
    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        let origin = format!("http://{}", self.running.address);
        let (cookie, origin) = (self.cookie.as_str(), origin.as_str());
        let headers = [("cookie", cookie), ("origin", origin), ("content-type", "application/json"), ("if-match", "*")];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        ask(self.running.address, method, path, &headers, &body).await
    }
}

async fn sign_in(running: &Running, name: &str, password: &str) -> Answer {
    let input = json!({ "name": name, "password": password }).to_string();
    let headers = [("content-type", "application/json")];
    ask(running.address, "POST", "/v1/operator/session", &headers, input.as_bytes()).await
}

fn cookie_of(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Added on the machine, signed in, with a password of their own.
async fn console(house: &House, running: Running) -> Console {
    let (succeeded, said) = house.run(&["admin", "operator", "add", "Olga"]);
    assert!(succeeded, "{said}");
    let given = said.split("password: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let answer = sign_in(&running, "olga", &given).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert!(answer.header("set-cookie").contains("; HttpOnly; SameSite=Strict"), "{}", answer.header("set-cookie"));
    let console = Console { cookie: cookie_of(&answer), running };
    assert_eq!(
        console.call("GET", "/v1/operator/organisations", json!(null)).await.code(),
        "operators.change_password"
    );
    let change = json!({ "current": given, "new": OWN });
    assert_eq!(console.call("POST", "/v1/operator/password", change).await.status, 204);
    assert_eq!(console.call("GET", "/v1/operator/organisations", json!(null)).await.status, 200);
    assert_eq!(sign_in(&console.running, "olga", &given).await.status, 401, "the password for one time is spent");
    console
}

fn operations() -> Vec<(String, String, Value)> {
    let document = document();
    let paths = document["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(|(method, facts)| (method.to_uppercase(), path.clone(), facts.clone()))
    });
    all.filter(|(_, _, facts)| facts["operationId"].is_string()).collect()
}

fn document() -> Value {
    serde_json::to_value(kernel::document(server::modules::all()).unwrap()).unwrap()
}

/// The path with names that name nothing.
fn filled(path: &str) -> String {
    let fill = |part: &str| {
        if part.starts_with('{') { "01890000-0000-7000-8000-00000000dead".into() } else { part.to_owned() }
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn an_operator_is_nobody_to_organisations_and_their_people_are_nobody_to_the_console() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let console = console(&house, running).await;
    let public: Vec<_> =
        server::modules::all().iter().flat_map(|module| module.public_routes).map(|(id, _)| *id).collect();
    let mut tried = (0, 0);
    for (method, path, facts) in operations() {
        let id = facts["operationId"].as_str().unwrap();
        if public.contains(&id) {
            continue;
        }
        let url = filled(&path);
        if path.starts_with("/v1/operator/") {
            assert_eq!(ann.call(&method, &url, json!({})).await.status, 401, "{id}: an owner");
            tried.0 += 1;
        } else {
            // Whatever the answer is to somebody: to an operator it is the answer to nobody.
            assert_eq!(console.call(&method, &url, json!({})).await.status, 401, "{id}: an operator");
            tried.1 += 1;
        }
    }
    assert!(tried.0 >= 11 && tried.1 > 150, "{tried:?}");
    // As a bearer token, which is how a member's session also travels, it opens nothing either.
    let bearer = format!("Bearer {}", console.cookie.split_once('=').unwrap().1);
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(ask(ann.address, "GET", "/v1/members", &headers, b"").await.status, 401);
    assert_eq!(ask(ann.address, "GET", "/v1/operator/organisations", &headers, b"").await.status, 401);
    let (_, said) = house.run(&["admin", "operator", "remove", "olga"]);
    assert!(said.contains("removed"), "{said}");
    assert_eq!(console.call("GET", "/v1/operator/organisations", json!(null)).await.status, 401);
}

/// Operators can read no content: each of their operations answers with these members, of these kinds, and no others.
#[test]
fn what_an_operator_learns_is_a_closed_list() {
    let document = document();
    let mut learned = BTreeSet::new();
    for (_, path, facts) in operations() {
        let id = facts["operationId"].as_str().unwrap();
        let answers = facts["responses"].as_object().unwrap().iter().filter(|(status, _)| *status != "default");
        let answers = answers.filter(|_| path.starts_with("/v1/operator/"));
        for (kind, content) in answers.filter_map(|(_, answer)| answer["content"].as_object()).flatten() {
            // A refusal says the same to everybody.
            if kind == "application/problem+json" {
                continue;
            }
            if kind == "application/json" {
                members(&document, &content["schema"], &format!("{id} "), &mut learned);
            } else {
                learned.insert(format!("{id}: {kind}"));
            }
        }
    }
    assert_eq!(learned, LEARNS.iter().map(|line| (*line).to_owned()).collect());
}

fn members(document: &Value, schema: &Value, place: &str, learned: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#')).unwrap();
        return members(document, found, place, learned);
    }
    for part in ["oneOf", "anyOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten() {
        members(document, part, place, learned);
    }
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        let dot = if place.ends_with(' ') { "" } else { "." };
        members(document, of, &format!("{place}{dot}{name}"), learned);
    }
    if !schema["items"].is_null() {
        members(document, &schema["items"], &format!("{place}[]"), learned);
    }
    if schema["additionalProperties"].is_object() {
        members(document, &schema["additionalProperties"], &format!("{place}{{}}"), learned);
    }
    let kinds = schema["type"].as_array().cloned().unwrap_or_else(|| vec![schema["type"].clone()]);
    let holds_more = ["properties", "items"].iter().any(|key| !schema[*key].is_null());
    for kind in kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null" && !holds_more) {
        learned.insert(format!("{place}: {kind}"));
    }
}

#[tokio::test]
async fn a_suspended_organisation_is_shut_within_five_seconds_and_others_go_on() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let bob = join(&running, &ann, "Bob").await;
    let mal = rival(&house, &running).await;
    let console = console(&house, running).await;
    ann.done("POST", "/v1/session/proof", json!({ "password": PASSWORD })).await;
    let wanted =
        json!({ "name": "Personnel", "permissions": ["people.see"], "department_ids": [], "expires_in_days": 30 });
    let made = ann.done("POST", "/v1/service-tokens", wanted).await;
    let program = Person { token: made["secret"].as_str().unwrap().to_owned(), ..ann.clone() };
    program.done("GET", "/v1/provisioning/changes?after=0", json!(null)).await;
    let invitation = ann.done("POST", "/v1/invitations", json!({"expires_in_days": 7, "max_uses": 5})).await;
    let link = format!("/v1/invitations/by-token/{}/accept", invitation["token"].as_str().unwrap());

    let listed = console.call("GET", "/v1/operator/organisations", json!(null)).await.json();
    let acme = listed["items"].as_array().unwrap().iter().find(|one| one["slug"] == "acme").unwrap();
    assert_eq!((&acme["people"], &acme["used_bytes"], &acme["verification"]), (&json!(2), &json!(0), &json!("none")));
    let acme = format!("/v1/operator/organisations/{}", acme["id"].as_str().unwrap());

    let mut windows = Vec::new();
    for person in [&ann, &bob] {
        let mut window = Window::open(person, None).await;
        window.hear("sys", "hello").await;
        windows.push(window);
    }
    let begun = Instant::now();
    let suspend = console.call("POST", &format!("{acme}/suspend"), json!({ "reason": "Bills are not paid" })).await;
    assert_eq!(suspend.status, 204, "{}", suspend.text());
    for window in windows {
        let (bye, close) = window.end().await;
        assert_eq!((&bye["code"], close), (&json!("organisation_suspended"), 4009));
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for shut_out in [&ann, &bob, &program] {
        let path = if shut_out.token == program.token { "/v1/provisioning/changes?after=0" } else { "/v1/me" };
        assert_eq!(shut_out.call("GET", path, json!(null)).await.code(), "hosting.organisation_suspended");
    }
    let session = bob.done("GET", "/v1/session", json!(null)).await;
    assert_eq!(session["organisations"][0]["is_suspended"], true);
    let input = json!({"login": "ann@example.com", "password": PASSWORD});
    assert_eq!(bob.call("POST", "/v1/sessions", input).await.code(), "hosting.organisation_suspended");
    let newcomer = json!({
        "name": "Eve", "user_id": "eve", "password": PASSWORD, "language": "en",
        "statement_version": "0.5", "accepts_statement": true, "is_adult": true,
    });
    let headers = [("content-type", "application/json")];
    let refused = ask(ann.address, "POST", &link, &headers, newcomer.to_string().as_bytes()).await;
    assert_eq!(refused.code(), "hosting.organisation_suspended");
    mal.done("GET", "/v1/me", json!(null)).await;

    assert_eq!(console.call("POST", &format!("{acme}/resume"), json!(null)).await.status, 204);
    for let_in in [&ann, &bob] {
        let_in.done("GET", "/v1/me", json!(null)).await;
    }
    program.done("GET", "/v1/provisioning/changes?after=0", json!(null)).await;
    // What suspended it is read by every node for a while: it must not cut the windows of those who came back.
    let mut window = Window::open(&bob, None).await;
    window.hear("sys", "hello").await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    window.say(json!({"c": "sys", "k": "ping", "id": 1})).await;
    window.hear("sys", "pong").await;
    let log = ann.done("GET", "/v1/audit?limit=50", json!(null)).await;
    let named = |name: &str| log["items"].as_array().unwrap().iter().find(|one| one["name"] == name).cloned();
    let line = named("hosting.organisation_suspended").unwrap_or_else(|| panic!("{log}"));
    assert_eq!(line["actor"]["kind"], "operator");
    assert!(line["data"]["operator"].is_string(), "{line}");
}

#[tokio::test]
async fn the_machine_verifies_what_an_organisation_shows() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let pdf = b"%PDF-1.7\n\x00\xFF licence".as_slice();
    let bearer = format!("Bearer {}", ann.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let added = ask(ann.address, "POST", "/v1/verification/documents?name=licence.pdf", &headers, pdf).await;
    assert_eq!(added.status, 201, "{}", added.text());
    let claim = json!({ "legal_name": "Acme Manufacturing Ltd", "registration_number": "X-1" });
    ann.done("POST", "/v1/verification/request", claim).await;
    let (_, said) = house.run(&["admin", "verification", "list"]);
    assert!(said.contains("acme") && said.contains("Acme Manufacturing Ltd"), "{said}");
    let (_, said) = house.run(&["admin", "verification", "show", "acme"]);
    assert!(said.contains("X-1") && said.contains("1. licence.pdf (application/pdf"), "{said}");
    assert!(said.contains("acme asks to be verified\nName: Acme\n"), "who it is stands beside what it says: {said}");
    let written = house.command(&["admin", "verification", "document", "acme", "1"]).output().unwrap();
    assert_eq!(written.stdout, pdf);
    let (succeeded, said) = house.run(&["admin", "verification", "refuse", "acme", "--reason", "Too dark"]);
    assert!(succeeded, "{said}");
    assert_eq!(ann.done("GET", "/v1/verification", json!(null)).await["request"]["reason"], "Too dark");
    assert!(!house.run(&["admin", "verification", "verify", "acme"]).0, "nobody asks any more");
    let claim = json!({ "legal_name": "Acme Manufacturing Ltd", "registration_number": "X-1" });
    ann.done("POST", "/v1/verification/request", claim).await;
    let (succeeded, said) = house.run(&["admin", "verification", "verify", "acme"]);
    assert!(succeeded && said.contains("is verified"), "{said}");
    let session = ann.done("GET", "/v1/session", json!(null)).await;
    assert_eq!(session["organisations"][0]["is_verified"], true);
}

#[tokio::test]
async fn limits_are_kept_by_every_way_in() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let (succeeded, said) =
        house.run(&["admin", "organisation", "limit", "acme", "--people", "2", "--storage-gib", "0"]);
    assert!(succeeded && said.contains("people 2, storage 0 GiB"), "{said}");
    let bob = join(&running, &ann, "Bob").await;
    let add = json!({ "name": "Eve", "user_id": "eve", "department_ids": [], "role": "member" });
    assert_eq!(ann.call("POST", "/v1/members", add.clone()).await.code(), "hosting.people_limit");
    let invitation = ann.done("POST", "/v1/invitations", json!({"expires_in_days": 7, "max_uses": 5})).await;
    let newcomer = json!({
        "name": "Eve", "user_id": "eve", "password": PASSWORD, "language": "en",
        "statement_version": "0.5", "accepts_statement": true, "is_adult": true,
    });
    let link = format!("/v1/invitations/by-token/{}/accept", invitation["token"].as_str().unwrap());
    let headers = [("content-type", "application/json")];
    let refused = ask(ann.address, "POST", &link, &headers, newcomer.to_string().as_bytes()).await;
    assert_eq!(refused.code(), "hosting.people_limit");
    let upload = [("tus-resumable", "1.0.0"), ("upload-length", "10"), ("upload-metadata", "filename YQ==")];
    let bearer = format!("Bearer {}", bob.token);
    let headers = [&[("authorization", bearer.as_str())], &upload[..]].concat();
    assert_eq!(ask(ann.address, "POST", "/v1/uploads", &headers, b"").await.code(), "hosting.storage_limit");
    assert_eq!(import(&ann).await, "hosting.people_limit");
    let limit = |more: &[&str]| house.run(&[&["admin", "organisation", "limit", "acme"], more].concat());
    let (succeeded, said) = limit(&[]);
    assert!(succeeded && said.contains("people 2, storage 0 GiB"), "what is not named stays: {said}");
    let (succeeded, said) = limit(&["--people", "none"]);
    assert!(succeeded && said.contains("people no limit, storage 0 GiB"), "{said}");
    assert!(!limit(&["--people", "many"]).0);
    let (succeeded, said) = limit(&["--people", "none", "--storage-gib", "none"]);
    assert!(succeeded && said.contains("people no limit, storage no limit"), "{said}");
    ann.done("POST", "/v1/members", add).await;
    assert_eq!(ask(ann.address, "POST", "/v1/uploads", &headers, b"").await.status, 201);
}

/// Why an import of two people was not written.
async fn import(ann: &Person) -> String {
    let bearer = format!("Bearer {}", ann.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let list = "姓名,用户名\n周一,zhouyi\n吴二,wuer\n";
    let tried = ask(ann.address, "POST", "/v1/imports", &headers, list.as_bytes()).await;
    assert_eq!(tried.status, 201, "{}", tried.text());
    let path = format!("/v1/imports/{}", tried.json()["id"].as_str().unwrap());
    ann.done("POST", &format!("{path}/confirm"), json!({})).await;
    loop {
        let import = ann.done("GET", &path, json!(null)).await;
        if ["done", "failed"].contains(&import["state"].as_str().unwrap()) {
            return import["code"].as_str().unwrap_or_default().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn guesses_at_an_operator_are_counted() {
    let house = House::ready();
    let running = house.start();
    set_up(&running).await;
    let console = console(&house, running).await;
    let mut last = 0;
    for _ in 0..10 {
        last = sign_in(&console.running, "olga", "wrong").await.status;
    }
    assert_eq!(last, 429);
    assert_eq!(sign_in(&console.running, "olga", OWN).await.status, 429, "the right one has to wait too");
    assert_eq!(console.call("GET", "/v1/operator/organisations", json!(null)).await.status, 200, "who is in stays in");
}
