//! Requests and documents as the database holds them.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Bucket, Result, Tx};

use crate::claim::Claim;
use crate::model::{Document, DocumentId, VerificationState};

pub const NAME: &str = "verification.document.name";
pub const BYTES: &str = "verification.document";
const REASON: &str = "verification.reason";

/// Nobody needs a document for longer once it is decided, or when nobody asks.
pub const KEPT: TimeDelta = TimeDelta::days(90);

/// Where the organisation stands.
#[derive(Default)]
pub struct Request {
    pub state: VerificationState,
    pub claim: Option<Claim>,
    pub reason: Option<String>,
    pub asked_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    state: VerificationState,
    claim: Option<Vec<u8>>,
    reason: Option<Vec<u8>>,
    asked_at: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
}

impl Request {
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        const LOAD: &str = "select state, claim, reason, asked_at, decided_at from verification.request";
        let row: Option<Row> = sqlx::query_as(LOAD).fetch_optional(tx.db()).await?;
        row.map_or_else(|| Ok(Self::default()), |row| row.opened(tx))
    }

    /// The same for whoever changes it, its documents included; two who do wait for each other.
    pub async fn lock(tx: &mut Tx) -> Result<Self> {
        sqlx::query(
            "insert into verification.request (state) values ('none') on conflict on constraint request_pkey do nothing",
        )
        .execute(tx.db())
        .await?;
        const LOCK: &str = "select state, claim, reason, asked_at, decided_at from verification.request for update";
        let row: Row = sqlx::query_as(LOCK).fetch_one(tx.db()).await?;
        row.opened(tx)
    }
}

impl Row {
    fn opened(self, tx: &Tx) -> Result<Request> {
        let open = |sealed: Vec<u8>| -> Result<String> {
            let plain = tx.open(Bucket::Organisation, REASON, tx.org().0, &sealed)?;
            Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
        };
        Ok(Request {
            state: self.state,
            claim: self.claim.map(|sealed| Claim::open(tx, &sealed)).transpose()?,
            reason: self.reason.map(open).transpose()?,
            asked_at: self.asked_at,
            decided_at: self.decided_at,
        })
    }
}

pub fn seal_reason(tx: &Tx, reason: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Organisation, REASON, tx.org().0, reason.as_bytes())
}

type DocumentRow = (DocumentId, Vec<u8>, String, i32, DateTime<Utc>, Option<DateTime<Utc>>);

/// All documents, the oldest first.
pub async fn documents(tx: &mut Tx) -> Result<Vec<Document>> {
    let rows: Vec<DocumentRow> = sqlx::query_as(
        "select id, name, media_type, size, added_at, goes_at from verification.document order by added_at, id",
    )
    .fetch_all(tx.db())
    .await?;
    let open = |(id, name, media_type, size, added_at, goes_at): DocumentRow| {
        let name = tx.open(Bucket::Object(id.0), NAME, id.0, &name)?;
        let name = String::from_utf8(name).map_err(anyhow::Error::from)?;
        Ok(Document { id, name, media_type, size, added_at, goes_at })
    };
    rows.into_iter().map(open).collect()
}

/// From now on they wait for a decision, or go at `goes_at`.
pub async fn keep_documents(tx: &mut Tx, goes_at: Option<DateTime<Utc>>) -> Result<()> {
    sqlx::query("update verification.document set goes_at = $1").bind(goes_at).execute(tx.db()).await?;
    match goes_at {
        Some(at) => crate::erase::schedule(tx, at).await,
        None => Ok(()),
    }
}

/// First the keys, then the rows.
pub async fn erase(tx: &mut Tx, documents: &[DocumentId]) -> Result<()> {
    let keys: Vec<Bucket> = documents.iter().map(|document| Bucket::Object(document.0)).collect();
    tx.app().vault().destroy(tx.org().0, &keys)?;
    sqlx::query("delete from verification.document where id = any($1)").bind(documents).execute(tx.db()).await?;
    Ok(())
}
