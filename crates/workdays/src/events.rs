//! What this domain tells the rest of the program.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};

use crate::table::Kind;

/// The week or special days are not what they were.
#[derive(Debug, Serialize, Deserialize)]
pub struct TableChanged {
    /// The version it has now.
    pub version: i64,
    /// What was, where it is different now.
    pub before: State,
    /// What is.
    pub after: State,
}

/// A part of the table.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Monday first; absent when it stayed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<[bool; 7]>,
    /// Special days, not their names.
    #[serde(default, flatten)]
    pub days: BTreeMap<NaiveDate, Kind>,
}

impl Event for TableChanged {
    const NAME: &'static str = "workdays.table_changed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
