//! What becomes of each person of a list.

use access::{Belonging, DepartmentId, State};
use kernel::{AccountId, MemberId};
use lists::{DepartmentRef, DraftPerson, Field, MOST_DEPARTMENTS, Place};
use profiles::Profile;
use serde::{Deserialize, Serialize};

use crate::departments::PlannedDepartments;
use crate::report::Outcome;

/// Departments in their order, and which of them are led.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The main one first.
    pub departments: Vec<DepartmentId>,
    /// In any order.
    pub leads: Vec<DepartmentId>,
}

impl From<&Placement> for Belonging {
    fn from(place: &Placement) -> Self {
        Self { department_ids: place.departments.clone(), leads: place.leads.clone(), ..Self::default() }
    }
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
    /// Whether anything else is known of them, apart from where they are and what they lead.
    pub is_changed: bool,
    /// Whether what one signs in with follows the profile.
    pub names_follow: bool,
    /// `None` when they stay where they are.
    pub places: Option<Placement>,
}

impl Update {
    /// Where they are then.
    pub fn place(&self) -> &Placement {
        self.places.as_ref().unwrap_or(&self.was)
    }

    /// Whether they are in other departments then, or in another order of them.
    pub fn moves(&self) -> bool {
        self.place().departments != self.was.departments
    }

    /// Of the departments in which they are then, those that they lead or stop leading with it, and which of the two. What
    /// they leave they lead no more without anybody saying so.
    pub fn led(&self) -> Vec<(DepartmentId, bool)> {
        let then = self.place();
        let other = then.departments.iter().filter(|one| self.was.leads.contains(one) != then.leads.contains(one));
        other.map(|one| (*one, then.leads.contains(one))).collect()
    }

    /// Whether something is not what it was, apart from where they are.
    pub fn changes(&self) -> bool {
        self.is_changed || !self.led().is_empty()
    }
}

/// What a row says replaces what was known; what it does not say stays.
pub fn overlaid(old: Profile, person: &DraftPerson) -> Profile {
    let mut new = Profile {
        name: person.name.clone(),
        user_id: person.user_id.clone().or(old.user_id),
        phone: person.phone.clone().or(old.phone),
        email: person.email.clone().or(old.email),
        staff_number: person.staff_number.clone().or(old.staff_number),
        position: person.position.clone().or(old.position),
        ..old
    };
    for value in &person.values {
        // Each is in the form in which it is kept, a birthday too.
        drop(new.put(value.field, value.text.clone()));
    }
    new
}

/// What is wrong with a row: where, why, and what stands there.
pub type Wrong = Vec<(Place, &'static str, Option<String>)>;

/// Where a row has somebody; `None` when it does not say.
pub fn placement(person: &DraftPerson, departments: &PlannedDepartments, wrong: &mut Wrong) -> Option<Placement> {
    let named = person.departments.as_ref()?;
    let at = Place::person(person.row(), Field::Departments);
    let mut places = Placement::default();
    for (place, department) in named.iter().enumerate() {
        let Some(id) = departments.find(department) else {
            let (code, number) = unknown(department);
            wrong.push((at, code, number));
            continue;
        };
        if !places.departments.contains(&id) {
            places.departments.push(id);
        }
        let leads = person.leads.as_ref().is_some_and(|leads| leads.get(place) == Some(&true));
        if leads && !places.leads.contains(&id) {
            places.leads.push(id);
        }
    }
    if places.departments.len() > MOST_DEPARTMENTS {
        wrong.push((at, "too_many", None));
    }
    Some(places)
}

/// Why there is no such department, and what the row says.
fn unknown(department: &DepartmentRef) -> (&'static str, Option<String>) {
    match department {
        DepartmentRef::Numbered(number) => ("department_unknown", Some(number.clone())),
        DepartmentRef::Node(_) => ("department_wrong", None),
    }
}

impl Act {
    /// What becomes of the person, in one word.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Create { .. } => Outcome::Created,
            Self::Invite { .. } => Outcome::Invited,
            Self::LeaveOut => Outcome::Wrong,
            Self::Leave(_) => Outcome::Left,
            Self::Update(update) if update.changes() => Outcome::Changed,
            Self::Update(update) if update.moves() => Outcome::Moved,
            Self::Update(_) => Outcome::Unchanged,
        }
    }
}
