//! Which departments somebody sees: hidden ones only from inside, and no further than their own departments may look.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::DepartmentId;

/// How far the people of a department see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = DepartmentSees)]
pub enum Sees {
    /// As the department above; at the top, everyone.
    Inherit,
    /// Everyone who is not hidden.
    Everyone,
    /// Their own department with what lies below it, and those that are named.
    Own,
}

/// A department, as far as seeing goes.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Seeing {
    /// Which.
    pub id: DepartmentId,
    /// The one above.
    pub parent_id: Option<DepartmentId>,
    /// Whether only those who are in it see it.
    pub is_hidden: bool,
    /// How far its people see.
    pub sees: Sees,
    /// What it sees besides its own.
    pub also: Vec<DepartmentId>,
}

/// What somebody sees of the tree; everything when there is nothing to hide.
#[derive(Debug, Default)]
pub struct Reach(Option<Seen>);

#[derive(Debug)]
struct Seen {
    departments: HashSet<DepartmentId>,
    /// Those, and what lies above them.
    shown: HashSet<DepartmentId>,
    /// Whether people who are in no department are seen.
    sees_unplaced: bool,
}

impl Reach {
    /// The rule, for somebody in `places` who looks after the departments `after`.
    pub fn of(nodes: &[Seeing], places: &[DepartmentId], after: &HashSet<DepartmentId>) -> Self {
        let tree = Tree::of(nodes);
        let limits: Vec<Option<&Seeing>> = places.iter().map(|place| tree.limit(*place)).collect();
        let is_limited = !limits.is_empty() && limits.iter().all(Option::is_some);
        let mut departments: HashSet<DepartmentId> = if is_limited {
            let tops = limits.into_iter().flatten().flat_map(|limit| limit.also.iter().chain([&limit.id]));
            tops.flat_map(|top| tree.below(*top)).collect()
        } else {
            nodes.iter().map(|node| node.id).collect()
        };
        for hidden in nodes.iter().filter(|node| node.is_hidden) {
            let inside: HashSet<DepartmentId> = tree.below(hidden.id).into_iter().collect();
            if !places.iter().any(|place| inside.contains(place)) {
                departments.retain(|one| !inside.contains(one));
            }
        }
        departments.extend(after);
        let shown = departments.iter().flat_map(|one| tree.above(*one)).collect();
        Self(Some(Seen { departments, shown, sees_unplaced: !is_limited }))
    }

    /// Whether nothing at all is hidden from them.
    pub fn is_unlimited(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the department stands in the tree they see: since they see it, or something below it.
    pub fn shows(&self, department: DepartmentId) -> bool {
        self.0.as_ref().is_none_or(|seen| seen.shown.contains(&department))
    }

    /// Whether they see somebody who is in these departments and not hidden.
    pub fn meets(&self, places: &[DepartmentId]) -> bool {
        let Some(seen) = &self.0 else { return true };
        if places.is_empty() { seen.sees_unplaced } else { places.iter().any(|one| seen.departments.contains(one)) }
    }
}

struct Tree<'a> {
    by_id: HashMap<DepartmentId, &'a Seeing>,
    children: HashMap<DepartmentId, Vec<DepartmentId>>,
}

impl<'a> Tree<'a> {
    fn of(nodes: &'a [Seeing]) -> Self {
        let by_id = nodes.iter().map(|node| (node.id, node)).collect();
        let mut children: HashMap<DepartmentId, Vec<DepartmentId>> = HashMap::new();
        for node in nodes {
            if let Some(parent) = node.parent_id {
                children.entry(parent).or_default().push(node.id);
            }
        }
        Self { by_id, children }
    }

    /// The department and everything above it.
    fn above(&self, id: DepartmentId) -> Vec<DepartmentId> {
        let up = std::iter::successors(self.by_id.get(&id), |node| self.by_id.get(&node.parent_id?));
        up.map(|node| node.id).collect()
    }

    /// The department and everything below it.
    fn below(&self, id: DepartmentId) -> Vec<DepartmentId> {
        let mut all = vec![id];
        let mut at = 0;
        while let Some(one) = all.get(at) {
            all.extend(self.children.get(one).into_iter().flatten());
            at += 1;
        }
        all
    }

    /// The department whose word holds for who is in this one, when that word is a limit.
    fn limit(&self, id: DepartmentId) -> Option<&'a Seeing> {
        let said = self.above(id).into_iter().filter_map(|one| self.by_id.get(&one).copied());
        said.into_iter().find(|node| node.sees != Sees::Inherit).filter(|node| node.sees == Sees::Own)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Reach, Seeing, Sees};
    use crate::DepartmentId;

    fn id(n: usize) -> DepartmentId {
        DepartmentId(Uuid::from_u128(n as u128))
    }

    /// Each department hangs below an earlier one or stands at the top.
    fn trees() -> impl Strategy<Value = Vec<Seeing>> {
        let sees = prop_oneof![Just(Sees::Inherit), Just(Sees::Inherit), Just(Sees::Everyone), Just(Sees::Own)];
        let node =
            (any::<prop::sample::Index>(), any::<bool>(), 0..4_u8, sees, prop::collection::vec(0..12_usize, 0..3));
        prop::collection::vec(node, 12).prop_map(|nodes| {
            let hang = |(n, (parent, is_top, hides, sees, also)): (
                usize,
                (prop::sample::Index, bool, u8, Sees, Vec<usize>),
            )| {
                let parent_id = (n > 0 && !is_top).then(|| id(parent.index(n.max(1))));
                Seeing { id: id(n), parent_id, is_hidden: hides == 0, sees, also: also.into_iter().map(id).collect() }
            };
            nodes.into_iter().enumerate().map(hang).collect()
        })
    }

    fn is_below(nodes: &[Seeing], one: DepartmentId, top: DepartmentId) -> bool {
        let of = |id: DepartmentId| nodes.iter().find(|node| node.id == id);
        std::iter::successors(of(one), |node| of(node.parent_id?)).any(|node| node.id == top)
    }

    proptest! {
        #[test]
        fn dir_04_a_hidden_department_is_met_from_inside_only(nodes in trees(), places in prop::collection::vec(0..12_usize, 0..3), after in prop::collection::hash_set(0..12_usize, 0..3)) {
            let places: Vec<DepartmentId> = places.into_iter().map(id).collect();
            let after: HashSet<DepartmentId> = after.into_iter().map(id).collect();
            let reach = Reach::of(&nodes, &places, &after);
            for node in &nodes {
                let is_shut = nodes.iter().any(|hidden| {
                    hidden.is_hidden
                        && is_below(&nodes, node.id, hidden.id)
                        && !places.iter().any(|place| is_below(&nodes, *place, hidden.id))
                });
                if is_shut {
                    prop_assert_eq!(reach.meets(&[node.id]), after.contains(&node.id));
                }
                if reach.meets(&[node.id]) {
                    prop_assert!(nodes.iter().filter(|top| is_below(&nodes, node.id, top.id)).all(|top| reach.shows(top.id)));
                }
            }
        }

        #[test]
        fn whoever_is_somewhere_meets_those_who_are_there_too(nodes in trees(), place in 0..12_usize) {
            let reach = Reach::of(&nodes, &[id(place)], &HashSet::new());
            prop_assert!(reach.meets(&[id(place)]));
        }

        #[test]
        fn without_a_word_about_it_everybody_is_met(nodes in trees(), place in 0..12_usize) {
            let open: Vec<Seeing> = nodes.into_iter().map(|node| Seeing { is_hidden: false, sees: Sees::Inherit, ..node }).collect();
            let reach = Reach::of(&open, &[id(place)], &HashSet::new());
            prop_assert!(open.iter().all(|node| reach.meets(&[node.id])) && reach.meets(&[]));
        }
    }
}
