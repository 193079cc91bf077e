//! Places outside the database where data stands or goes: cookies, browsers, hosts, devices, memory.

use serde::{Deserialize, Serialize};

use crate::{Category, Names};

/// A cookie (CKE-01 to CKE-04).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cookie {
    /// `preference`, `authentication` or `security`; there is no other kind.
    pub kind: CookieKind,
    /// What for.
    pub purpose: String,
    /// Seconds it lives; 0: until the browser closes.
    pub kept_for_s: u32,
    /// Whether scripts of the page can read it.
    #[serde(default)]
    pub is_script_readable: bool,
}

/// What cookies are for (CKE-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CookieKind {
    /// Language, theme.
    Preference,
    /// The sign-in.
    Authentication,
    /// Telling known devices from unknown ones.
    Security,
}

/// A place in the browser.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// `local_storage`, `session_storage`, `indexed_db`, `cache`.
    pub kind: String,
    /// What it holds.
    pub category: Category,
    /// What for.
    pub purpose: String,
    /// When it goes.
    pub rule: String,
}

/// A host the program calls.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// The host name, where it is always the same; absent where the operator configures it.
    #[serde(default)]
    pub address: Option<String>,
    /// The id of who gets it.
    pub recipient: String,
    /// The kinds of data sent.
    pub sends: Vec<String>,
    /// The function it serves.
    pub function: String,
}

/// Who outside gets data (SHR-02).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Legal name, or who it is where the operator chooses.
    pub name: Names,
    /// How to reach them.
    pub contact: Names,
    /// Country or region.
    pub region: Names,
    /// By which way it gets there, and when it does not.
    pub method: Names,
    /// What it gets.
    pub kinds: Names,
    /// What for.
    pub purpose: String,
}

/// What a browser or device is asked for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// What the browser or device calls it.
    pub names: Names,
    /// The function it serves.
    pub function: String,
    /// What for.
    pub purpose: String,
    /// What becomes of what it opens, and what one does without it.
    pub otherwise: Names,
    /// The feature in the `Permissions-Policy` header, if it has one.
    #[serde(default)]
    pub policy_feature: Option<String>,
}

/// What is only ever in memory.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// What it holds.
    pub of: String,
    /// What kind.
    pub category: Category,
    /// What for.
    pub purpose: String,
    /// When it goes.
    pub rule: String,
}
