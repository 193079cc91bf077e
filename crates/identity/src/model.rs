//! The nouns of identity, as the API shows them.

use chrono::{DateTime, Utc};
use directory::{Role, State};
use kernel::{AccountId, MemberId, OrgId, SessionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kernel::id!(
    /// An invitation into an organisation, by a link or to an account.
    InvitationId
);
kernel::id!(
    /// A list of people on its way in.
    ImportId
);
kernel::id!(
    /// One attempt to sign in.
    SignInId
);

/// The caller's sign-in and what it opens.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// This sign-in.
    pub id: SessionId,
    /// Who signed in.
    pub account_id: AccountId,
    /// Chosen in the profile of the organisation of this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The oldest membership first.
    pub organisations: Vec<SessionOrganisation>,
    /// What is to be done before the organisation of this request is open.
    pub must: Vec<Must>,
    /// The statement in force.
    pub statement_version: String,
    /// Unless it is used before.
    pub expires_at: DateTime<Utc>,
    /// Only when it was asked for, and only once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// An organisation of the account.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOrganisation {
    /// Which.
    pub id: OrgId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// Who one is there.
    pub member_id: MemberId,
    /// What one may do there.
    pub role: Role,
    /// Where one stands there.
    pub state: State,
    /// The operator of the installation lets nobody into it.
    pub is_suspended: bool,
    /// When it is gone, if it is being dissolved: until then its owners may bring it back, and nobody does anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolves_at: Option<DateTime<Utc>>,
    /// The operator of the installation has seen proof of what it is.
    pub is_verified: bool,
}

/// What is to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Must {
    /// The password was given by an administrator (`ACC-06`).
    ChangePassword,
    /// The statement in force is not accepted yet (`ACC-16`).
    AcceptStatement,
    /// One has not declared to be an adult (`ACC-18`).
    AffirmAge,
}

/// How an attempt to sign in ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Outcome {
    /// It was let in.
    Ok,
    /// The password was wrong.
    WrongPassword,
    /// There were too many attempts.
    Throttled,
    /// The password was right, but the person is shut out.
    Suspended,
}
