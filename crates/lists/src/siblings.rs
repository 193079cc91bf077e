//! Departments beside each other: which of them a name means, and in which order they stand (`DIR-04`).

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tree::compared;

/// Departments by what they are called below one parent.
pub struct Siblings<P, D> {
    exactly: HashMap<(P, String), Vec<D>>,
    alike: HashMap<(P, String), Vec<D>>,
}

impl<P, D> Default for Siblings<P, D> {
    fn default() -> Self {
        Self { exactly: HashMap::new(), alike: HashMap::new() }
    }
}

impl<P: Copy + Eq + Hash, D: Copy + PartialEq> Siblings<P, D> {
    /// One may have several names; what is added again is there once.
    pub fn add(&mut self, parent: P, name: &str, department: D) {
        let places = [
            self.exactly.entry((parent, name.to_owned())).or_default(),
            self.alike.entry((parent, compared(name))).or_default(),
        ];
        for place in places {
            if !place.contains(&department) {
                place.push(department);
            }
        }
    }

    /// Those whom the name means, of those that may be meant: who is called exactly so, else whose name differs in nothing but
    /// case and width. When there are several, nobody can say which.
    pub fn named(&self, parent: P, name: &str, may_be: impl Fn(&D) -> bool) -> Vec<D> {
        let among = |found: Option<&Vec<D>>| -> Vec<D> {
            found.into_iter().flatten().copied().filter(|department| may_be(department)).collect()
        };
        let exactly = among(self.exactly.get(&(parent, name.to_owned())));
        if exactly.is_empty() { among(self.alike.get(&(parent, compared(name)))) } else { exactly }
    }
}

/// A place among departments beside each other, counted from 1 over those in use that are there already and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportPlaceChange)]
pub struct PlaceChange {
    /// Now.
    pub before: u32,
    /// Then.
    pub after: u32,
}

/// Puts one that is new there after all the others; one with a number after the others that have one.
pub fn join<D>(siblings: &mut Vec<(D, Option<i64>)>, one: (D, Option<i64>)) {
    let numbered = one.1.and_then(|_| siblings.iter().rposition(|(_, order)| order.is_some()));
    siblings.insert(numbered.map_or(siblings.len(), |last| last + 1), one);
}

/// Puts those that have a number by it, the greatest first as WeCom orders departments, into the places that they have
/// together; the others stay where they are. Which of those with a number have another place then, over all that count.
pub fn arrange<D: Copy + Eq + Hash>(
    siblings: &mut [(D, Option<i64>)],
    counts: impl Fn(&D) -> bool,
) -> HashMap<D, PlaceChange> {
    let places = |siblings: &[(D, Option<i64>)]| -> HashMap<D, u32> {
        siblings.iter().map(|(one, _)| *one).filter(|one| counts(one)).zip(1..).collect()
    };
    let now = places(siblings);
    let mut ordered: Vec<(D, Option<i64>)> = siblings.iter().copied().filter(|(_, order)| order.is_some()).collect();
    ordered.sort_by_key(|(_, order)| Reverse(*order));
    for (place, one) in siblings.iter_mut().filter(|(_, order)| order.is_some()).zip(&ordered) {
        *place = *one;
    }
    let then = places(siblings);
    let change = |one: &D| Some(PlaceChange { before: *now.get(one)?, after: *then.get(one)? });
    let changes = ordered.into_iter().filter_map(|(one, _)| Some((one, change(&one)?)));
    changes.filter(|(_, change)| change.before != change.after).collect()
}

#[cfg(test)]
mod tests {
    use super::{PlaceChange, Siblings, arrange, join};

    #[test]
    fn an_exact_name_goes_before_one_of_another_width_and_what_fits_two_is_left_open() {
        let mut siblings = Siblings::default();
        siblings.add(1, "研发部（上海）", 'a');
        assert_eq!(siblings.named(1, "研发部(上海)", |_| true), ['a']);
        siblings.add(1, "研发部(上海)", 'b');
        siblings.add(1, "研发部(上海)", 'b');
        assert_eq!(siblings.named(1, "研发部（上海）", |_| true), ['a']);
        assert_eq!(siblings.named(1, "研发部(上海)", |_| true), ['b']);
        assert_eq!(siblings.named(1, "研发部（上海)", |_| true), ['a', 'b']);
        assert_eq!(siblings.named(1, "研发部（上海)", |one| *one == 'b'), ['b']);
        assert_eq!(siblings.named(1, "研发部（上海）", |one| *one == 'b'), ['b']);
        assert!(siblings.named(2, "研发部（上海）", |_| true).is_empty());
    }

    #[test]
    fn who_has_no_number_keeps_their_place_and_equal_ones_their_order() {
        let mut siblings = [('a', Some(1)), ('b', None), ('c', Some(7)), ('d', Some(1)), ('e', Some(9))];
        arrange(&mut siblings, |_| true);
        assert_eq!(siblings.map(|(one, _)| one), ['e', 'b', 'c', 'a', 'd']);
    }

    #[test]
    fn a_place_changes_by_the_numbers_and_not_by_somebody_who_comes_between() {
        let mut siblings = vec![('a', Some(9)), ('b', Some(5)), ('c', None)];
        join(&mut siblings, ('n', Some(7)));
        join(&mut siblings, ('o', None));
        let is_here = |one: &char| *one < 'n';
        assert!(arrange(&mut siblings, is_here).is_empty());
        assert_eq!(siblings.into_iter().map(|(one, _)| one).collect::<String>(), "anbco");
        let mut siblings = [('a', Some(1)), ('b', Some(5)), ('c', Some(3))];
        let mut changes: Vec<_> = arrange(&mut siblings, is_here).into_iter().collect();
        changes.sort_unstable_by_key(|(one, _)| *one);
        let change = |before, after| PlaceChange { before, after };
        assert_eq!(changes, [('a', change(1, 3)), ('b', change(2, 1)), ('c', change(3, 2))]);
    }
}
