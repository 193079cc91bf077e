//! See which statements one has accepted.

use chrono::{DateTime, Utc};
use kernel::{Bucket, Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What one accepted.
#[derive(Serialize, ToSchema)]
pub struct AcceptedStatement {
    /// Which version.
    pub version: String,
    /// When.
    pub at: DateTime<Utc>,
    /// With what.
    pub device: String,
    /// Where from.
    pub address: String,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub struct AcceptedStatements {
    /// The newest first.
    pub items: Vec<AcceptedStatement>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: String,
    accepted_at: DateTime<Utc>,
    device: Vec<u8>,
    address: Vec<u8>,
}

/// List the statements one has accepted
#[utoipa::path(
    get, path = "/v1/statement/acceptances", tag = "privacy", operation_id = "listAcceptances",
    responses((status = 200, description = "One's own acceptances", body = AcceptedStatements)),
    extensions(("x-access" = json!("member, of oneself"))),
)]
pub async fn list_acceptances(cx: Cx) -> Result<Json<AcceptedStatements>> {
    let mut tx = cx.begin().await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select id, version, accepted_at, device, address from privacy.acceptance
         where org_id = $1 and member_id = $2 order by accepted_at desc, id desc",
    )
    .bind(cx.org)
    .bind(cx.member)
    .fetch_all(tx.db())
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let open = |kind: &str, sealed: &[u8]| -> Result<String> {
            let plain = tx.open(Bucket::Member(cx.member.0), kind, row.id, sealed)?;
            Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
        };
        items.push(AcceptedStatement {
            device: open("privacy.device", &row.device)?,
            address: open("privacy.address", &row.address)?,
            version: row.version,
            at: row.accepted_at,
        });
    }
    Ok(Json(AcceptedStatements { items }))
}
