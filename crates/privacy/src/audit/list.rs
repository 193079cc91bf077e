//! Read the audit log.

use directory::{Permission, Permitted};
use kernel::audit::{self, Entry};
use kernel::{Cx, Json, Limit, Page, Query, Result};
use serde::Deserialize;
use uuid::Uuid;

/// Where the page begins.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The `next` of the page before; the newest when absent.
    pub before: Option<Uuid>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List who did what, the newest first
#[utoipa::path(
    get, path = "/v1/audit", tag = "privacy", operation_id = "listAuditEntries",
    params(Wanted),
    responses((status = 200, description = "A page of the audit log", body = Page<Entry>)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_audit_entries(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Json<Page<Entry>>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let limit = wanted.limit.get();
    let entries = audit::page(&mut tx, wanted.before, limit + 1).await?;
    Ok(Json(Page::of(entries, limit, |entry| entry.id.to_string())))
}
