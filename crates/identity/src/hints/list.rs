//! See which hints one has ended.

use kernel::{Json, Result, SignedIn, SystemTx};
use serde::Serialize;
use utoipa::ToSchema;

use super::Hint;

/// Hints that do not come back.
#[derive(Serialize, ToSchema)]
pub struct EndedHints {
    /// The one that was ended first comes first.
    pub items: Vec<Hint>,
}

/// List the hints one has ended
#[utoipa::path(
    get, path = "/v1/me/hints", tag = "identity", operation_id = "listEndedHints",
    responses((status = 200, description = "Those of the account, in whatever organisation it ended them", body = EndedHints)),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn list_ended_hints(caller: SignedIn) -> Result<Json<EndedHints>> {
    let mut tx = SystemTx::begin(caller.app()).await?;
    let items: Vec<Hint> =
        sqlx::query_scalar("select hint from identity.ended_hint where account_id = $1 order by ended_at, hint")
            .bind(caller.caller.account)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    Ok(Json(EndedHints { items }))
}
