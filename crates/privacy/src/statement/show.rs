//! Read the statement.

use kernel::{Json, Query, Result};
use serde::Deserialize;

use super::text::{self, Statement};
use texts::Language;

/// In which language.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// A language tag: of its regions the nearest text is taken (`zh-HK` reads `zh-TW`, `en-GB` reads `en`). English
    /// when absent; a language there is no text in is refused.
    pub language: Option<String>,
}

/// Read the privacy statement in force
#[utoipa::path(
    get, path = "/v1/statement", tag = "privacy", operation_id = "showStatement",
    params(Wanted),
    responses((status = 200, description = "The statement", body = Statement)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn show_statement(Query(wanted): Query<Wanted>) -> Result<Json<Statement>> {
    let language = Language::wanted(wanted.language.as_deref())?;
    Ok(Json(text::in_language(language)?.clone()))
}
