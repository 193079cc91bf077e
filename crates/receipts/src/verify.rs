//! Whether a certificate proves what it says. It asks nobody: the file is enough, and the key for whoever has it from elsewhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::certificate::{Certificate, KIND};
use crate::merkle::{Hash, leaf, root_with};
use crate::note::{Checkpoint, Key};
use crate::receipt::{Receipt, VERSION};

/// What a certificate proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// That this stands in the log.
    pub receipt: Receipt,
    /// In a log that reached so far.
    pub checkpoint: Checkpoint,
    /// As whoever has this key says.
    pub key: Key,
}

/// Why a certificate proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Some part is not what a certificate is made of.
    Unreadable,
    /// It is signed with another key than the one that was expected.
    OtherKey,
    /// The checkpoint was changed, or signed by somebody else.
    Signature,
    /// The receipt is of another log or another place in it.
    OtherPlace,
    /// The receipt or the proof was changed: the log has something else in this place.
    NotInLog,
}

impl Fault {
    /// As a sentence goes on.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "it is not a certificate of an erasure, or a part of it was damaged",
            Self::OtherKey => "it is signed with another key than the one that was given",
            Self::Signature => "the checkpoint was changed, or is not signed by the key in the file",
            Self::OtherPlace => "the receipt belongs to another log, or to another place in it",
            Self::NotInLog => "the receipt or its proof was changed: the signed log has something else in this place",
        }
    }
}

/// Checks a certificate; `pinned` is the key that is expected. Without one the certificate is only whole in itself: whoever made it
/// may have made the key too.
pub fn verify(certificate: &Certificate, pinned: Option<&Key>) -> Result<Proven, Fault> {
    if certificate.kind != KIND {
        return Err(Fault::Unreadable);
    }
    let key: Key = certificate.key.parse()?;
    if pinned.is_some_and(|pinned| *pinned != key) {
        return Err(Fault::OtherKey);
    }
    let checkpoint = Checkpoint::read(&certificate.checkpoint, &key)?;
    let receipt: Receipt = serde_json::from_str(&certificate.receipt).map_err(|_| Fault::Unreadable)?;
    if receipt.v != VERSION {
        return Err(Fault::Unreadable);
    }
    let is_in_place = u64::try_from(certificate.position) == Ok(receipt.position);
    if !is_in_place || checkpoint.log != key.log || receipt.log != key.log {
        return Err(Fault::OtherPlace);
    }
    let hash = |text: &String| STANDARD.decode(text).ok()?.try_into().ok();
    let proof: Option<Vec<Hash>> = certificate.inclusion.iter().map(hash).collect();
    let (proof, own) = (proof.ok_or(Fault::Unreadable)?, leaf(certificate.receipt.as_bytes()));
    if root_with(own, receipt.position, checkpoint.size, &proof) != Some(checkpoint.root) {
        return Err(Fault::NotInLog);
    }
    Ok(Proven { receipt, checkpoint, key })
}
