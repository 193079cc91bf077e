//! End a hint: it was read, or what it tells was done.

use axum::http::StatusCode;
use kernel::{Path, Result, SignedIn, SystemTx};

use super::Hint;
use crate::events::HintEnded;

/// End a hint
///
/// For good, and for the account: no device and no organisation shows it again. Again is the same.
#[utoipa::path(
    put, path = "/v1/me/hints/{hint}", tag = "identity", operation_id = "endHint",
    params(("hint" = Hint, Path)),
    responses((status = 204, description = "It does not come back")),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn end_hint(caller: SignedIn, Path(hint): Path<Hint>) -> Result<StatusCode> {
    let mut tx = SystemTx::begin(caller.app()).await?;
    let now = tx.now();
    let done = sqlx::query(
        "insert into identity.ended_hint (account_id, hint, ended_at) values ($1, $2, $3)
         on conflict on constraint ended_hint_pkey do nothing",
    )
    .bind(caller.caller.account)
    .bind(hint)
    .bind(now)
    .execute(tx.db())
    .await?;
    let is_new = done.rows_affected() > 0;
    crate::tell(tx, &caller.caller, |member, tx| if is_new { tx.emit(&HintEnded { member, hint }) } else { Ok(()) })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
