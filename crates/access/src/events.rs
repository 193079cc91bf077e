//! Where people stand is not what it was, nor what roles hold: lines of the audit log that the table of ways in this crate names, and
//! those of roles.

use chrono::{DateTime, Utc};
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::{Permission, RoleId};

/// Somebody was shut out by an administrator.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberSuspended {
    /// Who.
    pub member: MemberId,
}

impl Event for MemberSuspended {
    const NAME: &'static str = "directory.member_suspended";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody may come in again.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberResumed {
    /// Who.
    pub member: MemberId,
}

impl Event for MemberResumed {
    const NAME: &'static str = "directory.member_resumed";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody was shut out for a period. Colleagues need not know why they are gone: windows hear of
/// `directory.member_changed`, which comes with it.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberDisabled {
    /// Who.
    pub member: MemberId,
    /// Then they leave, unless they are let in before.
    pub until: DateTime<Utc>,
    /// Who did it; the program when absent.
    pub by: Option<MemberId>,
}

impl Event for MemberDisabled {
    const NAME: &'static str = "directory.member_disabled";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody is on the way out; told as [`MemberDisabled`] is.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberLeaving {
    /// Who.
    pub member: MemberId,
    /// Then they are erased, unless they are let in before.
    pub until: DateTime<Utc>,
    /// Who did it: perhaps themselves; the program when absent.
    pub by: Option<MemberId>,
}

impl Event for MemberLeaving {
    const NAME: &'static str = "directory.member_leaving";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A role of the organisation's own making is new, or holds something else now, or is called something else.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleWritten {
    /// Which.
    pub role: RoleId,
    /// What it held; nothing when it is new.
    pub before: Vec<Permission>,
    /// What it holds.
    pub after: Vec<Permission>,
}

impl Event for RoleWritten {
    const NAME: &'static str = "directory.role_written";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A role that nobody had is not there any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleDeleted {
    /// Which.
    pub role: RoleId,
    /// What it held.
    pub before: Vec<Permission>,
}

impl Event for RoleDeleted {
    const NAME: &'static str = "directory.role_deleted";
    fn audience(&self) -> Audience {
        Audience::Org
    }
}
