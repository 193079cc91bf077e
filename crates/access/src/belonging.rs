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
    /// Somebody who is in these departments and leads none.
    pub fn of(department_ids: Vec<DepartmentId>) -> Self {
        Self { department_ids, ..Self::default() }
    }

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

/// Where one sees no more of others than somebody else does, who can sign in as one. What sets no limit is shown to everyone, or seen by them anyway.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// As a colleague: the departments in which one sees no more than they do.
    pub near: Option<HashSet<DepartmentId>>,
    /// As a leader: the departments at whose head one sees no more than they do.
    pub led: Option<HashSet<DepartmentId>>,
}

impl Sight {
    /// Whether somebody who goes from here to there comes to see what whoever has this sight does not. Nobody brings that
    /// about for those as whom they can sign in (`ORG-03`).
    pub fn is_exceeded(&self, before: &Belonging, after: &Belonging) -> bool {
        let led = |at: &Belonging| -> HashSet<DepartmentId> {
            at.leads.iter().chain(&at.leads_from_outside).copied().collect()
        };
        let was_led = led(before);
        let is_beyond = |limit: &Option<HashSet<DepartmentId>>, one: &DepartmentId| {
            limit.as_ref().is_some_and(|seen| !seen.contains(one))
        };
        let mut joined = after.department_ids.iter().filter(|one| !before.department_ids.contains(one));
        joined.any(|one| is_beyond(&self.near, one))
            || led(after).difference(&was_led).any(|one| is_beyond(&self.led, one))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Belonging, Sight, Vantage};
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

    #[test]
    fn org_03_whoever_can_sign_in_as_somebody_has_them_see_no_more_than_themselves() {
        let (nowhere, free) = (Belonging::default(), Sight::default());
        let there = belonging(&[4], &[4], &[5]);
        assert!(!free.is_exceeded(&nowhere, &there));
        let set = |ids: &[u128]| Some(ids.iter().map(|one| DepartmentId(Uuid::from_u128(*one))).collect());
        let near = Sight { near: set(&[1]), led: None };
        assert!(near.is_exceeded(&nowhere, &there));
        assert!(!near.is_exceeded(&nowhere, &belonging(&[1], &[1], &[5])));
        assert!(!near.is_exceeded(&belonging(&[4], &[], &[]), &there), "who was there sees what they saw");
        let led = Sight { near: None, led: set(&[4]) };
        assert!(led.is_exceeded(&nowhere, &there), "5, from outside");
        assert!(!led.is_exceeded(&belonging(&[], &[], &[5]), &there));
    }
}
