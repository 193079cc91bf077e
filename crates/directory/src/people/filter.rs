//! Which people are meant: the same question for the list and for its length.

use std::collections::HashSet;

use kernel::{Error, MemberId, Result, Tx};

use super::index::Entry;
use super::sight::Sight;
use crate::fields::BuiltIn;
use crate::model::DepartmentId;
use crate::policy::Acting;
use access::State;
use texts::{Closeness, Words};

const LONGEST_QUERY: usize = 100;

/// What was asked for; everybody when nothing is.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    /// In this department or below it.
    pub department: Option<DepartmentId>,
    /// In a department the caller was given a role for, or below one; everybody for whoever was given none such.
    pub is_mine: bool,
    /// Part of the name, pinyin, initials, and of what else one finds people by.
    pub query: Option<&'a str>,
    /// In this state.
    pub state: Option<State>,
}

/// The answer to whether somebody belongs to it.
pub(crate) struct Filter {
    inside: Option<HashSet<MemberId>>,
    words: Option<Words>,
    only: Option<State>,
    sight: Sight,
}

impl Filter {
    /// Colleagues see who works here; who looks after people also who does not at the moment. Nobody finds anybody by
    /// what they do not see.
    pub(crate) async fn of(tx: &mut Tx, sought: Sought<'_>) -> Result<Self> {
        let text = sought.query.map(str::trim).filter(|text| !text.is_empty());
        if text.is_some_and(|text| text.chars().count() > LONGEST_QUERY) {
            return Err(Error::Invalid { field: "query", why: "is_too_long" });
        }
        let acting = Acting::load(tx).await?;
        let sight = Sight::of(tx, &acting, None).await?;
        if sought.state.is_some_and(|state| state != State::Active) && sight.looks_after_nobody() {
            return Err(Error::Forbidden);
        }
        let mut inside = match sought.department {
            Some(department) if !sight.reach.shows(department) => Some(HashSet::new()),
            Some(department) => Some(below(tx, &[department]).await?),
            None => None,
        };
        let part = if sought.is_mine { acting.holdings.part() } else { Vec::new() };
        if !part.is_empty() {
            let mine = below(tx, &part).await?;
            inside.get_or_insert_with(|| mine.clone()).retain(|member| mine.contains(member));
        }
        Ok(Self { inside, words: text.map(Words::parse), only: sought.state, sight })
    }

    /// Whether this one of the index is meant.
    pub(crate) fn has(&self, entry: &Entry) -> bool {
        self.only.is_none_or(|only| entry.state == only)
            && (entry.state == State::Active || self.sight.looks_after(entry.id))
            && self.sight.finds(entry.id)
            && self.inside.as_ref().is_none_or(|inside| inside.contains(&entry.id))
            && self.words.as_ref().is_none_or(|words| entry.matches(words, |field| self.finds_by(field, entry.id)))
    }

    /// Whether what is known of this one is kept from the caller.
    pub(crate) fn keeps(&self, entry: &Entry) -> bool {
        self.sight.is_kept_from(entry.id)
    }

    /// How near somebody who is meant is to the words; all the same where there are none.
    pub(crate) fn closeness(&self, entry: &Entry) -> Closeness {
        let near = |words| entry.closeness(words, |field| self.finds_by(field, entry.id));
        self.words.as_ref().map_or(Closeness::Same, near)
    }

    fn finds_by(&self, field: BuiltIn, person: MemberId) -> bool {
        self.sight.finds_by(field.id(), person)
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
