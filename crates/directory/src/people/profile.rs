//! Whether a profile would be taken, and whose name is taken already.

use chrono::NaiveDate;
use kernel::{Error, Result};

use crate::model::Profile;

/// Whether the profile would be taken of somebody new in this region.
pub fn check(profile: Profile, region: &str, today: NaiveDate) -> Result<()> {
    profile.checked(region, today).map(drop)
}

/// Which name of a person is taken already, told from the constraint that refused it.
pub(crate) fn taken(error: sqlx::Error) -> Error {
    const CONSTRAINTS: [(&str, &str); 5] = [
        ("member_user_id_key", "directory.user_id_taken"),
        ("member_phone_key", "directory.phone_taken"),
        ("member_email_key", "directory.email_taken"),
        ("member_staff_number_key", "directory.staff_number_taken"),
        ("member_account_key", "directory.already_member"),
    ];
    match CONSTRAINTS.iter().find(|(constraint, _)| kernel::violates(&error, constraint)) {
        Some((_, code)) => Error::Conflict(code),
        None => error.into(),
    }
}
