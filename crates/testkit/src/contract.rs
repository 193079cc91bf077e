//! What every domain promises, whatever it does: tenancy, access, the data map. The list of operations is the
//! document itself, so none can be forgotten.

use axum::http::StatusCode;
use http_body_util::BodyExt;
use kernel::Module;
use serde_json::{Value, json};

use crate::{Person, TestApp, documented, example};

/// More than any operation that takes JSON accepts.
const TOO_MUCH: usize = 300 * 1024;

/// What no body has; it comes before whatever one has.
const UNKNOWN: &str = "a_member_nobody_knows";

/// One operation of the document.
struct Operation<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    facts: &'a Value,
}

/// Checks the promises for these modules; panics with the list of what is broken.
pub async fn contract(modules: Vec<Module>) {
    let t = TestApp::with(modules).await;
    let mut broken = declared(&t).await;
    let operations = operations(&t.openapi);
    for operation in &operations {
        broken.extend(described(operation));
    }
    let ids: Vec<&str> = operations.iter().map(|o| o.id).collect();
    broken.extend(
        t.public_routes
            .iter()
            .filter(|(id, _)| !ids.contains(id))
            .map(|(id, _)| format!("{id} is public but not there")),
    );
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    let (ann, eve, mal) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await, t.member(rival, "Mal").await);
    for operation in &operations {
        broken.extend(closed_to_nobody(&t, operation).await);
        if operation.is_for_operators() {
            broken.extend(closed_to_members(&t, operation, &ann).await);
            continue;
        }
        broken.extend(closed_to_strangers(&t, operation, &mal, &ann).await);
        broken.extend(closed_without_grant(&t, operation, &eve).await);
        broken.extend(sturdy(&t, operation, &ann).await);
        broken.extend(closed_to_the_blind(&t, operation, &ann).await);
        broken.extend(keeps_no_copy(&t, operation, &ann).await);
        broken.extend(strict_about_bodies(&t, operation, &ann).await);
        broken.extend(strict_about_queries(&t, operation, &ann).await);
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The data map and the database say the same; every table of an organisation is guarded; partitions have no grants.
async fn declared(t: &TestApp) -> Vec<String> {
    let mut db = t.admin.acquire().await.expect("a connection");
    let found = kernel::data_map::undeclared_columns(t.app.data_map(), &mut db).await.expect("the catalogue");
    let open: Vec<String> = sqlx::query_scalar(
        "select c.oid::regclass::text from pg_class c
         where c.relispartition and has_table_privilege('tulou_app', c.oid, 'select')",
    )
    .fetch_all(&mut *db)
    .await
    .expect("the catalogue");
    let missing = found.missing.iter().map(|c| format!("{c} is not in the data map"));
    let surplus = found.surplus.iter().map(|c| format!("{c} is in the data map but not in the database"));
    let unguarded = found.unguarded.iter().map(|t| format!("{t}: row security and the declared scope differ"));
    let open = open.iter().map(|t| format!("{t} is a partition that the application may read directly"));
    missing.chain(surplus).chain(unguarded).chain(open).collect()
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, facts)| Operation {
            id: facts["operationId"].as_str().unwrap_or_default(),
            method: method.to_uppercase(),
            path,
            facts,
        })
    });
    all.collect()
}

impl Operation<'_> {
    fn is_public(&self, t: &TestApp) -> bool {
        t.public_routes.iter().any(|(id, _)| *id == self.id)
    }

    /// The path with names that name nothing.
    fn url(&self) -> String {
        let fill = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) if self.blank(name)["type"] == "integer" => "7".to_owned(),
            Some(name) => {
                self.blank(name)["enum"][0].as_str().unwrap_or("01890000-0000-7000-8000-00000000dead").to_owned()
            }
            None => part.to_owned(),
        };
        self.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    /// What the document says of a variable part of the path.
    fn blank(&self, name: &str) -> &Value {
        let mut parameters = self.facts["parameters"].as_array().into_iter().flatten();
        let found = parameters.find(|one| one["in"] == "path" && one["name"] == name);
        found.map_or(&Value::Null, |one| &one["schema"])
    }

    fn names_something(&self) -> bool {
        self.path.contains('{')
    }

    fn takes_json(&self) -> bool {
        !self.facts["requestBody"]["content"]["application/json"].is_null()
    }

    fn queries(&self) -> impl Iterator<Item = &Value> {
        self.facts["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query")
    }

    /// Of whoever runs the installation: members are nobody there.
    fn is_for_operators(&self) -> bool {
        self.access().starts_with("operator")
    }

    fn access(&self) -> &str {
        self.facts["x-access"].as_str().unwrap_or_default()
    }
}

fn described(operation: &Operation) -> Vec<String> {
    let has = |key: &str| operation.facts[key].as_str().is_some_and(|text| !text.is_empty());
    let mut broken = Vec::new();
    for key in ["operationId", "summary", "x-access"] {
        if !has(key) {
            broken.push(format!("{} {} has no {key}", operation.method, operation.path));
        }
    }
    if operation.facts["tags"].as_array().is_none_or(Vec::is_empty) {
        broken.push(format!("{} {} has no tag", operation.method, operation.path));
    }
    broken
}

async fn closed_to_nobody(t: &TestApp, operation: &Operation<'_>) -> Option<String> {
    let (status, _) =
        t.call(None, &operation.method, &operation.url(), example::body(&t.openapi, operation.facts)).await;
    let is_right = if operation.is_public(t) { !status.is_server_error() } else { status == StatusCode::UNAUTHORIZED };
    (!is_right).then(|| format!("{}: nobody gets {status}", operation.id))
}

/// The owner of an organisation is nobody to the operator's console.
async fn closed_to_members(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Option<String> {
    let body = example::body(&t.openapi, operation.facts);
    let (status, _) = t.call(ann, &operation.method, &operation.url(), body).await;
    (status != StatusCode::UNAUTHORIZED).then(|| format!("{}: an owner gets {status}", operation.id))
}

/// A member of another organisation finds nothing, whether they ask from their own or pretend to be in this one.
async fn closed_to_strangers(t: &TestApp, operation: &Operation<'_>, mal: &Person, ann: &Person) -> Vec<String> {
    if operation.is_public(t) {
        return Vec::new();
    }
    let mut broken = Vec::new();
    let body = example::body(&t.openapi, operation.facts);
    if operation.names_something() {
        let (status, _) = t.call(mal, &operation.method, &operation.url(), body.clone()).await;
        if !status.is_client_error() {
            broken.push(format!("{}: a stranger gets {status}", operation.id));
        }
    }
    if !operation.access().starts_with("signed in") {
        let pretender = Person { org: ann.org, ..mal.clone() };
        let (status, _) = t.call(&pretender, &operation.method, &operation.url(), body).await;
        if status != StatusCode::NOT_FOUND && status != StatusCode::UNPROCESSABLE_ENTITY {
            broken.push(format!("{}: a stranger who names this organisation gets {status}", operation.id));
        }
    }
    broken
}

/// A colleague without the grant: refused, or it looks like nothing is there.
async fn closed_without_grant(t: &TestApp, operation: &Operation<'_>, eve: &Person) -> Option<String> {
    let is_granted_only =
        ["administrator", "holder of", "owner"].iter().any(|role| operation.access().starts_with(role));
    if !is_granted_only {
        return None;
    }
    let (status, _) =
        t.call(eve, &operation.method, &operation.url(), example::body(&t.openapi, operation.facts)).await;
    let is_right = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    (!is_right).then(|| format!("{}: a colleague without the grant gets {status}", operation.id))
}

/// Whoever changes what several may change says which edition they saw, or that it may be any.
async fn closed_to_the_blind(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Option<String> {
    if !documented::asks_which_edition(operation.facts) {
        return None;
    }
    let body = example::body(&t.openapi, operation.facts).to_string().into_bytes();
    let answer = t.exactly(Some(ann), &operation.method, &operation.url(), body, &[]).await;
    let status = answer.status();
    let answer = answer.into_body().collect().await.expect("a body").to_bytes();
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let is_right = status == StatusCode::PRECONDITION_REQUIRED && answer["code"] == "editions.if_match_required";
    (!is_right).then(|| format!("{}: whoever does not say which edition gets {status}", operation.id))
}

/// Of what is answered here no copy is kept for a request that is sent again: nobody is told so, and a key is refused.
async fn keeps_no_copy(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Option<String> {
    operation.facts["x-idempotency-key"].as_str()?;
    let mut parameters = operation.facts["parameters"].as_array().into_iter().flatten();
    if parameters.any(|one| one["name"] == "Idempotency-Key") {
        return Some(format!("{}: the document offers a key", operation.id));
    }
    let body = example::body(&t.openapi, operation.facts).to_string().into_bytes();
    let key = [("idempotency-key", "k")];
    let (status, answer) = t.send(Some(ann), &operation.method, &operation.url(), body, &key).await;
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let is_right = status == StatusCode::UNPROCESSABLE_ENTITY && answer["why"] == "not_here";
    (!is_right).then(|| format!("{}: with a key one gets {status}", operation.id))
}

/// Nonsense is the caller's fault, never ours.
async fn sturdy(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Vec<String> {
    let mut broken = Vec::new();
    let mut tried = vec![(b"{".to_vec(), "malformed JSON"), (json!([1, "x"]).to_string().into_bytes(), "wrong types")];
    tried.push((format!("{{\"x\":\"{}\"}}", "y".repeat(TOO_MUCH)).into_bytes(), "an oversized body"));
    for (body, what) in tried.into_iter().filter(|_| operation.takes_json()) {
        let (status, answer) = t.send(Some(ann), &operation.method, &operation.url(), body, &[]).await;
        let is_problem = serde_json::from_slice::<Value>(&answer).is_ok_and(|v| v["code"].is_string());
        if !status.is_client_error() || !is_problem {
            broken.push(format!("{}: {what} gets {status}", operation.id));
        }
    }
    let url = format!("{}?limit=x&before=%00&after=%FF&query=%F0%9F%8F%A0", operation.url());
    let (status, _) = t.call(ann, &operation.method, &url, example::body(&t.openapi, operation.facts)).await;
    if status.is_server_error() {
        broken.push(format!("{}: a strange query gets {status}", operation.id));
    }
    broken
}

/// A body is an object with what it needs; what nobody knows is named.
async fn strict_about_bodies(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Vec<String> {
    if !operation.takes_json() {
        return Vec::new();
    }
    let mut broken = Vec::new();
    let example = example::body(&t.openapi, operation.facts);
    let members = example.as_object().cloned().unwrap_or_default();
    let needs_something = !members.is_empty();
    let surplus = serde_json::Map::from_iter([(UNKNOWN.to_owned(), json!(1))]).into_iter().chain(members).collect();
    let (status, answer) = t.call(ann, &operation.method, &operation.url(), Value::Object(surplus)).await;
    if (&answer["field"], &answer["why"]) != (&json!(UNKNOWN), &json!("unknown_member")) {
        broken.push(format!("{}: a member that nobody knows gets {status} {answer}", operation.id));
    }
    for (body, is_tried) in [(json!([]), true), (json!({}), needs_something)] {
        let (status, _) = t.call(ann, &operation.method, &operation.url(), body.clone()).await;
        if is_tried && status != StatusCode::UNPROCESSABLE_ENTITY {
            broken.push(format!("{}: the body {body} gets {status}", operation.id));
        }
    }
    broken
}

/// A query of another name, of another type or out of bounds is named, never passed over.
async fn strict_about_queries(t: &TestApp, operation: &Operation<'_>, ann: &Person) -> Vec<String> {
    let name = |query: &Value| query["name"].as_str().unwrap_or_default().to_owned();
    let needed: Vec<String> = operation.queries().filter(|query| query["required"] == true).map(name).collect();
    // What is missing may be told before what is out of bounds.
    let or_missing = |name: &str| needed.iter().cloned().chain([name.to_owned()]).collect();
    let mut tried = vec![(String::new(), needed.clone())];
    for query in operation.queries() {
        let (name, wrong) = (name(query), wrong_values(&t.openapi, &query["schema"]).into_iter());
        tried.extend(wrong.map(|value| (format!("{name}={value}"), or_missing(&name))));
    }
    if operation.queries().next().is_some() {
        tried.push((format!("{UNKNOWN}=1"), or_missing(UNKNOWN)));
    }
    let mut broken = Vec::new();
    for (query, wrong) in tried {
        let url = format!("{}?{query}", operation.url());
        let (status, answer) = t.call(ann, &operation.method, &url, example::body(&t.openapi, operation.facts)).await;
        let is_named = wrong.iter().any(|name| answer["field"] == **name);
        if (status == StatusCode::UNPROCESSABLE_ENTITY && is_named) == wrong.is_empty() {
            broken.push(format!("{}: the query {query:?} gets {status} {answer}", operation.id));
        }
    }
    broken
}

/// Values that a query of this schema cannot have.
fn wrong_values(document: &Value, schema: &Value) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let found = document.pointer(name.trim_start_matches('#'));
        return found.map_or_else(Vec::new, |schema| wrong_values(document, schema));
    }
    if schema["type"] == "integer" {
        let below = schema["minimum"].as_i64().map(|least| (least - 1).to_string());
        let above = schema["maximum"].as_i64().map(|most| (most + 1).to_string());
        return ["x".to_owned(), "9".repeat(30)].into_iter().chain(below).chain(above).collect();
    }
    let has_form = ["enum", "format"].iter().any(|key| !schema[*key].is_null());
    if has_form { vec!["nothing_like_it".into()] } else { Vec::new() }
}
