//! What the organisation decided about each field: whether it is collected, who sees it, who changes it (`DIR-03`, `DIR-10`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Kind;

/// Somebody, by how they stand to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FieldAudience)]
pub enum Audience {
    /// Everybody who works here.
    Everyone,
    /// Whoever is in one of the person's departments.
    Department,
    /// Whoever leads one of the person's departments, or one above it.
    Leaders,
    /// Whoever looks after the person: who holds `people.see` to see, `people.edit` to change.
    Administrators,
    /// The person.
    Oneself,
}

impl Audience {
    const ALL: [Self; 5] = [Self::Everyone, Self::Department, Self::Leaders, Self::Administrators, Self::Oneself];

    /// As the database says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Department => "department",
            Self::Leaders => "leaders",
            Self::Administrators => "administrators",
            Self::Oneself => "oneself",
        }
    }

    /// Names that are not known any more stand for nobody.
    pub fn parsed(names: &[String]) -> Vec<Self> {
        Self::ALL.into_iter().filter(|one| names.iter().any(|name| name == one.name())).collect()
    }
}

/// What holds for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What its values are.
    pub kind: Kind,
    /// Order among the fields.
    pub position: i32,
    /// Whether anything is taken in, shown or found by.
    pub is_collected: bool,
    /// Who sees it.
    pub seen_by: Vec<Audience>,
    /// Who changes it: administrators, oneself, or both.
    pub edited_by: Vec<Audience>,
    /// Whether most of a value is hidden until somebody asks, which is recorded.
    pub is_masked: bool,
    /// Rises with every change; 0 as long as nobody decided.
    pub revision: i64,
}
