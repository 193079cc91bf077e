//! What identity tells the rest of the program. What happens to an account is told in the organisation in which it was
//! done, since events belong to one.

use kernel::{Audience, Event, MemberId, SessionId};
use serde::{Deserialize, Serialize};

use crate::hints::Hint;
use crate::members::suspend::SuspensionReason;
use crate::model::{ImportId, InvitationId};

/// Somebody signed in.
#[derive(Debug, Serialize, Deserialize)]
pub struct SessionStarted {
    /// Who.
    pub member: MemberId,
    /// The sign-in.
    pub session: SessionId,
    /// From a device the account has not been seen with, while it has been seen with others.
    pub is_new_device: bool,
}

impl Event for SessionStarted {
    const NAME: &'static str = "identity.session_started";
    const IS_TRACED: bool = true;
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// Sign-ins were ended by their owner.
#[derive(Debug, Serialize, Deserialize)]
pub struct SessionEnded {
    /// Whose.
    pub member: MemberId,
    /// Which.
    pub sessions: Vec<SessionId>,
}

impl Event for SessionEnded {
    const NAME: &'static str = "identity.session_ended";
    const IS_TRACED: bool = true;
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// Somebody has a new password of their own.
#[derive(Debug, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// Who.
    pub member: MemberId,
}

impl Event for PasswordChanged {
    const NAME: &'static str = "identity.password_changed";
    const IS_TRACED: bool = true;
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// Somebody does not need a hint any more: for their other windows.
#[derive(Debug, Serialize, Deserialize)]
pub struct HintEnded {
    /// Who.
    pub member: MemberId,
    /// Which.
    pub hint: Hint,
}

impl Event for HintEnded {
    const NAME: &'static str = "identity.hint_ended";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// An administrator gave somebody a new initial password.
#[derive(Debug, Serialize, Deserialize)]
pub struct InitialPasswordSet {
    /// To whom.
    pub member: MemberId,
}

impl Event for InitialPasswordSet {
    const NAME: &'static str = "identity.initial_password_set";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// There is a new link to join by.
#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationCreated {
    /// Which.
    pub invitation: InvitationId,
    /// Whom it concerns: those who see invitations.
    #[serde(default)]
    pub administrators: Vec<MemberId>,
}

impl Event for InvitationCreated {
    const NAME: &'static str = "identity.invitation_created";
    const AUDIT_HIDES: &'static str = "administrators";
    fn audience(&self) -> Audience {
        Audience::Members(self.administrators.clone())
    }
}

/// A link does not work any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationRevoked {
    /// Which.
    pub invitation: InvitationId,
    /// Whom it concerns: those who see invitations.
    #[serde(default)]
    pub administrators: Vec<MemberId>,
}

impl Event for InvitationRevoked {
    const NAME: &'static str = "identity.invitation_revoked";
    const AUDIT_HIDES: &'static str = "administrators";
    fn audience(&self) -> Audience {
        Audience::Members(self.administrators.clone())
    }
}

/// Somebody joined by a link, or because an administrator had asked for their account.
#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationAccepted {
    /// Which.
    pub invitation: InvitationId,
    /// Who.
    pub member: MemberId,
    /// Whom it concerns: those who see invitations.
    #[serde(default)]
    pub administrators: Vec<MemberId>,
}

impl Event for InvitationAccepted {
    const NAME: &'static str = "identity.invitation_accepted";
    const AUDIT_HIDES: &'static str = "administrators";
    fn audience(&self) -> Audience {
        Audience::Members(self.administrators.clone())
    }
}

/// Somebody who has an account did not want to come.
#[derive(Debug, Serialize, Deserialize)]
pub struct InvitationDeclined {
    /// Which.
    pub invitation: InvitationId,
    /// Who they would have been here.
    pub member: MemberId,
    /// Who hears of it.
    pub administrators: Vec<MemberId>,
}

impl Event for InvitationDeclined {
    const NAME: &'static str = "identity.invitation_declined";
    const AUDIT_HIDES: &'static str = "administrators";
    fn audience(&self) -> Audience {
        Audience::Members(self.administrators.clone())
    }
}

/// Somebody was shut out, and why.
#[derive(Debug, Serialize, Deserialize)]
pub struct AccessEnded {
    /// Who.
    pub member: MemberId,
    /// Why.
    pub reason: SuspensionReason,
    /// Who hears of it.
    pub administrators: Vec<MemberId>,
}

impl Event for AccessEnded {
    const NAME: &'static str = "identity.access_ended";
    const AUDIT_HIDES: &'static str = "administrators";
    fn audience(&self) -> Audience {
        Audience::Members(self.administrators.clone())
    }
}

/// An administrator downloaded the initial passwords of those who were imported.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportResultTaken {
    /// Of which import.
    pub import: ImportId,
    /// Who.
    pub member: MemberId,
}

impl Event for ImportResultTaken {
    const NAME: &'static str = "identity.import_result_taken";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// They said that all of it arrived; the server has the passwords no more.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportResultForgotten {
    /// Of which import.
    pub import: ImportId,
    /// Who.
    pub member: MemberId,
}

impl Event for ImportResultForgotten {
    const NAME: &'static str = "identity.import_result_forgotten";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// An import was written, or could not be.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportEnded {
    /// Which.
    pub import: ImportId,
    /// Who began it.
    pub member: MemberId,
    /// Whether it was written, all of it; else nothing was.
    pub is_written: bool,
}

impl Event for ImportEnded {
    const NAME: &'static str = "identity.import_ended";
    /// What was written stands there as `directory.people_imported`.
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
