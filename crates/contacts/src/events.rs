//! What the domain announces: ids and small facts, never contents.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::{AppPasswordId, ContactId};

/// What happened to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// It is new.
    Created,
    /// Card, kind or sharing are not what they were.
    Changed,
    /// It is gone.
    Deleted,
}

/// A contact is new, different or gone. What concerns only its owner is not audited.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactChanged {
    /// Which one.
    pub contact: ContactId,
    /// Whose.
    pub member: MemberId,
    /// What happened.
    pub happened: Happened,
    /// Whether others see it, or saw it before.
    pub is_shared: bool,
    /// Whoever sees it, or saw it before; no part of what is kept.
    #[serde(skip, default = "nobody")]
    pub told: Audience,
}

fn nobody() -> Audience {
    Audience::Nobody
}

impl Event for ContactChanged {
    const NAME: &'static str = "contacts.contact_changed";
    fn is_audited(&self) -> bool {
        self.is_shared
    }
    fn audience(&self) -> Audience {
        self.told.clone()
    }
}

/// What a leaver shared belongs to somebody else now.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactsPassed {
    /// Whose they were.
    pub member: MemberId,
    /// Whose they are.
    pub successor: MemberId,
    /// How many.
    pub count: usize,
    /// Whoever sees them; no part of what is kept.
    #[serde(skip, default = "nobody")]
    pub told: Audience,
}

impl Event for ContactsPassed {
    const NAME: &'static str = "contacts.contacts_passed";
    fn audience(&self) -> Audience {
        self.told.clone()
    }
}

/// A member brought contacts of their own in.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactsImported {
    /// Whose.
    pub member: MemberId,
    /// How many.
    pub count: usize,
}

impl Event for ContactsImported {
    const NAME: &'static str = "contacts.contacts_imported";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// A member took contacts out as a file. Audited when others' were among them.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactsExported {
    /// Who.
    pub by: MemberId,
    /// How many.
    pub count: usize,
    /// How many of them others own.
    pub of_others: usize,
}

impl Event for ContactsExported {
    const NAME: &'static str = "contacts.contacts_exported";
    fn is_audited(&self) -> bool {
        self.of_others > 0
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.by])
    }
}

/// A member made a new contact code: the ones before lead nowhere.
#[derive(Debug, Serialize, Deserialize)]
pub struct CodeRenewed {
    /// Who.
    pub member: MemberId,
}

impl Event for CodeRenewed {
    const NAME: &'static str = "contacts.code_renewed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// A member made a password for an address book program.
#[derive(Debug, Serialize, Deserialize)]
pub struct AppPasswordCreated {
    /// Who.
    pub member: MemberId,
    /// Which one.
    pub password: AppPasswordId,
}

impl Event for AppPasswordCreated {
    const NAME: &'static str = "contacts.app_password_created";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// It opens nothing any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct AppPasswordRevoked {
    /// Whose.
    pub member: MemberId,
    /// Which one.
    pub password: AppPasswordId,
}

impl Event for AppPasswordRevoked {
    const NAME: &'static str = "contacts.app_password_revoked";
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
