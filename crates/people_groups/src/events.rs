//! What is told of groups of people: ids and counts, never what a rule says or what a group is called.

use directory::PeopleGroupId;
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

/// A group is new, or something else makes it, or it is called or shown differently.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleGroupWritten {
    /// Which.
    pub group: PeopleGroupId,
    /// Whether it is new.
    pub is_new: bool,
    /// What of it is different: `name`, `note`, `is_shown`, `made_by`.
    pub fields: Vec<String>,
}

impl Event for PeopleGroupWritten {
    const NAME: &'static str = "people_groups.people_group_written";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A group is not there any more: nobody is let in under its name.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleGroupDeleted {
    /// Which.
    pub group: PeopleGroupId,
}

impl Event for PeopleGroupDeleted {
    const NAME: &'static str = "people_groups.people_group_deleted";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody was put into a group by hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberListed {
    /// Into which.
    pub group: PeopleGroupId,
    /// Who.
    pub member: MemberId,
}

impl Event for MemberListed {
    const NAME: &'static str = "people_groups.member_listed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody was taken out of a group by hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberUnlisted {
    /// Out of which.
    pub group: PeopleGroupId,
    /// Who.
    pub member: MemberId,
}

impl Event for MemberUnlisted {
    const NAME: &'static str = "people_groups.member_unlisted";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Some group, or who is in it, is not what it was: for windows. Which one, not everybody may know.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleGroupsChanged {}

impl Event for PeopleGroupsChanged {
    const NAME: &'static str = "people_groups.people_groups_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
