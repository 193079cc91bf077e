//! A sealed value: version, algorithm, nonce, ciphertext, tag.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use uuid::Uuid;

use crate::{
    Error, Result,
    crypto::{KeyId, Secret},
};

const VERSION: u8 = 1;
/// Algorithm 2 is kept for SM4-GCM.
const AES_GCM: u8 = 1;
const HEADER: usize = 2 + NONCE_LEN;
const TAG: usize = 16;

/// What a value is bound to. It opens only with exactly the same: a value moved to
/// another row, kind or organisation is refused.
pub struct Binding<'a> {
    pub org: Uuid,
    pub kind: &'a str,
    pub object: Uuid,
    pub keys: &'a [KeyId],
}

impl Binding<'_> {
    /// Fixed lengths first and the kind last, so that no two bindings read the same.
    fn additional_data(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(3 + 32 + 16 * self.keys.len() + self.kind.len());
        data.extend_from_slice(&[VERSION, AES_GCM, u8::try_from(self.keys.len()).unwrap_or(u8::MAX)]);
        data.extend_from_slice(self.org.as_bytes());
        data.extend_from_slice(self.object.as_bytes());
        for key in self.keys {
            data.extend_from_slice(key);
        }
        data.extend_from_slice(self.kind.as_bytes());
        data
    }
}

/// A key ready for use; the cipher wipes its schedule when it is dropped.
pub struct SealingKey(LessSafeKey);

impl SealingKey {
    pub fn new(secret: &Secret) -> Result<Self> {
        Ok(Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret.as_ref())?)))
    }

    /// Sealed under a fresh random nonce: one key may seal 2³² values.
    pub fn seal(&self, binding: &Binding, plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(HEADER + plain.len() + TAG);
        sealed.extend_from_slice(&[VERSION, AES_GCM]);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self.0.seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(binding.additional_data()),
            &mut sealed[HEADER..],
        )?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    pub fn open(&self, binding: &Binding, sealed: &[u8]) -> Result<Vec<u8>> {
        let [VERSION, AES_GCM, rest @ ..] = sealed else {
            return Err(Error::Tampered);
        };
        let (nonce, rest) = rest.split_at_checked(NONCE_LEN).ok_or(Error::Tampered)?;
        let (ciphertext, tag) =
            rest.len().checked_sub(TAG).and_then(|at| rest.split_at_checked(at)).ok_or(Error::Tampered)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce)?;
        let mut plain = vec![0; ciphertext.len()];
        self.0
            .open_separate_gather(nonce, Aad::from(binding.additional_data()), ciphertext, tag, &mut plain)
            .map_err(|_| Error::Tampered)?;
        Ok(plain)
    }
}
