//! Take a consent back (`CON-06`, `DSR-05`).

use axum::http::StatusCode;
use kernel::{Bucket, Cx, Path, Result, Tx};
use uuid::Uuid;

use crate::events::ConsentWithdrawn;
use crate::policy::Decision;

/// Take a consent back
///
/// What runs on it has ended when this answers; what was done before stays. Without a consent there is nothing to do.
#[utoipa::path(
    delete, path = "/v1/me/consents/{purpose}", tag = "consents", operation_id = "withdrawConsent",
    params(("purpose" = String, Path, description = "Its id in the data map")),
    responses((status = 204, description = "There is none any more")),
    extensions(
        ("x-access" = json!("member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn withdraw_consent(cx: Cx, Path(purpose): Path<String>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let decision = Decision::load(&mut tx, purpose).await?;
    withdraw(&mut tx, &decision, &kernel::device_name(&cx.user_agent)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the consent that holds, whatever words it was given to; waits for transactions that rest on it.
pub async fn withdraw(tx: &mut Tx, decision: &Decision, device: &str) -> Result<()> {
    let Decision { member, purpose, .. } = decision;
    let (org, now) = (tx.org(), tx.now());
    let held: Option<Uuid> = sqlx::query_scalar(
        "select id from consents.consent
         where org_id = $1 and member_id = $2 and purpose = $3 and ended_at is null for update",
    )
    .bind(org)
    .bind(member)
    .bind(purpose)
    .fetch_optional(tx.db())
    .await?;
    let Some(id) = held else { return Ok(()) };
    let device = tx.seal(Bucket::Member(member.0), "consents.ended_device", id, device.as_bytes())?;
    sqlx::query(
        "update consents.consent set ended_at = $3, ended_as = 'withdrawn', ended_device = $4 where org_id = $1 and id = $2",
    )
    .bind(org)
    .bind(id)
    .bind(now)
    .bind(device)
    .execute(tx.db())
    .await?;
    tx.emit(&ConsentWithdrawn { member: *member, purpose: purpose.clone() })
}
