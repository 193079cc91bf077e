//! What this domain tells the rest of the program.

use chrono::{DateTime, Utc};
use directory::{DepartmentId, Permission};
use kernel::{Audience, Event};
use serde::{Deserialize, Serialize};
use tokens::TokenId;

/// A program may speak with the organisation.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenMade {
    /// By which token.
    pub token: TokenId,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// For which departments; for the whole organisation when there are none.
    pub department_ids: Vec<DepartmentId>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl Event for TokenMade {
    const NAME: &'static str = "provisioning.token_made";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody, or a program, was told of people out of the feed of changes (`ADM-02`): a line for each page in which there are any.
#[derive(Debug, Serialize, Deserialize)]
pub struct DirectoryRead {
    /// Of how many.
    pub people: u32,
}

impl Event for DirectoryRead {
    const NAME: &'static str = "provisioning.directory_read";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A program may not any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenRevoked {
    /// Which token ended.
    pub token: TokenId,
}

impl Event for TokenRevoked {
    const NAME: &'static str = "provisioning.token_revoked";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// People and departments were brought in line with another program. What it did to each stands in events of the directory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryUpserted {
    /// How many are new.
    pub people_created: u32,
    /// Of how many something is not what it was.
    pub people_changed: u32,
    /// How many are new.
    pub departments_created: u32,
    /// How many are called otherwise, or hang elsewhere.
    pub departments_changed: u32,
}

impl Event for DirectoryUpserted {
    const NAME: &'static str = "provisioning.directory_upserted";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
