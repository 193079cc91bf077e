//! How much is written in the organisation, in numbers that are nobody's: for the overview of the administration.

use chrono::{NaiveDate, TimeDelta};
use directory::{Permission, Permitted};
use kernel::{App, Cx, Json, OrgId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Days that are shown, today among them.
const SHOWN: i64 = 30;
/// Days that are kept: a year can be compared with the one before.
const KEPT: i64 = 400;
/// Fewer people than this could be guessed by name.
const LEAST_PEOPLE: i64 = 5;

/// How much was written, day by day.
#[derive(Serialize, ToSchema)]
pub struct Activity {
    /// The oldest first; days on which fewer than five people wrote are missing: they could be guessed by name.
    pub days: Vec<ActivityDay>,
}

/// A day, in UTC.
#[derive(Serialize, ToSchema, sqlx::FromRow)]
pub struct ActivityDay {
    /// Which.
    pub day: NaiveDate,
    /// Messages that were sent.
    pub messages: i64,
    /// People who sent one.
    pub people: i64,
}

/// Show how much is written
///
/// Counted once an hour; of who wrote to whom it says nothing.
#[utoipa::path(
    get, path = "/v1/activity", tag = "chat", operation_id = "showActivity",
    responses((status = 200, body = Activity)),
    extensions(("x-access" = json!("holder of organisation.edit")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_activity(cx: Cx) -> Result<Json<Activity>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    Ok(Json(Activity { days: days(&mut tx).await? }))
}

async fn days(tx: &mut Tx) -> Result<Vec<ActivityDay>> {
    let since = tx.now().date_naive() - TimeDelta::days(SHOWN - 1);
    let days =
        sqlx::query_as("select day, messages, people from chat.activity where day >= $1 and people >= $2 order by day")
            .bind(since)
            .bind(LEAST_PEOPLE)
            .fetch_all(tx.db())
            .await?;
    Ok(days)
}

/// Counts today and yesterday of every organisation: what was sent is known by the ids of its senders' devices, a partition a day.
pub async fn count_all(app: &App, organisations: Vec<OrgId>) -> Result<()> {
    for org in organisations {
        let mut tx = app.begin(org, kernel::Actor::System).await?;
        let today = tx.now().date_naive();
        count(&mut tx, today).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Emits nothing: a number is not news.
async fn count(tx: &mut Tx, today: NaiveDate) -> Result<()> {
    sqlx::query(
        "insert into chat.activity (day, messages, people)
         select day, count(*), count(distinct author_id) from chat.sent where day in ($1::date, $1::date - 1) group by day
         on conflict on constraint activity_pkey
         do update set messages = excluded.messages, people = excluded.people",
    )
    .bind(today)
    .execute(tx.db())
    .await?;
    let oldest = today - TimeDelta::days(KEPT);
    sqlx::query("delete from chat.activity where day < $1").bind(oldest).execute(tx.db()).await?;
    Ok(())
}
