//! What the lists would do to who and what is here: nothing is written.

mod changes;
mod departments;
mod existing;
mod people;

use std::collections::HashMap;

use kernel::{Error, MemberId, Result, Tx};
use lists::{Draft, Field, Place, Problem, ProblemCount, counted};
use profiles::Definition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use changes::{FieldChange, PathChange, PersonChange};
pub use departments::{DepartmentChange, PlannedDepartment, PlannedDepartments};
pub use people::{Act, Placement, Update};

use self::existing::{Matched, Members};
use self::people::{Decider, Holders};
use crate::fields::{Audience, BuiltIn, Rules, fill::definition_of as field_definition};
use crate::people::handles;
use crate::policy::Importer;
use crate::roles::holding::{self, scopes};

/// More would not be read; the counts are of all.
const MOST_PROBLEMS: usize = 50_000;

/// What an import does to how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportCounts)]
pub struct Counts {
    /// Rows of people.
    pub rows: u32,
    /// People who are new and get an account.
    pub created: u32,
    /// People who have an account already and will be asked.
    pub invited: u32,
    /// People of whom something is not what it was.
    pub changed: u32,
    /// People whose departments are not what they were; some are counted as changed too.
    pub moved: u32,
    /// People who stay as they are.
    pub unchanged: u32,
    /// Rows with something wrong.
    pub wrong: u32,
    /// Rows of people who are disabled where they come from.
    pub disabled: u32,
    /// Departments that are new.
    pub departments_created: u32,
    /// Departments that are renamed, moved or put into another order.
    pub departments_changed: u32,
}

/// What becomes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportOutcome)]
pub enum Outcome {
    /// New, with an initial password.
    Created,
    /// Asked, since there is an account already.
    Invited,
    /// Something is not what it was.
    Changed,
    /// In other departments than before.
    Moved,
    /// As before.
    Unchanged,
    /// Something is wrong with the row.
    Wrong,
}

/// What an import would do.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// To how many.
    pub counts: Counts,
    /// What is not right, by kind.
    pub problems: Vec<ProblemCount>,
}

/// Everything an import does, decided.
pub struct Plan {
    pub(super) draft: Draft,
    pub(super) departments: PlannedDepartments,
    pub(super) acts: Vec<Act>,
    counts: Counts,
    told: Told,
}

/// What an import does, one by one: what its confirmation is about.
#[derive(Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Everybody but those left out, in the order of the list.
    pub people: Vec<PersonChange>,
    /// Departments that are new, renamed, moved or put into another order.
    pub departments: Vec<PathChange>,
}

/// Compares the lists with what is here. Whoever goes on to write holds the departments first.
pub async fn plan(tx: &mut Tx, by: &Importer, mut draft: Draft) -> Result<Plan> {
    leave_out(&Rules::load(tx).await?, &mut draft);
    let existing = existing::departments(tx).await?;
    let mut departments = departments::plan(tx, &mut draft, &existing);
    departments.check_moves(by, &mut draft, &existing);
    departments.arrange(&existing);
    let members = Members::load(tx).await?;
    let matches = people::matches(tx, &mut draft, &members);
    let ids: Vec<MemberId> = matches.iter().flatten().copied().collect();
    let matched = Matched::load(tx, &ids).await?;
    check_positions(&field_definition(tx, BuiltIn::Position.id()).await?, &mut draft, (&matches, &matched));
    for (person, member) in draft.people.iter().zip(&matches) {
        let Some(old) = member.and_then(|id| Some(&matched.people.get(&id)?.profile)) else { continue };
        let names = [&old.user_id, &old.staff_number, &old.phone, &old.email].map(Option::as_deref);
        person.compare(&mut draft.problems, &old.name, names);
    }
    let holders = holders(tx, &draft).await?;
    let theirs = holding::holdings(tx, &ids).await?;
    let lineage = holding::lineage(tx, theirs.values().flat_map(scopes).collect::<Vec<_>>()).await?;
    let decider = Decider {
        by,
        theirs: &theirs,
        lineage: &lineage,
        members: &members,
        matched: &matched,
        holders: &holders,
        departments: &departments,
    };
    let decide = |(place, member): (usize, Option<MemberId>)| decider.decide(&mut draft, place, member);
    let acts: Vec<Act> = matches.into_iter().enumerate().map(decide).collect();
    for (person, act) in draft.people.iter().zip(&acts) {
        if !matches!(act, Act::LeaveOut) {
            person.departments.iter().flatten().for_each(|named| departments.use_it(&draft, named));
        }
    }
    let told = Told {
        people: changes::people(&draft, &acts, &matched, (&existing, &departments)),
        departments: changes::departments(&existing, &departments),
    };
    let mut plan = Plan { draft, departments, acts, counts: Counts::default(), told };
    plan.counts = plan.count();
    Ok(plan)
}

/// What the organisation does not collect, or leaves to the people themselves, is not read (`DIR-03`, `DIR-10`).
fn leave_out(rules: &Rules, draft: &mut Draft) {
    for person in &mut draft.people {
        let row = person.row();
        let fields = [
            (BuiltIn::UserId, Field::UserId, &mut person.user_id),
            (BuiltIn::Phone, Field::Phone, &mut person.phone),
            (BuiltIn::Email, Field::Email, &mut person.email),
            (BuiltIn::StaffNumber, Field::StaffNumber, &mut person.staff_number),
            (BuiltIn::Position, Field::Position, &mut person.position),
        ];
        for (built_in, field, slot) in fields {
            let why = match rules.check_write(built_in.id(), &[Audience::Administrators]) {
                Ok(()) => continue,
                Err(Error::Forbidden) => "field_of_their_own",
                Err(_) => "field_not_collected",
            };
            if slot.take().is_some() {
                draft.problems.note(Place::person(row, field), why, None);
            }
        }
    }
}

/// A new position is one of the list where nothing else may be; what somebody has stays until it is changed.
fn check_positions(list: &Definition, draft: &mut Draft, (matches, matched): (&[Option<MemberId>], &Matched)) {
    for (person, member) in draft.people.iter().zip(matches) {
        let old = member.and_then(|id| matched.people.get(&id)).and_then(|old| old.profile.position.as_deref());
        let new = person.position.as_deref().filter(|new| old != Some(*new) && !list.admits(new));
        if let Some(new) = new {
            draft.problems.error(Place::person(person.row(), Field::Position), "not_listed", Some(new));
        }
    }
}

async fn holders(tx: &mut Tx, draft: &Draft) -> Result<Holders> {
    let mut wanted: HashMap<_, Vec<String>> = HashMap::new();
    for (_, kind, value) in draft.people.iter().flat_map(people::handles) {
        wanted.entry(kind).or_default().push(value);
    }
    let mut holders = Holders::new();
    for (kind, values) in wanted {
        for (value, account) in handles::holders(tx, kind, &values).await? {
            holders.insert((kind, value), account);
        }
    }
    Ok(holders)
}

impl Plan {
    /// What it does, one by one.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// How many people the lists name.
    pub fn people(&self) -> usize {
        self.acts.len()
    }

    /// How many new accounts it takes.
    pub fn new_accounts(&self) -> usize {
        self.acts.iter().filter(|act| matches!(act, Act::Create { .. })).count()
    }

    /// What it does to how many, also when some of it is done.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    fn count(&self) -> Counts {
        let mut counts = Counts {
            rows: self.draft.rows,
            wrong: self.draft.problems.wrong_rows(),
            disabled: self.draft.disabled,
            ..Counts::default()
        };
        for act in &self.acts {
            match act {
                Act::Create { .. } => counts.created += 1,
                Act::Invite { .. } => counts.invited += 1,
                Act::LeaveOut => {}
                Act::Update(update) => {
                    counts.changed += u32::from(update.is_changed);
                    counts.moved += u32::from(update.places.is_some());
                    counts.unchanged += u32::from(!update.is_changed && update.places.is_none());
                }
            }
        }
        for planned in self.departments.used() {
            counts.departments_created += u32::from(planned.change == DepartmentChange::New);
            counts.departments_changed += u32::from(planned.change == DepartmentChange::Changed);
        }
        counts
    }

    /// What is told about it in all, one by one, and every problem.
    pub fn into_report(self) -> (Report, Told, Vec<Problem>) {
        let counts = self.counts;
        let mut problems = self.draft.problems.into_list();
        let report = Report { counts, problems: counted(&problems) };
        problems.truncate(MOST_PROBLEMS);
        (report, self.told, problems)
    }
}

/// What becomes of a person, in one word.
pub fn outcome(act: &Act) -> Outcome {
    match act {
        Act::Create { .. } => Outcome::Created,
        Act::Invite { .. } => Outcome::Invited,
        Act::LeaveOut => Outcome::Wrong,
        Act::Update(update) if update.is_changed => Outcome::Changed,
        Act::Update(update) if update.places.is_some() => Outcome::Moved,
        Act::Update(_) => Outcome::Unchanged,
    }
}
