//! Consent as a capability: what rests on a consent takes a proof that there is one, and does not compile without (PIPL 13, 29;
//! `CON-02`, `CON-06`).

use std::marker::PhantomData;

use kernel::{Error, MemberId, Result, Tx};

/// A purpose of the data map that needs consent.
pub trait Purpose: Send + Sync + 'static {
    /// Its id in the data map.
    const ID: &'static str;
}

/// Proof that the member has consented to the purpose, in the words in force, and has not withdrawn. Only the database can make one.
pub struct Consent<P: Purpose> {
    member: MemberId,
    purpose: PhantomData<P>,
}

impl<P: Purpose> Consent<P> {
    /// Loads the caller's consent that holds; `Blocked("privacy.consent_required")` when there is none.
    ///
    /// Until the transaction ends the consent stays as it is: a withdrawal waits for what has begun, and once it is answered
    /// nothing runs on it any more.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let (org, member) = (tx.org(), tx.member()?);
        let asked = tx.app().data_map().purpose.get(P::ID).and_then(|purpose| purpose.consent.as_ref());
        let version = asked.map(|asked| asked.version.clone());
        let version = version.ok_or_else(|| anyhow::anyhow!("{} rests on no consent in the data map", P::ID))?;
        let held: Option<bool> = sqlx::query_scalar(
            "select true from consents.consent
             where org_id = $1 and member_id = $2 and purpose = $3 and text_version = $4 and ended_at is null for share",
        )
        .bind(org)
        .bind(member)
        .bind(P::ID)
        .bind(version)
        .fetch_optional(tx.db())
        .await?;
        held.map(|_| Self { member, purpose: PhantomData }).ok_or(Error::Blocked("privacy.consent_required"))
    }

    /// Who consented.
    pub fn member(&self) -> MemberId {
        self.member
    }
}
