//! Tell whoever asked why it takes longer (`DSR-10`).

use kernel::{Cx, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::board::shown;
use crate::events::DelayExplained;
use crate::model::{SubjectRequest, SubjectRequestId};
use crate::policy::HandledRequest;
use crate::tell;
use crate::written::{DELAY, seal_text, several_lines};

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainDelay {
    /// In words for whoever asked; at most 4,000 characters. It takes the place of what was said before.
    pub reason: String,
}

/// Say why a request takes longer
#[utoipa::path(
    post, path = "/v1/subject-requests/{subject_request}/explain-delay", tag = "requests",
    operation_id = "explainSubjectRequestDelay", request_body = ExplainDelay,
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = SubjectRequest)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "requests.wrong_state"])),
    ),
)]
pub async fn explain_subject_request_delay(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
    Json(input): Json<ExplainDelay>,
) -> Result<Json<SubjectRequest>> {
    let mut tx = cx.begin().await?;
    let by = HandledRequest::load(&mut tx, subject_request).await?;
    explain_delay(&mut tx, &by, &input.reason).await?;
    let shown = shown(&mut tx, subject_request).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Also before it is late.
pub async fn explain_delay(tx: &mut Tx, by: &HandledRequest, reason: &str) -> Result<()> {
    let reason = several_lines("reason", reason)?;
    by.check(|can| can.explain_delay)?;
    let (id, now) = (by.request.id, tx.now());
    let sealed = seal_text(tx, id, DELAY, reason.as_bytes())?;
    sqlx::query("update requests.subject_request set delay = $2, delay_at = $3 where id = $1")
        .bind(id)
        .bind(sealed)
        .bind(now)
        .execute(tx.db())
        .await?;
    tell::applicant(tx, &by.request, "subject_request_delayed").await?;
    tx.emit(&DelayExplained { subject_request: id })
}
