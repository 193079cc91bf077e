//! Say that one has seen notifications.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::events::NotificationsRead;
use crate::model::{NotificationId, Target};

const MOST_IDS: usize = 200;

/// Which ones: some, all up to one, or both.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadNotifications {
    /// These.
    #[serde(default)]
    pub ids: Vec<NotificationId>,
    /// This one and all older ones.
    pub up_to: Option<NotificationId>,
}

/// Mark notifications as read
#[utoipa::path(
    post, path = "/v1/notifications/read", tag = "inbox", operation_id = "readNotifications",
    request_body = ReadNotifications,
    responses((status = 204)),
    extensions(("x-access" = json!("member of the organisation, their own"))),
)]
pub async fn read_notifications(cx: Cx, Json(input): Json<ReadNotifications>) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    read(&mut tx, cx.member, input).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Marks what the member was told of a thing as seen, up to the number of the target: they have read the thing itself.
pub async fn read_target(tx: &mut Tx, member: MemberId, target: &Target) -> Result<()> {
    let now = tx.now();
    let ids: Vec<NotificationId> = sqlx::query_scalar(
        "update inbox.notification set read_at = $5
         where member_id = $1 and read_at is null and ref_kind = $2 and ref_id = $3 and ref_seq <= $4 returning id",
    )
    .bind(member)
    .bind(&target.kind)
    .bind(target.id)
    .bind(target.seq)
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    if ids.is_empty() { Ok(()) } else { tx.emit(&NotificationsRead { members: vec![member], ids, up_to: None }) }
}

/// Marks the member's notifications as seen; silent when all of them are already.
pub async fn read(tx: &mut Tx, member: MemberId, input: ReadNotifications) -> Result<()> {
    if input.ids.is_empty() && input.up_to.is_none() {
        return Err(Error::Invalid { field: "ids", why: "one_of_ids_up_to" });
    }
    if input.ids.len() > MOST_IDS {
        return Err(Error::Invalid { field: "ids", why: "too_many" });
    }
    let now = tx.now();
    let done = sqlx::query(
        "update inbox.notification set read_at = $4
         where member_id = $1 and read_at is null and (id = any($2) or id <= $3::uuid)",
    )
    .bind(member)
    .bind(&input.ids)
    .bind(input.up_to)
    .bind(now)
    .execute(tx.db())
    .await?;
    if done.rows_affected() == 0 {
        return Ok(());
    }
    tx.emit(&NotificationsRead { members: vec![member], ids: input.ids, up_to: input.up_to })
}
