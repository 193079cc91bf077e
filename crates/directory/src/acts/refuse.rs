//! The second administrator says no, and why if they like.

use chrono::TimeDelta;
use kernel::{Bucket, Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::approve::DecidableAct;
use super::model::{ActState, REASON, SensitiveAct, SensitiveActId, lock};
use super::settle;

/// Characters of a reason.
const LONGEST: usize = 200;
/// How long one is kept: as long as the log says that the act was refused.
pub(super) const KEPT: TimeDelta = TimeDelta::days(184);

/// Why, for whoever asked and whoever decides about such acts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseSensitiveAct {
    /// In a few words, at most 200 characters; nobody has to say why.
    pub reason: Option<String>,
}

/// Refuse a sensitive act
#[utoipa::path(
    post, path = "/v1/sensitive-acts/{act}/refuse", tag = "directory", operation_id = "refuseSensitiveAct",
    params(("act" = SensitiveActId, Path)),
    request_body = RefuseSensitiveAct,
    responses((status = 200, body = SensitiveAct)),
    extensions(
        ("x-access" = json!("holder of acts.decide for a day, of acts of somebody else")),
        ("x-errors" = json!(["forbidden", "directory.act_not_open"])),
    ),
)]
pub async fn refuse_sensitive_act(
    cx: Cx,
    Path(act): Path<SensitiveActId>,
    Json(input): Json<RefuseSensitiveAct>,
) -> Result<Json<SensitiveAct>> {
    let mut tx = cx.begin().await?;
    let act = DecidableAct::load(&mut tx, act).await?;
    let shown = refuse(&mut tx, act, input.reason.unwrap_or_default().trim()).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Ends it; an empty reason is none. What is said of it elsewhere leaves the reason out.
pub async fn refuse(tx: &mut Tx, act: DecidableAct, reason: &str) -> Result<SensitiveAct> {
    if reason.chars().count() > LONGEST {
        return Err(Error::Invalid { field: "reason", why: "too_long" });
    }
    settle::decide(tx, &act.row, ActState::Refused, Some(act.by.id)).await?;
    if !reason.is_empty() {
        let sealed = tx.seal(Bucket::Organisation, REASON, act.row.id.0, reason.as_bytes())?;
        let (row, forget_at) = (&act.row, tx.now() + KEPT);
        sqlx::query("insert into directory.act_reason (act_id, decided_by, about, reason) values ($1, $2, $3, $4)")
            .bind(row.id)
            .bind(act.by.id)
            .bind(row.about)
            .bind(sealed)
            .execute(tx.db())
            .await?;
        tx.schedule(settle::SETTLE, json!({ "act": row.id }), forget_at).await?;
    }
    lock(tx, act.row.id).await?.shown(tx, &act.by, &[])
}
