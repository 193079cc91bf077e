//! Begin a conversation: with one colleague, or as a group.

use axum::http::StatusCode;
use chrono::SubsecRound;
use kernel::{Cx, Error, Json, MemberId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{direct, show, view};
use crate::body::{Body, Happening};
use crate::events::ConversationCreated;
use crate::members::people::{self, Named, Newcomers};
use crate::messages::system;
use crate::model::{Conversation, ConversationId, History, Kind, Role};
use crate::notices;

/// Characters a name may have.
const MAX_NAME: usize = 60;

/// A conversation to begin.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum NewConversation {
    /// With one colleague; there is one for each pair, and this finds it.
    Direct(NewDirect),
    /// With several people.
    Group(NewGroup),
}

/// The other one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDirect {
    /// Who.
    pub member_id: MemberId,
}

/// A group.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGroup {
    /// What it is called; without one clients say "Group chat" in the language of the reader. At most 60 characters.
    #[serde(default)]
    pub name: Option<String>,
    /// Who is in it besides the caller.
    #[serde(default)]
    pub member_ids: Vec<MemberId>,
    /// Departments whose people are in it, with those below.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub department_ids: Vec<directory::DepartmentId>,
    /// Groups of the directory whose people are in it.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub people_group_ids: Vec<directory::PeopleGroupId>,
    /// What people see who are added later; `joining` when absent.
    #[serde(default)]
    pub history: Option<History>,
}

/// Begin a conversation
#[utoipa::path(
    post, path = "/v1/conversations", tag = "chat", operation_id = "createConversation",
    request_body = NewConversation,
    responses(
        (status = 201, body = Conversation, description = "It is new"),
        (status = 200, body = Conversation, description = "There was this direct conversation already"),
    ),
    extensions(("x-access" = json!("member")), ("x-errors" = json!(["chat.too_many_members", "chat.try_again"]))),
)]
pub async fn create_conversation(
    cx: Cx,
    Json(input): Json<NewConversation>,
) -> Result<(StatusCode, Json<Conversation>)> {
    let mut tx = cx.begin().await?;
    let (id, status) = create(&mut tx, input).await?;
    let conversation = show::show(&mut tx, id).await?;
    tx.commit().await?;
    Ok((status, Json(conversation)))
}

/// Any member may begin a conversation with colleagues who are active.
pub async fn create(tx: &mut Tx, input: NewConversation) -> Result<(ConversationId, StatusCode)> {
    match input {
        NewConversation::Direct(input) => direct::open(tx, input.member_id).await,
        NewConversation::Group(input) => Ok((group(tx, input).await?, StatusCode::CREATED)),
    }
}

/// Whoever begins a group owns it (`IM-02`).
pub async fn group(tx: &mut Tx, input: NewGroup) -> Result<ConversationId> {
    let owner = tx.member()?;
    let name = checked_name(input.name.clone())?;
    let NewGroup { member_ids, department_ids, people_group_ids, .. } = &input;
    let named = Named { members: member_ids, departments: department_ids, people_groups: people_group_ids };
    let others = people::named(tx, named).await?;
    let others: Vec<MemberId> = others.into_iter().filter(|member| *member != owner).collect();
    if others.is_empty() {
        return Err(Error::Invalid { field: "member_ids", why: "empty" });
    }
    let id = insert(tx, Kind::Group, input.history.unwrap_or(History::Joining), name.as_deref()).await?;
    people::insert(tx, id, Newcomers { members: &[owner], role: Role::Owner, history: History::All }).await?;
    people::insert(tx, id, Newcomers { members: &others, role: Role::Member, history: History::All }).await?;
    people::count(tx, id).await?;
    let mut members = others.clone();
    members.push(owner);
    people::follow(tx, id, &members);
    system::write(tx, id, Body::system(Happening::Created, people::some_of(&others), name.clone())).await?;
    notices::added(tx, id, &others, name.as_deref()).await?;
    tx.emit(&ConversationCreated { conversation: id, is_direct: false, members })?;
    Ok(id)
}

/// An empty conversation. The caller announces it.
pub async fn insert(tx: &mut Tx, kind: Kind, history: History, name: Option<&str>) -> Result<ConversationId> {
    let (id, now) = (ConversationId(tx.new_id()), tx.now().trunc_subsecs(3));
    let sealed = name.map(|name| view::seal_name(tx, id, name)).transpose()?;
    sqlx::query(
        "insert into chat.conversation (id, kind, name, history, created_at, last_at) values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(kind)
    .bind(sealed)
    .bind(history)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(id)
}

/// A name without white space around it; nothing is no name.
pub fn checked_name(name: Option<String>) -> Result<Option<String>> {
    let Some(name) = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) else { return Ok(None) };
    if name.chars().count() > MAX_NAME {
        return Err(Error::Invalid { field: "name", why: "too_long" });
    }
    if name.chars().any(|c| c.is_control() || directory::is_unseen(c)) {
        return Err(Error::Invalid { field: "name", why: "control_character" });
    }
    Ok(Some(name))
}
