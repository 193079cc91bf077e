//! Consent to a purpose, in the words one was shown (`CON-02`, `CON-14`).

use axum::http::StatusCode;
use kernel::{Bucket, Cx, Error, Json, Path, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::ConsentGiven;
use crate::policy::Decision;

/// Where somebody was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = ConsentWay)]
pub enum Way {
    /// When it was needed.
    Sheet,
    /// In their settings, of their own accord.
    Settings,
}

/// What one agrees to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveConsent {
    /// The version of the words one was shown.
    pub text_version: String,
    /// Where one was asked.
    pub way: Way,
}

/// Consent to a purpose
///
/// Consenting again changes nothing. Words that are not those in force are no question that is asked any more: show the new ones.
#[utoipa::path(
    put, path = "/v1/me/consents/{purpose}", tag = "consents", operation_id = "giveConsent",
    params(("purpose" = String, Path, description = "Its id in the data map")),
    request_body = GiveConsent,
    responses((status = 204, description = "It holds")),
    extensions(
        ("x-access" = json!("member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden", "consents.text_changed"])),
    ),
)]
pub async fn give_consent(cx: Cx, Path(purpose): Path<String>, Json(input): Json<GiveConsent>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let decision = Decision::load(&mut tx, purpose).await?;
    give(&mut tx, &decision, &input, &kernel::device_name(&cx.user_agent)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Records the consent, from this device; one to older words ends as outgrown. `Conflict` when these are not the words in force.
pub async fn give(tx: &mut Tx, decision: &Decision, input: &GiveConsent, device: &str) -> Result<()> {
    let Decision { member, purpose, asked } = decision;
    if input.text_version != asked.version {
        return Err(Error::Conflict("consents.text_changed"));
    }
    let (id, org, now) = (tx.new_id(), tx.org(), tx.now());
    let device = tx.seal(Bucket::Member(member.0), "consents.device", id, device.as_bytes())?;
    sqlx::query(
        "update consents.consent set ended_at = $5, ended_as = 'outgrown'
         where org_id = $1 and member_id = $2 and purpose = $3 and text_version <> $4 and ended_at is null",
    )
    .bind(org)
    .bind(member)
    .bind(purpose)
    .bind(&asked.version)
    .bind(now)
    .execute(tx.db())
    .await?;
    let written = sqlx::query(
        "insert into consents.consent (id, member_id, purpose, text_version, way, given_at, device)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (org_id, member_id, purpose) where ended_at is null do nothing",
    )
    .bind(id)
    .bind(member)
    .bind(purpose)
    .bind(&asked.version)
    .bind(input.way)
    .bind(now)
    .bind(device)
    .execute(tx.db())
    .await?;
    if written.rows_affected() == 1 {
        let (purpose, text_version) = (purpose.clone(), asked.version.clone());
        tx.emit(&ConsentGiven { member: *member, purpose, text_version, way: input.way })?;
    }
    Ok(())
}
