//! Which people are meant: the same question for the list and for its length.

use std::collections::HashSet;

use access::Permission;
use kernel::{Error, MemberId, Result, Tx};

use super::index::Entry;
use super::words::Words;
use crate::model::DepartmentId;
use crate::policy::Acting;
use crate::state::State;
use texts::Closeness;

const LONGEST_QUERY: usize = 100;

/// What was asked for.
#[derive(Clone, Copy)]
pub(crate) struct Sought<'a> {
    pub department: Option<DepartmentId>,
    pub query: Option<&'a str>,
    pub state: Option<State>,
}

/// The answer to whether somebody belongs to it.
pub(crate) struct Filter {
    inside: Option<HashSet<MemberId>>,
    words: Option<Words>,
    only: Option<State>,
    me: MemberId,
    looked_after: LookedAfter,
}

impl Filter {
    /// Colleagues see who works here; who looks after people also who does not at the moment.
    pub(crate) async fn of(tx: &mut Tx, sought: Sought<'_>) -> Result<Self> {
        let text = sought.query.map(str::trim).filter(|text| !text.is_empty());
        if text.is_some_and(|text| text.chars().count() > LONGEST_QUERY) {
            return Err(Error::Invalid { field: "query", why: "is_too_long" });
        }
        let looked_after = LookedAfter::load(tx).await?;
        if sought.state.is_some_and(|state| state != State::Active) && looked_after.is_nobody() {
            return Err(Error::Forbidden);
        }
        let inside = match sought.department {
            Some(department) => Some(below(tx, &[department]).await?),
            None => None,
        };
        Ok(Self { inside, words: text.map(Words::parse), only: sought.state, me: tx.member()?, looked_after })
    }

    /// Whether this one of the index is meant.
    pub(crate) fn has(&self, entry: &Entry) -> bool {
        self.only.is_none_or(|only| entry.state == only)
            && (entry.state == State::Active || self.looked_after.has(entry.id))
            && self.inside.as_ref().is_none_or(|inside| inside.contains(&entry.id))
            && self.words.as_ref().is_none_or(|words| entry.matches(words, || self.sees_user_id(entry.id)))
    }

    /// How near somebody who is meant is to the words; all the same where there are none.
    pub(crate) fn closeness(&self, entry: &Entry) -> Closeness {
        self.words.as_ref().map_or(Closeness::Same, |words| entry.closeness(words, self.sees_user_id(entry.id)))
    }

    /// As [`super::person::Person::seen_by`] shows it: nobody is found by what is not seen of them.
    fn sees_user_id(&self, member: MemberId) -> bool {
        member == self.me || self.looked_after.has(member)
    }
}

/// Of whom the caller sees whether they are invited, suspended or leaving.
enum LookedAfter {
    Everybody,
    These(HashSet<MemberId>),
}

impl LookedAfter {
    async fn load(tx: &mut Tx) -> Result<Self> {
        let Acting { holdings, .. } = Acting::load(tx).await?;
        if holdings.everywhere().has(Permission::PeopleSee) {
            return Ok(Self::Everybody);
        }
        let departments: Vec<DepartmentId> = holdings.departments(Permission::PeopleSee).collect();
        Ok(Self::These(if departments.is_empty() { HashSet::new() } else { below(tx, &departments).await? }))
    }

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
