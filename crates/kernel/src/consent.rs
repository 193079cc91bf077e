//! Consent as a capability: a sensitive purpose cannot be served without a live one (PIPL 13, 29; CON rows).

use std::marker::PhantomData;

use crate::{Error, MemberId, Result, Tx};

/// A purpose of the data map that needs consent.
pub trait Purpose: Send + Sync + 'static {
    /// Its id in the data map.
    const ID: &'static str;
}

/// Proof that the member has consented to the purpose and has not withdrawn. Only the database can make one.
pub struct Consent<P: Purpose> {
    member: MemberId,
    purpose: PhantomData<P>,
}

impl<P: Purpose> Consent<P> {
    /// Loads the caller's live consent; `Blocked("privacy.consent_required")` when there is none.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let member = tx.member()?;
        let is_live: bool = sqlx::query_scalar(
            "select exists (select from kernel.consent where org_id = $1 and member_id = $2 and purpose = $3 and withdrawn_at is null)",
        )
        .bind(tx.org())
        .bind(member)
        .bind(P::ID)
        .fetch_one(tx.db())
        .await?;
        if !is_live {
            return Err(Error::Blocked("privacy.consent_required"));
        }
        Ok(Self { member, purpose: PhantomData })
    }

    /// Records the caller's consent to the text of this version; giving it twice changes nothing.
    pub async fn give(tx: &mut Tx, text_version: &str) -> Result<Self> {
        let (id, member, now) = (tx.new_id(), tx.member()?, tx.now());
        sqlx::query(
            "insert into kernel.consent (id, member_id, purpose, text_version, given_at) values ($1, $2, $3, $4, $5)
             on conflict (org_id, member_id, purpose) where withdrawn_at is null do nothing",
        )
        .bind(id)
        .bind(member)
        .bind(P::ID)
        .bind(text_version)
        .bind(now)
        .execute(tx.db())
        .await?;
        Ok(Self { member, purpose: PhantomData })
    }

    /// Ends the consent; what was done under it stays lawful.
    pub async fn withdraw(self, tx: &mut Tx) -> Result<()> {
        let (org, now) = (tx.org(), tx.now());
        sqlx::query(
            "update kernel.consent set withdrawn_at = $4 where org_id = $1 and member_id = $2 and purpose = $3 and withdrawn_at is null",
        )
        .bind(org)
        .bind(self.member)
        .bind(P::ID)
        .bind(now)
        .execute(tx.db())
        .await?;
        Ok(())
    }

    /// Who consented.
    pub fn member(&self) -> MemberId {
        self.member
    }
}

/// A value that must never be stored or logged: typing, presence, what is said to the assistant (RET-13, 18, 22, 23).
/// It has no `Serialize`, no `Debug` of its content and no way into a statement.
pub struct Ephemeral<T>(T);

impl<T> Ephemeral<T> {
    /// Wraps the value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for use in memory.
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl<T> std::fmt::Debug for Ephemeral<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ephemeral")
    }
}
