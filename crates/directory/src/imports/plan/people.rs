//! What becomes of each person of the list: new, asked, changed, moved, as before, or left out.

use std::collections::{HashMap, HashSet};

use access::{Holdings, Lineage};
use kernel::{AccountId, MemberId, Tx};
use lists::{DepartmentRef, Draft, DraftPerson, Field, Kind, Place};

use super::existing::{Matched, Members};
use crate::departments::place::MOST;
use crate::model::{Profile, Role};
use crate::people::handles::HandleKind;
use crate::people::person::Person;
use crate::policy::Importer;
use access::State;
use import_plans::{Act, Leaver, Placement, PlannedDepartments, Update};

/// Accounts by the phone numbers and e-mail addresses one signs in with.
pub type Holders = HashMap<(HandleKind, String), AccountId>;

/// Who in the list is who here: by user id, staff number, phone number or e-mail address.
pub fn matches(tx: &Tx, draft: &mut Draft, members: &Members) -> Vec<Option<MemberId>> {
    let mut taken: HashMap<MemberId, u32> = HashMap::new();
    let mut matches = Vec::with_capacity(draft.people.len());
    for person in &draft.people {
        let named = person.names();
        let found: Vec<(Field, MemberId)> =
            named.iter().filter_map(|(field, value)| Some((*field, members.find(tx, *field, value)?))).collect();
        let row = person.row();
        let one = found.first().map(|(_, member)| *member);
        if let Some((field, _)) = found.iter().find(|(_, member)| Some(*member) != one) {
            let value = named.iter().find(|(own, _)| own == field).map(|(_, value)| *value);
            draft.problems.error(Place::person(row, *field), "belongs_to_somebody_else", value);
        } else if let Some((field, member)) = found.first() {
            match taken.get(member) {
                Some(other) => draft.problems.clash(Place::person(row, *field), "same_member_as_row", None, *other),
                None if draft.problems.is_wrong(Kind::People, row) => {}
                None => drop(taken.insert(*member, row)),
            }
        }
        matches.push(one);
    }
    matches
}

/// Decides about each person; what is wrong is added to the problems.
pub struct Decider<'a> {
    pub by: &'a Importer,
    pub theirs: &'a HashMap<MemberId, Holdings>,
    pub lineage: &'a Lineage,
    pub members: &'a Members,
    pub matched: &'a Matched,
    pub holders: &'a Holders,
    pub departments: &'a PlannedDepartments,
}

impl Decider<'_> {
    pub fn decide(&self, draft: &mut Draft, place: usize, member: Option<MemberId>) -> Act {
        let person = &draft.people[place];
        let row = person.row();
        let mut wrong: Vec<(Place, &'static str, Option<String>)> = Vec::new();
        if person.leaves {
            return self.row_of_leaver(draft, row, member);
        }
        let places = self.places(person, &mut wrong);
        let act = match member.and_then(|member| self.matched.people.get(&member)) {
            Some(existing) => self.update(person, existing, places, &mut wrong),
            None => self.create(person, places.unwrap_or_default(), &mut wrong),
        };
        let is_told = draft.problems.is_wrong(Kind::People, row);
        // Where something is wrong already, it may be what should be the login, or the department.
        let follows = |code: &str| matches!(code, "one_of_user_id_phone_email" | "department_wrong");
        wrong.retain(|(_, code, _)| !is_told || !follows(code));
        for (place, code, value) in wrong {
            draft.problems.error(place, code, value.as_deref());
        }
        if draft.problems.is_wrong(Kind::People, row) { Act::LeaveOut } else { act }
    }

    fn row_of_leaver(&self, draft: &mut Draft, row: u32, member: Option<MemberId>) -> Act {
        if draft.problems.is_wrong(Kind::People, row) {
            return Act::LeaveOut;
        }
        let at = Place::person(row, Field::Status);
        let Some(existing) = member.and_then(|member| self.matched.people.get(&member)) else {
            draft.problems.note(at, "leaver_not_here", None);
            return Act::LeaveOut;
        };
        match self.leave(existing) {
            Ok(act) => act,
            Err(code) => {
                draft.problems.error(at, code, None);
                Act::LeaveOut
            }
        }
    }

    /// Who works here is marked as leaving by whoever may remove them; who is on the way out already stays as they are.
    pub fn leave(&self, existing: &Person) -> Result<Act, &'static str> {
        match existing.state {
            State::Invited => return Err("is_invited"),
            State::Disabled | State::Leaving => {
                return Ok(changed(existing, existing.profile.clone(), None, false));
            }
            _ => {}
        }
        if existing.id == self.by.id() {
            return Err("is_oneself");
        }
        // Two decide of owners, so the last one cannot leave either.
        if existing.role == Role::Owner {
            return Err("is_owner");
        }
        if !self.by.may_remove(existing, self.theirs.get(&existing.id), self.lineage) {
            return Err("not_allowed");
        }
        let (member, name, from) = (existing.id, existing.profile.name.clone(), existing.state);
        Ok(Act::Leave(Leaver { member, name, from, departments: existing.department_ids.clone() }))
    }

    fn places(&self, person: &DraftPerson, wrong: &mut Wrong) -> Option<Placement> {
        let named = person.departments.as_ref()?;
        let at = Place::person(person.row(), Field::Departments);
        let mut places = Placement::default();
        let mut seen = HashSet::new();
        for (place, department) in named.iter().enumerate() {
            let Some(id) = self.departments.find(department) else {
                let (code, number) = unknown(department);
                wrong.push((at, code, number));
                continue;
            };
            if seen.insert(id) {
                places.departments.push(id);
            }
            let leads = person.leads.as_ref().is_some_and(|leads| leads.get(place) == Some(&true));
            if leads && !places.leads.contains(&id) {
                places.leads.push(id);
            }
        }
        if places.departments.len() > MOST {
            wrong.push((at, "too_many", None));
        }
        Some(places)
    }

    fn create(&self, person: &DraftPerson, places: Placement, wrong: &mut Wrong) -> Act {
        let profile = overlaid(Profile::default(), person);
        if profile.user_id.is_none() && profile.phone.is_none() && profile.email.is_none() {
            wrong.push((Place::person(person.row(), None), "one_of_user_id_phone_email", None));
        }
        let mut account = None;
        for (field, kind, value) in handles(person) {
            let Some(holder) = self.holders.get(&(kind, value.clone())) else { continue };
            let at = Place::person(person.row(), field);
            if self.members.has_account(*holder) {
                wrong.push((at, "belongs_to_somebody_else", Some(value)));
            } else if account.is_some_and(|account| account != *holder) {
                wrong.push((at, "two_accounts", Some(value)));
            }
            account = Some(*holder);
        }
        match account {
            Some(account) => Act::Invite { account, profile, places },
            None => Act::Create { profile, places },
        }
    }

    fn update(&self, person: &DraftPerson, existing: &Person, places: Option<Placement>, wrong: &mut Wrong) -> Act {
        let profile = overlaid(existing.profile.clone(), person);
        let is_changed = profile != existing.profile;
        let places = places.map(|places| with_leads_of(places, person, existing));
        let places = places.filter(|places| !places.is_same(&place_of(existing)));
        let row = person.row();
        let names_follow = existing.state != State::Invited && !self.matched.elsewhere.contains(&existing.account);
        if is_changed || places.is_some() {
            let may_change = self.by.may_change(self.theirs.get(&existing.id), self.lineage);
            if !may_change || (places.is_some() && !self.by.may_move()) {
                wrong.push((Place::person(row, None), "not_allowed", None));
            }
            if !matches!(existing.state, State::Active | State::Invited | State::Suspended) {
                wrong.push((Place::person(row, None), "is_leaving", None));
            }
        }
        for (field, kind, value) in handles(person).into_iter().filter(|_| names_follow) {
            let holder = self.holders.get(&(kind, value.clone()));
            if holder.is_some_and(|holder| *holder != existing.account) {
                wrong.push((Place::person(row, field), "belongs_to_somebody_else", Some(value)));
            }
        }
        changed(existing, profile, places, names_follow)
    }
}

/// Why there is no such department, and what the row says.
fn unknown(department: &DepartmentRef) -> (&'static str, Option<String>) {
    match department {
        DepartmentRef::Numbered(number) => ("department_unknown", Some(number.clone())),
        DepartmentRef::Node(_) => ("department_wrong", None),
    }
}

type Wrong = Vec<(Place, &'static str, Option<String>)>;

/// What one signs in with anywhere in the installation.
pub fn handles(person: &DraftPerson) -> Vec<(Field, HandleKind, String)> {
    let handles = [(Field::Phone, HandleKind::Phone, &person.phone), (Field::Email, HandleKind::Email, &person.email)];
    handles.into_iter().filter_map(|(field, kind, value)| Some((field, kind, value.clone()?))).collect()
}

/// What the list says replaces what was there; what it does not say stays.
fn overlaid(old: Profile, person: &DraftPerson) -> Profile {
    let mut values = old.values.clone();
    values.extend(person.values.iter().map(|value| (value.field, value.text.clone())));
    Profile {
        name: person.name.clone(),
        user_id: person.user_id.clone().or(old.user_id),
        phone: person.phone.clone().or(old.phone),
        email: person.email.clone().or(old.email),
        staff_number: person.staff_number.clone().or(old.staff_number),
        position: person.position.clone().or(old.position),
        values,
        ..old
    }
}

/// Where somebody is.
pub fn place_of(person: &Person) -> Placement {
    Placement { departments: person.department_ids.clone(), leads: person.leads.clone() }
}

/// A list without leaders leaves those who lead what they lead.
fn with_leads_of(mut places: Placement, person: &DraftPerson, existing: &Person) -> Placement {
    if person.leads.is_none() {
        places.leads = existing.leads.iter().copied().filter(|led| places.departments.contains(led)).collect();
    }
    places
}

fn changed(existing: &Person, profile: Profile, places: Option<Placement>, names_follow: bool) -> Act {
    let (member, account, old) = (existing.id, existing.account, existing.profile.clone());
    let (is_changed, was) = (profile != old, place_of(existing));
    Act::Update(Box::new(Update { member, account, profile, old, was, is_changed, names_follow, places }))
}
