//! How one likes to be told.

use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the caller likes to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationSettings {
    /// By the browser, outside the page; the browser asks once more.
    pub desktop: bool,
    /// With a sound.
    pub sound: bool,
    /// Only when somebody names one.
    pub mentions_only: bool,
    /// With the text; else only that there is something.
    pub shows_text: bool,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self { desktop: true, sound: true, mentions_only: false, shows_text: true }
    }
}

/// Show how I like to be told
#[utoipa::path(
    get, path = "/v1/notification-settings", tag = "inbox", operation_id = "showNotificationSettings",
    responses((status = 200, body = NotificationSettings)),
    extensions(("x-access" = json!("member of the organisation, their own"))),
)]
pub async fn show_notification_settings(cx: Cx) -> Result<Json<NotificationSettings>> {
    let mut tx = cx.begin().await?;
    Ok(Json(settings_of(&mut tx, cx.member).await?))
}

/// Set how I like to be told
#[utoipa::path(
    put, path = "/v1/notification-settings", tag = "inbox", operation_id = "setNotificationSettings",
    request_body = NotificationSettings,
    responses((status = 200, body = NotificationSettings)),
    extensions(("x-access" = json!("member of the organisation, their own"))),
)]
pub async fn set_notification_settings(
    cx: Cx,
    Json(input): Json<NotificationSettings>,
) -> Result<Json<NotificationSettings>> {
    let mut tx = cx.begin().await?;
    set(&mut tx, cx.member, input).await?;
    tx.commit().await?;
    Ok(Json(input))
}

/// Emits nothing: only the page that set it shows it.
async fn set(tx: &mut Tx, member: MemberId, settings: NotificationSettings) -> Result<()> {
    sqlx::query(
        "insert into inbox.setting (member_id, desktop, sound, mentions_only, shows_text) values ($1, $2, $3, $4, $5)
         on conflict on constraint setting_pkey
         do update set desktop = excluded.desktop, sound = excluded.sound, mentions_only = excluded.mentions_only,
                       shows_text = excluded.shows_text",
    )
    .bind(member)
    .bind(settings.desktop)
    .bind(settings.sound)
    .bind(settings.mentions_only)
    .bind(settings.shows_text)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// How somebody likes to be told; the usual until they say otherwise.
pub async fn settings_of(tx: &mut Tx, member: MemberId) -> Result<NotificationSettings> {
    let settings =
        sqlx::query_as("select desktop, sound, mentions_only, shows_text from inbox.setting where member_id = $1")
            .bind(member)
            .fetch_optional(tx.db())
            .await?;
    Ok(settings.unwrap_or_default())
}
