//! What an import did, one by one, with what was there before: as long as somebody keeps it, it can be taken back.

use std::collections::HashMap;

use access::{DepartmentId, State};
use chrono::{DateTime, Utc};
use kernel::{AccountId, MemberId};
use profiles::Profile;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::{Leaver, Placement, Update};
use crate::departments::{DepartmentChange, Existing, PlannedDepartment, PlannedDepartments};

/// What kind of thing an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = ImportDeedKind)]
pub enum DeedKind {
    /// A person or a department is new.
    Created,
    /// Something is known differently: of a person, or what a department is called; or somebody leads otherwise.
    Changed,
    /// A person or a department is elsewhere, or departments stand in another order.
    Moved,
    /// A person is on the way out.
    Left,
}

impl DeedKind {
    /// As it stands in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Left => "left",
        }
    }
}

/// One thing an import did.
#[derive(Serialize, Deserialize)]
pub struct Done {
    /// Of the person or the department; empty for the order of departments.
    pub name: String,
    /// What.
    pub deed: Deed,
}

/// What an import did, with what was there before. `Deserialize` of what was kept; deliberately without `Debug`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A person is new.
    Added {
        /// Who.
        member: MemberId,
        /// Theirs, made for them or asked.
        account: AccountId,
        /// `Active`, or `Invited` when the account was there.
        state: State,
        /// As the import left them.
        profile: Profile,
        /// Where the import left them.
        places: Placement,
    },
    /// A department is new.
    Made {
        /// Which.
        department: DepartmentId,
        /// The one above.
        parent: Option<DepartmentId>,
        /// As the import called it.
        name: String,
    },
    /// Something else is known of a person, or they lead otherwise.
    Rewritten {
        /// Of whom.
        member: MemberId,
        /// As it was.
        before: Box<Profile>,
        /// As the import left it.
        after: Box<Profile>,
        /// What they lead since, or lead no more, among the departments in which the import left them.
        #[serde(default)]
        leads: Vec<(DepartmentId, bool)>,
    },
    /// A department is called otherwise.
    Renamed {
        /// Which.
        department: DepartmentId,
        /// As it was called.
        before: String,
        /// As the import called it.
        after: String,
    },
    /// What the other product calls a department was not known; nobody sees it.
    Numbered {
        /// Which.
        department: DepartmentId,
        /// What it is now.
        number: String,
    },
    /// A person is in other departments.
    Placed {
        /// Who.
        member: MemberId,
        /// Where they were.
        before: Placement,
        /// Where the import put them.
        after: Placement,
    },
    /// A department hangs elsewhere.
    Hung {
        /// Which.
        department: DepartmentId,
        /// What was above it.
        before: Option<DepartmentId>,
        /// What the import hung it on.
        after: Option<DepartmentId>,
    },
    /// Departments stand in another order: which, their places before, and where the import put them.
    Ordered(Vec<(DepartmentId, i32, i32)>),
    /// A person is on the way out.
    Left {
        /// Who.
        member: MemberId,
        /// Where they stood.
        from: State,
        /// Since when they are on the way.
        at: DateTime<Utc>,
    },
}

impl Deed {
    /// Of which kind it is.
    pub fn kind(&self) -> DeedKind {
        match self {
            Self::Added { .. } | Self::Made { .. } => DeedKind::Created,
            Self::Rewritten { .. } | Self::Renamed { .. } | Self::Numbered { .. } => DeedKind::Changed,
            Self::Placed { .. } | Self::Hung { .. } | Self::Ordered(_) => DeedKind::Moved,
            Self::Left { .. } => DeedKind::Left,
        }
    }

    /// Whether somebody sees it as a thing of its own: the counts are of these.
    pub fn is_counted(&self) -> bool {
        !matches!(self, Self::Numbered { .. } | Self::Ordered(_))
    }

    /// The person it was done to.
    pub fn member(&self) -> Option<MemberId> {
        match self {
            Self::Added { member, .. }
            | Self::Rewritten { member, .. }
            | Self::Placed { member, .. }
            | Self::Left { member, .. } => Some(*member),
            _ => None,
        }
    }
}

impl Done {
    /// Somebody leaves, at this moment.
    pub fn left(Leaver { member, name, from, .. }: Leaver, at: DateTime<Utc>) -> Self {
        Self { name, deed: Deed::Left { member, from, at } }
    }

    /// Nothing, one or two.
    pub fn of_update(update: &Update) -> Vec<Self> {
        let (member, name) = (update.member, &update.profile.name);
        let rewritten = update.changes().then(|| Deed::Rewritten {
            member,
            before: Box::new(update.old.clone()),
            after: Box::new(update.profile.clone()),
            leads: update.led(),
        });
        let placed =
            update.moves().then(|| Deed::Placed { member, before: update.was.clone(), after: update.place().clone() });
        rewritten.into_iter().chain(placed).map(|deed| Self { name: name.clone(), deed }).collect()
    }
}

/// What becomes of departments. Positions change with the first visible change, as they are written.
pub fn of_departments(existing: &[Existing], planned: &PlannedDepartments) -> Vec<Done> {
    let old: HashMap<DepartmentId, &Existing> = existing.iter().map(|one| (one.id, one)).collect();
    let is_written = |one: &&PlannedDepartment| one.change != DepartmentChange::None;
    let written: Vec<&PlannedDepartment> = planned.used().filter(is_written).collect();
    let mut done: Vec<Done> = written.iter().flat_map(|one| of_department(old.get(&one.id).copied(), one)).collect();
    if !written.is_empty() {
        let place = |(id, after): (&DepartmentId, &i32)| Some((*id, old.get(id)?.position, *after));
        let ordered: Vec<_> =
            planned.positions.iter().filter_map(place).filter(|(_, before, after)| before != after).collect();
        done.push(Done { name: String::new(), deed: Deed::Ordered(ordered) });
    }
    done
}

fn of_department(old: Option<&Existing>, one: &PlannedDepartment) -> Vec<Done> {
    let (department, name) = (one.id, one.name.clone());
    let Some(old) = old else {
        return vec![Done { name: name.clone(), deed: Deed::Made { department, parent: one.parent, name } }];
    };
    let renamed =
        (old.name != one.name).then(|| Deed::Renamed { department, before: old.name.clone(), after: one.name.clone() });
    let hung = (old.parent != one.parent || one.place.is_some()).then_some(Deed::Hung {
        department,
        before: old.parent,
        after: one.parent,
    });
    let number = one.number.clone().filter(|_| old.number.is_none());
    let numbered = number.map(|number| Deed::Numbered { department, number });
    let deeds = renamed.into_iter().chain(hung).chain(numbered);
    deeds.map(|deed| Done { name: name.clone(), deed }).collect()
}
