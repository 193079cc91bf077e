//! List one's passwords for address book programs: names and times, never the passwords.

use chrono::{DateTime, Utc};
use kernel::{Cx, Json, Page, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::open_name;
use crate::model::AppPasswordId;
use crate::policy::Keeper;

/// A password for an address book program.
#[derive(Serialize, ToSchema)]
pub struct AppPassword {
    /// Which one.
    pub id: AppPasswordId,
    /// What one calls the device.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used last, to the hour; absent before the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: AppPasswordId,
    name: Vec<u8>,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

/// List my passwords for address book programs
#[utoipa::path(
    get, path = "/v1/app-passwords", tag = "contacts", operation_id = "listAppPasswords",
    responses((status = 200, body = Page<AppPassword>)),
    extensions(("x-access" = json!("member of the organisation, of themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_app_passwords(cx: Cx) -> Result<Json<Page<AppPassword>>> {
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    let org = tx.org();
    let rows: Vec<Row> = sqlx::query_as(
        "select id, name, created_at, used_at from contacts.app_password
         where org_id = $1 and member_id = $2 order by id desc",
    )
    .bind(org)
    .bind(member)
    .fetch_all(tx.db())
    .await?;
    let opened = rows.into_iter().map(|row| {
        let name = open_name(&tx, row.id, member, &row.name)?;
        Ok(AppPassword { id: row.id, name, created_at: row.created_at, used_at: row.used_at })
    });
    Ok(Json(Page { items: opened.collect::<Result<_>>()?, next: None }))
}
