//! Which places a copy is made of, read from the data map.

use std::collections::BTreeSet;

use kernel::data_map::{Category, Column, DataMap, Erasure, Export, Opens, Table};

/// The table that *is* the account: its subject is its own `id`.
const ACCOUNT: &str = "identity.account";

/// Every place of the data map that is in a person's export, in the order of their names.
pub struct Plan<'a>(Vec<Place<'a>>);

/// One of them. Its names are those of the data map, which the tests compare with the database.
pub struct Place<'a> {
    /// `schema.table`.
    pub id: &'a str,
    /// What is declared of it.
    pub table: &'a Table,
}

/// What points at whose copy it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The member.
    Member,
    /// The account behind.
    Account,
    /// The name under which the member stands in the audit log.
    Pseudonym,
}

impl<'a> Plan<'a> {
    /// Whatever is declared to be in the export, and says about whom it is.
    pub fn of(map: &'a DataMap) -> Self {
        let places = map.table.iter().map(|(id, table)| Place { id, table });
        Self(places.filter(Place::is_exported).collect())
    }

    /// All of them.
    pub fn places(&self) -> &[Place<'a>] {
        &self.0
    }

    /// The first one after those that are done.
    pub fn after(&self, done: &str) -> Option<&Place<'a>> {
        self.0.iter().find(|place| place.id > done)
    }

    /// How many are done.
    pub fn up_to(&self, done: &str) -> usize {
        self.0.iter().filter(|place| place.id <= done).count()
    }

    /// The place of this name in the same schema as another one: what `conversation_id` of a message names.
    pub fn named_in(&self, of: &str, column: &str) -> Option<&'a str> {
        let (schema, noun) = (of.split('.').next()?, column.strip_suffix("_id")?);
        self.0.iter().map(|place| place.id).find(|id| id.split_once('.') == Some((schema, noun)))
    }
}

impl Place<'_> {
    fn is_exported(&self) -> bool {
        self.table.export != Export::None && self.table.subject.is_some()
    }

    /// What points at whose it is.
    pub fn whose(&self) -> Whose {
        if self.id == ACCOUNT || self.table.subject.as_deref() == Some("account_id") {
            Whose::Account
        } else if self.table.erasure == Erasure::Pseudonym {
            Whose::Pseudonym
        } else {
            Whose::Member
        }
    }

    /// The columns of which one points at them; none of what is shared, which is theirs through another table.
    pub fn pointing(&self) -> Vec<&str> {
        if self.table.through.is_some() {
            return Vec::new();
        }
        self.table.subject.iter().chain(&self.table.also).map(String::as_str).collect()
    }

    /// The table and the column through which shared rows are somebody's: `chat.member`, `conversation_id`.
    pub fn through(&self) -> Option<(&str, String)> {
        let noun = self.id.split('.').next_back()?;
        Some((self.table.through.as_deref()?, format!("{noun}_id")))
    }

    /// Whether a column can leave: the organisation is said once, and a credential is nobody's to read.
    pub fn leaves(&self, column: &str) -> bool {
        let is_credential = match self.table.columns.get(column) {
            Some(Column::Personal(personal)) => personal.category == Category::Credential,
            Some(Column::About(_)) => false,
            None => true,
        };
        column != "org_id" && !is_credential
    }

    /// How a sealed column is opened.
    pub fn opens(&self, column: &str) -> Option<&Opens> {
        match self.table.columns.get(column)? {
            Column::Personal(personal) => personal.opens.as_ref(),
            Column::About(_) => None,
        }
    }

    /// The ids of what it is for, each once.
    pub fn purposes(&self) -> BTreeSet<&str> {
        let personal = self.table.columns.values().filter_map(|column| match column {
            Column::Personal(personal) => Some(personal.purpose.as_str()),
            Column::About(_) => None,
        });
        personal.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, Whose};

    const MAP: &str = r#"
[table.member]
subject = "id"
rule = "RET-08"
erasure = "delete"
bucket = "member(id)"
export = "about_me"
[table.member.columns]
org_id = "technical"
id = "technical"
hash = { category = "credential", purpose = "p", sealed = true }
name = { category = "contact", purpose = "p", sealed = true, opens = { kind = "directory.name", object = "id" } }

[table.visit]
subject = "member_id"
rule = "P1D"
erasure = "delete"
export = "own"
[table.visit.columns]
member_id = "technical"

[table.secret]
subject = "account_id"
rule = "P1D"
erasure = "delete"
[table.secret.columns]
account_id = "technical"
"#;

    #[test]
    fn dsr_01_what_is_declared_to_be_exported_is_in_it_and_credentials_never_are() {
        let map = kernel::data_map::parse("directory", MAP).unwrap();
        let plan = Plan::of(&map);
        let ids: Vec<&str> = plan.places().iter().map(|place| place.id).collect();
        assert_eq!(ids, ["directory.member", "directory.visit"]);
        let member = &plan.places()[0];
        assert!(member.leaves("name") && member.leaves("id"));
        assert!(!member.leaves("hash") && !member.leaves("org_id") && !member.leaves("unknown"));
        assert_eq!((member.whose(), member.pointing()), (Whose::Member, vec!["id"]));
        assert!(member.opens("name").is_some() && member.opens("id").is_none());
        assert_eq!(plan.after("directory.member").map(|place| place.id), Some("directory.visit"));
        assert_eq!(plan.up_to("directory.member"), 1);
        assert_eq!(plan.named_in("directory.visit", "member_id"), Some("directory.member"));
    }
}
