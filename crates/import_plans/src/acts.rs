//! What becomes of each person of a list.

use access::{DepartmentId, State};
use kernel::{AccountId, MemberId};
use profiles::Profile;
use serde::{Deserialize, Serialize};

use crate::report::Outcome;

/// Departments in their order, and which of them are led.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The main one first.
    pub departments: Vec<DepartmentId>,
    /// In any order.
    pub leads: Vec<DepartmentId>,
}

impl Placement {
    /// Whether it is the same places; in which order one leads them does not matter.
    pub fn is_same(&self, other: &Self) -> bool {
        let sorted = |ids: &[DepartmentId]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        self.departments == other.departments && sorted(&self.leads) == sorted(&other.leads)
    }
}

/// What is to be done about one person.
pub enum Act {
    /// With an account of their own to come.
    Create {
        /// What is known of them.
        profile: Profile,
        /// Where they are.
        places: Placement,
    },
    /// Somebody whose phone number or e-mail address an account has already.
    Invite {
        /// Whose account.
        account: AccountId,
        /// What is known of them.
        profile: Profile,
        /// Where they are.
        places: Placement,
    },
    /// Somebody who is here.
    Update(Box<Update>),
    /// Somebody who is here and leaves.
    Leave(Leaver),
    /// Something is wrong with the row, or it is about somebody who left and was never here.
    LeaveOut,
}

/// Somebody who leaves.
pub struct Leaver {
    /// Who.
    pub member: MemberId,
    /// As they are called.
    pub name: String,
    /// Where they stand.
    pub from: State,
    /// Where they are.
    pub departments: Vec<DepartmentId>,
}

/// Changes of somebody who is here.
pub struct Update {
    /// Who.
    pub member: MemberId,
    /// How they sign in.
    pub account: AccountId,
    /// What is known of them then.
    pub profile: Profile,
    /// As it was.
    pub old: Profile,
    /// Where they were.
    pub was: Placement,
    /// Whether anything else is known of them.
    pub is_changed: bool,
    /// Whether what one signs in with follows the profile.
    pub names_follow: bool,
    /// `None` when they stay where they are.
    pub places: Option<Placement>,
}

impl Act {
    /// What becomes of the person, in one word.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Create { .. } => Outcome::Created,
            Self::Invite { .. } => Outcome::Invited,
            Self::LeaveOut => Outcome::Wrong,
            Self::Leave(_) => Outcome::Left,
            Self::Update(update) if update.is_changed => Outcome::Changed,
            Self::Update(update) if update.places.is_some() => Outcome::Moved,
            Self::Update(_) => Outcome::Unchanged,
        }
    }
}
