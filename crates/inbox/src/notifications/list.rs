//! Show what one was told, the newest first.

use chrono::{DateTime, Utc};
use kernel::{Bucket, Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::notify::TEXT;
use crate::model::{Kind, Notification, NotificationId, Target};

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// The last one of the page before.
    pub before: Option<NotificationId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of what one was told.
#[derive(Serialize, ToSchema)]
pub struct NotificationPage {
    /// The newest first.
    pub items: Vec<Notification>,
    /// Give it as `before` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many one has not seen, on all pages.
    pub unread: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: NotificationId,
    kind: Kind,
    ref_kind: Option<String>,
    ref_id: Option<Uuid>,
    ref_seq: Option<i64>,
    actor_id: Option<MemberId>,
    text: Vec<u8>,
    created_at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

/// List my notifications
#[utoipa::path(
    get, path = "/v1/notifications", tag = "inbox", operation_id = "listNotifications",
    params(Before),
    responses((status = 200, body = NotificationPage)),
    extensions(("x-access" = json!("member of the organisation, their own"))),
)]
pub async fn list_notifications(cx: Cx, Query(page): Query<Before>) -> Result<Json<NotificationPage>> {
    let mut tx = cx.begin().await?;
    let limit = page.limit.get();
    let oldest = super::forget_old::hidden_before(&mut tx).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select id, kind, ref_kind, ref_id, ref_seq, actor_id, text, created_at, read_at from inbox.notification
         where member_id = $1 and ($2::uuid is null or id < $2) and created_at > $3 order by id desc limit $4",
    )
    .bind(cx.member)
    .bind(page.before)
    .bind(oldest)
    .bind(i64::try_from(limit + 1).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?;
    let unread: i64 = sqlx::query_scalar(
        "select count(*) from inbox.notification where member_id = $1 and read_at is null and created_at > $2",
    )
    .bind(cx.member)
    .bind(oldest)
    .fetch_one(tx.db())
    .await?;
    let page = Page::of(rows, limit, |row| row.id.to_string());
    let items = page.items.into_iter().map(|row| opened(&tx, cx.member, row)).collect::<Result<_>>()?;
    Ok(Json(NotificationPage { items, next: page.next, unread }))
}

fn opened(tx: &Tx, member: MemberId, row: Row) -> Result<Notification> {
    let text = tx.open(Bucket::Member(member.0), TEXT, row.id.0, &row.text)?;
    Ok(Notification {
        id: row.id,
        kind: row.kind,
        at: row.created_at,
        is_read: row.read_at.is_some(),
        target: row.ref_kind.zip(row.ref_id).map(|(kind, id)| Target { kind, id, seq: row.ref_seq }),
        actor_id: row.actor_id,
        text: String::from_utf8(text).map_err(anyhow::Error::from)?,
    })
}
