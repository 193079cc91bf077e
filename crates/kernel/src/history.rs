//! What has happened since a position: for a device that was away.

use chrono::{DateTime, Utc};

use crate::event::Recorded;
use crate::{Result, Tx};

/// Positions that are looked through at most: whoever was away for longer starts anew.
const FARTHEST: i64 = 20_000;

impl Tx {
    /// When the event at `from` happened, and the later ones whose names begin with `prefix`. `None`: it cannot be told,
    /// because the position is not known, is too far back, or more than `most` have happened.
    pub async fn events_since(
        &mut self,
        from: i64,
        prefix: &str,
        most: i64,
    ) -> Result<Option<(DateTime<Utc>, Vec<Recorded>)>> {
        let org = self.org();
        let start: Option<(DateTime<Utc>, i64)> = sqlx::query_as(
            "select o.at, c.pos from kernel.outbox o join kernel.org_clock c on c.org_id = o.org_id
             where o.org_id = $1 and o.pos = $2",
        )
        .bind(org)
        .bind(from)
        .fetch_optional(self.db())
        .await?;
        let Some((at, newest)) = start else { return Ok(None) };
        if newest - from > FARTHEST {
            return Ok(None);
        }
        let events: Vec<Recorded> = sqlx::query_as(
            "select pos, id, name, audience, topics, payload, actor, at from kernel.outbox
             where org_id = $1 and pos > $2 and starts_with(name, $3) order by pos limit $4",
        )
        .bind(org)
        .bind(from)
        .bind(prefix)
        .bind(most + 1)
        .fetch_all(self.db())
        .await?;
        let is_too_much = i64::try_from(events.len()).unwrap_or(i64::MAX) > most;
        Ok(if is_too_much { None } else { Some((at, events)) })
    }
}
