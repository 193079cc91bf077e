//! Messages: sealed under the day's key and the author's share together, so that either alone can forget them.

use std::sync::{Arc, Mutex};

use uuid::Uuid;

use crate::{
    Bucket, Error, Result, Vault,
    cache::Cache,
    crypto,
    keys::DataKey,
    sealed::{Binding, SealingKey},
    vault::guard,
};

const KIND: &str = "chat.message";
const KEYS_AT_HAND: usize = 4096;

/// Derived keys, ready for use: deriving one costs more than sealing a message.
pub struct MessageKeys(Mutex<Cache<(Uuid, i32, Uuid), MessageKey>>);

struct MessageKey {
    sealing: SealingKey,
    ids: [crypto::KeyId; 2],
}

impl Default for MessageKeys {
    fn default() -> Self {
        Self(Mutex::new(Cache::new(KEYS_AT_HAND)))
    }
}

impl MessageKeys {
    pub fn forget(&self, org: Uuid, buckets: &[Bucket]) {
        let is_gone = |day, author| buckets.contains(&Bucket::Day(day)) || buckets.contains(&Bucket::Author(author));
        guard(&self.0).forget(|(of, day, author)| *of == org && is_gone(*day, *author));
    }

    pub fn clear(&self) {
        guard(&self.0).clear();
    }

    pub fn forget_organisation(&self, org: Uuid) {
        guard(&self.0).forget(|(of, ..)| *of == org);
    }
}

impl Vault {
    /// Seals what an author said on a day. Makes the day's key and the author's share if there are none.
    #[expect(clippy::too_many_arguments, reason = "a value is bound to exactly these")]
    pub fn seal_message(&self, org: Uuid, day: i32, author: Uuid, message: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.message_key(org, day, author, Self::key_or_new)?;
        key.sealing.seal(&Binding { org, kind: KIND, object: message, keys: &key.ids }, plain)
    }

    #[expect(clippy::too_many_arguments, reason = "a value is bound to exactly these")]
    pub fn open_message(&self, org: Uuid, day: i32, author: Uuid, message: Uuid, sealed: &[u8]) -> Result<Vec<u8>> {
        let key = self.message_key(org, day, author, Self::key)?;
        key.sealing.open(&Binding { org, kind: KIND, object: message, keys: &key.ids }, sealed)
    }

    fn message_key(
        &self,
        org: Uuid,
        day: i32,
        author: Uuid,
        load: impl Fn(&Self, Uuid, Bucket) -> Result<Arc<DataKey>>,
    ) -> Result<Arc<MessageKey>> {
        self.follow()?;
        if let Some(key) = guard(&self.messages.0).find(&(org, day, author)) {
            return Ok(key);
        }
        let of_day = load(self, org, Bucket::Day(day))?;
        let of_author = load(self, org, Bucket::Author(author))?;
        let secret = crypto::derive(&of_day.secret, of_author.secret.as_ref(), b"seal messages")?;
        let key = Arc::new(MessageKey { sealing: SealingKey::new(&secret)?, ids: [of_day.id, of_author.id] });
        let mut keys = guard(&self.messages.0);
        // Destruction marks the ring first and forgets second: a key it overtook is not kept.
        if !self.is_live(&of_day) || !self.is_live(&of_author) || !self.is_known(org) {
            return Err(Error::Destroyed);
        }
        keys.put((org, day, author), key.clone());
        Ok(key)
    }
}
