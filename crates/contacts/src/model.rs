//! The nouns of the domain.

use chrono::{DateTime, Utc};
use directory::Principal;
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id!(
    /// A contact.
    ContactId
);

kernel::id!(
    /// A password for an address book program.
    AppPasswordId
);

/// What somebody outside is to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ContactKind {
    /// Somebody outside.
    External,
    /// Somebody outside who buys, or may (`DIR-12`).
    Customer,
}

/// What a number or an address is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ContactLabel)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Carried along.
    Mobile,
    /// At work.
    Work,
    /// At home.
    Home,
    /// Takes no calls.
    Fax,
    /// Anything else.
    #[default]
    Other,
}

/// A telephone number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactPhone)]
#[cfg_attr(test, derive(Debug))]
pub struct Phone {
    /// What for.
    #[serde(default)]
    pub label: Label,
    /// With country code where it is known.
    pub number: String,
}

/// An e-mail address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactEmail)]
#[cfg_attr(test, derive(Debug))]
pub struct Email {
    /// What for.
    #[serde(default)]
    pub label: Label,
    /// In lower case.
    pub address: String,
}

/// What is known of somebody outside. Kept sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactCard)]
#[cfg_attr(test, derive(Debug))]
pub struct Card {
    /// As one calls them.
    pub name: String,
    /// Ten at most.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Ten at most.
    #[serde(default)]
    pub emails: Vec<Email>,
    /// Where they work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// What they are called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// What one wants to remember.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a member says of a contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenContact {
    /// What they are to the organisation.
    pub kind: ContactKind,
    /// What is known of them.
    pub card: Card,
    /// Who besides the owner sees it: everybody, or departments the caller is in.
    #[serde(default)]
    pub shared_with: Vec<Principal>,
}

/// Somebody outside, as one who may see them does.
#[derive(Serialize, ToSchema)]
pub struct OutsideContact {
    /// Which one.
    pub id: ContactId,
    /// Whose.
    pub owner_id: MemberId,
    /// What they are to the organisation.
    pub kind: ContactKind,
    /// What is known of them.
    pub card: Card,
    /// Who besides the owner sees it.
    pub shared_with: Vec<Principal>,
    /// Rises with every change: what `If-Match` names.
    pub revision: i64,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
    /// What the caller may do to it.
    pub can: ContactCan,
}

/// What the caller may do to a contact.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct ContactCan {
    /// Change and delete it.
    pub edit: bool,
}
