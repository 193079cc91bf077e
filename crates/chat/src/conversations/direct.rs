//! The direct conversation of two people: one for each pair, whoever begins.

use axum::http::StatusCode;
use kernel::{Error, MemberId, Result, Tx};

use super::create;
use crate::events::{ConversationCreated, MyChanged};
use crate::members::people::{self, Newcomers};
use crate::model::{ConversationId, History, Kind, Role};

/// Finds the caller's conversation with `peer` or makes it (`IM-01`). The other one sees it with the first message.
pub async fn open(tx: &mut Tx, peer: MemberId) -> Result<(ConversationId, StatusCode)> {
    let me = tx.member()?;
    if peer == me {
        return Err(Error::Invalid { field: "member_id", why: "is_self" });
    }
    if let Some(id) = find(tx, me, peer).await? {
        show_again(tx, id, me).await?;
        return Ok((id, StatusCode::OK));
    }
    let active = directory::only_active_members(tx, &[peer]).await?;
    if directory::seen_members(tx, active).await?.is_empty() {
        return Err(Error::NotFound("member"));
    }
    let id = create::insert(tx, Kind::Direct, History::All, None).await?;
    let claimed = sqlx::query(
        "insert into chat.direct (low_id, high_id, conversation_id) values ($1, $2, $3)
         on conflict on constraint direct_pkey do nothing",
    )
    .bind(me.min(peer))
    .bind(me.max(peer))
    .bind(id)
    .execute(tx.db())
    .await?;
    if claimed.rows_affected() == 0 {
        return yield_to_other(tx, id, peer).await;
    }
    people::insert(tx, id, Newcomers { members: &[me, peer], role: Role::Member, history: History::All }).await?;
    people::count(tx, id).await?;
    sqlx::query("update chat.member set hidden_seq = 0 where conversation_id = $1 and member_id = $2")
        .bind(id)
        .bind(peer)
        .execute(tx.db())
        .await?;
    people::follow(tx, id, &[me, peer]);
    tx.emit(&ConversationCreated { conversation: id, is_direct: true, members: vec![me, peer] })?;
    Ok((id, StatusCode::CREATED))
}

/// Both began at the same moment: the conversation of whoever was first is everybody's.
async fn yield_to_other(tx: &mut Tx, mine: ConversationId, peer: MemberId) -> Result<(ConversationId, StatusCode)> {
    sqlx::query("delete from chat.conversation where id = $1").bind(mine).execute(tx.db()).await?;
    let me = tx.member()?;
    let id = find(tx, me, peer).await?.ok_or(Error::Conflict("chat.try_again"))?;
    show_again(tx, id, me).await?;
    Ok((id, StatusCode::OK))
}

async fn find(tx: &mut Tx, me: MemberId, peer: MemberId) -> Result<Option<ConversationId>> {
    Ok(sqlx::query_scalar("select conversation_id from chat.direct where low_id = $1 and high_id = $2")
        .bind(me.min(peer))
        .bind(me.max(peer))
        .fetch_optional(tx.db())
        .await?)
}

async fn show_again(tx: &mut Tx, id: ConversationId, me: MemberId) -> Result<()> {
    let now = tx.now();
    let shown = sqlx::query(
        "update chat.member m set hidden_seq = -1, changed_at = $3 from chat.conversation c
         where m.conversation_id = $1 and m.member_id = $2 and c.id = $1 and m.hidden_seq >= c.last_seq",
    )
    .bind(id)
    .bind(me)
    .bind(now)
    .execute(tx.db())
    .await?;
    if shown.rows_affected() > 0 {
        tx.emit(&MyChanged { conversation: id, members: vec![me] })?;
    }
    Ok(())
}
