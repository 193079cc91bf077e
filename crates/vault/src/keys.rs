//! The tree of keys: master key → installation and organisation keys → data keys.

use std::sync::OnceLock;

use aws_lc_rs::{digest::SHA256_OUTPUT_LEN, error::Unspecified, hmac, signature::Ed25519KeyPair};
use uuid::Uuid;

use crate::{
    Bucket, Error, Result,
    crypto::{self, KeyId, Secret, Wrapped},
    ring::Ring,
    sealed::SealingKey,
};

/// What the whole installation shares: it opens the organisations, hides what is looked up and signs.
pub struct Installation {
    /// Wraps the organisations' keys.
    wrapping: Secret,
    names: hmac::Key,
    lookup: hmac::Key,
    /// Made of the secret each time: it stands nowhere but under the master key, and stays the same.
    pub signing: Ed25519KeyPair,
}

impl Installation {
    /// Opens the installation's own entry in the ring; makes it in an empty ring.
    /// `None` when this master key is not the one of this ring.
    pub fn open(master: &Secret, ring: &Ring) -> Result<Option<Self>> {
        let wrapping = crypto::derive(master, b"tulou", b"wrap installation and organisations")?;
        let id = installation_id(master)?;
        if ring.is_empty() {
            let secret = crypto::random_secret()?;
            ring.create_first((id, crypto::wrap(&wrapping, &secret)?))?;
        }
        let wrapped = match ring.find(&id) {
            Err(Error::Missing) => return Ok(None),
            found => found?,
        };
        let Some(secret) = crypto::unwrap(&wrapping, &wrapped)? else {
            return Ok(None);
        };
        let names = hmac_key(&secret, b"name the organisations")?;
        let lookup = hmac_key(&secret, b"look up")?;
        let seed = crypto::derive(&secret, b"tulou", b"sign")?;
        let signing = Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).map_err(|_| Unspecified)?;
        Ok(Some(Self { wrapping, names, lookup, signing }))
    }

    pub fn create_organisation(&self, ring: &Ring, org: Uuid) -> Result<()> {
        let secret = crypto::random_secret()?;
        ring.create(&[(self.name(org), crypto::wrap(&self.wrapping, &secret)?)])
    }

    pub fn organisation(&self, ring: &Ring, org: Uuid) -> Result<Organisation> {
        let wrapped = match ring.find(&self.name(org)) {
            Err(Error::Missing) => return Err(Error::UnknownOrganisation),
            found => found?,
        };
        let secret = crypto::unwrap(&self.wrapping, &wrapped)?.ok_or(Error::Tampered)?;
        Ok(Organisation {
            wrapping: crypto::derive(&secret, b"tulou", b"wrap data keys")?,
            names: hmac_key(&secret, b"name data keys")?,
        })
    }

    /// Lengths stand before what varies, so that no two questions hash alike.
    pub fn lookup(&self, kind: &str, org: Option<Uuid>, normalised: &str) -> [u8; SHA256_OUTPUT_LEN] {
        let mut context = hmac::Context::with_key(&self.lookup);
        context.update(&(kind.len() as u64).to_be_bytes());
        context.update(kind.as_bytes());
        match org {
            Some(org) => {
                context.update(&[1]);
                context.update(org.as_bytes());
            }
            None => context.update(&[0]),
        }
        context.update(normalised.as_bytes());
        let mut digest = [0; SHA256_OUTPUT_LEN];
        digest.copy_from_slice(context.sign().as_ref());
        digest
    }

    pub fn name(&self, org: Uuid) -> KeyId {
        crypto::key_id(&self.names, org.as_bytes())
    }
}

/// An organisation's key, split into what wraps its data keys and what names them.
pub struct Organisation {
    wrapping: Secret,
    names: hmac::Key,
}

impl Organisation {
    pub fn name(&self, bucket: Bucket) -> KeyId {
        crypto::key_id(&self.names, &bucket.name())
    }

    pub fn new_key(&self) -> Result<Wrapped> {
        crypto::wrap(&self.wrapping, &crypto::random_secret()?)
    }

    pub fn data_key(&self, ring: &Ring, id: KeyId) -> Result<DataKey> {
        let secret = crypto::unwrap(&self.wrapping, &ring.find(&id)?)?.ok_or(Error::Tampered)?;
        let sealing = SealingKey::new(&crypto::derive(&secret, b"tulou", b"seal values")?)?;
        Ok(DataKey { id, secret, sealing, words: OnceLock::new() })
    }
}

/// The key of one bucket, ready for use.
pub struct DataKey {
    pub id: KeyId,
    pub secret: Secret,
    pub sealing: SealingKey,
    words: OnceLock<hmac::Key>,
}

impl DataKey {
    /// What hides words; derived when first needed, since most buckets hold nothing that is searched.
    pub fn words(&self) -> Result<&hmac::Key> {
        match self.words.get() {
            Some(key) => Ok(key),
            None => {
                let key = hmac_key(&self.secret, b"hide words")?;
                Ok(self.words.get_or_init(|| key))
            }
        }
    }

    /// What stands for the bucket where it must not be named.
    pub fn pseudonym(&self) -> Result<Uuid> {
        let tag = hmac::sign(&hmac_key(&self.secret, b"stand for the bucket")?, self.id.as_ref());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&tag.as_ref()[..16]);
        Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

/// What the installation's own entry is called in a ring under this master key.
pub fn installation_id(master: &Secret) -> Result<KeyId> {
    Ok(crypto::key_id(&hmac_key(master, b"name the installation")?, b"installation"))
}

pub fn hmac_key(secret: &Secret, purpose: &[u8]) -> Result<hmac::Key> {
    let derived = crypto::derive(secret, b"tulou", purpose)?;
    Ok(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
}
