//! Passwords for address book programs: made here, shown once, good for CardDAV and nothing else.

pub mod create;
pub mod end;
pub mod list;
pub mod revoke;

use kernel::{Bucket, MemberId, Result, Tx};

use crate::model::AppPasswordId;

const NAME: &str = "contacts.app_password.name";
const HASH: &str = "contacts.app_password";
/// One has no more devices than this.
const MOST: i64 = 20;

/// Letters and digits that nobody confuses.
const READABLE: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// So many of them, drawn evenly.
fn readable(length: usize, mut random: impl FnMut() -> [u8; 32]) -> String {
    let fair = 256 / READABLE.len() * READABLE.len();
    let mut text = String::new();
    while text.len() < length {
        let fitting = random().into_iter().filter(|byte| usize::from(*byte) < fair);
        text.extend(
            fitting.take(length - text.len()).map(|byte| char::from(READABLE[usize::from(byte) % READABLE.len()])),
        );
    }
    text
}

/// What is kept of a password. It has 99 bits of chance: a slow hash would add nothing.
pub(crate) fn hash(tx: &Tx, handle: &str, password: &str) -> Vec<u8> {
    let typed: String =
        password.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).take(64).collect();
    tx.app().vault().lookup(HASH, Some(tx.org().0), &format!("{handle} {typed}")).to_vec()
}

fn seal_name(tx: &Tx, id: AppPasswordId, member: MemberId, name: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Member(member.0), NAME, id.0, name.as_bytes())
}

fn open_name(tx: &Tx, id: AppPasswordId, member: MemberId, sealed: &[u8]) -> Result<String> {
    let name = tx.open(Bucket::Member(member.0), NAME, id.0, sealed)?;
    Ok(String::from_utf8(name).map_err(anyhow::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn a_password_has_its_length_and_only_clear_letters() {
        let mut seed = 0_u8;
        let text = readable(20, || {
            seed = seed.wrapping_add(1);
            std::array::from_fn(|at| seed.wrapping_mul(97).wrapping_add(u8::try_from(at).unwrap() * 7))
        });
        assert_eq!(text.len(), 20);
        assert!(text.chars().all(|c| c.is_ascii_alphanumeric() && !"lo01i".contains(c)));
    }
}
