//! People as they were before an import, as far as they are still as it left them and nobody else has got what was theirs.

use std::collections::{HashMap, HashSet};

use access::DepartmentId;
use kernel::{AccountId, MemberId};
use lists::Field;
use profiles::{BuiltIn, FieldId, Profile};

use crate::acts::Placement;
use crate::deeds::Deed;
use crate::settle::fallen;

/// Where somebody stands when the deed is taken back; `None` when that is where they are, or why it stays.
pub fn placed_back(
    deed: &Deed,
    now: &Placement,
    in_use: &HashSet<DepartmentId>,
) -> Result<Option<Placement>, &'static str> {
    let back = match deed {
        Deed::Placed { before, .. } if before.departments == now.departments => return Ok(None),
        Deed::Placed { before, after, .. } => moved_back(now, before, after)?,
        Deed::Rewritten { leads, .. } => led_back(now, leads),
        _ => return Ok(None),
    };
    if matches!(deed, Deed::Placed { .. }) && !back.departments.iter().all(|one| in_use.contains(one)) {
        return Err("department_gone");
    }
    Ok((!back.is_same(now)).then_some(back))
}

/// In the departments from before. Where they stay they lead what they lead now; what they come back to they lead as before.
fn moved_back(now: &Placement, before: &Placement, after: &Placement) -> Result<Placement, &'static str> {
    let leaves = |one: &DepartmentId| !before.departments.contains(one);
    let leads_more = now.leads.iter().any(|one| leaves(one) && !after.leads.contains(one));
    if now.departments != after.departments || leads_more {
        return Err("changed_meanwhile");
    }
    let leads = |one: &DepartmentId| {
        let stood = if after.departments.contains(one) { now } else { before };
        stood.leads.contains(one)
    };
    let departments = before.departments.clone();
    let leads = departments.iter().copied().filter(leads).collect();
    Ok(Placement { departments, leads })
}

/// They lead again what they lead no more since, and no more what they lead since, where they are still.
fn led_back(now: &Placement, leads: &[(DepartmentId, bool)]) -> Placement {
    let mut back = now.clone();
    for (department, leads_since) in leads {
        back.leads.retain(|one| one != department);
        if !leads_since && back.departments.contains(department) {
            back.leads.push(*department);
        }
    }
    back
}

/// A profile on its way back.
pub struct ProfileBack {
    /// The place of what is taken back among the deeds.
    pub at: usize,
    /// Whose.
    pub member: MemberId,
    /// How they sign in.
    pub account: AccountId,
    /// As it is now.
    pub now: Profile,
    before: Profile,
    is_renamed: bool,
    fields: Vec<FieldId>,
    stays: Option<&'static str>,
}

impl ProfileBack {
    /// Of each field in which still stands what the import wrote; `may_write` says whether it can be written at all.
    pub fn of(
        (at, member, account): (usize, MemberId, AccountId),
        now: Profile,
        (before, after): (&Profile, &Profile),
        may_write: impl Fn(FieldId) -> bool,
    ) -> Self {
        let is_named = before.name == now.name || before.name == after.name;
        let is_renamed = !is_named && now.name == after.name;
        let mut stays = (!is_named && !is_renamed).then_some("changed_meanwhile");
        let mut fields = Vec::new();
        for field in before.differing(after).into_iter().filter(|field| before.get(*field) != now.get(*field)) {
            if now.get(field) != after.get(field) {
                stays = Some("changed_meanwhile");
            } else if !may_write(field) {
                stays = Some("field_not_collected");
            } else {
                fields.push(field);
            }
        }
        Self { at, member, account, now, before: before.clone(), is_renamed, fields, stays }
    }

    /// What they would be found by and sign in with again.
    fn names(&self) -> impl Iterator<Item = (FieldId, Field, String)> {
        let name = |field: &FieldId| match BuiltIn::of(*field)? {
            BuiltIn::UserId => Some(Field::UserId),
            BuiltIn::StaffNumber => Some(Field::StaffNumber),
            BuiltIn::Phone => Some(Field::Phone),
            BuiltIn::Email => Some(Field::Email),
            _ => None,
        };
        self.fields.iter().filter_map(move |field| Some((*field, name(field)?, self.before.get(*field)?)))
    }

    fn profile(&self, fallen: &HashSet<Part>) -> Profile {
        let mut profile = self.now.clone();
        if self.is_renamed {
            profile.name.clone_from(&self.before.name);
        }
        for field in self.fields.iter().filter(|field| !fallen.contains(&(self.member, **field))) {
            match self.before.get(*field) {
                None => profile.take(*field),
                Some(text) => drop(profile.put(*field, text)),
            }
        }
        profile
    }

    fn stays(&self, fallen: &HashSet<Part>) -> Option<&'static str> {
        let has_lost = self.fields.iter().any(|field| fallen.contains(&(self.member, *field)));
        if has_lost { Some("belongs_to_somebody_else") } else { self.stays }
    }
}

/// What stands in one field of somebody.
type Part = (MemberId, FieldId);

/// Who has by now what others had, themselves and those who are gone apart.
pub struct Owners<'a> {
    /// Somebody here whose profile has it.
    pub member: &'a dyn Fn(Field, &str) -> Option<MemberId>,
    /// Somebody of the installation who signs in with it.
    pub account: &'a dyn Fn(Field, &str) -> Option<AccountId>,
    /// Whether they sign in with what their profile here says.
    pub names_follow: &'a dyn Fn(MemberId) -> bool,
}

/// Profiles as they were, all of them together.
pub struct ProfilesBack {
    /// Whose profiles are others then, by their place among those given.
    pub profiles: Vec<(usize, Profile)>,
    /// Why some of it stays, by its place among the deeds.
    pub kept: Vec<(usize, &'static str)>,
    /// Those who give back to somebody what was theirs: it is free before anybody is written.
    pub givers: Vec<MemberId>,
}

/// People who exchanged something change back; what somebody else has by now stays, and nobody is left without anything to
/// sign in with.
pub fn profiles_back(backs: &[ProfileBack], owners: &Owners<'_>) -> ProfilesBack {
    let mut bonds = bonds(backs, owners);
    let mut stranded: HashSet<MemberId> = HashSet::new();
    loop {
        let fallen = fallen(&bonds);
        let profiles: Vec<Profile> = backs.iter().map(|back| back.profile(&fallen)).collect();
        let lost: Vec<&ProfileBack> =
            backs.iter().zip(&profiles).filter(|(_, profile)| !signs_in(profile)).map(|(back, _)| back).collect();
        let new: Vec<&ProfileBack> = lost.into_iter().filter(|back| stranded.insert(back.member)).collect();
        if new.is_empty() {
            let is_stranded = |back: &ProfileBack| stranded.contains(&back.member).then_some("no_sign_in_left");
            let code = |back: &ProfileBack| is_stranded(back).or_else(|| back.stays(&fallen));
            let kept = backs.iter().filter_map(|back| Some((back.at, code(back)?))).collect();
            let others = profiles.into_iter().enumerate().filter(|(place, profile)| *profile != backs[*place].now);
            let given = bonds.iter().filter_map(|(_, on)| *on).filter(|on| !fallen.contains(on));
            let givers = given.map(|(member, _)| member).collect();
            return ProfilesBack { profiles: others.collect(), kept, givers };
        }
        let names = [BuiltIn::UserId, BuiltIn::Phone, BuiltIn::Email].map(BuiltIn::id);
        bonds.extend(new.iter().flat_map(|back| names.map(|field| ((back.member, field), None))));
    }
}

fn signs_in(profile: &Profile) -> bool {
    profile.user_id.is_some() || profile.phone.is_some() || profile.email.is_some()
}

/// Each part that somebody else has, and the part of theirs with which they give it back, if they do.
fn bonds(backs: &[ProfileBack], owners: &Owners<'_>) -> Vec<(Part, Option<Part>)> {
    let parts: HashSet<Part> =
        backs.iter().flat_map(|back| back.fields.iter().map(|field| (back.member, *field))).collect();
    let by_account: HashMap<AccountId, MemberId> = backs.iter().map(|back| (back.account, back.member)).collect();
    let mut bonds = Vec::new();
    for back in backs {
        for (field, name, value) in back.names() {
            let gives = |member: MemberId| Some((member, field)).filter(|part| parts.contains(part));
            let part = (back.member, field);
            if let Some(member) = (owners.member)(name, &value).filter(|member| *member != back.member) {
                bonds.push((part, gives(member)));
            }
            if let Some(account) = (owners.account)(name, &value).filter(|account| *account != back.account) {
                let member = by_account.get(&account).copied().filter(|member| (owners.names_follow)(*member));
                bonds.push((part, member.and_then(gives)));
            }
        }
    }
    bonds
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use access::DepartmentId;
    use kernel::MemberId;

    use super::{led_back, moved_back, placed_back};
    use crate::acts::Placement;
    use crate::deeds::Deed;

    fn id(n: u128) -> DepartmentId {
        DepartmentId(format!("{n:032x}").parse().unwrap_or_default())
    }

    fn place(departments: &[u128], leads: &[u128]) -> Placement {
        let ids = |all: &[u128]| all.iter().map(|n| id(*n)).collect();
        Placement { departments: ids(departments), leads: ids(leads) }
    }

    #[test]
    fn a_move_and_a_lead_are_taken_back_in_either_order() {
        let (before, after) = (place(&[1, 2], &[1, 2]), place(&[2, 3], &[3]));
        let leads = [(id(2), false), (id(3), true)];
        let moved_first = moved_back(&after, &before, &after).map(|now| led_back(&now, &leads));
        assert!(moved_first.is_ok_and(|now| now.is_same(&before)));
        let led_first = moved_back(&led_back(&after, &leads), &before, &after);
        assert!(led_first.is_ok_and(|now| now.is_same(&before)));
    }

    #[test]
    fn who_was_put_at_the_head_of_a_department_meanwhile_stays_in_it() {
        let (before, after) = (place(&[1], &[]), place(&[2], &[]));
        let deed = Deed::Placed { member: MemberId(id(9).0), before, after };
        let in_use: HashSet<DepartmentId> = [id(1), id(2)].into();
        assert_eq!(placed_back(&deed, &place(&[2], &[2]), &in_use).err(), Some("changed_meanwhile"));
        assert!(placed_back(&deed, &place(&[2], &[]), &in_use).is_ok_and(|place| place.is_some()));
        assert_eq!(placed_back(&deed, &place(&[2], &[]), &HashSet::new()).err(), Some("department_gone"));
    }
}
