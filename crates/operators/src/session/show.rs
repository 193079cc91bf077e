//! See whether an operator is signed in here.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Json, Result, Visitor};

use super::OperatorSession;
use crate::signed_in::SignedIn;

/// Show the operator's sign-in
#[utoipa::path(
    get, path = "/v1/operator/session", tag = "operators", operation_id = "showOperatorSession",
    responses(
        (status = 200, description = "The operator who is signed in", body = OperatorSession),
        (status = 204, description = "Nobody is"),
    ),
    extensions(("x-access" = json!("anybody, of oneself"))),
)]
pub async fn show_operator_session(visitor: Visitor, headers: HeaderMap) -> Result<Response> {
    Ok(match SignedIn::find(visitor.app(), &headers).await? {
        Some(found) => Json(OperatorSession::of(found)).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
