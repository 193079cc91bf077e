//! An operator's sign-in: no account's, and good for the console alone.

pub mod end;
pub mod show;
pub mod start;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::signed_in::SignedIn;

/// The operator's sign-in.
#[derive(Serialize, ToSchema)]
pub struct OperatorSession {
    /// What they sign in with.
    pub name: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// The password was for one time: nothing else is open before it is changed.
    pub must_change_password: bool,
}

impl OperatorSession {
    fn of(signed_in: SignedIn) -> Self {
        let SignedIn { name, expires_at, must_change, .. } = signed_in;
        Self { name, expires_at, must_change_password: must_change }
    }
}
