//! Say how long chat is kept (`RET-09`). Shorter at once; longer only with a second, since it keeps what people were told
//! would be gone.

use access::Permission;
use editions::Edition;
use kernel::{Cx, Error, Json, Result, SessionId, Subscriber, Tx, subscriber};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::edit::{EditOrganisation, write};
use super::show::{checked_retention, organisation};
use crate::acts::{Assured, NewAct, SensitiveAct, approved, ask, settle};
use crate::events::SensitiveActApproved;
use crate::policy::Permitted;
use crate::roles::holding;

const LENGTHEN: &str = "directory.lengthen_retention";

/// How long from now on.
#[derive(Deserialize, ToSchema)]
pub struct ChangeRetention {
    /// 90, 180, 360 or 720.
    pub chat_retention_days: i32,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct ChangedRetention {
    /// What is in force.
    pub chat_retention_days: i32,
    /// What waits for a second, or for a day; absent when it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<SensitiveAct>,
}

#[derive(Serialize, Deserialize)]
struct Lengthening {
    from: i32,
    to: i32,
}

/// Change how long chat is kept
///
/// A longer time needs the password again and a second administrator.
#[utoipa::path(
    put, path = "/v1/organisation/chat-retention", tag = "directory", operation_id = "changeChatRetention",
    params(("If-Match" = Option<String>, Header, description = "the organisation's revision that is changed")),
    request_body = ChangeRetention,
    responses((status = 200, body = ChangedRetention)),
    extensions(
        ("x-access" = json!("holder of content.retention")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "directory.act_is_open", "identity.prove_again"])),
    ),
)]
pub async fn change_chat_retention(
    cx: Cx,
    seen: Edition,
    Json(input): Json<ChangeRetention>,
) -> Result<Json<ChangedRetention>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    let act = change(&mut tx, &by, &seen, input.chat_retention_days, cx.session).await?;
    let chat_retention_days = organisation(&mut tx).await?.chat_retention_days;
    tx.commit().await?;
    Ok(Json(ChangedRetention { chat_retention_days, act }))
}

/// Shortens it, or asks to lengthen it.
pub async fn change(
    tx: &mut Tx,
    _by: &Permitted,
    seen: &Edition,
    days: i32,
    session: SessionId,
) -> Result<Option<SensitiveAct>> {
    let (old, to) = (organisation(tx).await?, checked_retention(days)?);
    seen.check(old.revision)?;
    if to > old.chat_retention_days {
        let assured = Assured::load(tx, session).await?;
        let new = NewAct { kind: LENGTHEN, about: None, params: Lengthening { from: old.chat_retention_days, to } };
        return ask(tx, &assured, new).await.map(Some);
    }
    set(tx, seen, to).await?;
    Ok(None)
}

async fn set(tx: &mut Tx, seen: &Edition, days: i32) -> Result<()> {
    write(tx, seen, EditOrganisation { chat_retention_days: Some(days), ..EditOrganisation::default() }).await
}

/// Does what was approved, when nothing else was decided meanwhile.
pub(crate) fn subscriber_to_approvals() -> Subscriber {
    subscriber::<SensitiveActApproved>("directory.lengthen_retention", |tx, approval| {
        Box::pin(async move {
            let Some(Lengthening { from, to }) = approved(tx, &approval, LENGTHEN).await? else { return Ok(()) };
            let outcome = lengthen(tx, &approval, from, to).await;
            settle(tx, &approval, outcome).await
        })
    })
}

async fn lengthen(tx: &mut Tx, approval: &SensitiveActApproved, from: i32, to: i32) -> Result<()> {
    let holders = holding::holders(tx, Permission::ContentRetention, &[]).await?;
    if holders.iter().all(|(holder, _)| *holder != approval.asked_by) {
        return Err(Error::Forbidden);
    }
    if organisation(tx).await?.chat_retention_days != from {
        return Err(Error::Conflict("directory.changed_meanwhile"));
    }
    set(tx, &Edition::any(), to).await
}
