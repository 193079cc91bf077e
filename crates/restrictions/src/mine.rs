//! See whether one's own data is restricted, and what that does or would do.

use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use crate::effects::{RestrictionEffect, effects};
use crate::model::Restriction;
use crate::stored;

/// Of oneself.
#[derive(Serialize, ToSchema)]
pub struct MyRestriction {
    /// The one that holds; absent when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restriction: Option<Restriction>,
    /// What becomes of every purpose while one holds.
    pub effects: Vec<RestrictionEffect>,
}

/// Show whether my data is frozen
#[utoipa::path(
    get, path = "/v1/me/restriction", tag = "restrictions", operation_id = "showMyRestriction",
    responses((status = 200, body = MyRestriction)),
    extensions(("x-access" = json!("member of the organisation, of themselves"))),
)]
pub async fn show_my_restriction(cx: Cx) -> Result<Json<MyRestriction>> {
    let mut tx = cx.begin().await?;
    let restriction = stored::of(&mut tx, cx.member).await?;
    let effects = effects(tx.app().data_map());
    tx.commit().await?;
    Ok(Json(MyRestriction { restriction, effects }))
}
