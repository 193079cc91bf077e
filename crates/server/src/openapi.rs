//! The document of the API, as it is committed in `api/openapi.json` and served at `/api/openapi.json`.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

use crate::edge;

const DESCRIPTION: &str = "The API that the web client uses, and the one for programs that look after people and \
    departments (docs/api/provisioning.md): there is no other. What is said as it happens comes over the socket \
    (docs/api/socket.md); contacts are read by CardDAV beside it. Whoever changes what several may change sends in `If-Match` \
    the `ETag` of what they saw, or `*`: whatever is there.";
/// How `x-access` begins where no sign-in is needed. When more is said, whoever is signed in may be answered something else.
const ANYBODY: &str = "anybody";
/// How it begins where members are nobody.
const OPERATORS: &str = "operator";
/// Below it a sign-in is an operator's.
const CONSOLE: &str = "/v1/operator/";

/// Needs no database and no keys: the modules alone say what they offer.
pub fn document() -> anyhow::Result<String> {
    text(kernel::document(crate::modules::all())?)
}

/// The same text for the same operations, ending in a line end, so that it can be compared.
fn text(mut openapi: OpenApi) -> anyhow::Result<String> {
    openapi.info.title = "Tulou".to_owned();
    openapi.info.version = crate::VERSION.to_owned();
    openapi.info.description = Some(DESCRIPTION.to_owned());
    openapi.info.license = None;
    openapi.info.contact = None;
    let extensions = openapi.extensions.get_or_insert_default();
    if let Some(Value::Array(codes)) = extensions.get_mut("x-errors") {
        codes.extend(edge::CODES.map(Value::from));
    }
    // As a value its members are sorted: the extensions of an operation come in another order in every process.
    let mut sorted = serde_json::to_value(&openapi)?;
    say_how_to_sign_in(&mut sorted);
    Ok(serde_json::to_string_pretty(&sorted)? + "\n")
}

/// A browser sends the cookie, a program the token; never both.
fn say_how_to_sign_in(document: &mut Value) {
    document["components"]["securitySchemes"] = json!({
        "cookie": { "type": "apiKey", "in": "cookie", "name": "session", "description": "Set by signing in; under TLS its name begins with `__Host-`" },
        "operator": { "type": "apiKey", "in": "cookie", "name": "operator", "description": "Of the operator's console, for operations of operators alone" },
        "token": { "type": "http", "scheme": "bearer", "description": "Of `POST /v1/sessions` with `\"token\": true`, or a service token" },
    });
    document["security"] = json!([{ "cookie": [] }, { "token": [] }]);
    for (path, methods) in document["paths"].as_object_mut().into_iter().flatten() {
        for operation in methods.as_object_mut().into_iter().flat_map(|methods| methods.values_mut()) {
            let access = operation["x-access"].as_str().unwrap_or_default();
            if let Some(needed) = needed(path, access) {
                operation["security"] = needed;
            }
        }
    }
}

/// `None` where it is what the document says of all.
fn needed(path: &str, access: &str) -> Option<Value> {
    match access {
        ANYBODY => Some(json!([])),
        _ if access.starts_with(OPERATORS) => Some(json!([{ "operator": [] }])),
        _ if !access.starts_with(ANYBODY) => None,
        _ if path.starts_with(CONSOLE) => Some(json!([{}, { "operator": [] }])),
        _ => Some(json!([{}, { "cookie": [] }, { "token": [] }])),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::say_how_to_sign_in;

    #[test]
    fn an_operation_says_which_sign_in_it_needs_and_which_it_only_looks_at() {
        let (member, operator) = (json!({ "cookie": [] }), json!({ "operator": [] }));
        for (path, access, security) in [
            ("/v1/me", "member", Value::Null),
            ("/v1/sessions", "anybody", json!([])),
            ("/v1/session", "anybody, of oneself", json!([{}, member, { "token": [] }])),
            ("/v1/operator/session", "anybody", json!([])),
            ("/v1/operator/session", "anybody, of oneself", json!([{}, operator])),
            ("/v1/operator/session", "operator, of oneself", json!([operator])),
        ] {
            let mut document = json!({ "components": {}, "paths": { path: { "get": { "x-access": access } } } });
            say_how_to_sign_in(&mut document);
            assert_eq!(document["paths"][path]["get"]["security"], security, "{path}: {access}");
        }
    }
}
