//! To whom an application is open.

use directory::DepartmentId;
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

/// What was decided about an application.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Setting {
    pub open_to: OpenTo,
    pub department_ids: Vec<DepartmentId>,
    pub revision: i64,
}

impl Setting {
    /// As long as nothing was decided.
    pub const fn usual() -> Self {
        Self { open_to: OpenTo::Everybody, department_ids: Vec::new(), revision: 0 }
    }

    /// Whether it is open to somebody in these departments, those above theirs among them; programs are in none.
    pub fn is_open_in(&self, departments: &[DepartmentId]) -> bool {
        let is_named = || self.department_ids.iter().any(|id| departments.contains(id));
        match self.open_to {
            OpenTo::Everybody => true,
            OpenTo::Nobody => false,
            OpenTo::Only => is_named(),
            OpenTo::Except => !is_named(),
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
        let setting = |open_to| Setting { open_to, department_ids: vec![sales, works], revision: 1 };
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
        }
    }
}
