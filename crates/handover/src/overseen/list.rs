//! See who is shut out, until when, and how much of theirs is still to be handed over.

use axum::Extension;
use kernel::{Cx, Json, Result, Tx};

use super::show::leaver;
use crate::kind::Kinds;
use crate::model::Leavers;
use crate::policy;

/// List who is shut out
#[utoipa::path(
    get, path = "/v1/hand-overs", tag = "handover", operation_id = "listHandOvers",
    responses((status = 200, body = Leavers)),
    extensions(("x-access" = json!("holder of people.remove, of whoever holds no more")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_hand_overs(cx: Cx, Extension(kinds): Extension<Kinds>) -> Result<Json<Leavers>> {
    let mut tx = cx.begin().await?;
    let listed = list(&mut tx, &kinds).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

async fn list(tx: &mut Tx, kinds: &Kinds) -> Result<Leavers> {
    let mut items = Vec::new();
    for one in policy::Leaver::all(tx).await? {
        items.push(leaver(tx, kinds, &one).await?.0);
    }
    Ok(Leavers { items })
}
