//! What the lists would do to who and what is here: nothing is written.

pub(super) mod existing;
mod own;
pub(super) mod people;

use std::collections::HashSet;

use kernel::{Error, MemberId, Result, Tx};
use lists::{Draft, Field, Place, Problem, counted};

pub use own::own_fields;

use import_plans::{
    Act, Counts, Directory, Existing, GivenUp, Leaders, Links, Namesakes, Paths, PlannedDepartments, Report, Told,
};

use self::existing::{Matched, Members};
use self::own::Own;
use self::people::Decider;
use crate::fields::{Audience, BuiltIn, Rules};
use crate::model::{DepartmentId, Profile};
use crate::people::handles;
use crate::policy::Importer;
use crate::roles::holding::{self, scopes};

/// More would not be read; the counts are of all.
const MOST_PROBLEMS: usize = 50_000;
/// When more than one in so many leaves, that is confirmed by itself.
const MANY: usize = 10;

/// Everything an import does, decided.
pub struct Plan {
    pub(super) draft: Draft,
    pub(super) departments: PlannedDepartments,
    pub(super) existing: Vec<Existing>,
    pub(super) acts: Vec<Act>,
    pub(super) given_up: Vec<GivenUp>,
    counts: Counts,
    many_leave: bool,
    told: Told,
}

/// Compares the lists with what is here. Whoever goes on to write holds the departments first.
pub async fn plan(tx: &mut Tx, by: &Importer, mut draft: Draft) -> Result<Plan> {
    let rules = Rules::load(tx).await?;
    leave_out(&rules, &mut draft);
    let existing = existing::departments(tx).await?;
    let mut departments = import_plans::plan_departments(&mut draft, &existing, || DepartmentId(tx.new_id()));
    departments.forbid_moves(&mut draft, &existing, by.hangs());
    departments.arrange(&existing);
    let mut members = Members::load(tx).await?;
    members.learn_names(tx).await?;
    let mut own = Own::load(tx, &rules).await?;
    own.check(tx, &rules, (&mut draft, &members)).await?;
    let links = people::links(tx, &draft, &members);
    let names = crate::names(tx, &import_plans::doubtful(&links)).await?;
    let matches = import_plans::matches(&mut draft, &links, &names);
    let namesakes = Namesakes::find(&draft, &matches, |name| members.called(name));
    let leaders = leaders(tx, &draft, (&matches, &members, &own.region));
    let leading = leading(tx, &leaders.departments(&departments)).await?;
    let mut ids: Vec<MemberId> = matches.iter().flatten().copied().collect();
    let others = if draft.others_leave { others(&members, &ids) } else { Vec::new() };
    ids.extend(
        others
            .iter()
            .copied()
            .chain(namesakes.members())
            .chain(leaders.members())
            .chain(leading.iter().map(|(_, leader)| *leader)),
    );
    ids.sort_unstable();
    ids.dedup();
    let matched = Matched::load(tx, &ids).await?;
    own.check_listed(&mut draft, (&matches, &matched));
    compare(&mut draft, (&matches, &links), &matched);
    let named = draft.people.iter().flat_map(people::handles).map(|(_, kind, value)| (kind, value));
    let holders = handles::holders(tx, named.collect()).await?;
    let theirs = holding::holdings(tx, &ids).await?;
    let places = matched.people.values().flat_map(|person| person.department_ids.iter().copied());
    let lineage = holding::lineage(tx, theirs.values().flat_map(scopes).chain(places).collect::<Vec<_>>()).await?;
    let decider = Decider {
        by,
        theirs: &theirs,
        lineage: &lineage,
        members: &members,
        matched: &matched,
        holders: &holders,
        departments: &departments,
        links: &links,
    };
    let mut claims = Vec::new();
    let decide = |(place, member)| decider.decide((&mut draft, &mut claims), place, member);
    let mut acts: Vec<Act> = matches.iter().copied().enumerate().map(decide).collect();
    let given_up = import_plans::settle(&mut draft, &mut acts, &claims, &names);
    let here = |one: MemberId| matched.people.get(&one).map(|one| (&*one.profile.name, &*one.department_ids));
    namesakes.warn(&mut draft, &acts, here, &Paths::before(&existing));
    // Whoever may not be removed by the caller stays.
    acts.extend(others.iter().filter_map(|id| decider.leave(matched.people.get(id)?).ok()));
    decider.lead(&leaders, (&mut draft, &mut acts), &leading);
    for (person, act) in draft.people.iter().zip(&acts) {
        if !matches!(act, Act::LeaveOut | Act::Leave(_)) {
            person.departments.iter().flatten().for_each(|named| departments.use_it(&draft, named));
        }
    }
    own.name_people(tx, &acts).await?;
    let shown = |field, value: &str| own.shown(field, value);
    let told = Told {
        people: import_plans::told_people(&draft, &acts, (&existing, &departments), &shown),
        departments: import_plans::told_departments(&existing, &departments),
    };
    let counts = Counts::of(&draft, &acts, &departments);
    let many_leave = usize::try_from(counts.left).is_ok_and(|left| left * MANY > members.working.len());
    Ok(Plan { draft, departments, existing, acts, given_up, counts, many_leave, told })
}

/// Whom the lists of departments name as leaders.
fn leaders<'a>(
    tx: &Tx,
    draft: &Draft,
    (matches, members, region): (&'a [Option<MemberId>], &Members, &str),
) -> Leaders<'a> {
    let by_code = |field: Field, value: &str| members.find(tx, field, value);
    let called = |name: &str| members.called(name).to_vec();
    Leaders::find(draft, matches, &Directory { region, by_code: &by_code, called: &called })
}

/// Who leads these departments now.
async fn leading(tx: &mut Tx, departments: &[DepartmentId]) -> Result<Vec<(DepartmentId, MemberId)>> {
    Ok(sqlx::query_as(
        "select department_id, member_id from directory.department_member
         where is_leader and department_id = any($1) order by department_id, member_id",
    )
    .bind(departments)
    .fetch_all(tx.db())
    .await?)
}

/// Whether each row is meant for whom it names.
fn compare(draft: &mut Draft, (matches, links): (&[Option<MemberId>], &[Links]), matched: &Matched) {
    for ((person, member), links) in draft.people.iter().zip(matches).zip(links) {
        let Some(old) = member.and_then(|id| matched.people.get(&id)) else { continue };
        let Profile { user_id, staff_number, phone, email, name, .. } = &old.profile;
        let names = [user_id, staff_number, phone, email].map(Option::as_deref);
        person.compare(&mut draft.problems, name, import_plans::without_exchanged(names, links, old.id));
    }
}

/// Who works here and is not in the list.
fn others(members: &Members, named: &[MemberId]) -> Vec<MemberId> {
    let named: HashSet<&MemberId> = named.iter().collect();
    members.working.iter().filter(|one| !named.contains(one)).copied().collect()
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

impl Plan {
    /// What it does, one by one.
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// How many people the lists name, or have leave.
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

    /// What is told about it in all, one by one, and every problem.
    pub fn into_report(self) -> (Report, Told, Vec<Problem>) {
        let (counts, many_leave) = (self.counts, self.many_leave);
        let mut problems = self.draft.problems.into_list();
        let report = Report { counts, many_leave, problems: counted(&problems) };
        problems.truncate(MOST_PROBLEMS);
        (report, self.told, problems)
    }
}
