//! The document of the API, as it is committed in `api/openapi.json` and served at `/api/openapi.json`.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

use crate::edge;

const DESCRIPTION: &str = "The API that the web client uses, and the one for programs that look after people and \
    departments (docs/api/provisioning.md): there is no other. What is said as it happens comes over the socket \
    (docs/api/socket.md); contacts are read by CardDAV beside it.";
/// Whose operations need no sign-in, by their `x-access`.
const ANYBODY: &str = "anybody";
/// How it begins where members are nobody.
const OPERATORS: &str = "operator";

/// Needs no database and no keys: the modules alone say what they offer.
pub fn document() -> anyhow::Result<String> {
    text(kernel::document(crate::modules::all())?)
}

/// The same text for the same operations, ending in a line end, so that it can be compared.
pub fn text(mut openapi: OpenApi) -> anyhow::Result<String> {
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
    let paths = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    let operations = paths.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut());
    for operation in operations {
        let access = operation["x-access"].as_str().unwrap_or_default();
        if access == ANYBODY {
            operation["security"] = json!([]);
        } else if access.starts_with(OPERATORS) {
            operation["security"] = json!([{ "operator": [] }]);
        }
    }
}
