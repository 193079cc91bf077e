//! Take one's request back while nobody has answered it.

use kernel::{Cx, Error, Json, Path, Result, Tx, Visitor};

use crate::clock::Clock;
use crate::events::SubjectRequestEnded;
use crate::follow::shown;
use crate::model::{OwnSubjectRequest, State, SubjectRequestId};
use crate::policy::OwnedRequest;
use crate::stored;
use crate::tell;

/// Withdraw my request
#[utoipa::path(
    post, path = "/v1/subject-requests/{subject_request}/withdraw", tag = "requests",
    operation_id = "withdrawSubjectRequest",
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = OwnSubjectRequest)),
    extensions(
        ("x-access" = json!("member of the organisation, their own")),
        ("x-errors" = json!(["requests.wrong_state"])),
    ),
)]
pub async fn withdraw_subject_request(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
) -> Result<Json<OwnSubjectRequest>> {
    let mut tx = cx.begin().await?;
    let owned = OwnedRequest::load(&mut tx, subject_request).await?;
    let shown = withdrawn(&mut tx, &owned).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Withdraw a request by its link
#[utoipa::path(
    post, path = "/v1/subject-requests/by-token/{token}/withdraw", tag = "requests",
    operation_id = "withdrawFollowedSubjectRequest",
    params(("token" = String, Path)),
    responses((status = 200, body = OwnSubjectRequest)),
    extensions(
        ("x-access" = json!("anybody with the link")), ("x-rate" = json!("public")),
        ("x-errors" = json!(["requests.wrong_state"])),
    ),
)]
pub async fn withdraw_followed_subject_request(
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Json<OwnSubjectRequest>> {
    let (mut tx, owned) = OwnedRequest::follow(visitor.app(), &token).await?;
    let shown = withdrawn(&mut tx, &owned).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

async fn withdrawn(tx: &mut Tx, owned: &OwnedRequest) -> Result<OwnSubjectRequest> {
    withdraw(tx, owned).await?;
    let request = stored::one(tx, owned.request().id).await?;
    shown(tx, &request).await
}

/// It is over, and nobody of the desk is led there any more.
pub async fn withdraw(tx: &mut Tx, owned: &OwnedRequest) -> Result<()> {
    let (request, now) = (owned.request(), tx.now());
    if request.ended_at.is_some() {
        return Err(Error::Conflict("requests.wrong_state"));
    }
    let lateness = Clock::load(tx).await?.due(request, now).lateness;
    sqlx::query("update requests.subject_request set state = 'withdrawn', ended_at = $2 where id = $1")
        .bind(request.id)
        .bind(now)
        .execute(tx.db())
        .await?;
    tell::take_back(tx, request.id).await?;
    tx.emit(&SubjectRequestEnded { subject_request: request.id, state: State::Withdrawn, ground: None, lateness })
}
