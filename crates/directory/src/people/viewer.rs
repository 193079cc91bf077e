//! What the caller may see of people and do to them: what a button offers is what the rule allows.

use std::collections::HashMap;

use access::{Holder, Holdings, Lineage, Permission};
use kernel::{MemberId, Result, Tx};

use super::person::Person;
use super::sight::Sight;
use crate::model::{MemberCan, Role};
use crate::policy::Acting;
use crate::roles::holding::{holdings, lineage, scopes};

/// The caller, and what it takes to compare them with these people.
pub(crate) struct Viewer {
    pub acting: Acting,
    theirs: HashMap<MemberId, Holdings>,
    lineage: Lineage,
    pub sight: Sight,
}

impl Viewer {
    /// Whoever holds nothing compares with nobody, and nothing is read for that.
    pub async fn of(tx: &mut Tx, people: &[Person]) -> Result<Self> {
        let acting = Acting::load(tx).await?;
        let ids: Vec<MemberId> = people.iter().map(|person| person.id).collect();
        // Whom a field names may be out of sight too.
        let named =
            people.iter().flat_map(|person| person.profile.values.values()).filter_map(|text| text.parse().ok());
        let asked: Vec<MemberId> = ids.iter().copied().chain(named).collect();
        let sight = Sight::of(tx, &acting, Some(&asked)).await?;
        let (mut theirs, mut above) = (HashMap::new(), Lineage::default());
        if !acting.holdings.held().is_empty() {
            theirs = holdings(tx, &ids).await?;
            let places = people.iter().flat_map(|person| person.department_ids.iter().copied());
            above = lineage(tx, places.chain(theirs.values().flat_map(scopes)).collect::<Vec<_>>()).await?;
        }
        Ok(Self { acting, theirs, lineage: above, sight })
    }

    /// Whether they hold the permission wherever the person is, whatever the person holds.
    pub fn looks_after(&self, permission: Permission, person: &Person) -> bool {
        self.acting.holdings.reach(permission, &person.department_ids, &self.lineage)
    }

    /// What they may do to the person.
    pub fn can(&self, person: &Person) -> MemberCan {
        let nothing = Holdings::default();
        let theirs = self.theirs.get(&person.id).unwrap_or(&nothing);
        let target = Holder { id: person.id, holdings: theirs, places: &person.department_ids };
        let standing = (person.state, person.way_back, person.role == Role::Owner);
        let can = MemberCan::of(&self.acting.holder(), &target, &self.lineage, standing);
        if self.sight.is_kept_from(person.id) { can.to_restricted() } else { can }
    }
}
