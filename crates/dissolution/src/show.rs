//! See what would go with the organisation, and whether it is going.

use chrono::{DateTime, Utc};
use kernel::{Json, Result, SignedIn, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::policy::Owner;

/// The end of the organisation, and how much that is.
#[derive(Serialize, ToSchema)]
pub struct Dissolution {
    /// When everything is gone; absent: it is not being dissolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<DateTime<Utc>>,
    /// People who belong to it, those who are invited or leaving included.
    pub people: i64,
    /// Its departments.
    pub departments: i64,
    /// Bytes of its files.
    pub file_bytes: i64,
}

/// See what would go with the organisation, and whether it is going
#[utoipa::path(
    get, path = "/v1/organisation/dissolution", tag = "dissolution", operation_id = "showDissolution",
    responses((status = 200, body = Dissolution)),
    extensions(
        ("x-access" = json!("owner of the organisation, while it is being dissolved too")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_dissolution(caller: SignedIn) -> Result<Json<Dissolution>> {
    let (mut tx, by) = Owner::enter(&caller).await?;
    Ok(Json(dissolution(&mut tx, &by).await?))
}

async fn dissolution(tx: &mut Tx, _by: &Owner) -> Result<Dissolution> {
    Ok(Dissolution {
        ends_at: hosting::dissolves_at(tx).await?,
        people: directory::people_count(tx).await?,
        departments: i64::try_from(directory::department_ids(tx).await?.len()).unwrap_or(i64::MAX),
        file_bytes: files::used_bytes(tx).await?,
    })
}
