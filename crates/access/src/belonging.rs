//! Where somebody is and what they lead: what they see of others as a colleague and as a leader follows from it (`DIR-03`).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::DepartmentId;

/// Where somebody is and what they lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belonging {
    /// The departments they are in, the main one first.
    pub department_ids: Vec<DepartmentId>,
    /// Those of them they lead.
    pub leads: Vec<DepartmentId>,
    /// Those they lead without being in them.
    pub leads_from_outside: Vec<DepartmentId>,
}

impl Belonging {
    /// Whether they are in, or lead, a department in which they were not, or which they did not lead. Nobody brings that about
    /// for themselves, but whoever decides who sees which field (`ORG-03`).
    pub fn exceeds(&self, before: &Self) -> bool {
        let was_led = |one: &DepartmentId| before.leads.contains(one) || before.leads_from_outside.contains(one);
        let joins = self.department_ids.iter().any(|one| !before.department_ids.contains(one));
        joins || !self.leads.iter().chain(&self.leads_from_outside).all(was_led)
    }
}

/// Where somebody sees more of others than elsewhere. What no field is shown for does not count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vantage {
    /// As a colleague: the departments they are in.
    pub near: HashSet<DepartmentId>,
    /// As a leader: those they lead, and all that lies below.
    pub led: HashSet<DepartmentId>,
}

impl Vantage {
    /// Whether they come to see more of somebody who goes from here to there. Nobody brings that about by their own hand, but
    /// whoever decides who sees which field (`ORG-03`).
    pub fn gains(&self, before: &[DepartmentId], after: &[DepartmentId]) -> bool {
        let is_in =
            |departments: &[DepartmentId], of: &HashSet<DepartmentId>| departments.iter().any(|one| of.contains(one));
        [&self.near, &self.led].into_iter().any(|of| is_in(after, of) && !is_in(before, of))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Belonging, Vantage};
    use crate::DepartmentId;

    fn belonging(department_ids: &[u128], leads: &[u128], from_outside: &[u128]) -> Belonging {
        let ids = |all: &[u128]| all.iter().map(|one| DepartmentId(Uuid::from_u128(*one))).collect();
        Belonging { department_ids: ids(department_ids), leads: ids(leads), leads_from_outside: ids(from_outside) }
    }

    #[test]
    fn org_03_joining_and_leading_are_more_and_leaving_is_not() {
        let before = belonging(&[1, 2], &[1], &[3]);
        for no_more in [belonging(&[2, 1], &[1], &[3]), belonging(&[1], &[], &[]), belonging(&[1, 2], &[], &[1, 3])] {
            assert!(!no_more.exceeds(&before), "{no_more:?}");
        }
        for more in [belonging(&[1, 2, 3], &[1], &[]), belonging(&[1, 2], &[2], &[3]), belonging(&[1], &[1], &[2])] {
            assert!(more.exceeds(&before), "{more:?}");
        }
    }

    #[test]
    fn org_03_whoever_is_brought_into_a_department_that_one_is_in_or_leads_shows_more() {
        let ids =
            |all: &[u128]| -> Vec<DepartmentId> { all.iter().map(|one| DepartmentId(Uuid::from_u128(*one))).collect() };
        let set = |all: &[u128]| ids(all).into_iter().collect();
        let vantage = Vantage { near: set(&[1]), led: set(&[2, 3]) };
        let no_more: [(&[u128], &[u128]); 4] = [(&[4], &[5]), (&[1, 2], &[1, 3]), (&[2], &[4]), (&[1, 4], &[5, 1])];
        for (before, after) in no_more {
            assert!(!vantage.gains(&ids(before), &ids(after)), "{before:?} {after:?}");
        }
        let more: [(&[u128], &[u128]); 4] = [(&[4], &[1]), (&[1], &[1, 3]), (&[2], &[2, 1]), (&[], &[2])];
        for (before, after) in more {
            assert!(vantage.gains(&ids(before), &ids(after)), "{before:?} {after:?}");
        }
        assert!(!Vantage::default().gains(&ids(&[4]), &ids(&[1, 2])));
    }
}
