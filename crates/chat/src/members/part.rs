//! Somebody is erased: they are in no conversation any more, and no group is left without an owner (`DEL-01`).

use directory::State;
use inbox::{New, Target};
use kernel::{Actor, App, MemberId, OrgId, Result, Tx};

use super::people;
use crate::events::{ConversationChanged, MembersChanged};
use crate::model::{ConversationId, Kind, Role};
use crate::seat::Seat;

/// Takes the member out of every conversation, each by itself, so that nobody who writes waits for all of them.
///
/// A group they owned goes to its first administrator, else to whoever is in it longest. What nobody can answer any more has
/// ended: a group without people, and a conversation of two. What was said stays for the others until its time is over.
pub async fn part(app: &App, org: OrgId, member: MemberId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let places: Vec<ConversationId> =
        sqlx::query_scalar("select conversation_id from chat.member where member_id = $1 order by conversation_id")
            .bind(member)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    for place in places {
        let mut tx = app.begin(org, Actor::System).await?;
        part_from(&mut tx, place, member).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn part_from(tx: &mut Tx, id: ConversationId, member: MemberId) -> Result<()> {
    let Some(seat) = Seat::lock(tx, id, member).await? else { return Ok(()) };
    people::delete(tx, id, member).await?;
    people::unfollow(tx, id, member);
    // Who it was is said nowhere: their own windows are long closed, and nothing about them may begin anew.
    tx.emit(&MembersChanged { conversation: id, added: Vec::new(), removed: Vec::new() })?;
    if seat.dissolved_at.is_some() {
        return Ok(());
    }
    if seat.kind == Kind::Direct {
        return end(tx, id).await;
    }
    if seat.role != Role::Owner {
        return Ok(());
    }
    let Some(heir) = heir(tx, id).await? else { return end(tx, id).await };
    people::set_role(tx, id, heir, Role::Owner).await?;
    let target = Target { kind: "chat.conversation".into(), id: id.0, seq: None };
    let text = "passed_chat_group".into();
    inbox::notify(tx, &[heir], New { kind: inbox::Kind::System, target: Some(target), actor: None, text }).await
}

/// Whoever is in it and can look after it, the nearest first; somebody who is shut out only where there is nobody else.
async fn heir(tx: &mut Tx, id: ConversationId) -> Result<Option<MemberId>> {
    let others: Vec<MemberId> = sqlx::query_scalar(
        "select member_id from chat.member where conversation_id = $1
         order by role <> 'administrator', joined_at, member_id",
    )
    .bind(id)
    .fetch_all(tx.db())
    .await?;
    let active = directory::only_active_members(tx, &others).await?;
    if let Some(active) = others.iter().find(|one| active.contains(one)) {
        return Ok(Some(*active));
    }
    for other in others {
        if matches!(directory::member_state(tx, other).await, Ok(state) if state != State::Erased) {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

async fn end(tx: &mut Tx, id: ConversationId) -> Result<()> {
    let now = tx.now();
    sqlx::query("update chat.conversation set dissolved_at = $2 where id = $1")
        .bind(id)
        .bind(now)
        .execute(tx.db())
        .await?;
    tx.emit(&ConversationChanged { conversation: id })
}
