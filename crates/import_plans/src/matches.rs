//! Which row of a list is who here, also where people have exchanged what they go by (`DIR-04`).

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use kernel::MemberId;
use lists::{Draft, DraftPerson, Field, Kind, Place};
use texts::unspaced;

/// Whom the names of a row belong to here, the surest first.
pub type Links = Vec<(Field, MemberId)>;

/// Whom several rows name, or a row beside others: what they are called helps to say whose row it is, and whose it is not.
pub fn doubtful(links: &[Links]) -> Vec<MemberId> {
    let (mut seen, mut doubtful) = (HashSet::new(), HashSet::new());
    for row in links {
        let named: HashSet<MemberId> = row.iter().map(|(_, member)| *member).collect();
        let is_one = named.len() == 1;
        doubtful.extend(named.into_iter().filter(|member| !seen.insert(*member) || !is_one));
    }
    doubtful.into_iter().collect()
}

/// A row that may be somebody's.
struct Candidate {
    row: usize,
    member: MemberId,
    is_wrong: bool,
    /// How much of the row is theirs, their name among it.
    score: usize,
    surest: usize,
}

/// Each row is that of whom most of it names, then of whom its surest name names. Whoever is named by a row that gives up with
/// the same list what another names them by is not meant there; who is named by two is a problem of the second.
pub fn matches(draft: &mut Draft, links: &[Links], names: &HashMap<MemberId, String>) -> Vec<Option<MemberId>> {
    let mut candidates: Vec<Candidate> =
        (0..links.len()).flat_map(|row| candidates(draft, links, names, row)).collect();
    candidates.sort_by_key(|one| (one.is_wrong, Reverse(one.score), one.surest, one.row));
    let mut matches: Vec<Option<MemberId>> = vec![None; links.len()];
    let mut taken: HashMap<MemberId, usize> = HashMap::new();
    for Candidate { row, member, is_wrong, .. } in candidates {
        if matches[row].is_some() {
            continue;
        }
        let Some(other) = taken.get(&member).copied() else {
            if !is_wrong {
                taken.insert(member, row);
            }
            matches[row] = Some(member);
            continue;
        };
        let (own, first) = (&draft.people[row], &draft.people[other]);
        let is_kept = |(field, named): &&(Field, MemberId)| *named == member && !gives_up(first, own, *field);
        let kept: Vec<Place> =
            links[row].iter().filter(is_kept).map(|(field, _)| Place::person(own.row(), *field)).collect();
        let above = first.row();
        for at in kept {
            draft.problems.clash(at, "same_member_as_row", None, above);
            matches[row] = Some(member);
        }
    }
    matches
}

fn candidates(draft: &Draft, links: &[Links], names: &HashMap<MemberId, String>, row: usize) -> Vec<Candidate> {
    let person = &draft.people[row];
    let is_wrong = draft.problems.is_wrong(Kind::People, person.row());
    let mut found: Vec<Candidate> = Vec::new();
    for (field, member) in &links[row] {
        match found.iter_mut().find(|one| one.member == *member) {
            Some(one) => one.score += 1,
            None => {
                let is_called_so = names.get(member).is_some_and(|name| unspaced(name) == person.name);
                let (score, surest) = (1 + usize::from(is_called_so), surety(*field));
                found.push(Candidate { row, member: *member, is_wrong, score, surest });
            }
        }
    }
    found
}

fn surety(field: Field) -> usize {
    match field {
        Field::UserId => 0,
        Field::StaffNumber => 1,
        Field::Phone => 2,
        _ => 3,
    }
}

/// Whether `first` says that they have something else than `other` names them by.
fn gives_up(first: &DraftPerson, other: &DraftPerson, field: Field) -> bool {
    let value = |person: &DraftPerson| {
        person.names().into_iter().find(|(own, _)| *own == field).map(|(_, value)| value.to_lowercase())
    };
    value(first).is_some_and(|new| Some(new) != value(other))
}

/// What somebody goes by here, in the order of [`DraftPerson::names`], without the ids that their row takes over from others:
/// those tell nobody apart.
pub fn without_exchanged<'a>(
    mut names: [Option<&'a str>; 4],
    links: &[(Field, MemberId)],
    member: MemberId,
) -> [Option<&'a str>; 4] {
    for (place, field) in [Field::UserId, Field::StaffNumber].into_iter().enumerate() {
        if links.iter().any(|(own, other)| *own == field && *other != member) {
            names[place] = None;
        }
    }
    names
}
