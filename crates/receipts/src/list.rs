//! See what was erased.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use directory::{Permission, Permitted};
use kernel::{Cx, Json, Limit, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::forget::KEPT;
use crate::receipt::Class;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedReceipts {
    /// The `next` of the page before; the newest when absent.
    pub before: Option<i64>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// That something was erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureReceipt {
    /// Its place in the log, from 0: what a certificate is asked for by.
    pub position: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What.
    pub class: Class,
    /// By which rule of retention, such as `RET-08`.
    pub rule: String,
    /// How many rows, by table. Tables that were looked through and had none are there with 0.
    pub rows: BTreeMap<String, i64>,
    /// How many keys were destroyed.
    pub keys: i32,
}

#[derive(sqlx::FromRow)]
struct Row {
    position: i64,
    at: DateTime<Utc>,
    class: Class,
    rule: String,
    rows: sqlx::types::Json<BTreeMap<String, i64>>,
    keys: i32,
}

/// List what was erased in the last 180 days, the newest first
#[utoipa::path(
    get, path = "/v1/erasure/receipts", tag = "receipts", operation_id = "listErasureReceipts",
    params(WantedReceipts),
    responses((status = 200, description = "A page of receipts", body = Page<ErasureReceipt>)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_erasure_receipts(cx: Cx, Query(wanted): Query<WantedReceipts>) -> Result<Json<Page<ErasureReceipt>>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let page = list(&mut tx, &by, &wanted).await?;
    tx.commit().await?;
    Ok(Json(page))
}

async fn list(tx: &mut Tx, _by: &Permitted, wanted: &WantedReceipts) -> Result<Page<ErasureReceipt>> {
    let (org, limit, kept_from) = (tx.org(), wanted.limit.get(), tx.now() - KEPT);
    let rows: Vec<Row> = sqlx::query_as(
        "select position, at, class, rule, rows, keys from receipts.receipt
         where org_id = $1 and at > $4 and ($2::bigint is null or position < $2) order by position desc limit $3",
    )
    .bind(org)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .bind(kept_from)
    .fetch_all(tx.db())
    .await?;
    let receipts = rows.into_iter().map(ErasureReceipt::of).collect();
    Ok(Page::of(receipts, limit, |receipt: &ErasureReceipt| receipt.position.to_string()))
}

impl ErasureReceipt {
    fn of(row: Row) -> Self {
        let Row { position, at, class, rule, rows, keys } = row;
        Self { position, at, class, rule, rows: rows.0, keys }
    }
}
