//! Answer a request, refuse it with its ground, or say who else has it now (`DSR-13`).

use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::one_line;
use utoipa::ToSchema;

use crate::board::shown;
use crate::clock::Clock;
use crate::events::SubjectRequestEnded;
use crate::model::{Ground, Lateness, State, SubjectRequest, SubjectRequestId};
use crate::policy::HandledRequest;
use crate::tell;
use crate::written::{ANSWER, Answer, seal, several_lines};

const LONGEST_NAME: usize = 200;

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SubjectRequestOutcome)]
pub enum Outcome {
    /// With what was done.
    Answered,
    /// With the ground on which nothing is.
    Refused,
    /// With whoever decides about that data, where this organisation only acts for them.
    Forwarded,
}

/// What whoever asked is told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishSubjectRequest {
    /// How it ends.
    pub outcome: Outcome,
    /// What they read; at most 4,000 characters.
    pub text: String,
    /// Of a refusal, and of nothing else.
    pub ground: Option<Ground>,
    /// Of what is forwarded, and of nothing else: who has it now, and where they are reached; at most 200 characters.
    pub forwarded_to: Option<String>,
}

/// Answer, refuse or forward a request
///
/// Once fifteen days are over not without the reason for the delay.
#[utoipa::path(
    post, path = "/v1/subject-requests/{subject_request}/finish", tag = "requests",
    operation_id = "finishSubjectRequest", request_body = FinishSubjectRequest,
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = SubjectRequest)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "requests.wrong_state", "requests.delay_unexplained"])),
    ),
)]
pub async fn finish_subject_request(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
    Json(input): Json<FinishSubjectRequest>,
) -> Result<Json<SubjectRequest>> {
    let mut tx = cx.begin().await?;
    let by = HandledRequest::load(&mut tx, subject_request).await?;
    finish(&mut tx, &by, input).await?;
    let shown = shown(&mut tx, subject_request).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// It is over: whoever asked is told, and nobody of the desk is led there any more.
pub async fn finish(tx: &mut Tx, by: &HandledRequest, input: FinishSubjectRequest) -> Result<()> {
    let Checked { state, ground, answer } = input.checked()?;
    by.check(|can| match (state, ground) {
        (State::Refused, Some(Ground::IdentityUnproven)) => can.refuse_unproven || can.answer,
        (State::Forwarded, _) => can.forward,
        _ => can.answer,
    })?;
    let (request, now) = (&by.request, tx.now());
    let lateness = Clock::load(tx).await?.due(request, now).lateness;
    if lateness != Lateness::OnTime && request.delay_at.is_none() {
        return Err(Error::Conflict("requests.delay_unexplained"));
    }
    let sealed = seal(tx, request.id, ANSWER, &answer)?;
    sqlx::query(
        "update requests.subject_request
         set state = $2, ground = $3, answer = $4, ended_at = $5, handler_id = coalesce(handler_id, $6) where id = $1",
    )
    .bind(request.id)
    .bind(state)
    .bind(ground)
    .bind(sealed)
    .bind(now)
    .bind(by.by.id())
    .execute(tx.db())
    .await?;
    tell::take_back(tx, request.id).await?;
    tell::applicant(tx, request, "subject_request_ended").await?;
    tx.emit(&SubjectRequestEnded { subject_request: request.id, state, ground, lateness })
}

/// What was asked for, once it makes sense.
struct Checked {
    state: State,
    ground: Option<Ground>,
    answer: Answer,
}

impl FinishSubjectRequest {
    fn checked(self) -> Result<Checked> {
        let Self { outcome, text, ground, forwarded_to } = self;
        let forwarded_to = one_line("forwarded_to", &forwarded_to.unwrap_or_default(), LONGEST_NAME)?;
        let wrong = |field, why| Err(Error::Invalid { field, why });
        match outcome {
            Outcome::Refused if ground.is_none() => return wrong("ground", "is_empty"),
            Outcome::Answered | Outcome::Forwarded if ground.is_some() => return wrong("ground", "is_no_refusal"),
            Outcome::Forwarded if forwarded_to.is_none() => return wrong("forwarded_to", "is_empty"),
            Outcome::Answered | Outcome::Refused if forwarded_to.is_some() => {
                return wrong("forwarded_to", "is_not_forwarded");
            }
            _ => {}
        }
        let state = match outcome {
            Outcome::Answered => State::Answered,
            Outcome::Refused => State::Refused,
            Outcome::Forwarded => State::Forwarded,
        };
        Ok(Checked { state, ground, answer: Answer { text: several_lines("text", &text)?, forwarded_to } })
    }
}
