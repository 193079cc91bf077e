//! Say how long messages are kept (`RET-09`): shorter after a day in which it can be taken back, longer with a second. What is decided
//! is what was shown before (C3).

use chrono::{DateTime, Utc};
use directory::{Edition, Permission, Permitted, SensitiveAct};
use kernel::{Cx, Error, Json, Result, SessionId, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::preview::Wanted;
use crate::shortening::Shortening;
use crate::{lengthen, notices};

/// How long, as it was shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRetention {
    /// One of the periods that are offered, or another one within the bounds.
    pub chat_retention_days: i32,
    /// The `token` of the preview that was looked at.
    pub preview: String,
    /// Its `takes_effect_at`, where it had one.
    pub takes_effect_at: Option<DateTime<Utc>>,
    /// That so short a time is meant, where the preview asks for that.
    #[serde(default)]
    pub is_confirmed: bool,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct ChangedRetention {
    /// What is in force.
    pub chat_retention_days: i32,
    /// What waits for its day; absent of a longer period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortening: Option<Shortening>,
    /// What waits for a second, or for a day; absent of a shorter period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<SensitiveAct>,
}

/// Change how long chat is kept
///
/// A shorter time takes effect after a day, in which it can be taken back; a longer one needs the password again and a second
/// administrator. When what would be deleted is not what was shown any more, nothing is changed.
#[utoipa::path(
    put, path = "/v1/organisation/chat-retention", tag = "retention", operation_id = "changeChatRetention",
    params(("If-Match" = String, Header, description = "the organisation's revision that is changed")),
    request_body = ChangeRetention,
    responses((status = 200, body = ChangedRetention)),
    extensions(
        ("x-access" = json!("holder of content.retention")), ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.act_is_open", "identity.prove_again",
            "retention.preview_changed", "retention.shortening_waits", "retention.confirm_short"])),
    ),
)]
pub async fn change_chat_retention(
    cx: Cx,
    seen: Edition,
    Json(input): Json<ChangeRetention>,
) -> Result<Json<ChangedRetention>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    let wanted = check(&mut tx, &by, &seen, &input).await?;
    tx.commit().await?;
    // Counted outside: it may take seconds.
    if !wanted.is_what_was_shown(&cx, &input.preview).await? {
        return Err(Error::Conflict("retention.preview_changed"));
    }
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    let changed = change(&mut tx, &by, (&seen, &input), cx.session).await?;
    tx.commit().await?;
    Ok(Json(changed))
}

/// What it is to be, if it may be that.
async fn check(tx: &mut Tx, by: &Permitted, seen: &Edition, input: &ChangeRetention) -> Result<Wanted> {
    seen.check(directory::organisation(tx).await?.revision)?;
    let wanted = Wanted::of(tx, by, input.chat_retention_days, input.takes_effect_at).await?;
    if Shortening::load(tx).await?.is_some() {
        return Err(Error::Conflict("retention.shortening_waits"));
    }
    if wanted.needs_confirmation() && !input.is_confirmed {
        return Err(Error::Conflict("retention.confirm_short"));
    }
    if wanted.at != input.takes_effect_at {
        return Err(Error::Conflict("retention.preview_changed"));
    }
    Ok(wanted)
}

/// Has a shorter period wait for its day, or a longer one for a second.
async fn change(
    tx: &mut Tx,
    by: &Permitted,
    (seen, input): (&Edition, &ChangeRetention),
    session: SessionId,
) -> Result<ChangedRetention> {
    let Wanted { from, to, at, .. } = check(tx, by, seen, input).await?;
    let mut changed = ChangedRetention { chat_retention_days: from, shortening: None, act: None };
    match at {
        Some(at) => {
            changed.shortening = Some(Shortening::begin(tx, from, to, at).await?);
            notices::tell_owners(tx, "retention_shortened").await?;
        }
        None => changed.act = Some(lengthen::ask(tx, from, to, session).await?),
    }
    Ok(changed)
}
