//! List the people, sorted by pinyin, what was asked for the nearest first; find them by name, pinyin, initials, staff number and what one
//! sees of user id, phone number and e-mail address (`DIR-01`, `SRCH-02`).

use std::sync::PoisonError;

use kernel::{AccountId, Cx, Error, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;

use super::filter::{Filter, Sought};
use super::person::{self, Person};
use super::viewer::Viewer;
use super::{index, memberships};
use crate::model::{DepartmentId, Member};
use access::State;

const MOST_IDS: usize = 200;

/// Which people.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// In this department or below it.
    pub department: Option<DepartmentId>,
    /// Only of the departments the caller was given roles for, with what lies below; of whoever was given none, everybody.
    #[serde(default)]
    pub is_mine: bool,
    /// Part of the name, pinyin, initials, part of the staff number; of what the caller sees also the beginning of
    /// user id or e-mail address (3 characters), part of the phone number (4 digits).
    pub query: Option<String>,
    /// In this state; for other than active ones one holds `people.see`.
    pub state: Option<State>,
    /// These people, separated by commas, whatever their state; nothing else is looked at then.
    pub ids: Option<String>,
    /// The last person of the page before.
    pub after: Option<MemberId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List people
#[utoipa::path(
    get, path = "/v1/members", tag = "directory", operation_id = "listMembers",
    params(Wanted),
    responses((status = 200, body = Page<Member>)),
    extensions(
        ("x-access" = json!("member of the organisation; of people who are not active, holder of people.see")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_members(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Json<Page<Member>>> {
    let mut tx = cx.begin().await?;
    let page = match &wanted.ids {
        Some(ids) => Page { items: parse_ids("ids", ids)?, next: None },
        None => found(&mut tx, &wanted).await?,
    };
    let people = person::load_all(&mut tx, &page.items).await?;
    Ok(Json(Page { items: shown(&mut tx, people).await?, next: page.next }))
}

pub(crate) fn parse_ids(field: &'static str, text: &str) -> Result<Vec<MemberId>> {
    let mut ids: Vec<MemberId> = Vec::new();
    for id in text.split(',').filter(|part| !part.is_empty()) {
        let id = id.trim().parse().map_err(|_| Error::Invalid { field, why: "not_an_id" })?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() > MOST_IDS { Err(Error::Invalid { field, why: "too_many" }) } else { Ok(ids) }
}

/// A page of ids out of the index.
async fn found(tx: &mut Tx, wanted: &Wanted) -> Result<Page<MemberId>> {
    let &Wanted { department, is_mine, ref query, state, .. } = wanted;
    let sought = Sought { department, is_mine, query: query.as_deref(), state };
    let filter = Filter::of(tx, sought).await?;
    let limit = wanted.limit.get();
    let index = index::load(tx).await?;
    let index = index.read().unwrap_or_else(PoisonError::into_inner);
    let unknown = Error::Invalid { field: "after", why: "unknown" };
    if sought.query.is_none() {
        let rest = index.after(wanted.after).ok_or(unknown)?;
        let ids = rest.iter().filter(|entry| filter.has(entry)).map(|entry| entry.id).take(limit + 1).collect();
        return Ok(Page::of(ids, limit, ToString::to_string));
    }
    let place = |entry| (filter.closeness(entry), entry.key());
    let everybody = index.after(None).unwrap_or_default().iter().map(AsRef::as_ref);
    let mut near: Vec<_> = everybody.filter(|entry| filter.has(entry)).map(place).collect();
    // In the order of the list as it is: only what is nearer moves up.
    near.sort_by_key(|place| place.0);
    let from = match wanted.after {
        Some(after) => {
            let after = place(index.get(after).ok_or(unknown)?);
            near.partition_point(|place| *place <= after)
        }
        None => 0,
    };
    let ids = near[from..].iter().map(|(_, (_, _, id))| *id).take(limit + 1).collect();
    Ok(Page::of(ids, limit, ToString::to_string))
}

/// Everybody whom the list would show, but others whose data is restricted, in the order in which it has them without words.
pub async fn all(tx: &mut Tx, sought: Sought<'_>) -> Result<Vec<MemberId>> {
    let filter = Filter::of(tx, sought).await?;
    let index = index::load(tx).await?;
    let index = index.read().unwrap_or_else(PoisonError::into_inner);
    let everybody = index.after(None).unwrap_or_default().iter();
    Ok(everybody.filter(|entry| filter.has(entry) && !filter.keeps(entry)).map(|entry| entry.id).collect())
}

/// Those of the people whom the caller sees, as they may see them.
pub(crate) async fn shown(tx: &mut Tx, people: Vec<Person>) -> Result<Vec<Member>> {
    let viewer = Viewer::of(tx, &people).await?;
    let people: Vec<Person> = people.into_iter().filter(|person| viewer.sight.meets(person.id)).collect();
    // Whose account belongs elsewhere too cannot be given a new password from here: no button for that.
    let elsewhere = if viewer.acting.holdings.held().is_empty() {
        Vec::new()
    } else {
        let accounts: Vec<AccountId> = people.iter().map(|person| person.account).collect();
        memberships::elsewhere(tx, &accounts).await?
    };
    let shown = people.into_iter().map(|person| {
        let is_ours = !elsewhere.contains(&person.account);
        let mut member = person.seen_by(&viewer);
        member.can.reset_password &= is_ours;
        member
    });
    Ok(shown.collect())
}
