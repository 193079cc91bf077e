//! Whose copy it is, under all the names they stand under.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, Actor, Bucket, MemberId, Result, Tx, VaultError};
use uuid::Uuid;

use super::plan::Whose;
use texts::Language;

/// Whose copy it is, and what it is written by.
pub struct Owner {
    pub about: About,
    /// What they are called.
    pub name: String,
    /// In which language they read it.
    pub language: Language,
    /// For how many days the organisation keeps messages.
    pub chat_days: i32,
    /// Messages of this instant and before are past that, and what goes with them.
    pub hidden: DateTime<Utc>,
}

impl Owner {
    /// The owner of a copy, by the settings in force now.
    pub async fn load(tx: &mut Tx, about: About, language: Language) -> Result<Self> {
        let name = directory::names(tx, &[about.member]).await?.remove(&about.member).unwrap_or_default();
        let chat_days = directory::chat_retention_days(tx).await?;
        Ok(Self { about, name, language, chat_days, hidden: tx.now() - TimeDelta::days(chat_days.into()) })
    }
}

/// Somebody, as rows point at them.
pub struct About {
    pub member: MemberId,
    pub account: AccountId,
    /// None of who never stood in the audit log.
    pseudonym: Option<Uuid>,
}

impl About {
    /// Somebody under these ids.
    #[cfg(test)]
    pub fn new(member: MemberId, account: AccountId, pseudonym: Option<Uuid>) -> Self {
        Self { member, account, pseudonym }
    }

    /// The member of a copy.
    pub fn load(tx: &Tx, member: MemberId, account: AccountId) -> Result<Self> {
        let pseudonym = match tx.app().vault().pseudonym(tx.org().0, Bucket::Member(member.0)) {
            Ok(pseudonym) => Some(pseudonym),
            Err(VaultError::Destroyed | VaultError::Missing) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self { member, account, pseudonym })
    }

    /// What a column holds that points at them; an actor stands as JSON. None where they stand under no name.
    pub fn stands_as(&self, whose: Whose, kind: &str) -> Result<Option<String>> {
        if kind == "jsonb" {
            let actor = serde_json::to_string(&Actor::Member(self.member)).map_err(anyhow::Error::from)?;
            return Ok(Some(actor));
        }
        Ok(match whose {
            Whose::Member => Some(self.member.to_string()),
            Whose::Account => Some(self.account.to_string()),
            Whose::Pseudonym => self.pseudonym.map(|pseudonym| pseudonym.to_string()),
        })
    }

    /// Whether an id is one of theirs.
    pub fn is(&self, id: Uuid) -> bool {
        id == self.member.0 || id == self.account.0 || Some(id) == self.pseudonym
    }
}
