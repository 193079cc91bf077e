//! An act comes to its end: by a decision, by the clock, or by being done.

use kernel::{Actor, Class, Error, Job, JobCx, MemberId, Result, Tx};
use serde::de::DeserializeOwned;

use super::model::{ActState, Needs, Row, SensitiveActId, lock};
use super::refuse::KEPT;
use crate::events::{SensitiveActApproved, SensitiveActEnded};

/// The job that looks at an act when its day is over.
pub(super) const SETTLE: &str = "directory.settle_sensitive_act";

/// What was asked for, when this approval is of `kind` and it is not done yet. The act stays locked until the transaction
/// ends, so that it is done once however often the event comes.
pub async fn approved<P: DeserializeOwned>(
    tx: &mut Tx,
    approval: &SensitiveActApproved,
    kind: &str,
) -> Result<Option<P>> {
    if approval.kind != kind {
        return Ok(None);
    }
    let row = lock(tx, approval.act).await?;
    if row.state == ActState::Approved { row.open(tx).map(Some) } else { Ok(None) }
}

/// Says what became of an approved act: done, or not possible any more, with the code. What is ours or will pass is returned,
/// and the act is tried again.
pub async fn settle(tx: &mut Tx, approval: &SensitiveActApproved, outcome: Result<()>) -> Result<()> {
    let row = lock(tx, approval.act).await?;
    match outcome {
        Ok(()) => end(tx, &row, ActState::Done, None).await,
        Err(error @ (Error::Internal(_) | Error::Unavailable(_))) => Err(error),
        Err(error) => end(tx, &row, ActState::Failed, Some(error.code())).await,
    }
}

/// Writes a decision and says it.
pub(super) async fn decide(tx: &mut Tx, row: &Row, state: ActState, by: Option<MemberId>) -> Result<()> {
    let now = tx.now();
    sqlx::query("update directory.sensitive_act set state = $2, decided_by = $3, decided_at = $4 where id = $1")
        .bind(row.id)
        .bind(state)
        .bind(by)
        .bind(now)
        .execute(tx.db())
        .await?;
    let (act, kind, asked_by) = (row.id, row.kind.clone(), row.asked_by);
    match state {
        ActState::Approved => tx.emit(&SensitiveActApproved { act, kind, asked_by, by }),
        _ => tx.emit(&SensitiveActEnded { act, kind, asked_by, state: word(state), code: None }),
    }
}

async fn end(tx: &mut Tx, row: &Row, state: ActState, code: Option<&'static str>) -> Result<()> {
    sqlx::query("update directory.sensitive_act set state = $2, code = $3 where id = $1")
        .bind(row.id)
        .bind(state)
        .bind(code)
        .execute(tx.db())
        .await?;
    let (act, kind, asked_by, state) = (row.id, row.kind.clone(), row.asked_by, word(state));
    tx.emit(&SensitiveActEnded { act, kind, asked_by, state, code: code.map(Into::into) })
}

fn word(state: ActState) -> String {
    serde_json::json!(state).as_str().unwrap_or_default().to_owned()
}

/// When its day is over: what waited for a second lapses, what waited for the day may be done. Much later the reason goes.
pub(crate) fn job() -> Job {
    Job { name: SETTLE, class: Class::Light, every: None, run: |cx| Box::pin(when_due(cx)) }
}

async fn when_due(cx: JobCx) -> Result<()> {
    let (Some(org), Ok(act)) = (cx.org, serde_json::from_value::<SensitiveActId>(cx.payload["act"].clone())) else {
        return Ok(());
    };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let row = lock(&mut tx, act).await?;
    if row.state == ActState::Open {
        let state = if row.needs == Needs::Time { ActState::Approved } else { ActState::Lapsed };
        decide(&mut tx, &row, state, None).await?;
    } else if row.decided_at.is_some_and(|at| at + KEPT <= tx.now()) {
        sqlx::query("delete from directory.act_reason where act_id = $1").bind(act).execute(tx.db()).await?;
    }
    tx.commit().await
}
