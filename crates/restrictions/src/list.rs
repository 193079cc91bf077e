//! Whose data is restricted, for whoever looks after people everywhere: with the day on which to look again.

use directory::{Permission, Permitted};
use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Restriction;
use crate::stored;

/// All that hold.
#[derive(Serialize, ToSchema)]
pub struct Restrictions {
    /// The longest first.
    pub items: Vec<Restriction>,
}

/// List whose data is frozen
#[utoipa::path(
    get, path = "/v1/restrictions", tag = "restrictions", operation_id = "listRestrictions",
    responses((status = 200, body = Restrictions)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_restrictions(cx: Cx) -> Result<Json<Restrictions>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::PeopleEdit).await?;
    let items = stored::all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(Restrictions { items }))
}
