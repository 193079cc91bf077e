//! The second administrator says yes.

use kernel::{Cx, Error, Json, Path, Result, SessionId, Tx};

use super::assurance::Assured;
use super::model::{ActState, Needs, Row, SensitiveAct, SensitiveActId, apart, lock, seconds};
use super::settle;
use crate::policy::Acting;

/// Approve a sensitive act
///
/// It is done a moment later.
#[utoipa::path(
    post, path = "/v1/sensitive-acts/{act}/approve", tag = "directory", operation_id = "approveSensitiveAct",
    params(("act" = SensitiveActId, Path)),
    responses((status = 200, body = SensitiveAct)),
    extensions(
        ("x-access" = json!("holder of acts.decide for a day, of acts of somebody else and not for oneself")),
        ("x-errors" = json!(["forbidden", "directory.act_not_open", "identity.prove_again"])),
    ),
)]
pub async fn approve_sensitive_act(cx: Cx, Path(act): Path<SensitiveActId>) -> Result<Json<SensitiveAct>> {
    let mut tx = cx.begin().await?;
    let act = DecidableAct::load(&mut tx, act).await?;
    let shown = approve(&mut tx, act, cx.session).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// An open act of somebody else that the caller may decide about.
pub struct DecidableAct {
    pub(super) row: Row,
    pub(super) by: Acting,
}

impl DecidableAct {
    /// A second is somebody else who holds `acts.decide` for the whole organisation, and did a day before it was asked;
    /// whoever becomes more by it may only refuse it (`ORG-03`).
    pub async fn load(tx: &mut Tx, act: SensitiveActId) -> Result<Self> {
        let by = Acting::load(tx).await?;
        if !by.holdings.everywhere().has(access::Permission::ActsDecide) {
            return Err(Error::Forbidden);
        }
        let row = lock(tx, act).await?;
        if !seconds(tx, [Some(row.asked_by), None], row.asked_at).await?.contains(&by.id) {
            return Err(Error::Forbidden);
        }
        if row.state != ActState::Open || row.needs != Needs::Second || row.due_at <= tx.now() {
            return Err(Error::Conflict("directory.act_not_open"));
        }
        tx.rest_on(access::Permission::ActsDecide.name());
        Ok(Self { row, by })
    }
}

/// Approves it; whoever owns the kind does it then.
pub async fn approve(tx: &mut Tx, act: DecidableAct, session: SessionId) -> Result<SensitiveAct> {
    if apart(act.row.asked_by, &act.row.kind, act.row.about).contains(&Some(act.by.id)) {
        return Err(Error::Forbidden);
    }
    Assured::load(tx, session).await?;
    settle::decide(tx, &act.row, ActState::Approved, Some(act.by.id)).await?;
    lock(tx, act.row.id).await?.shown(tx, &act.by, &[])
}
