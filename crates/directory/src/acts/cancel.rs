//! Stop a sensitive act before it is done.

use kernel::{Cx, Error, Json, Path, Result, Tx};

use super::model::{ActState, Row, SensitiveAct, SensitiveActId, lock, may_cancel};
use super::settle;
use crate::policy::Acting;

/// Stop a sensitive act
#[utoipa::path(
    post, path = "/v1/sensitive-acts/{act}/cancel", tag = "directory", operation_id = "cancelSensitiveAct",
    params(("act" = SensitiveActId, Path)),
    responses((status = 200, body = SensitiveAct)),
    extensions(
        ("x-access" = json!("holder of acts.decide, or whoever asked for it")),
        ("x-errors" = json!(["forbidden", "directory.act_not_open"])),
    ),
)]
pub async fn cancel_sensitive_act(cx: Cx, Path(act): Path<SensitiveActId>) -> Result<Json<SensitiveAct>> {
    let mut tx = cx.begin().await?;
    let act = CancellableAct::load(&mut tx, act).await?;
    let shown = cancel(&mut tx, act).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// An open act that the caller may stop.
pub struct CancellableAct {
    row: Row,
    by: Acting,
}

impl CancellableAct {
    /// Whoever asked, and whoever holds `acts.decide` for the whole organisation.
    pub async fn load(tx: &mut Tx, act: SensitiveActId) -> Result<Self> {
        let by = Acting::load(tx).await?;
        let row = lock(tx, act).await?;
        if !may_cancel(&row, &by) {
            return Err(Error::Forbidden);
        }
        if row.state == ActState::Open { Ok(Self { row, by }) } else { Err(Error::Conflict("directory.act_not_open")) }
    }
}

/// Ends it.
pub async fn cancel(tx: &mut Tx, act: CancellableAct) -> Result<SensitiveAct> {
    settle::decide(tx, &act.row, ActState::Cancelled, Some(act.by.id)).await?;
    lock(tx, act.row.id).await?.shown(tx, &act.by, &[])
}
