//! Find one's own conversations by what they are called: by any part of the name, by pinyin, by initials; those without
//! a name by the people in them (`SRCH-01`).

use std::collections::HashMap;

use directory::NameQuery;
use kernel::{Cx, Error, Json, Limit, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view;
use crate::model::{Conversation, ConversationId};
use crate::seat::Seat;

/// Characters a query may have.
const LONGEST: usize = 100;
/// People of a group without a name by whom it is found: those it is called after.
const NAMED_AFTER: i64 = 8;

/// What to look for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConversationSearch {
    /// Part of the name, pinyin or initials, 1 to 100 characters.
    pub q: String,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit<100>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct ConversationHits {
    /// Those first in which something was said last.
    pub hits: Vec<Conversation>,
}

/// Search conversations
#[utoipa::path(
    get, path = "/v1/conversations/search", tag = "chat", operation_id = "searchConversations",
    params(ConversationSearch),
    responses((status = 200, body = ConversationHits)),
    extensions(
        ("x-access" = json!("member; one's own conversations only")),
        ("x-rate" = json!("search")),
    ),
)]
pub async fn search_conversations(cx: Cx, Query(wanted): Query<ConversationSearch>) -> Result<Json<ConversationHits>> {
    let mut tx = cx.begin().await?;
    let hits = search(&mut tx, &wanted.q, wanted.limit.get()).await?;
    tx.commit().await?;
    Ok(Json(hits))
}

/// The caller's conversations of that name. Names are sealed: all of one's own are opened and compared.
pub async fn search(tx: &mut Tx, text: &str, limit: usize) -> Result<ConversationHits> {
    if text.chars().count() > LONGEST {
        return Err(Error::Invalid { field: "q", why: "is_too_long" });
    }
    if text.trim().is_empty() {
        return Err(Error::Invalid { field: "q", why: "empty" });
    }
    let query = NameQuery::parse(text);
    let member = tx.member()?;
    let seats: Vec<Seat> = sqlx::query_as(
        "select c.id, c.kind, c.name, c.history, c.member_count, c.created_at, c.dissolved_at, c.last_seq, c.last_n, c.last_at,
                c.expired_seq, c.expired_n, m.member_id, m.role, m.start_seq, m.start_n, m.read_seq, m.read_n, m.hidden_seq,
                c.revision, m.is_marked_unread, m.is_muted, m.is_pinned
         from chat.member m join chat.conversation c on c.id = m.conversation_id
         where m.member_id = $1 order by c.last_at desc, c.id desc",
    )
    .bind(member)
    .fetch_all(tx.db())
    .await?;
    let people = people_of_nameless(tx, &seats, member).await?;
    let mut found = Vec::new();
    for seat in seats {
        let is_found = match seat.name.as_deref() {
            Some(sealed) => query.finds(&view::open_name(tx, seat.id, sealed)?),
            None => people.get(&seat.id).into_iter().flatten().any(|name| query.finds(name)),
        };
        if is_found {
            found.push(seat);
        }
        if found.len() == limit {
            break;
        }
    }
    Ok(ConversationHits { hits: view::of(tx, found).await? })
}

/// The others' names in conversations that have none themselves.
async fn people_of_nameless(
    tx: &mut Tx,
    seats: &[Seat],
    member: MemberId,
) -> Result<HashMap<ConversationId, Vec<String>>> {
    let nameless: Vec<ConversationId> = seats.iter().filter(|seat| seat.name.is_none()).map(|seat| seat.id).collect();
    let others: Vec<(ConversationId, MemberId)> = sqlx::query_as(
        "select p.conversation, m.member_id from unnest($1::uuid[]) as p(conversation)
         cross join lateral (
             select x.member_id from chat.member x
             where x.conversation_id = p.conversation and x.member_id <> $2 order by x.member_id limit $3) m",
    )
    .bind(nameless)
    .bind(member)
    .bind(NAMED_AFTER)
    .fetch_all(tx.db())
    .await?;
    let ids: Vec<MemberId> = others.iter().map(|(_, member)| *member).collect();
    // Nobody is found by a name that is not seen.
    let ids = directory::seen_members(tx, ids).await?;
    let names = directory::names(tx, &ids).await?;
    let mut people: HashMap<ConversationId, Vec<String>> = HashMap::new();
    for (conversation, member) in others {
        people.entry(conversation).or_default().extend(names.get(&member).cloned());
    }
    Ok(people)
}
