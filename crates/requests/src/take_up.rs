//! Deal with a request: whoever asked sees that somebody does, the desk sees who.

use kernel::{Cx, Json, Path, Result, Tx};

use crate::board::shown;
use crate::events::SubjectRequestTakenUp;
use crate::model::{SubjectRequest, SubjectRequestId};
use crate::policy::HandledRequest;

/// Take a request up
#[utoipa::path(
    post, path = "/v1/subject-requests/{subject_request}/take-up", tag = "requests",
    operation_id = "takeUpSubjectRequest",
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = SubjectRequest)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "requests.wrong_state"])),
    ),
)]
pub async fn take_up_subject_request(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
) -> Result<Json<SubjectRequest>> {
    let mut tx = cx.begin().await?;
    let by = HandledRequest::load(&mut tx, subject_request).await?;
    take_up(&mut tx, &by).await?;
    let shown = shown(&mut tx, subject_request).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Not before it is known who asks.
pub async fn take_up(tx: &mut Tx, by: &HandledRequest) -> Result<()> {
    by.check(|can| can.take_up)?;
    let (id, now) = (by.request.id, tx.now());
    sqlx::query("update requests.subject_request set state = 'in_work', taken_at = $2, handler_id = $3 where id = $1")
        .bind(id)
        .bind(now)
        .bind(by.by.id())
        .execute(tx.db())
        .await?;
    tx.emit(&SubjectRequestTakenUp { subject_request: id })
}
