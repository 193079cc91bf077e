//! The document of the API, as it is committed in `api/openapi.json` and served at `/api/openapi.json`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

use crate::edge;

const DESCRIPTION: &str = "The API that the web client uses, and the one for programs that look after people and \
    departments (docs/api/provisioning.md): there is no other. What is said as it happens comes over the socket \
    (docs/api/socket.md); contacts are read by CardDAV beside it. Whoever changes what several may change sends in `If-Match` \
    the `ETag` of what they saw, or `*`: whatever is there. A body with a member that the operation does not know is refused, \
    and `field` names it (`unknown_member`).";
/// How `x-access` begins where no sign-in is needed. When more is said, whoever is signed in may be answered something else.
const ANYBODY: &str = "anybody";
/// How it begins where members are nobody.
const OPERATORS: &str = "operator";
/// Below it a sign-in is an operator's.
const CONSOLE: &str = "/v1/operator/";
/// How the name of a schema is preceded where it is referred to.
const SCHEMAS: &str = "#/components/schemas/";

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
    close_variants(&mut sorted);
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

/// What says by its `kind` which of several it is: the struct of a variant takes no other members than its own, and as a part
/// beside the kind it would not take that either. Each is one object with both.
fn close_variants(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    let known = schemas.clone();
    let mut parts = BTreeSet::new();
    let several = schemas.values_mut().filter_map(|schema| schema.get_mut("oneOf")?.as_array_mut());
    for variant in several.flatten() {
        if let Some((part, whole)) = whole(&known, variant) {
            *variant = whole;
            parts.insert(part);
        }
    }
    let text = document.to_string();
    let is_left = |part: &String| !text.contains(&format!("\"{SCHEMAS}{part}\""));
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        parts.iter().filter(|part| is_left(part)).for_each(|part| drop(schemas.remove(part)));
    }
}

/// The name of the closed struct that a variant is, and that with the kind as one object; `None` for any other schema.
fn whole(known: &Map<String, Value>, variant: &Value) -> Option<(String, Value)> {
    let [part, kind] = variant["allOf"].as_array()?.as_slice() else { return None };
    let name = part["$ref"].as_str()?.strip_prefix(SCHEMAS)?;
    let mut whole = known.get(name).filter(|part| part["additionalProperties"] == false)?.clone();
    whole["properties"].as_object_mut()?.extend(kind["properties"].as_object()?.clone());
    let needed = |schema: &Value| schema["required"].as_array().cloned().unwrap_or_default();
    whole["required"] = [needed(kind), needed(&whole)].concat().into();
    whole["description"] = variant["description"].clone();
    Some((name.to_owned(), whole))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{close_variants, say_how_to_sign_in};

    #[test]
    fn a_variant_whose_struct_is_closed_is_one_object_with_its_kind() {
        let kind = json!({ "type": "object", "properties": { "kind": { "enum": ["tea"] } }, "required": ["kind"] });
        let variant = |name: &str| json!({ "description": "Hot.", "allOf": [{ "$ref": format!("#/components/schemas/{name}") }, kind] });
        let tea = |more: Value| {
            let mut tea = json!({ "type": "object", "properties": { "cups": {} }, "required": ["cups"] });
            tea.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            tea
        };
        let (closed, open) = (tea(json!({ "additionalProperties": false, "description": "Tea." })), tea(json!({})));
        let schemas = json!({ "Tea": closed, "Milk": closed, "Open": open, "Of": { "$ref": "#/components/schemas/Milk" },
            "Drink": { "oneOf": [variant("Tea"), variant("Milk"), variant("Open")] } });
        let mut document = json!({ "components": { "schemas": schemas } });
        close_variants(&mut document);
        let schemas = &document["components"]["schemas"];
        let whole = json!({ "type": "object", "description": "Hot.", "additionalProperties": false,
            "properties": { "cups": {}, "kind": { "enum": ["tea"] } }, "required": ["kind", "cups"] });
        assert_eq!(schemas["Drink"]["oneOf"], json!([whole, whole, variant("Open")]));
        assert_eq!(schemas.get("Tea"), None, "nothing refers to it any more");
        assert!(schemas["Milk"].is_object() && schemas["Open"].is_object(), "{schemas}");
    }

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
