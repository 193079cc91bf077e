//! A checkpoint: how far a log reaches, signed, for others to keep. In the form that witnesses of transparency logs read (C2SP
//! `tlog-checkpoint` and `signed-note`), so that whoever wants can countersign it with programs there are.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use crate::merkle::Hash;
use crate::verify::Fault;

/// How the name of a log begins; its pseudonym follows.
const ORIGIN: &str = "tulou/erasures/";
/// The number of Ed25519 among the kinds of signatures.
const KIND: u8 = 1;
/// Four bytes that say which key, and the signature.
const SIGNATURE: usize = 4 + 64;

/// How far a log reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub log: Uuid,
    /// How many receipts it had.
    pub size: u64,
    /// The hash of all of them.
    pub root: Hash,
}

impl Checkpoint {
    /// What is signed.
    pub fn text(&self) -> String {
        format!("{ORIGIN}{}\n{}\n{}\n", self.log, self.size, STANDARD.encode(self.root))
    }

    /// The whole note: the text, and who says so.
    pub fn signed(&self, key: &Key, signature: &[u8; 64]) -> String {
        let line = STANDARD.encode([&key.id()[..], &signature[..]].concat());
        format!("{}\n\u{2014} {} {line}\n", self.text(), key.name())
    }

    /// Reads a note that carries a signature of the key; those of others, such as witnesses, are passed over.
    pub fn read(note: &str, key: &Key) -> Result<Self, Fault> {
        let (said, signatures) = note.split_once("\n\n").ok_or(Fault::Unreadable)?;
        let read = || {
            let mut lines = said.lines();
            let log = lines.next()?.strip_prefix(ORIGIN)?.parse().ok()?;
            let size = lines.next()?.parse().ok()?;
            let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
            lines.next().is_none().then_some(Self { log, size, root })
        };
        let checkpoint = read().ok_or(Fault::Unreadable)?;
        let text = format!("{said}\n");
        if signatures.lines().any(|line| key.has_signed(line, &text)) { Ok(checkpoint) } else { Err(Fault::Signature) }
    }
}

/// What the checkpoints of a log are checked with. As text in the form of `signed-note`: the name of the log, the digits of four
/// bytes that stand for the key, the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Of which log.
    pub log: Uuid,
    /// Ed25519.
    pub bytes: [u8; 32],
}

impl Key {
    fn name(&self) -> String {
        format!("{ORIGIN}{}", self.log)
    }

    /// What stands for it in front of its signatures.
    fn id(&self) -> [u8; 4] {
        let named = [self.name().as_bytes(), &[b'\n', KIND], &self.bytes[..]].concat();
        let mut id = [0; 4];
        id.copy_from_slice(&digest(&SHA256, &named).as_ref()[..4]);
        id
    }

    /// Whether the signature is of this key and of this message.
    pub fn is_of(&self, message: &str, signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.bytes).verify(message.as_bytes(), signature).is_ok()
    }

    /// The same for a line of a note.
    fn has_signed(&self, line: &str, text: &str) -> bool {
        let Some((name, signature)) = line.strip_prefix("\u{2014} ").and_then(|line| line.split_once(' ')) else {
            return false;
        };
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        name == self.name()
            && signature.len() == SIGNATURE
            && signature[..4] == self.id()
            && self.is_of(text, &signature[4..])
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id: String = self.id().iter().map(|byte| format!("{byte:02x}")).collect();
        let key = STANDARD.encode([&[KIND][..], &self.bytes[..]].concat());
        write!(f, "{}+{id}+{key}", self.name())
    }
}

impl FromStr for Key {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let read = || {
            let mut parts = text.splitn(3, '+');
            let log = parts.next()?.strip_prefix(ORIGIN)?.parse().ok()?;
            let (_, key) = (parts.next()?, STANDARD.decode(parts.next()?).ok()?);
            let bytes = key.strip_prefix(&[KIND])?.try_into().ok()?;
            Some(Self { log, bytes })
        };
        // Written again it is the same, its four bytes among it.
        read().filter(|key| key.to_string() == text).ok_or(Fault::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
    use uuid::Uuid;

    use super::{Checkpoint, Key};
    use crate::verify::Fault;

    fn signed(seed: u8, checkpoint: &Checkpoint) -> (Key, String) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let key = Key { log: checkpoint.log, bytes: pair.public_key().as_ref().try_into().unwrap() };
        let signature = pair.sign(checkpoint.text().as_bytes()).as_ref().try_into().unwrap();
        (key, checkpoint.signed(&key, &signature))
    }

    #[test]
    fn a_checkpoint_is_read_by_its_key_and_by_no_other() {
        let checkpoint = Checkpoint { log: Uuid::from_u128(7), size: 3, root: [9; 32] };
        let ((key, note), (other, _)) = (signed(1, &checkpoint), signed(2, &checkpoint));
        assert!(note.starts_with("tulou/erasures/00000000-0000-0000-0000-000000000007\n3\n"), "{note}");
        assert_eq!(Checkpoint::read(&note, &key), Ok(checkpoint));
        assert_eq!(Checkpoint::read(&note, &other), Err(Fault::Signature));
        assert_eq!(Checkpoint::read(&note.replace("\n3\n", "\n4\n"), &key), Err(Fault::Signature));
        let witnessed = format!("{note}\u{2014} witness.example.com/w1 AAAAAAAA\n");
        assert!(Checkpoint::read(&witnessed, &key).is_ok());
        for broken in ["", "\n\n", &note.replace("\n\n", "\n"), &note.replace("tulou", "other")] {
            assert_eq!(Checkpoint::read(broken, &key), Err(Fault::Unreadable), "{broken}");
        }
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let (key, _) = signed(1, &Checkpoint { log: Uuid::from_u128(7), size: 0, root: [0; 32] });
        let text = key.to_string();
        assert_eq!(text.parse(), Ok(key));
        for broken in ["", "x", &text[1..], &text.replace("7+", "8+"), &text[..text.len() - 4]] {
            assert_eq!(broken.parse::<Key>(), Err(Fault::Unreadable), "{broken}");
        }
    }
}
