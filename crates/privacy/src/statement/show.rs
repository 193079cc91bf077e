//! Read the statement.

use kernel::{Json, Query, Result};
use serde::Deserialize;
use utoipa::IntoParams;

use super::text::{self, Statement};

/// In which language.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `zh-CN`, `zh-TW` or `en`; English for any other.
    pub language: Option<String>,
}

/// Read the privacy statement in force
#[utoipa::path(
    get, path = "/v1/statement", tag = "privacy", operation_id = "showStatement",
    responses((status = 200, description = "The statement", body = Statement)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn show_statement(Query(wanted): Query<Wanted>) -> Result<Json<Statement>> {
    let statement = text::in_language(wanted.language.as_deref().unwrap_or("en"))?;
    Ok(Json(statement.clone()))
}
