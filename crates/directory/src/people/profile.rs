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
    const CONSTRAINTS: [(&str, Error); 5] = [
        ("member_user_id_key", Error::Taken("user_id", "directory.user_id_taken")),
        ("member_phone_key", Error::Taken("phone", "directory.phone_taken")),
        ("member_email_key", Error::Taken("email", "directory.email_taken")),
        ("member_staff_number_key", Error::Taken("staff_number", "directory.staff_number_taken")),
        ("member_account_key", Error::Conflict("directory.already_member")),
    ];
    let refused = CONSTRAINTS.into_iter().find(|(constraint, _)| kernel::violates(&error, constraint));
    refused.map_or_else(|| error.into(), |(_, taken)| taken)
}
