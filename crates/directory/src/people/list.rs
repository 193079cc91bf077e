//! List the people, sorted by pinyin; find them by name, pinyin, initials or staff number (`DIR-01`).

use std::collections::HashSet;
use std::sync::PoisonError;

use access::Permission;
use kernel::{AccountId, Cx, Error, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;

use super::person::{self, Person};
use super::reading::{self, fold};
use super::viewer::Viewer;
use super::{index, memberships};
use crate::model::{DepartmentId, Member};
use crate::policy::Acting;
use crate::state::State;

const MOST_IDS: usize = 200;
const LONGEST_QUERY: usize = 100;

/// Which people.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// In this department or below it.
    pub department: Option<DepartmentId>,
    /// Part of the name, pinyin, initials, or the beginning of the staff number.
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
        Some(ids) => Page { items: parse_ids(ids)?, next: None },
        None => found(&mut tx, &wanted).await?,
    };
    let people = person::load_all(&mut tx, &page.items).await?;
    Ok(Json(Page { items: shown(&mut tx, people).await?, next: page.next }))
}

fn parse_ids(text: &str) -> Result<Vec<MemberId>> {
    let mut ids: Vec<MemberId> = Vec::new();
    for id in text.split(',').filter(|part| !part.is_empty()) {
        let id = id.trim().parse().map_err(|_| Error::Invalid { field: "ids", why: "not_an_id" })?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.len() > MOST_IDS { Err(Error::Invalid { field: "ids", why: "too_many" }) } else { Ok(ids) }
}

/// A page of ids out of the index. Colleagues see who works here; who looks after people also who does not at the moment.
async fn found(tx: &mut Tx, wanted: &Wanted) -> Result<Page<MemberId>> {
    let text = wanted.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_QUERY) {
        return Err(Error::Invalid { field: "query", why: "is_too_long" });
    }
    let looked_after = looked_after(tx).await?;
    if wanted.state.is_some_and(|state| state != State::Active) && looked_after.is_nobody() {
        return Err(Error::Forbidden);
    }
    let inside = match wanted.department {
        Some(department) => Some(below(tx, &[department]).await?),
        None => None,
    };
    let query = text.map(|text| (reading::Query::parse(text), fold(text)));
    let is_shown = |entry: &index::Entry| {
        let is_wanted = wanted.state.is_none_or(|only| entry.state == only);
        is_wanted && (entry.state == State::Active || looked_after.has(entry.id))
    };
    let limit = wanted.limit.get();
    let index = index::load(tx).await?;
    let index = index.read().unwrap_or_else(PoisonError::into_inner);
    let rest = index.after(wanted.after).ok_or(Error::Invalid { field: "after", why: "unknown" })?;
    let ids = rest
        .iter()
        .filter(|entry| is_shown(entry))
        .filter(|entry| inside.as_ref().is_none_or(|inside| inside.contains(&entry.id)))
        .filter(|entry| query.as_ref().is_none_or(|(query, number)| entry.matches(query, number)))
        .map(|entry| entry.id)
        .take(limit + 1)
        .collect();
    Ok(Page::of(ids, limit, ToString::to_string))
}

/// Of whom the caller sees whether they are invited, suspended or leaving.
enum LookedAfter {
    Everybody,
    These(HashSet<MemberId>),
}

impl LookedAfter {
    fn is_nobody(&self) -> bool {
        matches!(self, Self::These(these) if these.is_empty())
    }

    fn has(&self, member: MemberId) -> bool {
        match self {
            Self::Everybody => true,
            Self::These(these) => these.contains(&member),
        }
    }
}

async fn looked_after(tx: &mut Tx) -> Result<LookedAfter> {
    let Acting { holdings, .. } = Acting::load(tx).await?;
    if holdings.everywhere().has(Permission::PeopleSee) {
        return Ok(LookedAfter::Everybody);
    }
    let departments: Vec<DepartmentId> = holdings.departments(Permission::PeopleSee).collect();
    let these = if departments.is_empty() { HashSet::new() } else { below(tx, &departments).await? };
    Ok(LookedAfter::These(these))
}

/// Everybody in the departments or below them, whatever their state.
async fn below(tx: &mut Tx, departments: &[DepartmentId]) -> Result<HashSet<MemberId>> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "with recursive tree as (
             select id from directory.department where id = any($1)
             union select d.id from directory.department d join tree on d.parent_id = tree.id)
         select distinct d.member_id from directory.department_member d join tree on tree.id = d.department_id",
    )
    .bind(departments)
    .fetch_all(tx.db())
    .await?;
    Ok(members.into_iter().collect())
}

/// People as the caller may see them.
pub(crate) async fn shown(tx: &mut Tx, people: Vec<Person>) -> Result<Vec<Member>> {
    let viewer = Viewer::of(tx, &people).await?;
    // Whose account belongs elsewhere too cannot be given a new password from here: no button for that.
    let elsewhere = if viewer.holds_something() {
        let accounts: Vec<AccountId> = people.iter().map(|person| person.account).collect();
        memberships::elsewhere(tx, &accounts).await?
    } else {
        Vec::new()
    };
    let shown = people.into_iter().map(|person| {
        let is_ours = !elsewhere.contains(&person.account);
        let mut member = person.seen_by(&viewer);
        member.can.reset_password &= is_ours;
        member
    });
    Ok(shown.collect())
}
