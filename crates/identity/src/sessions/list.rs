//! See where one is signed in.

use chrono::{DateTime, Utc};
use kernel::{Json, Result, SessionId, SignedIn, SystemTx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::device::Sealed;

/// A device on which one is signed in.
#[derive(Serialize, ToSchema)]
pub struct DeviceSession {
    /// Names it.
    pub id: SessionId,
    /// With what.
    pub device: String,
    /// Where from, when it began.
    pub address: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// True to ten minutes.
    pub last_seen_at: DateTime<Utc>,
    /// Whether this request comes from it.
    pub is_current: bool,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub struct DeviceSessions {
    /// The one used last first.
    pub items: Vec<DeviceSession>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SessionId,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
    #[sqlx(flatten)]
    sealed: Sealed,
}

/// List the devices on which one is signed in
#[utoipa::path(
    get, path = "/v1/sessions", tag = "identity", operation_id = "listSessions",
    responses((status = 200, description = "One's own sign-ins", body = DeviceSessions)),
    extensions(("x-access" = json!("signed in, of oneself"))),
)]
pub async fn list_sessions(caller: SignedIn) -> Result<Json<DeviceSessions>> {
    let (app, account) = (caller.app(), caller.caller.account);
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, created_at, last_seen_at, device, address from identity.session
         where account_id = $1 and expires_at > $2 order by last_seen_at desc, id desc",
    )
    .bind(account)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let (device, address) = row.sealed.open(app, account, row.id.0)?;
        let Row { id, created_at, last_seen_at, .. } = row;
        let is_current = id == caller.caller.session;
        items.push(DeviceSession { id, device, address, created_at, last_seen_at, is_current });
    }
    Ok(Json(DeviceSessions { items }))
}
