//! The vault: every key of an installation, and the sealing of what people write.
//!
//! A key is destroyed in place and never comes back; what was sealed under it is
//! unreadable from then on, in old backups too.

mod backup;
mod cache;
mod crypto;
mod error;
pub mod hexadecimal;
mod keys;
mod master;
mod messages;
mod ring;
mod sealed;
mod vault;

pub use backup::{BackupKey, RingCopy};
pub use crypto::KeyId as KeyName;
pub use error::Error;
pub use ring::{Answer, Board, Facts};
pub use vault::{Place, Start, Vault};

use uuid::Uuid;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What one data key covers: everything in a bucket is forgotten together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// What was said or recorded on one UTC day, counted from 1970-01-01.
    Day(i32),
    /// What is known about a member: profile, drafts, notification texts.
    Member(Uuid),
    /// The author's share in the keys of all messages a member wrote.
    Author(Uuid),
    /// One file, recording, form or document.
    Object(Uuid),
    /// Settings and names that live as long as the organisation.
    Organisation,
}

impl Bucket {
    /// One unmistakable byte string per bucket; the ring hashes it, so no number or id is legible there.
    fn name(self) -> [u8; 17] {
        let mut name = [0; 17];
        let (tag, id) = match self {
            Self::Day(day) => {
                name[1..5].copy_from_slice(&day.to_be_bytes());
                (1, None)
            }
            Self::Member(id) => (2, Some(id)),
            Self::Author(id) => (3, Some(id)),
            Self::Object(id) => (4, Some(id)),
            Self::Organisation => (5, None),
        };
        name[0] = tag;
        if let Some(id) = id {
            name[1..].copy_from_slice(id.as_bytes());
        }
        name
    }
}
