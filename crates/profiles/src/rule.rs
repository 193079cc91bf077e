//! What the organisation decided about each field: whether it is collected, who sees it, who changes it (`DIR-03`, `DIR-10`).

use std::collections::BTreeMap;

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
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

    /// As the database says several.
    pub fn names(these: &[Self]) -> Vec<&'static str> {
        these.iter().map(|one| one.name()).collect()
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

impl Rule {
    /// Somebody sees it, somebody changes it, and whoever changes it sees it.
    pub fn check(&self) -> Result<()> {
        if self.seen_by.is_empty() {
            return Err(Error::Invalid { field: "seen_by", why: "is_empty" });
        }
        if self.edited_by.is_empty() {
            return Err(Error::Invalid { field: "edited_by", why: "is_empty" });
        }
        if !self.edited_by.iter().all(|one| matches!(one, Audience::Administrators | Audience::Oneself)) {
            return Err(Error::Invalid { field: "edited_by", why: "unknown" });
        }
        if self.is_masked && !matches!(self.kind, Kind::Text | Kind::Number | Kind::Phone | Kind::Link) {
            return Err(Error::Invalid { field: "is_masked", why: "not_of_this_kind" });
        }
        let is_for_everyone = self.seen_by.contains(&Audience::Everyone);
        if !is_for_everyone && self.edited_by.iter().any(|one| !self.seen_by.contains(one)) {
            return Err(Error::Invalid { field: "edited_by", why: "does_not_see_it" });
        }
        Ok(())
    }

    /// What the audit log says of it.
    pub fn told(&self) -> BTreeMap<String, Value> {
        let settings = [
            ("is_collected", json!(self.is_collected)),
            ("seen_by", json!(Audience::names(&self.seen_by))),
            ("edited_by", json!(Audience::names(&self.edited_by))),
            ("is_masked", json!(self.is_masked)),
        ];
        settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Audience::{Administrators, Department, Everyone, Oneself};
    use super::{Audience, Rule};
    use crate::Kind;

    fn is_fine(seen_by: &[Audience], edited_by: &[Audience]) -> bool {
        let (seen_by, edited_by) = (seen_by.to_vec(), edited_by.to_vec());
        let (kind, position, revision) = (Kind::Text, 1, 0);
        Rule { kind, position, is_collected: true, seen_by, edited_by, is_masked: false, revision }.check().is_ok()
    }

    #[test]
    fn whoever_changes_a_field_sees_it_also_as_one_of_everyone() {
        assert!(is_fine(&[Administrators, Oneself], &[Oneself]));
        assert!(is_fine(&[Everyone], &[Administrators, Oneself]));
        assert!(!is_fine(&[Administrators, Department], &[Oneself]));
        assert!(!is_fine(&[Everyone], &[]) && !is_fine(&[], &[Oneself]) && !is_fine(&[Everyone], &[Everyone]));
    }
}
