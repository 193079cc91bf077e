//! The log of an organisation as it is stored. Whoever rules only the database cannot have the program sign what it never signed: what
//! it goes on from is something it signed once. They can put an old state of it back, with the receipts of that time and no later ones:
//! that only a witness sees, who has kept a checkpoint. And what is noted of an erasure under way is not signed: until its receipt is
//! made they can change the counts.

use anyhow::anyhow;
use chrono::{DateTime, Utc};
use kernel::{App, Error, OrgId, Result, Tx};
use uuid::Builder;

use crate::merkle::{Hash, Peaks};
use crate::note::{Checkpoint, Key};

/// How far it reaches.
pub struct Log {
    /// What it is checked with.
    pub key: Key,
    /// What is left of receipts whose time is over.
    pub past: Peaks,
    /// All of it.
    peaks: Peaks,
    at: Option<DateTime<Utc>>,
}

#[derive(Default, sqlx::FromRow)]
struct Row {
    size: i64,
    peaks: Vec<Vec<u8>>,
    signature: Vec<u8>,
    at: Option<DateTime<Utc>>,
    past_size: i64,
    past_peaks: Vec<Vec<u8>>,
}

impl Log {
    /// As it is, made if there is none; nobody else changes it until the end of the transaction.
    pub async fn lock(tx: &mut Tx) -> Result<Self> {
        let org = tx.org();
        sqlx::query("insert into receipts.log (org_id) values ($1) on conflict on constraint log_pkey do nothing")
            .bind(org)
            .execute(tx.db())
            .await?;
        let row: Row = sqlx::query_as(
            "select size, peaks, signature, at, past_size, past_peaks from receipts.log where org_id = $1 for update",
        )
        .bind(org)
        .fetch_one(tx.db())
        .await?;
        Self::read(tx.app(), org, row)
    }

    /// The same to read: nothing comes to it, and nothing is forgotten, until the end of the transaction.
    pub async fn hold(tx: &mut Tx) -> Result<Self> {
        let org = tx.org();
        let row: Option<Row> = sqlx::query_as(
            "select size, peaks, signature, at, past_size, past_peaks from receipts.log where org_id = $1 for share",
        )
        .bind(org)
        .fetch_optional(tx.db())
        .await?;
        Self::read(tx.app(), org, row.unwrap_or_default())
    }

    fn read(app: &App, org: OrgId, row: Row) -> Result<Self> {
        let log = Self {
            key: key(app, org),
            past: peaks(row.past_size, row.past_peaks)?,
            peaks: peaks(row.size, row.peaks)?,
            at: row.at,
        };
        let is_signed = log.size() == 0 || log.key.is_of(&log.checkpoint().text(), &row.signature);
        if is_signed && log.past.size() <= log.size() { Ok(log) } else { Err(damaged()) }
    }

    /// How many receipts it has had.
    pub fn size(&self) -> u64 {
        self.peaks.size()
    }

    /// When the next one is written: time in it never runs back.
    pub fn next_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.at.map_or(now, |at| at.max(now))
    }

    /// How far it reaches.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { log: self.key.log, size: self.size(), root: self.peaks.root() }
    }

    /// The same as a note, signed.
    pub fn signed(&self, app: &App) -> Result<String> {
        let checkpoint = self.checkpoint();
        let signature = app.vault().sign(checkpoint.text().as_bytes())?;
        Ok(checkpoint.signed(&self.key, &signature))
    }

    /// The hashes of the receipts that are still there.
    pub async fn leaves(&self, tx: &mut Tx) -> Result<Vec<Hash>> {
        let org = tx.org();
        let stored: Vec<Vec<u8>> =
            sqlx::query_scalar("select leaf from receipts.receipt where org_id = $1 order by position")
                .bind(org)
                .fetch_all(tx.db())
                .await?;
        let leaves = hashes(stored)?;
        let is_whole = u64::try_from(leaves.len()).is_ok_and(|count| self.past.size() + count == self.size());
        if is_whole { Ok(leaves) } else { Err(damaged()) }
    }

    /// One receipt more, and the signature under it.
    pub async fn push(&mut self, tx: &mut Tx, leaf: Hash, at: DateTime<Utc>) -> Result<()> {
        self.peaks.push(leaf);
        self.at = Some(at);
        let (org, signature) = (tx.org(), tx.app().vault().sign(self.checkpoint().text().as_bytes())?);
        sqlx::query("update receipts.log set size = $2, peaks = $3, signature = $4, at = $5 where org_id = $1")
            .bind(org)
            .bind(self.size().cast_signed())
            .bind(stored(&self.peaks))
            .bind(&signature[..])
            .bind(at)
            .execute(tx.db())
            .await?;
        Ok(())
    }

    /// The oldest receipts that are there are over; these are their hashes.
    pub async fn forget(&mut self, tx: &mut Tx, leaves: Vec<Vec<u8>>) -> Result<()> {
        hashes(leaves)?.into_iter().for_each(|leaf| self.past.push(leaf));
        let org = tx.org();
        sqlx::query("update receipts.log set past_size = $2, past_peaks = $3 where org_id = $1")
            .bind(org)
            .bind(self.past.size().cast_signed())
            .bind(stored(&self.past))
            .execute(tx.db())
            .await?;
        Ok(())
    }
}

/// The installation signs, in the name of a log that only it can tell whose it is.
fn key(app: &App, org: OrgId) -> Key {
    let mut pseudonym = [0; 16];
    pseudonym.copy_from_slice(&app.vault().lookup("receipts.log", Some(org.0), "")[..16]);
    Key { log: Builder::from_random_bytes(pseudonym).into_uuid(), bytes: app.vault().public_key() }
}

fn peaks(size: i64, stored: Vec<Vec<u8>>) -> Result<Peaks> {
    Peaks::of(size.cast_unsigned(), hashes(stored)?).ok_or_else(damaged)
}

fn hashes(stored: Vec<Vec<u8>>) -> Result<Vec<Hash>> {
    stored.into_iter().map(|hash| hash.try_into().map_err(|_| damaged())).collect()
}

fn stored(peaks: &Peaks) -> Vec<Vec<u8>> {
    peaks.hashes().iter().map(|hash| hash.to_vec()).collect()
}

/// Somebody changed what stands in the database.
pub fn damaged() -> Error {
    anyhow!("the log of erasures is not what was signed").into()
}
