//! The three primitives the vault is made of: derive, wrap, and an identity that says nothing.

use aws_lc_rs::{
    hkdf, hmac,
    key_wrap::{AES_256, AesKek, KeyWrap},
    rand,
};
use zeroize::Zeroizing;

use crate::Result;

/// 256 secret bits, overwritten when dropped.
pub type Secret = Zeroizing<[u8; 32]>;
/// A secret under AES-256 key wrap (RFC 3394), which also proves its integrity.
pub type Wrapped = [u8; 40];
/// The name of a key in the ring: a keyed hash, so that the ring tells nobody what it holds.
pub type KeyId = [u8; 16];

pub fn random_secret() -> Result<Secret> {
    let mut secret = Secret::default();
    rand::fill(secret.as_mut())?;
    Ok(secret)
}

/// HKDF-SHA256. The purpose separates keys that come from the same secret.
pub fn derive(secret: &Secret, salt: &[u8], purpose: &[u8]) -> Result<Secret> {
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(secret.as_ref());
    let mut derived = Secret::default();
    extracted.expand(&[purpose], hkdf::HKDF_SHA256)?.fill(derived.as_mut())?;
    Ok(derived)
}

pub fn wrap(under: &Secret, secret: &Secret) -> Result<Wrapped> {
    let mut wrapped = [0; 40];
    AesKek::new(&AES_256, under.as_ref())?.wrap(secret.as_ref(), &mut wrapped)?;
    Ok(wrapped)
}

/// `None` when the wrapped key is not from `under`.
pub fn unwrap(under: &Secret, wrapped: &Wrapped) -> Result<Option<Secret>> {
    // The cipher asks for eight bytes more than it leaves behind.
    let mut plain = Zeroizing::new([0_u8; 40]);
    if AesKek::new(&AES_256, under.as_ref())?.unwrap(wrapped, plain.as_mut()).is_err() {
        return Ok(None);
    }
    let mut secret = Secret::default();
    secret.copy_from_slice(&plain[..32]);
    Ok(Some(secret))
}

pub fn key_id(key: &hmac::Key, name: &[u8]) -> KeyId {
    let tag = hmac::sign(key, name);
    let mut id = [0; 16];
    id.copy_from_slice(&tag.as_ref()[..16]);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_key_opens_under_its_own_key_only() {
        let (under, other, secret) = (random_secret().unwrap(), random_secret().unwrap(), random_secret().unwrap());
        let wrapped = wrap(&under, &secret).unwrap();
        assert_eq!(unwrap(&under, &wrapped).unwrap(), Some(secret));
        assert_eq!(unwrap(&other, &wrapped).unwrap(), None);
    }

    #[test]
    fn the_purpose_separates_keys() {
        let secret = random_secret().unwrap();
        assert_ne!(derive(&secret, b"", b"a").unwrap(), derive(&secret, b"", b"b").unwrap());
        assert_ne!(derive(&secret, b"a", b"").unwrap(), derive(&secret, b"b", b"").unwrap());
    }
}
