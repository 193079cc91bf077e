//! The second administrator says no.

use kernel::{Cx, Json, Path, Result, Tx};

use super::approve::DecidableAct;
use super::model::{ActState, SensitiveAct, SensitiveActId, lock};
use super::settle;

/// Refuse a sensitive act
#[utoipa::path(
    post, path = "/v1/sensitive-acts/{act}/refuse", tag = "directory", operation_id = "refuseSensitiveAct",
    params(("act" = SensitiveActId, Path)),
    responses((status = 200, body = SensitiveAct)),
    extensions(
        ("x-access" = json!("holder of acts.decide for a day, of acts of somebody else")),
        ("x-errors" = json!(["forbidden", "directory.act_not_open"])),
    ),
)]
pub async fn refuse_sensitive_act(cx: Cx, Path(act): Path<SensitiveActId>) -> Result<Json<SensitiveAct>> {
    let mut tx = cx.begin().await?;
    let act = DecidableAct::load(&mut tx, act).await?;
    let shown = refuse(&mut tx, act).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// Ends it.
pub async fn refuse(tx: &mut Tx, act: DecidableAct) -> Result<SensitiveAct> {
    settle::decide(tx, &act.row, ActState::Refused, Some(act.by.id)).await?;
    lock(tx, act.row.id).await?.shown(tx, &act.by, &[])
}
