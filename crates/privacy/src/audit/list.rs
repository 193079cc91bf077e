//! Read the audit log.

use directory::{Permission, Permitted};
use kernel::audit;
use kernel::{Cx, Json, Limit, Page, Query, Result};
use serde::Deserialize;

use super::entry::Entry;
use super::filter::Filter;

/// Where the page begins. Beside the filter, since a query has one level only.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Done by this member.
    pub actor: Option<kernel::MemberId>,
    /// Done to this: a member, or a thing such as a department.
    pub target: Option<uuid::Uuid>,
    /// The event, or the operation that was refused.
    pub name: Option<String>,
    /// Not before.
    pub from: Option<chrono::DateTime<chrono::Utc>>,
    /// Before.
    pub until: Option<chrono::DateTime<chrono::Utc>>,
    /// Only what was refused.
    #[serde(default)]
    pub is_refused: bool,
    /// The `next` of the page before; the newest when absent.
    pub before: Option<i64>,
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
    let Wanted { actor, target, name, from, until, is_refused, before, limit } = wanted;
    let filter = Filter { actor, target, name, from, until, is_refused };
    let found = audit::page(&mut tx, &filter.wanted(before)?, limit.get() + 1).await?;
    let entries: Result<Vec<Entry>> = found.into_iter().map(Entry::of).collect();
    Ok(Json(Page::of(entries?, limit.get(), |entry| entry.line.to_string())))
}
