//! The noun: that messages will be kept for a shorter time. Until it takes effect nothing is hidden and nothing goes; the promise
//! in force is the longer one.

use chrono::{DateTime, Utc};
use kernel::{Actor, Class, Error, Job, JobCx, MemberId, Result, Tx};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::events::{ShorteningBegun, ShorteningEnded};

/// The job that looks when one is due.
const TAKE_EFFECT: &str = "retention.take_effect";

/// What was decided and is not in force yet.
#[derive(Debug, Clone, Serialize, ToSchema, sqlx::FromRow)]
#[schema(as = ChatRetentionShortening)]
pub struct Shortening {
    /// Days now.
    pub from_days: i32,
    /// Days then.
    pub to_days: i32,
    /// Who decided it.
    pub asked_by: MemberId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When it takes effect; it can be taken back until then.
    pub takes_effect_at: DateTime<Utc>,
}

impl Shortening {
    /// The one of the organisation.
    pub async fn load(tx: &mut Tx) -> Result<Option<Self>> {
        Ok(sqlx::query_as("select from_days, to_days, asked_by, asked_at, takes_effect_at from retention.shortening")
            .fetch_optional(tx.db())
            .await?)
    }

    /// The same, and nobody else decides about it until the transaction ends.
    pub async fn lock(tx: &mut Tx) -> Result<Option<Self>> {
        sqlx::query("select from retention.shortening for update").execute(tx.db()).await?;
        Self::load(tx).await
    }

    /// Writes it, and says it; `Conflict` while there is one already.
    pub async fn begin(tx: &mut Tx, from_days: i32, to_days: i32, takes_effect_at: DateTime<Utc>) -> Result<Self> {
        let (asked_by, asked_at) = (tx.member()?, tx.now());
        sqlx::query(
            "insert into retention.shortening (from_days, to_days, asked_by, asked_at, takes_effect_at)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(from_days)
        .bind(to_days)
        .bind(asked_by)
        .bind(asked_at)
        .bind(takes_effect_at)
        .execute(tx.db())
        .await
        .map_err(|error| {
            let waits = kernel::violates(&error, "shortening_pkey");
            if waits { Error::Conflict("retention.shortening_waits") } else { error.into() }
        })?;
        tx.schedule(TAKE_EFFECT, json!({}), takes_effect_at).await?;
        tx.emit(&ShorteningBegun { from_days, to_days, takes_effect_at })?;
        Ok(Self { from_days, to_days, asked_by, asked_at, takes_effect_at })
    }

    /// Takes it away and says what became of it.
    pub async fn end(self, tx: &mut Tx, state: &str) -> Result<()> {
        sqlx::query("delete from retention.shortening").execute(tx.db()).await?;
        let Self { from_days, to_days, .. } = self;
        tx.emit(&ShorteningEnded { from_days, to_days, state: state.to_owned() })
    }
}

/// When its day is over. One that was taken back has left this job behind, which finds nothing, or another one that is not due.
pub fn job() -> Job {
    Job { name: TAKE_EFFECT, class: Class::Light, every: None, run: |cx| Box::pin(when_due(cx)) }
}

async fn when_due(cx: JobCx) -> Result<()> {
    let Some(org) = cx.org else { return Ok(()) };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    take_effect(&mut tx).await?;
    tx.commit().await
}

/// Has it in force, unless the organisation keeps messages for another time than when it was decided.
async fn take_effect(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    let Some(due) = Shortening::lock(tx).await?.filter(|one| one.takes_effect_at <= now) else { return Ok(()) };
    if directory::organisation(tx).await?.chat_retention_days != due.from_days {
        return due.end(tx, "lapsed").await;
    }
    directory::keep_chat(tx, due.to_days).await?;
    due.end(tx, "done").await
}
