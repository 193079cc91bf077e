//! Groups of somebody who is not let in any more get another owner out of their own people.

use std::collections::HashSet;

use directory::Principal;
use handover::{Kind, Passing, Thing};
use kernel::{BoxFuture, Error, MemberId, Result, Tx};

use super::view::open_name;
use crate::body::{Body, Happening};
use crate::events::MembersChanged;
use crate::members::people;
use crate::messages::system;
use crate::model::{ConversationId, Role};
use crate::seat::Seat;

/// Groups that somebody owns.
pub fn groups_to_hand_over() -> Kind {
    Kind { name: "chat.group", things, pass }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: ConversationId,
    name: Option<Vec<u8>>,
    member_count: i32,
    /// Those besides the owner, administrators first, then who came first.
    others: Vec<MemberId>,
}

fn things(tx: &mut Tx, member: MemberId) -> BoxFuture<'_, Result<Vec<Thing>>> {
    Box::pin(async move {
        let rows: Vec<Row> = sqlx::query_as(
            "select c.id, c.name, c.member_count,
                    array(select o.member_id from chat.member o
                          where o.conversation_id = c.id and o.member_id <> $1
                          order by o.role <> 'administrator', o.joined_at, o.member_id) as others
             from chat.member m join chat.conversation c on c.id = m.conversation_id
             where m.member_id = $1 and m.role = 'owner' and c.kind = 'group' and c.dissolved_at is null
             order by c.created_at, c.id",
        )
        .bind(member)
        .fetch_all(tx.db())
        .await?;
        let mut others: Vec<MemberId> = rows.iter().flat_map(|row| row.others.iter().copied()).collect();
        others.sort_unstable();
        others.dedup();
        let active: HashSet<MemberId> = directory::only_active_members(tx, &others).await?.into_iter().collect();
        rows.into_iter().map(|row| thing(tx, row, &active)).collect()
    })
}

/// What it is called is shown to whoever hands it over; what is said in it is not.
fn thing(tx: &Tx, row: Row, active: &HashSet<MemberId>) -> Result<Thing> {
    let candidates: Vec<MemberId> = row.others.into_iter().filter(|one| active.contains(one)).collect();
    Ok(Thing {
        id: row.id.0,
        name: row.name.as_deref().map(|sealed| open_name(tx, row.id, sealed)).transpose()?,
        department: None,
        role: None,
        count: Some(row.member_count.into()),
        proposed: candidates.first().copied(),
        candidates: candidates.into_iter().map(Principal::Member).collect(),
        can_pass: true,
    })
}

fn pass<'a>(tx: &'a mut Tx, passing: &'a Passing) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let (id, from, to) = (ConversationId(passing.thing()), passing.from(), passing.to());
        let seat = Seat::lock(tx, id, from).await?.ok_or(Error::NotFound("conversation"))?;
        if seat.role != Role::Owner || seat.dissolved_at.is_some() {
            return Err(Error::NotFound("conversation"));
        }
        people::set_role(tx, id, to, Role::Owner).await?;
        people::set_role(tx, id, from, Role::Member).await?;
        system::write(tx, id, Body::system(Happening::Transferred, vec![to], None)).await?;
        tx.emit(&MembersChanged { conversation: id, added: Vec::new(), removed: Vec::new() })
    })
}
