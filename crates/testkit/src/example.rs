//! The smallest body a schema of the document allows, so that a request gets past its reading.

use serde_json::{Map, Value, json};

/// An example for the JSON body of an operation; null when it takes none.
pub(crate) fn body(document: &Value, operation: &Value) -> Value {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    if schema.is_null() { Value::Null } else { of(document, schema) }
}

fn of(document: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return document.pointer(pointer).map_or(Value::Null, |found| of(document, found));
    }
    if let Some(first) = ["oneOf", "anyOf"].iter().find_map(|key| schema[*key].get(0)) {
        return of(document, first);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let objects = parts.iter().map(|part| of(document, part)).filter_map(|v| v.as_object().cloned());
        return Value::Object(objects.flatten().collect());
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].get(0).and_then(Value::as_str));
    match kind {
        Some("object") => object(document, schema),
        Some("array") => json!([]),
        Some("string") => string(schema["format"].as_str()),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        _ => Value::Null,
    }
}

fn object(document: &Value, schema: &Value) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let members = required.iter().filter_map(Value::as_str);
    Value::Object(
        members.map(|name| (name.to_owned(), of(document, &schema["properties"][name]))).collect::<Map<_, _>>(),
    )
}

fn string(format: Option<&str>) -> Value {
    match format {
        Some("uuid") => json!("01890000-0000-7000-8000-000000000001"),
        Some("date-time") => json!("2026-01-02T12:00:00Z"),
        Some("date") => json!("2026-01-02"),
        _ => json!("x"),
    }
}
