//! Who sees whom, and what of them: the one place that says it, for cards, lists, search, pictures and departments
//! (`DIR-03`, `DIR-08`).

use std::collections::HashSet;

use access::{Permission, Reach, State};
use kernel::{Actor, MemberId, Result, Tx};

use super::look_up;
use crate::departments::reach::reach;
use crate::fields::{Audience, FieldId, Rules};
use crate::model::DepartmentId;
use crate::policy::Acting;

/// How the caller stands to people. A program sees what was lent to it: it is nobody's colleague, and nobody itself.
pub(crate) struct Sight {
    me: Option<MemberId>,
    pub rules: Rules,
    near: HashSet<MemberId>,
    led: HashSet<MemberId>,
    looked_after: LookedAfter,
    unseen: HashSet<MemberId>,
    restricted: HashSet<MemberId>,
    pub reach: Reach,
}

impl Sight {
    /// How they stand to these people; to everybody when none are named.
    pub async fn of(tx: &mut Tx, acting: &Acting, people: Option<&[MemberId]>) -> Result<Self> {
        let rules = Rules::load(tx).await?;
        let me = matches!(tx.actor(), Actor::Member(_)).then_some(acting.id);
        let (mut near, mut led) = (HashSet::new(), HashSet::new());
        if me.is_some() && rules.name(Audience::Department) {
            near = self::near(tx, acting, people).await?;
        }
        if me.is_some() && rules.name(Audience::Leaders) {
            led = self::led(tx, acting, people).await?;
        }
        let looked_after = LookedAfter::load(tx, acting, people).await?;
        let reach = reach(tx, acting).await?;
        let unseen = if reach.is_unlimited() { HashSet::new() } else { unseen(tx, &reach, people).await? };
        let restricted = look_up::restricted(tx).await?;
        Ok(Self { me, rules, near, led, looked_after, unseen, restricted, reach })
    }

    /// Whether they see the person at all, be it the name alone.
    pub fn meets(&self, person: MemberId) -> bool {
        self.me == Some(person) || self.looked_after.has(person) || !self.unseen.contains(&person)
    }

    /// Whether they come upon the person: of whoever had their data restricted (`DSR-04`) those only who look after them. To others
    /// who heard of them, in a conversation, the name is left.
    pub fn finds(&self, person: MemberId) -> bool {
        self.meets(person) && (!self.is_kept_from(person) || self.looks_after(person))
    }

    /// Whether they are shut out and not the caller's to look after: of whom somebody may have heard, only the name is left,
    /// and not which way they went.
    pub fn has_lost(&self, person: MemberId, state: State) -> bool {
        state.is_shut_out() && self.me != Some(person) && !self.looks_after(person)
    }

    /// Whether nothing of the person but the name, where they are and what they may do is theirs to read, however they look after
    /// them: it is kept and not used otherwise (`DSR-04`).
    pub fn is_kept_from(&self, person: MemberId) -> bool {
        self.me != Some(person) && self.restricted.contains(&person)
    }

    /// Whether they see what stands in the field of the person.
    pub fn sees(&self, field: FieldId, person: MemberId) -> bool {
        let is_shown =
            |rule: &profiles::Rule| rule.is_collected && rule.seen_by.iter().any(|audience| self.is(*audience, person));
        self.meets(person) && !self.is_kept_from(person) && self.rules.get(field).is_some_and(is_shown)
    }

    /// Whether most of what stands in the field is hidden from them until they ask.
    pub fn masks(&self, field: FieldId, person: MemberId) -> bool {
        self.me != Some(person) && self.rules.get(field).is_some_and(|rule| rule.is_masked)
    }

    /// Whether they find the person by it. Of what is masked they could guess one digit after the other, unrecorded.
    pub fn finds_by(&self, field: FieldId, person: MemberId) -> bool {
        self.sees(field, person) && !self.masks(field, person)
    }

    /// Those whom they do not find; of those who were asked about.
    pub fn unfound(&self) -> Vec<MemberId> {
        self.unseen.union(&self.restricted).copied().filter(|person| !self.finds(*person)).collect()
    }

    fn is(&self, audience: Audience, person: MemberId) -> bool {
        match audience {
            Audience::Everyone => true,
            Audience::Department => self.near.contains(&person),
            Audience::Leaders => self.led.contains(&person),
            Audience::Administrators => self.looked_after.has(person),
            Audience::Oneself => self.me == Some(person),
        }
    }

    /// Whether they see if the person is invited, suspended or leaving: who holds `people.see` wherever the person is.
    pub fn looks_after(&self, person: MemberId) -> bool {
        self.looked_after.has(person)
    }

    /// Whether there is nobody they look after.
    pub fn looks_after_nobody(&self) -> bool {
        matches!(&self.looked_after, LookedAfter::These(these) if these.is_empty())
    }
}

/// Those for whom the caller holds `people.see`, wherever they are.
enum LookedAfter {
    Everybody,
    These(HashSet<MemberId>),
}

impl LookedAfter {
    async fn load(tx: &mut Tx, acting: &Acting, people: Option<&[MemberId]>) -> Result<Self> {
        if acting.holdings.everywhere().has(Permission::PeopleSee) {
            return Ok(Self::Everybody);
        }
        let departments: Vec<DepartmentId> = acting.holdings.departments(Permission::PeopleSee).collect();
        if departments.is_empty() {
            return Ok(Self::These(HashSet::new()));
        }
        let members: Vec<MemberId> = sqlx::query_scalar(
            "with recursive tree as (
                 select id from directory.department where id = any($1)
                 union select d.id from directory.department d join tree on d.parent_id = tree.id)
             select p.member_id from directory.department_member p
             where $2::uuid[] is null or p.member_id = any($2)
             group by p.member_id having bool_and(p.department_id in (select id from tree))",
        )
        .bind(departments)
        .bind(people)
        .fetch_all(tx.db())
        .await?;
        Ok(Self::These(members.into_iter().collect()))
    }

    fn has(&self, member: MemberId) -> bool {
        match self {
            Self::Everybody => true,
            Self::These(these) => these.contains(&member),
        }
    }
}

/// Whoever is in one of the caller's departments.
async fn near(tx: &mut Tx, acting: &Acting, people: Option<&[MemberId]>) -> Result<HashSet<MemberId>> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "select distinct member_id from directory.department_member
         where department_id = any($1) and ($2::uuid[] is null or member_id = any($2))",
    )
    .bind(&acting.places)
    .bind(people)
    .fetch_all(tx.db())
    .await?;
    Ok(members.into_iter().collect())
}

/// Whoever is in a department the caller leads, or below one.
async fn led(tx: &mut Tx, acting: &Acting, people: Option<&[MemberId]>) -> Result<HashSet<MemberId>> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "with recursive tree as (
             select department_id as id from directory.department_member where member_id = $1 and is_leader
             union select department_id from directory.dotted_leader where member_id = $1
             union select d.id from directory.department d join tree on d.parent_id = tree.id)
         select distinct p.member_id from directory.department_member p join tree on tree.id = p.department_id
         where $2::uuid[] is null or p.member_id = any($2)",
    )
    .bind(acting.id)
    .bind(people)
    .fetch_all(tx.db())
    .await?;
    Ok(members.into_iter().collect())
}

/// Whoever is hidden, or only in departments out of reach.
async fn unseen(tx: &mut Tx, reach: &Reach, people: Option<&[MemberId]>) -> Result<HashSet<MemberId>> {
    let rows: Vec<(MemberId, bool, Vec<DepartmentId>)> = sqlx::query_as(
        "select m.id, m.is_hidden,
                array(select p.department_id from directory.department_member p where p.member_id = m.id)
         from directory.member m where m.state <> 'erased' and ($1::uuid[] is null or m.id = any($1))",
    )
    .bind(people)
    .fetch_all(tx.db())
    .await?;
    let is_unseen = |is_hidden: bool, places: &[DepartmentId]| is_hidden || !reach.meets(places);
    let unseen = rows.into_iter().filter(|(_, is_hidden, places)| is_unseen(*is_hidden, places));
    Ok(unseen.map(|(id, ..)| id).collect())
}
