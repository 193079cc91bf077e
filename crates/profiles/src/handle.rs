//! Ways to name oneself at sign-in that are unique in the installation (`ACC-01`).

use kernel::Error;

/// A way to name oneself at sign-in that is unique in the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandleKind {
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
}

impl HandleKind {
    /// As the database says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }

    /// Of which kind its look-up codes are.
    pub fn look_up_kind(self) -> &'static str {
        match self {
            Self::Phone => "directory.handle.phone",
            Self::Email => "directory.handle.email",
        }
    }

    /// What somebody is told who asks for one that another account has.
    pub fn taken(self) -> Error {
        match self {
            Self::Phone => Error::Taken("phone", "directory.phone_taken"),
            Self::Email => Error::Taken("email", "directory.email_taken"),
        }
    }
}
