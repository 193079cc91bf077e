//! Which departments can be as they were before an import: where they are still as it left them, and nothing ends up below itself.

use std::collections::{HashMap, HashSet};

use access::DepartmentId;

use crate::deeds::Deed;
use crate::departments::{Existing, MayHang, Parents};

/// Why things stay as they are, by their place among the deeds.
pub type Kept = HashMap<usize, &'static str>;

/// A tree is not deeper.
const DEEPEST: usize = 20;

/// Departments on their way back to where they hung, in the order in which they stood.
#[derive(Default)]
pub struct Hanging {
    /// Which, and the one above.
    pub parents: Vec<(DepartmentId, Option<DepartmentId>)>,
    /// Which, and their places among their siblings.
    pub positions: Vec<(DepartmentId, i32)>,
}

/// Departments on their way back to their names.
#[derive(Default)]
pub struct Naming {
    /// Which, and how they were called.
    pub names: Vec<(DepartmentId, String)>,
    /// Those of which nobody knew what the other product calls them.
    pub numberless: Vec<DepartmentId>,
}

type ById<'a> = HashMap<DepartmentId, &'a Existing>;

fn by_id(existing: &[Existing]) -> ById<'_> {
    existing.iter().map(|one| (one.id, one)).collect()
}

/// Departments hang where they hung, as far as the caller may hang them there.
pub fn hang_back(existing: &[Existing], by: MayHang<'_>, deeds: &[&Deed], kept: &mut Kept) -> Hanging {
    let by_id = by_id(existing);
    let mut parents: Parents = existing.iter().map(|one| (one.id, one.parent)).collect();
    let mut hung: Vec<(usize, DepartmentId, Option<DepartmentId>)> = Vec::new();
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Hung { department, before, after } = deed else { continue };
        let is_there = |id: &DepartmentId| by_id.get(id).is_some_and(|one| !one.is_archived);
        let stays = match by_id.get(department) {
            None => Some("is_gone"),
            // Where it hung already.
            Some(one) if one.parent == *before => continue,
            Some(one) if one.parent != *after => Some("changed_meanwhile"),
            Some(_) if !by.may_hang((&parents, Some(*department)), (&parents, *before)) => Some("not_allowed"),
            Some(_) => before.as_ref().is_some_and(|above| !is_there(above)).then_some("department_gone"),
        };
        match stays {
            Some(code) => drop(kept.insert(at, code)),
            None => hung.push((at, *department, *before)),
        }
    }
    parents.extend(hung.iter().map(|(_, department, before)| (*department, *before)));
    // What would be below itself, or too deep, by what somebody hung elsewhere or below it meanwhile, stays.
    while let Some(place) = unsound(existing, &parents, &hung) {
        let (at, department, _) = hung.remove(place);
        parents.insert(department, by_id.get(&department).and_then(|one| one.parent));
        kept.insert(at, "department_cycle");
    }
    let positions = order_back(&by_id, &parents, deeds, kept);
    Hanging { parents: hung.into_iter().map(|(_, department, before)| (department, before)).collect(), positions }
}

/// The first way back by which a department would stand too deep or below itself.
fn unsound(
    existing: &[Existing],
    parents: &Parents,
    hung: &[(usize, DepartmentId, Option<DepartmentId>)],
) -> Option<usize> {
    let places: HashMap<DepartmentId, usize> =
        hung.iter().enumerate().map(|(place, (_, department, _))| (*department, place)).collect();
    existing.iter().find_map(|one| {
        let (mut at, mut levels, mut way) = (Some(one.id), 0, None);
        while let Some(id) = at.filter(|_| levels <= DEEPEST) {
            levels += 1;
            way = way.or(places.get(&id).copied());
            at = parents.get(&id).copied().flatten();
        }
        way.filter(|_| levels > DEEPEST)
    })
}

/// Siblings among whom nobody was moved meanwhile stand as they stood.
fn order_back(by_id: &ById<'_>, parents: &Parents, deeds: &[&Deed], kept: &mut Kept) -> Vec<(DepartmentId, i32)> {
    let mut back = Vec::new();
    let parent = |id: &DepartmentId| parents.get(id).copied().flatten();
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Ordered(ordered) = deed else { continue };
        let is_other = |(id, before, after): &&(DepartmentId, i32, i32)| {
            by_id.get(id).is_some_and(|one| ![*before, *after].contains(&one.position))
        };
        let changed: HashSet<Option<DepartmentId>> =
            ordered.iter().filter(is_other).map(|(id, ..)| parent(id)).collect();
        if !changed.is_empty() {
            kept.insert(at, "changed_meanwhile");
        }
        // What only got another place there stands where it stands.
        kept.extend(deeds.iter().enumerate().filter_map(|(at, deed)| match deed {
            Deed::Hung { before, after, .. } if before == after && changed.contains(before) => {
                Some((at, "changed_meanwhile"))
            }
            _ => None,
        }));
        let same = ordered.iter().filter(|(id, ..)| !changed.contains(&parent(id)));
        back.extend(same.map(|(id, before, _)| (*id, *before)));
    }
    back
}

/// Departments are called what they were called, by us and by the other product.
pub fn name_back(existing: &[Existing], deeds: &[&Deed], kept: &mut Kept) -> Naming {
    let (by_id, mut naming) = (by_id(existing), Naming::default());
    for (at, deed) in deeds.iter().enumerate() {
        match deed {
            Deed::Renamed { department, before, after } => match by_id.get(department) {
                None => drop(kept.insert(at, "is_gone")),
                Some(one) if one.name == *before => {}
                Some(one) if one.name != *after => drop(kept.insert(at, "changed_meanwhile")),
                Some(_) => naming.names.push((*department, before.clone())),
            },
            Deed::Numbered { department, number } => {
                let is_as_left = by_id.get(department).is_some_and(|one| one.number.as_ref() == Some(number));
                naming.numberless.extend(is_as_left.then_some(*department));
            }
            _ => {}
        }
    }
    naming
}

/// New departments that hang where the import made them and are called as it called them, and the place of each among the deeds.
pub fn still_made(existing: &[Existing], deeds: &[&Deed], kept: &mut Kept) -> HashMap<DepartmentId, usize> {
    let (by_id, mut made) = (by_id(existing), HashMap::new());
    for (at, deed) in deeds.iter().enumerate() {
        let Deed::Made { department, parent, name } = deed else { continue };
        match by_id.get(department) {
            None => drop(kept.insert(at, "is_gone")),
            Some(one) if one.parent != *parent || one.name != *name || one.is_archived => {
                kept.insert(at, "changed_meanwhile");
            }
            Some(_) => drop(made.insert(*department, at)),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use access::DepartmentId;

    use super::{Kept, hang_back};
    use crate::deeds::Deed;
    use crate::departments::{Existing, MayHang};

    const ALL: MayHang<'_> = MayHang { anything: true, closed: &[] };

    fn id(n: u128) -> DepartmentId {
        DepartmentId(format!("{n:032x}").parse().unwrap_or_default())
    }

    fn one(n: u128, parent: Option<u128>) -> Existing {
        let parent = parent.map(id);
        Existing { id: id(n), parent, name: n.to_string(), number: None, is_archived: false, position: 0 }
    }

    #[test]
    fn two_that_changed_places_change_back_and_what_would_be_below_itself_stays() {
        let swapped = [one(1, Some(2)), one(2, None)];
        let back = [
            Deed::Hung { department: id(1), before: None, after: Some(id(2)) },
            Deed::Hung { department: id(2), before: Some(id(1)), after: None },
        ];
        let deeds: Vec<&Deed> = back.iter().collect();
        let mut kept = Kept::new();
        assert_eq!(hang_back(&swapped, ALL, &deeds, &mut kept).parents, [(id(1), None), (id(2), Some(id(1)))]);
        assert!(kept.is_empty());
        // Somebody hung 3, which stood above 1, below it meanwhile.
        let meanwhile = [one(1, None), one(3, Some(1))];
        let back = Deed::Hung { department: id(1), before: Some(id(3)), after: None };
        assert!(hang_back(&meanwhile, ALL, &[&back], &mut kept).parents.is_empty());
        assert_eq!(kept.get(&0), Some(&"department_cycle"));
    }

    #[test]
    fn what_somebody_hung_far_below_meanwhile_keeps_a_department_where_it_is() {
        // Eighteen levels above 100; below it somebody hung two more.
        let mut tree: Vec<Existing> = (1..=18).map(|n| one(n, (n > 1).then(|| n - 1))).collect();
        tree.extend([one(100, None), one(101, Some(100)), one(102, Some(101))]);
        let back = Deed::Hung { department: id(100), before: Some(id(18)), after: None };
        let mut kept = Kept::new();
        assert!(hang_back(&tree, ALL, &[&back], &mut kept).parents.is_empty());
        assert_eq!(kept.get(&0), Some(&"department_cycle"));
        tree.pop();
        kept.clear();
        assert_eq!(hang_back(&tree, ALL, &[&back], &mut kept).parents, [(id(100), Some(id(18)))]);
        // Whoever leads what lies above brings nothing below it.
        let leads = MayHang { closed: &[id(3)], ..ALL };
        assert!(hang_back(&tree, leads, &[&back], &mut kept).parents.is_empty());
        assert_eq!(kept.get(&0), Some(&"not_allowed"));
    }
}
