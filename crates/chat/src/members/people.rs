//! The rows of who is in a conversation, and the topics their windows follow. Whoever calls holds the proof.

use std::collections::BTreeSet;

use directory::{DepartmentId, PeopleGroupId};
use kernel::{Error, MemberId, Result, Tx};

use crate::model::{ConversationId, History, Role};

/// People a conversation may have.
pub const MAX_MEMBERS: i64 = 2000;
/// Directory groups that are named at once.
const MOST_GROUPS: usize = 100;
/// People a line in the conversation names; of more it says how many.
const NAMED_IN_LINE: usize = 50;

/// People who come in together.
pub struct Newcomers<'a> {
    pub members: &'a [MemberId],
    pub role: Role,
    pub history: History,
}

/// People by themselves, by department and by group of people.
pub struct Named<'a> {
    pub members: &'a [MemberId],
    pub departments: &'a [DepartmentId],
    pub people_groups: &'a [PeopleGroupId],
}

/// The active ones among them whom the caller sees, each once. `NotFound` for a group of people whom the caller does not see.
pub async fn named(tx: &mut Tx, named: Named<'_>) -> Result<Vec<MemberId>> {
    let Named { members, departments, people_groups } = named;
    if members.len() > usize::try_from(MAX_MEMBERS).unwrap_or(usize::MAX) {
        return Err(Error::Conflict("chat.too_many_members"));
    }
    let groups: BTreeSet<PeopleGroupId> = people_groups.iter().copied().collect();
    if groups.len() > MOST_GROUPS {
        return Err(Error::Invalid { field: "people_group_ids", why: "too_many" });
    }
    let mut people = directory::only_active_members(tx, members).await?;
    if !departments.is_empty() {
        people.extend(directory::members_of_departments(tx, departments).await?);
    }
    people.extend(people_groups::members_of(tx, &groups.into_iter().collect::<Vec<_>>()).await?);
    people.sort_unstable();
    people.dedup();
    directory::seen_members(tx, people).await
}

/// Lets people in and returns those who were not in already. They have read everything: what was said before they came
/// is nobody's reproach. With `joining` they do not see it either.
pub async fn insert(tx: &mut Tx, conversation: ConversationId, newcomers: Newcomers<'_>) -> Result<Vec<MemberId>> {
    let now = tx.now();
    Ok(sqlx::query_scalar(
        "insert into chat.member (conversation_id, member_id, role, joined_at, changed_at, start_seq, start_n, read_seq, read_n)
         select c.id, new.id, $3, $4, $4, case $5 when 'all' then 0 else c.last_seq end, case $5 when 'all' then 0 else c.last_n end,
                c.last_seq, c.last_n
         from chat.conversation c, unnest($2::uuid[]) as new(id) where c.id = $1
         on conflict on constraint member_pkey do nothing returning member_id",
    )
    .bind(conversation)
    .bind(newcomers.members)
    .bind(newcomers.role)
    .bind(now)
    .bind(newcomers.history)
    .fetch_all(tx.db())
    .await?)
}

/// Counts the people anew; more than there may be is refused, and so is everything this transaction did.
pub async fn count(tx: &mut Tx, conversation: ConversationId) -> Result<()> {
    let count: i64 = sqlx::query_scalar(
        "update chat.conversation c set member_count = x.n
         from (select count(*) as n from chat.member where conversation_id = $1) x where c.id = $1 returning x.n",
    )
    .bind(conversation)
    .fetch_one(tx.db())
    .await?;
    if count > MAX_MEMBERS { Err(Error::Conflict("chat.too_many_members")) } else { Ok(()) }
}

/// Takes somebody out, with what was theirs alone in it.
pub async fn delete(tx: &mut Tx, conversation: ConversationId, member: MemberId) -> Result<()> {
    sqlx::query(
        "with draft as (delete from chat.draft where conversation_id = $1 and member_id = $2),
              mention as (delete from chat.mention where conversation_id = $1 and member_id = $2)
         delete from chat.member where conversation_id = $1 and member_id = $2",
    )
    .bind(conversation)
    .bind(member)
    .execute(tx.db())
    .await?;
    count(tx, conversation).await
}

/// The role of somebody in it.
pub async fn role_of(tx: &mut Tx, conversation: ConversationId, member: MemberId) -> Result<Role> {
    let role = sqlx::query_scalar("select role from chat.member where conversation_id = $1 and member_id = $2")
        .bind(conversation)
        .bind(member)
        .fetch_optional(tx.db())
        .await?;
    role.ok_or(Error::NotFound("member"))
}

/// Gives somebody in it another role.
pub async fn set_role(tx: &mut Tx, conversation: ConversationId, member: MemberId, role: Role) -> Result<()> {
    let now = tx.now();
    let changed =
        sqlx::query("update chat.member set role = $3, changed_at = $4 where conversation_id = $1 and member_id = $2")
            .bind(conversation)
            .bind(member)
            .bind(role)
            .bind(now)
            .execute(tx.db())
            .await?;
    if changed.rows_affected() == 0 { Err(Error::NotFound("member")) } else { Ok(()) }
}

/// Has the windows of these people follow the conversation from the commit on; the event does it on other nodes.
pub fn follow(tx: &mut Tx, conversation: ConversationId, members: &[MemberId]) {
    let (org, members) = (tx.org(), members.to_vec());
    tx.on_commit(move |app| {
        for member in members {
            app.hub().join(org, conversation.0, member);
        }
    });
}

/// Has the windows of somebody hear nothing more of the conversation, from before the commit on, so that no message
/// that is written after it can reach them; again after it, for a window that opened in between.
pub fn unfollow(tx: &mut Tx, conversation: ConversationId, member: MemberId) {
    let org = tx.org();
    tx.app().hub().leave(org, conversation.0, member);
    tx.on_commit(move |app| app.hub().leave(org, conversation.0, member));
}

/// As many of them as a line in the conversation names.
pub fn some_of(members: &[MemberId]) -> Vec<MemberId> {
    members.iter().take(NAMED_IN_LINE).copied().collect()
}
