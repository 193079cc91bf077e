//! See how far one's request is, by the link one was given.

use kernel::{Json, Path, Result, Tx, Visitor};

use crate::clock::Clock;
use crate::model::OwnSubjectRequest;
use crate::policy::OwnedRequest;
use crate::stored::Stored;

/// Follow a request
#[utoipa::path(
    get, path = "/v1/subject-requests/by-token/{token}", tag = "requests", operation_id = "followSubjectRequest",
    params(("token" = String, Path)),
    responses((status = 200, body = OwnSubjectRequest)),
    extensions(("x-access" = json!("anybody with the link")), ("x-rate" = json!("public"))),
)]
pub async fn follow_subject_request(visitor: Visitor, Path(token): Path<String>) -> Result<Json<OwnSubjectRequest>> {
    let (mut tx, owned) = OwnedRequest::follow(visitor.app(), &token).await?;
    let shown = shown(&mut tx, owned.request()).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// One, for whoever made it.
pub async fn shown(tx: &mut Tx, request: &Stored) -> Result<OwnSubjectRequest> {
    let (clock, organisation) = (Clock::load(tx).await?, directory::organisation(tx).await?.name);
    request.to_applicant(tx, &clock, &organisation)
}
