//! What is told of exports of people: ids and counts, never a name and never what was searched for.

use directory::{FieldId, SensitiveActId};
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::model::PeopleExportId;
use crate::titles::Format;

/// Somebody asked for people as a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleExportAsked {
    /// Which.
    pub export: PeopleExportId,
    /// How many people.
    pub people: i32,
    /// What it waits for; absent when one alone may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<SensitiveActId>,
}

impl Event for PeopleExportAsked {
    const NAME: &'static str = "people_exports.people_export_asked";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody took people away as a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeopleExported {
    /// Which.
    pub export: PeopleExportId,
    /// How many people were in it.
    pub people: i32,
    /// As what.
    pub format: Format,
    /// What of them.
    pub fields: Vec<FieldId>,
}

impl Event for PeopleExported {
    const NAME: &'static str = "people_exports.people_exported";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
