//! See who is shut out, until when, and how much of theirs is still to be handed over.

use axum::Extension;
use kernel::{Cx, Error, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;

use super::show::leaver;
use crate::kind::Kinds;
use crate::model::Leaver;
use crate::policy;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The last person of the page before.
    pub after: Option<MemberId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List who is shut out, those who are erased first before the others
#[utoipa::path(
    get, path = "/v1/hand-overs", tag = "handover", operation_id = "listHandOvers", params(Wanted),
    responses((status = 200, body = Page<Leaver>)),
    extensions(("x-access" = json!("holder of people.remove, of whoever holds no more")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_hand_overs(
    cx: Cx,
    Extension(kinds): Extension<Kinds>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<Leaver>>> {
    let mut tx = cx.begin().await?;
    let listed = list(&mut tx, &kinds, &wanted).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

async fn list(tx: &mut Tx, kinds: &Kinds, wanted: &Wanted) -> Result<Page<Leaver>> {
    let mut all = policy::Leaver::all(tx).await?;
    if let Some(after) = wanted.after {
        let place = all.iter().position(|one| one.person().id == after);
        all.drain(..=place.ok_or(Error::Invalid { field: "after", why: "unknown" })?);
    }
    let Page { items: all, next } = Page::of(all, wanted.limit.get(), |one| one.person().id.to_string());
    let mut items = Vec::with_capacity(all.len());
    for one in &all {
        items.push(leaver(tx, kinds, one).await?.0);
    }
    Ok(Page { items, next })
}
