//! Sixty-four bytes: a wrapped key, its name, and a checksum that tells a whole slot from a torn one.

use aws_lc_rs::digest;

use crate::crypto::{KeyId, Wrapped};

pub const SLOT: usize = 64;
const KEY: usize = 40;
const ID: usize = 56;

/// What a slot holds. A destroyed key keeps its name, so that it can never be made again.
#[derive(Debug, PartialEq, Eq)]
pub enum Slot {
    Free,
    Live(KeyId, Wrapped),
    Destroyed(KeyId),
    /// Cut while it was written, or rotten. The name is what stands there and may be wrong.
    Torn(KeyId),
}

pub fn live(id: KeyId, wrapped: &Wrapped) -> [u8; SLOT] {
    encode(id, wrapped)
}

pub fn destroyed(id: KeyId) -> [u8; SLOT] {
    encode(id, &[0; KEY])
}

fn encode(id: KeyId, wrapped: &Wrapped) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[..KEY].copy_from_slice(wrapped);
    slot[KEY..ID].copy_from_slice(&id);
    let sum = checksum(&slot[..ID]);
    slot[ID..].copy_from_slice(&sum);
    slot
}

pub fn decode(bytes: &[u8; SLOT]) -> Slot {
    if bytes.iter().all(|byte| *byte == 0) {
        return Slot::Free;
    }
    let mut wrapped = [0; KEY];
    let mut id = KeyId::default();
    wrapped.copy_from_slice(&bytes[..KEY]);
    id.copy_from_slice(&bytes[KEY..ID]);
    if checksum(&bytes[..ID]) != bytes[ID..] {
        return Slot::Torn(id);
    }
    if wrapped == [0; KEY] { Slot::Destroyed(id) } else { Slot::Live(id, wrapped) }
}

fn checksum(bytes: &[u8]) -> [u8; SLOT - ID] {
    let sum = digest::digest(&digest::SHA256, bytes);
    let mut first = [0; SLOT - ID];
    first.copy_from_slice(&sum.as_ref()[..SLOT - ID]);
    first
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_whole_slot_reads_back(id: KeyId, key in prop::collection::vec(1_u8.., KEY)) {
            let wrapped: Wrapped = key.try_into().unwrap();
            prop_assert_eq!(decode(&live(id, &wrapped)), Slot::Live(id, wrapped));
            prop_assert_eq!(decode(&destroyed(id)), Slot::Destroyed(id));
        }

        #[test]
        fn a_slot_cut_anywhere_is_never_taken_for_a_key(id: KeyId, key in prop::collection::vec(1_u8.., KEY), cut in 1..SLOT) {
            let wrapped: Wrapped = key.try_into().unwrap();
            let mut made = [0; SLOT];
            made[..cut].copy_from_slice(&live(id, &wrapped)[..cut]);
            let whole = made == live(id, &wrapped);
            prop_assert!(whole || matches!(decode(&made), Slot::Torn(_)), "while it was made");
            let mut gone = live(id, &wrapped);
            gone[..cut].copy_from_slice(&destroyed(id)[..cut]);
            let whole = gone == destroyed(id);
            prop_assert!(whole || decode(&gone) == Slot::Torn(id), "while it was destroyed");
        }
    }
}
