//! What becomes of each person of the list: new, asked, changed, moved, as before, or left out.

use std::collections::HashMap;

use access::{Holdings, Lineage};
use kernel::{AccountId, MemberId, Tx};
use lists::{Draft, DraftPerson, Field, Kind, Place};

use super::existing::{Matched, Members};
use crate::model::{DepartmentId, Profile, Role};
use crate::people::handles::HandleKind;
use crate::people::person::Person;
use crate::policy::Importer;
use access::State;
use import_plans::{
    Act, Around, Claim, Holder, Leaders, Leaver, Links, Placement, PlannedDepartments, Update, Wrong, overlaid,
    placement,
};

/// Accounts by the phone numbers and e-mail addresses one signs in with.
pub type Holders = HashMap<(HandleKind, String), AccountId>;

/// Whom each row names here: by user id, staff number, phone number or e-mail address.
pub fn links(tx: &Tx, draft: &Draft, members: &Members) -> Vec<Links> {
    let of = |person: &DraftPerson| {
        let named = person.names().into_iter();
        named.filter_map(|(field, value)| Some((field, members.find(tx, field, value)?))).collect()
    };
    draft.people.iter().map(of).collect()
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
    pub links: &'a [Links],
}

/// What is wrong with a row, and what it says that others have now.
struct Found {
    wrong: Wrong,
    claims: Vec<(Field, String, Holder)>,
}

impl Decider<'_> {
    /// What it claims is added to the claims.
    pub fn decide(
        &self,
        (draft, claims): (&mut Draft, &mut Vec<Claim>),
        place: usize,
        member: Option<MemberId>,
    ) -> Act {
        let person = &draft.people[place];
        let row = person.row();
        let mut found = Found { wrong: Vec::new(), claims: self.of_others(person, place, member) };
        if person.leaves {
            for (field, value, _) in found.claims {
                draft.problems.error(Place::person(row, field), "belongs_to_somebody_else", Some(&value));
            }
            return self.row_of_leaver(draft, row, member);
        }
        let places = placement(person, self.departments, &mut found.wrong);
        let act = match member.and_then(|member| self.matched.people.get(&member)) {
            Some(existing) => self.update(person, existing, places, &mut found),
            None => self.create(person, places.unwrap_or_default(), &mut found),
        };
        let is_told = draft.problems.is_wrong(Kind::People, row);
        // Where something is wrong already, it may be what should be the login, or the department.
        let follows = |code: &str| matches!(code, "one_of_user_id_phone_email" | "department_wrong");
        found.wrong.retain(|(_, code, _)| !is_told || !follows(code));
        for (place, code, value) in found.wrong {
            draft.problems.error(place, code, value.as_deref());
        }
        claims.extend(found.claims.into_iter().map(|(field, value, holder)| Claim { place, field, value, holder }));
        if draft.problems.is_wrong(Kind::People, row) { Act::LeaveOut } else { act }
    }

    /// What the row says that stands in the profiles of others.
    fn of_others(&self, person: &DraftPerson, place: usize, member: Option<MemberId>) -> Vec<(Field, String, Holder)> {
        let value = |field: Field| person.names().into_iter().find(|(own, _)| *own == field).map(|(_, value)| value);
        let others = self.links[place].iter().filter(|(_, other)| Some(*other) != member);
        others.filter_map(|(field, other)| Some((*field, value(*field)?.to_owned(), Holder::Member(*other)))).collect()
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
        if existing.restricted_at.is_some() {
            return Err("is_restricted");
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

    /// Has those lead whom the lists of departments name, as far as the caller may say so.
    pub fn lead(
        &self,
        leaders: &Leaders<'_>,
        (draft, acts): (&mut Draft, &mut Vec<Act>),
        leading: &[(DepartmentId, MemberId)],
    ) {
        let is_free = |existing: &&Person| is_here(existing) && existing.restricted_at.is_none();
        let here = |member: MemberId| self.matched.people.get(&member).filter(is_free);
        let as_they_are = |member: MemberId| here(member).map(|one| changed(one, one.profile.clone(), None, false));
        let may_change = |member: MemberId| self.by.may_change(self.theirs.get(&member), self.lineage);
        let may_place = |member: MemberId| here(member).is_some() && self.by.may_move() && may_change(member);
        let may_lead = |member: MemberId| self.by.may_lead(member);
        let around = Around {
            as_they_are: &as_they_are,
            may_place: &may_place,
            may_lead: &may_lead,
            may_new_lead: self.by.may_have_new_lead(),
            leading,
        };
        leaders.apply(draft, acts, (self.departments, &around));
    }

    fn create(&self, person: &DraftPerson, places: Placement, found: &mut Found) -> Act {
        let profile = overlaid(Profile::default(), person);
        if profile.user_id.is_none() && profile.phone.is_none() && profile.email.is_none() {
            found.wrong.push((Place::person(person.row(), None), "one_of_user_id_phone_email", None));
        }
        let mut account = None;
        for (field, kind, value) in handles(person) {
            let Some(holder) = self.holders.get(&(kind, value.clone())) else { continue };
            let at = Place::person(person.row(), field);
            if self.members.has_account(*holder) {
                found.claims.push((field, value, Holder::Account(*holder)));
                continue;
            }
            if account.is_some_and(|account| account != *holder) {
                found.wrong.push((at, "two_accounts", Some(value)));
            }
            account = Some(*holder);
        }
        match account {
            Some(account) => Act::Invite { account, profile, places },
            None => {
                let standing = |ids: &[DepartmentId]| self.departments.standing(ids);
                let there = Placement { departments: standing(&places.departments), leads: standing(&places.leads) };
                if !self.by.may_add(&there) {
                    found.wrong.push((Place::person(person.row(), None), "not_allowed", None));
                }
                Act::Create { profile, places }
            }
        }
    }

    fn update(&self, person: &DraftPerson, existing: &Person, places: Option<Placement>, found: &mut Found) -> Act {
        let profile = overlaid(existing.profile.clone(), person);
        let is_changed = profile != existing.profile;
        let places = places.map(|places| with_leads_of(places, person, existing));
        let places = places.filter(|places| !places.is_same(&place_of(existing)));
        let row = person.row();
        let names_follow = existing.state != State::Invited && !self.matched.elsewhere.contains(&existing.account);
        if is_changed || places.is_some() {
            let may_change = self.by.may_change(self.theirs.get(&existing.id), self.lineage);
            let may_go = |there: &Placement| {
                let standing = self.departments.standing(&there.departments);
                let may_bring = self.by.may_bring(existing.id, &existing.department_ids, &standing);
                self.by.may_move() && may_bring && self.by.may_place(existing.id, &place_of(existing), there)
            };
            if !may_change || !places.as_ref().is_none_or(may_go) {
                found.wrong.push((Place::person(row, None), "not_allowed", None));
            }
            if existing.restricted_at.is_some() {
                found.wrong.push((Place::person(row, None), "is_restricted", None));
            }
            if !is_here(existing) {
                found.wrong.push((Place::person(row, None), "is_leaving", None));
            }
        }
        for (field, kind, value) in handles(person).into_iter().filter(|_| names_follow) {
            let holder = self.holders.get(&(kind, value.clone())).filter(|holder| **holder != existing.account);
            found.claims.extend(holder.map(|holder| (field, value, Holder::Account(*holder))));
        }
        changed(existing, profile, places, names_follow)
    }
}

/// Whether they are not on the way out.
fn is_here(person: &Person) -> bool {
    matches!(person.state, State::Active | State::Invited | State::Suspended)
}

/// What one signs in with anywhere in the installation.
pub fn handles(person: &DraftPerson) -> Vec<(Field, HandleKind, String)> {
    let handles = [(Field::Phone, HandleKind::Phone, &person.phone), (Field::Email, HandleKind::Email, &person.email)];
    handles.into_iter().filter_map(|(field, kind, value)| Some((field, kind, value.clone()?))).collect()
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
