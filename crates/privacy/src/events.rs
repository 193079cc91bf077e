//! What privacy tells the rest of the program.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::audit::export::Format;
use crate::audit::filter::Filter;

/// Somebody accepted the statement.
#[derive(Debug, Serialize, Deserialize)]
pub struct StatementAccepted {
    /// Who.
    pub member: MemberId,
    /// Which version.
    pub version: String,
}

impl Event for StatementAccepted {
    const NAME: &'static str = "privacy.statement_accepted";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// Somebody declared something: of themselves (`adult`) or for the organisation (`control`, `statement`).
#[derive(Debug, Serialize, Deserialize)]
pub struct DeclarationMade {
    /// Who.
    pub member: MemberId,
    /// What.
    pub kind: String,
}

impl Event for DeclarationMade {
    const NAME: &'static str = "privacy.declaration_made";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// Somebody took lines of the audit log away as a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct AuditExported {
    /// As what.
    pub format: Format,
    /// Which lines.
    pub filter: Filter,
}

impl Event for AuditExported {
    const NAME: &'static str = "privacy.audit_exported";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
