//! How the server is, for those who run an organisation on it.

use chrono::{DateTime, TimeDelta, Utc};
use directory::{Permission, Permitted};
use files::StoreKind;
use kernel::{App, Cx, Json, Result, job};
use serde::Serialize;
use std::sync::OnceLock;
use utoipa::ToSchema;

use crate::checks::{self, Check};

/// How the server is
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Of the program
    pub version: &'static str,
    /// When this node began
    pub started_at: DateTime<Utc>,
    /// The database
    pub database: DatabaseHealth,
    /// The disk of the data directory
    pub disk: Disk,
    /// Where files are kept
    pub files: FilesHealth,
    /// Open sockets of this node
    pub sockets: usize,
    /// Places that are not what the data map says, by the last look
    pub drifts: usize,
    /// What the program looks after by itself, and how it is
    pub checks: Vec<Check>,
}

/// The database
#[derive(Serialize, ToSchema)]
pub struct DatabaseHealth {
    /// Of PostgreSQL
    pub version: String,
    /// All its tables and indexes
    pub size_bytes: i64,
    /// The server's own database, or one it was given
    pub is_private: bool,
}

/// The disk of the data directory
#[derive(Serialize, ToSchema, Clone, Copy)]
pub struct Disk {
    /// What the program may still write
    pub free_bytes: u64,
    /// All of it
    pub total_bytes: u64,
}

/// Where files are kept
#[derive(Serialize, ToSchema)]
pub struct FilesHealth {
    /// A folder, or a bucket
    pub kind: StoreKind,
    /// On the disk of the folder; a bucket does not say
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_bytes: Option<u64>,
}

/// What is known from the start.
#[derive(Default)]
struct Start(OnceLock<(DateTime<Utc>, bool)>);

/// Remembers when the program started and whether the database is its own.
pub fn started(app: &App, has_private_database: bool) {
    app.state::<Start>().0.get_or_init(|| (app.now(), has_private_database));
}

/// Show how the server is
#[utoipa::path(
    get, path = "/v1/health", tag = "server", operation_id = "showHealth",
    responses((status = 200, body = Health)),
    extensions(("x-access" = json!("holder of server.see")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_health(cx: Cx) -> Result<Json<Health>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::ServerSee).await?;
    let app = cx.app();
    let (started_at, is_private) = *app.state::<Start>().0.get_or_init(|| (app.now(), true));
    let (version, size_bytes) =
        sqlx::query_as("select current_setting('server_version'), pg_database_size(current_database())")
            .fetch_one(tx.db())
            .await?;
    let failed = job::failed_since(&mut tx, cx.now() - TimeDelta::days(1)).await?;
    let (org, now) = (tx.org(), tx.now());
    let found = reality::standing(tx.db(), (Some(org), now)).await?;
    tx.commit().await?;
    let disk = checks::disk_of(&app.settings().data_dir);
    let store = files::look(app).await;
    let room = (store.kind == StoreKind::Folder).then(|| checks::disk_of(&app.settings().data_dir.join("files")));
    Ok(Json(Health {
        version: crate::VERSION,
        started_at,
        database: DatabaseHealth { version, size_bytes, is_private },
        disk,
        files: FilesHealth { kind: store.kind, free_bytes: room.map(|room| room.free_bytes) },
        sockets: app.hub().count(),
        drifts: found.drifts.len(),
        checks: vec![
            checks::disk(disk),
            checks::files(store.fault, room),
            checks::jobs(failed),
            checks::reality(&found),
            checks::transport(app.settings()),
        ],
    }))
}
