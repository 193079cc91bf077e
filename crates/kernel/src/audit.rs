//! What was done and what was refused, for the audit log. Ids only: whoever reads it looks the names up.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Actor, App, MemberId, OrgId, Result, Tx};

/// Refusals of one member that are written within ten seconds; more say nothing new and would fill the disk.
const REFUSALS_A_WHILE: u32 = 10;

/// One line of the audit log.
#[derive(Debug, Serialize, sqlx::FromRow, ToSchema)]
pub struct Entry {
    /// Names the line; pages go by it.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    #[schema(value_type = Actor)]
    pub actor: Json<Actor>,
    /// The event, or the operation that was refused.
    pub name: String,
    /// The ids and small facts concerned, by name; none when it was refused.
    #[schema(value_type = BTreeMap<String, Value>)]
    pub data: Json<BTreeMap<String, Value>>,
    /// `done` or `refused`.
    pub outcome: String,
    /// Why it was refused.
    pub code: Option<String>,
}

/// The newest `limit` lines before `before`, done and refused together. Ids are UUIDv7: their order is time's.
pub async fn page(tx: &mut Tx, before: Option<Uuid>, limit: usize) -> Result<Vec<Entry>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select * from (
             (select id, at, actor, name, payload - string_to_array(audit_hides, ',') as data, 'done' as outcome, null::text as code from kernel.outbox
              where org_id = $1 and is_audited and ($2::uuid is null or id < $2) order by pos desc limit $3)
             union all
             (select id, at, actor, operation, '{}'::jsonb, 'refused', code from kernel.refusal
              where org_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3)) as lines
         order by id desc limit $3",
    )
    .bind(org)
    .bind(before)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?)
}

/// Records that `operation` was refused, in a transaction of its own, since the refused one rolls back.
pub(crate) fn refuse(app: &App, org: OrgId, member: MemberId, operation: &str, code: &'static str) {
    if !app.state::<crate::http::Rates>().take(("refusal", member.0), 10, REFUSALS_A_WHILE, app.now()) {
        return;
    }
    let (app, operation) = (app.clone(), operation.to_owned());
    app.clone().follow_up("refusal", async move {
        if let Err(error) = write(&app, org, member, &operation, code).await {
            tracing::warn!(code = error.code(), "a refusal could not be recorded");
        }
    });
}

async fn write(app: &App, org: OrgId, member: MemberId, operation: &str, code: &str) -> Result<()> {
    let mut tx = Tx::begin(app, org, Actor::Member(member)).await?;
    let (id, now) = (tx.new_id(), tx.now());
    sqlx::query("insert into kernel.refusal (id, at, actor, operation, code) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(now)
        .bind(Json(Actor::Member(member)))
        .bind(operation)
        .bind(code)
        .execute(tx.db())
        .await?;
    tx.commit().await
}
