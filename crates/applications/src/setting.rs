//! To whom an application is open.

use directory::DepartmentId;
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To whom an application is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum OpenTo {
    /// As long as nothing else was decided.
    Everybody,
    /// It is off.
    Nobody,
    /// Whoever is in one of the departments or below it.
    Only,
    /// Whoever is in none of the departments nor below one; being in another one besides does not help.
    Except,
}

impl OpenTo {
    /// Whether departments belong to it.
    pub fn names_departments(self) -> bool {
        matches!(self, Self::Only | Self::Except)
    }
}

/// What becomes of what is kept for an application that is switched off (`ORG-12`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhatIsKept {
    /// It stays where it is, out of sight, expires as it would have, and is there again when the application is on.
    Kept,
    /// It is gone for good.
    Erased,
}

/// Where what is kept for an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum KeptState {
    /// It is there.
    Kept,
    /// It is being erased.
    Erasing,
    /// Nothing of it is left.
    Erased,
}

/// What was decided about an application.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Setting {
    pub open_to: OpenTo,
    pub department_ids: Vec<DepartmentId>,
    pub kept: KeptState,
    /// How many things were erased since it is off.
    pub erased: i64,
    pub revision: i64,
}

impl Setting {
    /// As long as nothing was decided.
    pub const fn usual() -> Self {
        Self { open_to: OpenTo::Everybody, department_ids: Vec::new(), kept: KeptState::Kept, erased: 0, revision: 0 }
    }

    /// Whether it is open to somebody in these departments, those above theirs among them; programs are in none.
    pub fn is_open_in(&self, departments: &[DepartmentId]) -> bool {
        self.is_open_when(self.department_ids.iter().any(|id| departments.contains(id)))
    }

    /// The same of somebody who is in one of the departments that are named, or in none.
    pub fn is_open_when(&self, is_named: bool) -> bool {
        match self.open_to {
            OpenTo::Everybody => true,
            OpenTo::Nobody => false,
            OpenTo::Only => is_named,
            OpenTo::Except => !is_named,
        }
    }

    /// Whether it is open to anybody: `only` without a department is not.
    pub fn is_open_to_anybody(&self) -> bool {
        match self.open_to {
            OpenTo::Everybody | OpenTo::Except => true,
            OpenTo::Nobody => false,
            OpenTo::Only => !self.department_ids.is_empty(),
        }
    }

    /// Where what is kept stands once it is open to these and this was said about it. Erasing is taken back as long as nothing
    /// is erased; after that it is a `Conflict` to keep it, as it is to let somebody have it before all is gone.
    pub fn kept_after(&self, open_to: OpenTo, said: Option<WhatIsKept>) -> Result<KeptState> {
        match (open_to, said, self.kept) {
            (OpenTo::Nobody, Some(WhatIsKept::Erased), KeptState::Kept) => Ok(KeptState::Erasing),
            (OpenTo::Nobody, Some(WhatIsKept::Kept), KeptState::Erasing) if self.erased == 0 => Ok(KeptState::Kept),
            (OpenTo::Nobody, said, kept) if (said, kept) != (Some(WhatIsKept::Kept), KeptState::Erasing) => Ok(kept),
            (_, _, KeptState::Erasing) => Err(Error::Conflict("applications.still_erasing")),
            _ => Ok(KeptState::Kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn whoever_is_in_two_departments_is_let_in_by_one_and_kept_out_by_one() {
        let [sales, works, lab] = [1, 2, 3].map(|n| DepartmentId(Uuid::from_u128(n)));
        let setting = |open_to| Setting { open_to, department_ids: vec![sales, works], ..Setting::usual() };
        for (open_to, both, other, nowhere) in [
            (OpenTo::Everybody, true, true, true),
            (OpenTo::Nobody, false, false, false),
            (OpenTo::Only, true, false, false),
            (OpenTo::Except, false, true, true),
        ] {
            let setting = setting(open_to);
            assert_eq!(setting.is_open_in(&[lab, works]), both, "{open_to:?}");
            assert_eq!(setting.is_open_in(&[lab]), other, "{open_to:?}");
            assert_eq!(setting.is_open_in(&[]), nowhere, "{open_to:?}");
            assert_eq!(setting.is_open_to_anybody(), open_to != OpenTo::Nobody, "{open_to:?}");
        }
        assert!(!Setting { open_to: OpenTo::Only, ..Setting::usual() }.is_open_to_anybody());
    }

    #[test]
    fn erasing_is_taken_back_until_something_is_erased() {
        let keep = |erased| {
            let setting = Setting { open_to: OpenTo::Nobody, kept: KeptState::Erasing, erased, ..Setting::usual() };
            setting.kept_after(OpenTo::Nobody, Some(WhatIsKept::Kept))
        };
        assert!(matches!(keep(0), Ok(KeptState::Kept)));
        assert!(matches!(keep(1), Err(Error::Conflict("applications.still_erasing"))));
    }
}
