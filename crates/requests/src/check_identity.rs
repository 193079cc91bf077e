//! Say by what it is known who asks: never by more than is held already (`DSR-09`).

use directory::member_state;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::board::shown;
use crate::events::IdentityChecked;
use crate::model::{Kind, Proof, SubjectRequest, SubjectRequestId};
use crate::policy::HandledRequest;
use crate::written::{SAID, seal};

/// By what, and who it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIdentity {
    /// By what it is known; a sign-in is noted by the program alone.
    pub proof: Proof,
    /// Who asked, when they are of the organisation: they then see the request among their own. Not of relatives.
    pub member_id: Option<MemberId>,
}

/// Say by what it is known who asks
#[utoipa::path(
    post, path = "/v1/subject-requests/{subject_request}/check-identity", tag = "requests",
    operation_id = "checkSubjectRequestIdentity", request_body = CheckIdentity,
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = SubjectRequest)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "requests.wrong_state"])),
    ),
)]
pub async fn check_subject_request_identity(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
    Json(input): Json<CheckIdentity>,
) -> Result<Json<SubjectRequest>> {
    let mut tx = cx.begin().await?;
    let by = HandledRequest::load(&mut tx, subject_request).await?;
    check_identity(&mut tx, &by, input).await?;
    let shown = shown(&mut tx, subject_request).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// From now on the time for the answer runs. When it is a member, the name and the address they gave have done their service and go.
pub async fn check_identity(tx: &mut Tx, by: &HandledRequest, input: CheckIdentity) -> Result<()> {
    let (CheckIdentity { proof, member_id }, request, now) = (input, &by.request, tx.now());
    if proof == Proof::Session {
        return Err(Error::Invalid { field: "proof", why: "is_noted_by_the_program" });
    }
    if let Some(member) = member_id {
        if request.kind == Kind::Deceased {
            return Err(Error::Invalid { field: "member_id", why: "is_somebody_else" });
        }
        if member_state(tx, member).await? == directory::State::Erased {
            return Err(Error::NotFound("member"));
        }
    }
    by.check(|can| can.check_identity)?;
    let said = request.said(tx)?;
    let said = member_id.map(|_| seal(tx, request.id, SAID, &said.unnamed())).transpose()?;
    sqlx::query(
        "update requests.subject_request
         set state = 'identity_checked', identity_how = $2, identity_at = $3, member_id = $4, told = 'on_time',
             said = coalesce($5, said)
         where id = $1",
    )
    .bind(request.id)
    .bind(proof)
    .bind(now)
    .bind(member_id)
    .bind(said)
    .execute(tx.db())
    .await?;
    tx.emit(&IdentityChecked { subject_request: request.id, proof })
}
