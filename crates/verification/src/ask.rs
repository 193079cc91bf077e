//! Ask to be verified, for the first time, after a refusal, or under another name (`ORG-05`).

use directory::{Permission, Permitted};
use kernel::{Cx, Error, Json, Result, Tx};

use crate::claim::Claim;
use crate::events::VerificationAsked;
use crate::model::VerificationState;
use crate::show::{Verification, shown};
use crate::stored::{Request, WAITS, documents, keep_documents};

/// Ask to be verified
///
/// By the documents that were added before. What was verified under another name or number is so no more.
#[utoipa::path(
    post, path = "/v1/verification/request", tag = "verification", operation_id = "askForVerification",
    request_body = Claim,
    responses((status = 200, body = Verification)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!([
            "forbidden", "verification.asked_already", "verification.verified_already", "verification.no_document"
        ])),
    ),
)]
pub async fn ask_for_verification(cx: Cx, Json(input): Json<Claim>) -> Result<Json<Verification>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    ask(&mut tx, &by, input).await?;
    let shown = shown(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Asks; the documents wait with the request.
pub async fn ask(tx: &mut Tx, _: &Permitted, claim: Claim) -> Result<()> {
    let claim = claim.checked()?;
    let before = Request::lock(tx).await?;
    match before.state {
        VerificationState::Asked => return Err(Error::Conflict("verification.asked_already")),
        VerificationState::Verified if before.claim.as_ref() == Some(&claim) => {
            return Err(Error::Conflict("verification.verified_already"));
        }
        _ => {}
    }
    if documents(tx).await?.is_empty() {
        return Err(Error::Conflict("verification.no_document"));
    }
    let (sealed, now) = (claim.seal(tx)?, tx.now());
    sqlx::query(
        "update verification.request
         set state = 'asked', claim = $1, reason = null, asked_at = $2, decided_at = null, ended_at = null",
    )
    .bind(sealed)
    .bind(now)
    .execute(tx.db())
    .await?;
    keep_documents(tx, now + WAITS).await?;
    tx.emit(&VerificationAsked { was_verified: before.state == VerificationState::Verified })
}
