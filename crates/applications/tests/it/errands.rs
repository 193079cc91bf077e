//! A domain as small as can be, to be switched off.

use kernel::{Cx, Json, Module, Result};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn module() -> Module {
    let routes = OpenApiRouter::new().routes(routes!(list_errands, forget_errands));
    Module::new("errands", routes, sqlx::migrate::Migrator::DEFAULT, "")
}

/// List errands
#[utoipa::path(get, path = "/v1/errands", tag = "errands", operation_id = "listErrands", responses((status = 200)),
    extensions(("x-application" = json!("errands")), ("x-access" = json!("member"))))]
async fn list_errands(_cx: Cx) -> Result<Json<Value>> {
    Ok(Json(json!({ "items": [] })))
}

/// Forget errands
#[utoipa::path(delete, path = "/v1/errands", tag = "errands", operation_id = "forgetErrands", responses((status = 200)),
    extensions(("x-access" = json!("member"))))]
async fn forget_errands(_cx: Cx) -> Result<Json<Value>> {
    Ok(Json(json!({ "forgotten": 0 })))
}
