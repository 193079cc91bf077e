//! What the directory tells of fields: that they are not what they were, and that somebody looked at what is masked.

use std::collections::BTreeMap;

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::FieldId;

/// A field is new, or another decision about it holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldWritten {
    /// Which.
    pub field: FieldId,
    /// What held; nothing when it is new.
    pub before: BTreeMap<String, serde_json::Value>,
    /// What holds.
    pub after: BTreeMap<String, serde_json::Value>,
    /// Of how many people the value was erased with it.
    pub erased: u64,
}

impl Event for FieldWritten {
    const NAME: &'static str = "directory.field_written";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A field of the organisation's own is not there any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldDeleted {
    /// Which.
    pub field: FieldId,
    /// Of how many people the value was erased with it.
    pub erased: u64,
}

impl Event for FieldDeleted {
    const NAME: &'static str = "directory.field_deleted";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Fields stand in another order.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldsOrdered {}

impl Event for FieldsOrdered {
    const NAME: &'static str = "directory.fields_ordered";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Some field is not what it was. Which one, only the audit log is told: not everybody may know that there is such a field.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldsChanged {}

impl Event for FieldsChanged {
    const NAME: &'static str = "directory.fields_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody looked at a masked value.
#[derive(Debug, Serialize, Deserialize)]
pub struct FieldRevealed {
    /// At what.
    pub field: FieldId,
    /// Whose it is.
    pub member: MemberId,
}

impl Event for FieldRevealed {
    const NAME: &'static str = "directory.field_revealed";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
