//! The document of the API, as it is committed in `api/openapi.json` and served at `/api/openapi.json`.

use serde_json::Value;
use utoipa::openapi::OpenApi;

use crate::edge;

/// Needs no database and no keys: the modules alone say what they offer.
pub fn document() -> anyhow::Result<String> {
    text(kernel::document(crate::modules::all())?)
}

/// The same text for the same operations, ending in a line end, so that it can be compared.
pub fn text(mut openapi: OpenApi) -> anyhow::Result<String> {
    openapi.info.title = "Tulou".to_owned();
    openapi.info.version = crate::VERSION.to_owned();
    openapi.info.description = Some("The API that the web client uses; there is no other.".to_owned());
    openapi.info.license = None;
    openapi.info.contact = None;
    let extensions = openapi.extensions.get_or_insert_default();
    if let Some(Value::Array(codes)) = extensions.get_mut("x-errors") {
        codes.extend(edge::CODES.map(Value::from));
    }
    // As a value its members are sorted: the extensions of an operation come in another order in every process.
    let sorted = serde_json::to_value(&openapi)?;
    Ok(serde_json::to_string_pretty(&sorted)? + "\n")
}
