//! What is told of copies of one's own data: ids, never what is in them.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::PersonalExportId;

/// Somebody asked for a copy of their own data.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalExportAsked {
    /// Which.
    pub export: PersonalExportId,
    /// Who.
    pub member: MemberId,
}

impl Event for PersonalExportAsked {
    const NAME: &'static str = "personal_exports.personal_export_asked";
    const IS_TRACED: bool = true;
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// It can be taken.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalExportWritten {
    /// Which.
    pub export: PersonalExportId,
    /// Whose.
    pub member: MemberId,
}

impl Event for PersonalExportWritten {
    const NAME: &'static str = "personal_exports.personal_export_written";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// They took it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalExportTaken {
    /// Which.
    pub export: PersonalExportId,
    /// Whose.
    pub member: MemberId,
}

impl Event for PersonalExportTaken {
    const NAME: &'static str = "personal_exports.personal_export_taken";
    const IS_TRACED: bool = true;
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// They deleted it before its time.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalExportDeleted {
    /// Which.
    pub export: PersonalExportId,
    /// Whose.
    pub member: MemberId,
}

impl Event for PersonalExportDeleted {
    const NAME: &'static str = "personal_exports.personal_export_deleted";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
