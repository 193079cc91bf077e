//! Take back that messages will be kept for a shorter time: as long as it is not in force nothing has gone, so that one alone may.

use axum::http::StatusCode;
use directory::{Permission, Permitted};
use kernel::{Cx, Error, Result, Tx};

use crate::notices;
use crate::shortening::Shortening;

/// Take back that messages will be kept for a shorter time
#[utoipa::path(
    delete, path = "/v1/organisation/chat-retention", tag = "retention", operation_id = "cancelChatRetention",
    responses((status = 204, description = "Everything stays as it is")),
    extensions(
        ("x-access" = json!("holder of content.retention")),
        ("x-errors" = json!(["forbidden", "retention.nothing_waits"])),
    ),
)]
pub async fn cancel_chat_retention(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    cancel(&mut tx, &by).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Conflict` when there is none, or its time has come: then it is in force whether or not the job has been there.
async fn cancel(tx: &mut Tx, _by: &Permitted) -> Result<()> {
    let now = tx.now();
    let waiting = Shortening::lock(tx).await?.filter(|one| now < one.takes_effect_at);
    waiting.ok_or(Error::Conflict("retention.nothing_waits"))?.end(tx, "cancelled").await?;
    notices::tell_owners(tx, "retention_cancelled").await
}
