//! Requests and documents as the database holds them.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Bucket, Result, Tx, VaultError};

use crate::claim::Claim;
use crate::model::{Document, DocumentId, VerificationState};

pub const NAME: &str = "verification.document.name";
pub const BYTES: &str = "verification.document";
const REASON: &str = "verification.reason";

/// Nobody needs a document for longer once it is decided, or when nobody asks.
pub const KEPT: TimeDelta = TimeDelta::days(90);
/// A request that nobody decided for so long lapses, and its documents go.
pub const WAITS: TimeDelta = TimeDelta::days(180);

/// Where the organisation stands.
#[derive(Default)]
pub struct Request {
    pub state: VerificationState,
    pub claim: Option<Claim>,
    pub reason: Option<String>,
    pub asked_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    state: VerificationState,
    claim: Option<Vec<u8>>,
    reason: Option<Vec<u8>>,
    asked_at: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
}

impl Request {
    /// Which request it is: claim and documents stay as they are from the asking to the decision.
    pub fn revision(&self) -> i64 {
        self.asked_at.map_or(0, |asked_at| asked_at.timestamp_micros())
    }

    pub async fn load(tx: &mut Tx) -> Result<Self> {
        const LOAD: &str = "select state, claim, reason, asked_at, decided_at, ended_at from verification.request";
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
        const LOCK: &str =
            "select state, claim, reason, asked_at, decided_at, ended_at from verification.request for update";
        let row: Row = sqlx::query_as(LOCK).fetch_one(tx.db()).await?;
        row.opened(tx)
    }
}

/// Where it stands, and nothing of what it says.
pub async fn state(tx: &mut Tx) -> Result<VerificationState> {
    let row: Option<(VerificationState, Option<DateTime<Utc>>)> =
        sqlx::query_as("select state, asked_at from verification.request").fetch_optional(tx.db()).await?;
    Ok(row.map(|(state, asked_at)| standing(tx, state, asked_at)).unwrap_or_default())
}

/// What nobody decided in time stands no longer, also before the job came by.
fn standing(tx: &Tx, state: VerificationState, asked_at: Option<DateTime<Utc>>) -> VerificationState {
    let has_lapsed = state == VerificationState::Asked && asked_at.is_some_and(|asked_at| asked_at + WAITS <= tx.now());
    if has_lapsed { VerificationState::None } else { state }
}

impl Row {
    fn opened(self, tx: &Tx) -> Result<Request> {
        let open = |sealed: Vec<u8>| -> Result<String> {
            let plain = tx.open(Bucket::Organisation, REASON, tx.org().0, &sealed)?;
            Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
        };
        let state = standing(tx, self.state, self.asked_at);
        Ok(Request {
            state,
            claim: self.claim.map(|sealed| Claim::open(tx, &sealed)).transpose()?,
            reason: self.reason.map(open).transpose()?,
            asked_at: self.asked_at.filter(|_| state == self.state),
            decided_at: self.decided_at,
            ended_at: self.ended_at,
        })
    }
}

pub fn seal_reason(tx: &Tx, reason: &str) -> Result<Vec<u8>> {
    tx.seal(Bucket::Organisation, REASON, tx.org().0, reason.as_bytes())
}

type DocumentRow = (DocumentId, Vec<u8>, String, i32, DateTime<Utc>, DateTime<Utc>);

/// Something of a document; `None` when its key is destroyed: the document is gone, whatever still stands in the database.
pub fn open(tx: &Tx, document: DocumentId, kind: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>> {
    match tx.app().vault().open(tx.org().0, Bucket::Object(document.0), kind, document.0, sealed) {
        Ok(plain) => Ok(Some(plain)),
        Err(VaultError::Destroyed) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// All documents, the oldest first.
pub async fn documents(tx: &mut Tx) -> Result<Vec<Document>> {
    let now = tx.now();
    let rows: Vec<DocumentRow> = sqlx::query_as(
        "select id, name, media_type, size, added_at, goes_at from verification.document
         where goes_at > $1 order by added_at, id",
    )
    .bind(now)
    .fetch_all(tx.db())
    .await?;
    let mut shown = Vec::with_capacity(rows.len());
    for (id, name, media_type, size, added_at, goes_at) in rows {
        let Some(name) = open(tx, id, NAME, &name)? else { continue };
        let name = String::from_utf8(name).map_err(anyhow::Error::from)?;
        shown.push(Document { id, name, media_type, size, added_at, goes_at });
    }
    Ok(shown)
}

/// From now on they go at `goes_at`; those whose time is over do not come back.
pub async fn keep_documents(tx: &mut Tx, goes_at: DateTime<Utc>) -> Result<()> {
    let now = tx.now();
    sqlx::query("update verification.document set goes_at = $1 where goes_at > $2")
        .bind(goes_at)
        .bind(now)
        .execute(tx.db())
        .await?;
    crate::erase::schedule(tx, goes_at).await
}

/// The rows with this transaction, the keys once it is durable: were they destroyed first and the rows stayed, there would
/// be documents that nobody can open.
pub async fn erase(tx: &mut Tx, documents: &[DocumentId]) -> Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    sqlx::query("delete from verification.document where id = any($1)").bind(documents).execute(tx.db()).await?;
    crate::erase::schedule_keys(tx, documents).await
}

/// All of them, also those that cannot be opened any more.
pub async fn erase_all(tx: &mut Tx) -> Result<()> {
    let all: Vec<DocumentId> = sqlx::query_scalar("select id from verification.document").fetch_all(tx.db()).await?;
    erase(tx, &all).await
}
