//! Whose data is restricted, for whoever looks after people everywhere: with the day on which to look again.

use directory::{Permission, Permitted};
use kernel::{Cx, Json, Limit, Page, Query, Result};
use serde::Deserialize;

use crate::model::{Restriction, RestrictionId};
use crate::stored;

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedRestrictions {
    /// The last one of the page before.
    pub after: Option<RestrictionId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List whose data is frozen
///
/// The longest first.
#[utoipa::path(
    get, path = "/v1/restrictions", tag = "restrictions", operation_id = "listRestrictions",
    params(WantedRestrictions),
    responses((status = 200, body = Page<Restriction>)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_restrictions(cx: Cx, Query(wanted): Query<WantedRestrictions>) -> Result<Json<Page<Restriction>>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::PeopleEdit).await?;
    let page = stored::page(&mut tx, wanted.after, wanted.limit).await?;
    tx.commit().await?;
    Ok(Json(page))
}
