//! See who is shut out, until when, and how much of theirs is still to be handed over.

use axum::Extension;
use chrono::{DateTime, Utc};
use kernel::{Cx, Error, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;
use uuid::Uuid;

use super::show::leaver;
use crate::kind::Kinds;
use crate::model::Leaver;
use crate::policy;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List who is shut out, those who were shut out last before the others
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
    all.sort_unstable_by_key(|one| std::cmp::Reverse(place(one)));
    if let Some(after) = &wanted.after {
        let after = read_place(after).ok_or(Error::Invalid { field: "after", why: "unknown" })?;
        all.retain(|one| place(one) < after);
    }
    let Page { items: all, next } = Page::of(all, wanted.limit.get(), |one| {
        let (since, member) = place(one);
        format!("{}.{member}", since.timestamp_micros())
    });
    let mut items = Vec::with_capacity(all.len());
    for one in &all {
        items.push(leaver(tx, kinds, one).await?.0);
    }
    Ok(Page { items, next })
}

/// Where somebody stands in the list: since when they are shut out, and who they are. It is a place also once they are let in again.
type Place = (DateTime<Utc>, MemberId);

fn place(one: &policy::Leaver) -> Place {
    (one.person().state_at, one.person().id)
}

/// Microseconds and an id, as `next` says it.
fn read_place(text: &str) -> Option<Place> {
    let (since, member) = text.split_once('.')?;
    let since = DateTime::from_timestamp_micros(since.parse().ok()?)?;
    Some((since, MemberId(member.parse::<Uuid>().ok()?)))
}
