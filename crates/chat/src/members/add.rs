//! Add people to a group, one by one or a department at a time.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::people::{self, Named, Newcomers};
use crate::body::{Body, Happening};
use crate::events::MembersChanged;
use crate::messages::system;
use crate::model::{ConversationId, Role};
use crate::notices;
use crate::policy::JoinedGroup;

/// Who is to come in.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMembers {
    /// These people.
    #[serde(default)]
    pub member_ids: Vec<MemberId>,
    /// The people of these departments and of those below.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub department_ids: Vec<directory::DepartmentId>,
    /// The people of these groups of the directory.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub people_group_ids: Vec<directory::PeopleGroupId>,
}

/// Add people to a group
#[utoipa::path(
    post, path = "/v1/conversations/{conversation}/members", tag = "chat", operation_id = "addConversationMembers",
    params(("conversation" = ConversationId, Path)),
    request_body = AddMembers,
    responses((status = 204)),
    extensions(
        ("x-access" = json!("member of the group")),
        ("x-errors" = json!(["chat.not_a_group", "chat.conversation_dissolved", "chat.too_many_members"])),
    ),
)]
pub async fn add_conversation_members(
    cx: Cx,
    Path(conversation): Path<ConversationId>,
    Json(input): Json<AddMembers>,
) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let group = JoinedGroup::load(&mut tx, conversation).await?;
    add(&mut tx, &group, input).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is in already stays as they are. Newcomers see what the group's history says.
pub async fn add(tx: &mut Tx, group: &JoinedGroup, input: AddMembers) -> Result<()> {
    let AddMembers { member_ids, department_ids, people_group_ids } = &input;
    let named = Named { members: member_ids, departments: department_ids, people_groups: people_group_ids };
    let members = people::named(tx, named).await?;
    if members.is_empty() {
        return Err(Error::Invalid { field: "member_ids", why: "empty" });
    }
    let newcomers = Newcomers { members: &members, role: Role::Member, history: group.seat().history };
    let added = people::insert(tx, group.id(), newcomers).await?;
    if added.is_empty() {
        return Ok(()); // nothing changed: nothing to announce
    }
    people::count(tx, group.id()).await?;
    people::follow(tx, group.id(), &added);
    system::write(tx, group.id(), Body::system(Happening::Added, people::some_of(&added), None)).await?;
    notices::added(tx, group.id(), &added, None).await?;
    tx.emit(&MembersChanged { conversation: group.id(), added, removed: Vec::new() })
}
