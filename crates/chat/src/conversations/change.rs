//! Call a group something else, or show newcomers more or less of it.

use axum::http::HeaderMap;
use directory::{Edition, edition_tag};
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{create, show, view};
use crate::body::{Body, Happening};
use crate::events::ConversationChanged;
use crate::messages::system;
use crate::model::{Conversation, ConversationId, History};
use crate::policy::ManagedConversation;

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeConversation {
    /// What it is called; empty: it has no name, and clients say "Group chat".
    #[serde(default)]
    pub name: Option<String>,
    /// What people see who are added from now on.
    #[serde(default)]
    pub history: Option<History>,
}

/// Change a conversation
#[utoipa::path(
    patch, path = "/v1/conversations/{conversation}", tag = "chat", operation_id = "changeConversation",
    params(
        ("conversation" = ConversationId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = ChangeConversation,
    responses((status = 200, body = Conversation)),
    extensions(
        ("x-access" = json!("owner or administrator of the group")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "chat.not_a_group", "chat.conversation_dissolved"
        ])),
    ),
)]
pub async fn change_conversation(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    edition: Edition,
    Json(input): Json<ChangeConversation>,
) -> Result<(HeaderMap, Json<Conversation>)> {
    let mut tx = cx.begin().await?;
    let managed = ManagedConversation::load(&mut tx, conversation).await?;
    change(&mut tx, &managed, &edition, input).await?;
    let conversation = show::show(&mut tx, conversation).await?;
    tx.commit().await?;
    Ok((edition_tag(conversation.revision), Json(conversation)))
}

/// Nothing is announced when nothing changes. A new history does not reach those who are there already.
pub async fn change(
    tx: &mut Tx,
    managed: &ManagedConversation,
    edition: &Edition,
    input: ChangeConversation,
) -> Result<()> {
    edition.check(managed.seat().revision)?;
    if input.name.is_none() && input.history.is_none() {
        return Err(Error::Invalid { field: "body", why: "empty" });
    }
    let mut has_changed = false;
    if let Some(name) = input.name {
        has_changed = rename(tx, managed, create::checked_name(Some(name))?).await?;
    }
    if let Some(history) = input.history.filter(|history| *history != managed.seat().history) {
        sqlx::query("update chat.conversation set history = $2 where id = $1")
            .bind(managed.id())
            .bind(history)
            .execute(tx.db())
            .await?;
        system::write(tx, managed.id(), Body::system(Happening::History, Vec::new(), None)).await?;
        has_changed = true;
    }
    if has_changed {
        sqlx::query("update chat.conversation set revision = revision + 1 where id = $1")
            .bind(managed.id())
            .execute(tx.db())
            .await?;
        tx.emit(&ConversationChanged { conversation: managed.id() })?;
    }
    Ok(())
}

/// Whether it was called something else.
async fn rename(tx: &mut Tx, managed: &ManagedConversation, name: Option<String>) -> Result<bool> {
    let old = managed.seat().name.as_deref().map(|sealed| view::open_name(tx, managed.id(), sealed)).transpose()?;
    if old == name {
        return Ok(false);
    }
    let sealed = name.as_deref().map(|name| view::seal_name(tx, managed.id(), name)).transpose()?;
    sqlx::query("update chat.conversation set name = $2 where id = $1")
        .bind(managed.id())
        .bind(sealed)
        .execute(tx.db())
        .await?;
    system::write(tx, managed.id(), Body::system(Happening::Renamed, Vec::new(), name)).await?;
    Ok(true)
}
