//! Whose a copy is.

use directory::Assured;
use kernel::{Error, Result, SessionId, Tx};

use crate::model::{PersonalExportId, Row};

/// A copy of the caller's own data, while it is there.
pub struct OwnExport(Row);

impl OwnExport {
    /// Whoever asked for it, nobody else, no administrator either, until it is over or deleted: `NotFound` otherwise.
    pub async fn load(tx: &mut Tx, id: PersonalExportId) -> Result<Self> {
        Self::of(tx, Some(id)).await?.pop().ok_or(Error::NotFound("personal_export"))
    }

    /// All of the caller, the newest first.
    pub async fn all(tx: &mut Tx) -> Result<Vec<Self>> {
        Self::of(tx, None).await
    }

    async fn of(tx: &mut Tx, only: Option<PersonalExportId>) -> Result<Vec<Self>> {
        let (me, now) = (tx.member()?, tx.now());
        let rows: Vec<Row> = sqlx::query_as(
            "select id, member_id, account_id, language, state, done, cursor, counts, pieces, asked_at, ready_at, stepped_at,
                    until
             from personal_exports.personal_export
             where member_id = $1 and until > $2 and state <> 'deleted' and ($3::uuid is null or id = $3)
             order by asked_at desc, id desc",
        )
        .bind(me)
        .bind(now)
        .bind(only)
        .fetch_all(tx.db())
        .await?;
        Ok(rows.into_iter().map(Self).collect())
    }

    /// The row.
    pub fn row(&self) -> &Row {
        &self.0
    }
}

/// Whether whoever would take a copy in this sign-in has to type the password first: what is in it is everything there is of them.
pub async fn must_prove(tx: &mut Tx, session: SessionId) -> Result<bool> {
    match Assured::load(tx, session).await {
        Ok(_) => Ok(false),
        Err(Error::Blocked(_)) => Ok(true),
        Err(error) => Err(error),
    }
}
