//! New people who are called as somebody who is here: perhaps it is the same person, and nothing else of the row says so
//! (`DIR-04`).

use std::collections::{HashMap, HashSet};

use access::DepartmentId;
use kernel::MemberId;
use lists::{Draft, Field, Place};
use texts::{fold, unspaced};

use crate::acts::Act;
use crate::told::Paths;

/// Of a frequent name so many are looked at, and so many are told of.
const MOST: usize = 20;
const TOLD: usize = 3;

/// Who is here under the names of those rows that nothing leads to anybody.
pub struct Namesakes(HashMap<String, Vec<MemberId>>);

impl Namesakes {
    /// `called` knows who here has a name. Whom another row is about is somebody else, as the list itself says.
    pub fn find<'a>(draft: &Draft, matches: &[Option<MemberId>], called: impl Fn(&str) -> &'a [MemberId]) -> Self {
        let listed: HashSet<&MemberId> = matches.iter().flatten().collect();
        let mut found: HashMap<String, Vec<MemberId>> = HashMap::new();
        let new = draft.people.iter().zip(matches).filter(|(person, member)| member.is_none() && !person.leaves);
        for (person, _) in new {
            let others = || called(&person.name).iter().filter(|one| !listed.contains(one)).take(MOST).copied();
            found.entry(form(&person.name)).or_insert_with(|| others().collect());
        }
        found.retain(|_, members| !members.is_empty());
        Self(found)
    }

    /// All of them.
    pub fn members(&self) -> impl Iterator<Item = MemberId> {
        self.0.values().flatten().copied()
    }

    /// Warns of each new person who has one, with who that is and where, those beside whom they would be first. `here` tells
    /// what somebody is called, and of their departments, the main one first.
    pub fn warn<'a>(
        &self,
        draft: &mut Draft,
        acts: &[Act],
        here: impl Fn(MemberId) -> Option<(&'a str, &'a [DepartmentId])>,
        paths: &Paths<'_>,
    ) {
        for (person, act) in draft.people.iter().zip(acts) {
            let (Act::Create { places, .. } | Act::Invite { places, .. }) = act else { continue };
            let Some(members) = self.0.get(&form(&person.name)) else { continue };
            let shared = |own: &[DepartmentId]| own.iter().find(|one| places.departments.contains(one)).copied();
            let mut known: Vec<_> = members.iter().filter_map(|one| here(*one)).collect();
            known.sort_by_key(|(_, own)| shared(own).is_none());
            let place = |own: &[DepartmentId]| shared(own).or(own.first().copied()).map(|one| paths.path(one));
            let told = |(name, own): &(&str, &[DepartmentId])| match place(own).filter(|path| !path.is_empty()) {
                Some(path) => format!("{name} · {path}"),
                None => (*name).to_owned(),
            };
            let mut whom: Vec<String> = known.iter().take(TOLD).map(told).collect();
            if known.len() > TOLD {
                whom.push("…".to_owned());
            }
            if !whom.is_empty() {
                draft.problems.warn_of(Place::person(person.row(), Field::Name), "namesake_here", &whom.join("; "));
            }
        }
    }
}

/// In which one name is the other, whatever the spaces and the case.
fn form(name: &str) -> String {
    fold(&unspaced(name))
}

#[cfg(test)]
mod tests {
    use kernel::MemberId;
    use lists::{Draft, DraftPerson};
    use profiles::Profile;

    use super::{DepartmentId, Namesakes};
    use crate::acts::{Act, Placement};
    use crate::departments::Existing;
    use crate::told::Paths;

    fn id(n: u128) -> MemberId {
        MemberId(format!("{n:032x}").parse().unwrap_or_default())
    }

    fn department(n: u128, name: &str) -> Existing {
        let (id, name) = (DepartmentId(format!("{n:032x}").parse().unwrap_or_default()), name.to_owned());
        Existing { id, parent: None, name, number: None, is_archived: false, position: 0 }
    }

    #[test]
    fn a_new_person_is_told_of_namesakes_those_beside_them_first_and_of_nobody_the_list_names() {
        let person = |name: &str, row| DraftPerson { rows: vec![row], name: name.to_owned(), ..DraftPerson::default() };
        let people = vec![person("Ann Lee", 2), person("Ann Lee", 3), person("Bob", 4), person("Cem", 5)];
        let mut draft = Draft { people, ..Draft::default() };
        let (sales, law) = (department(1, "Sales"), department(2, "Law"));
        let called = [id(1), id(2), id(3)];
        let here = |name: &str| if name == "Ann Lee" { &called[..] } else { &[] };
        // Row 3 is one of the three.
        let matches = [None, Some(id(2)), None, None];
        let found = Namesakes::find(&draft, &matches, here);
        assert_eq!(found.members().collect::<Vec<_>>(), [id(1), id(3)]);
        let create = |places: Placement| Act::Create { profile: Profile::default(), places };
        let in_law = Placement { departments: vec![law.id], leads: Vec::new() };
        let acts = [create(in_law), Act::LeaveOut, create(Placement::default()), Act::LeaveOut];
        let places = [[sales.id], [law.id]];
        let known = |one: MemberId| Some(("Ann Lee", if one == id(1) { &places[0][..] } else { &places[1][..] }));
        let existing = [sales, law];
        found.warn(&mut draft, &acts, known, &Paths::before(&existing));
        let told: Vec<_> = draft.problems.into_list().into_iter().map(|one| (one.row, one.code, one.whom)).collect();
        let whom = Some("Ann Lee · Law; Ann Lee · Sales".to_owned());
        assert_eq!(told, [(2, "namesake_here".to_owned(), whom)]);
    }
}
