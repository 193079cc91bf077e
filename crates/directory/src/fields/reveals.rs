//! Who looked at what of mine is masked. Kept for 180 days.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, Class, Cx, Job, JobCx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::FieldId;

/// How long it is kept.
const KEPT: TimeDelta = TimeDelta::days(180);

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedReveals {
    /// The last line of the page before.
    pub before: Option<Uuid>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// Somebody looked.
#[derive(Serialize, sqlx::FromRow, ToSchema)]
pub struct FieldReveal {
    /// Names the line; pages go by it.
    pub id: Uuid,
    /// At what.
    pub field_id: FieldId,
    /// Who.
    pub revealed_by: MemberId,
    /// When.
    pub revealed_at: DateTime<Utc>,
}

/// List who looked at my masked values
#[utoipa::path(
    get, path = "/v1/me/reveals", tag = "directory", operation_id = "listMyReveals",
    params(WantedReveals),
    responses((status = 200, body = Page<FieldReveal>)),
    extensions(("x-access" = json!("member of the organisation, about themselves"))),
)]
pub async fn list_my_reveals(cx: Cx, Query(wanted): Query<WantedReveals>) -> Result<Json<Page<FieldReveal>>> {
    let mut tx = cx.begin().await?;
    let oldest = tx.now() - KEPT;
    let limit = wanted.limit.get();
    let rows: Vec<FieldReveal> = sqlx::query_as(
        "select id, field_id, revealed_by, revealed_at from directory.reveal
         where member_id = $1 and revealed_at > $2 and ($3::uuid is null or id < $3) order by id desc limit $4",
    )
    .bind(cx.member)
    .bind(oldest)
    .bind(wanted.before)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    Ok(Json(Page::of(rows, limit, |row| row.id.to_string())))
}

/// Forgets what is older.
pub(crate) fn forget_job() -> Job {
    Job {
        name: "directory.forget_reveals",
        class: Class::Light,
        every: Some(Duration::from_secs(3600)),
        run: |cx| Box::pin(forget_all(cx)),
    }
}

async fn forget_all(cx: JobCx) -> Result<()> {
    for org in crate::every_organisation(&cx.app).await? {
        let mut tx = cx.app.begin(org, Actor::System).await?;
        forget(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Emits nothing: it was hidden before.
async fn forget(tx: &mut Tx) -> Result<()> {
    let oldest = tx.now() - KEPT;
    sqlx::query("delete from directory.reveal where revealed_at <= $1").bind(oldest).execute(tx.db()).await?;
    Ok(())
}
