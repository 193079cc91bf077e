//! Until when a request is to be answered: fifteen days as the target, fifteen working days as the limit (`DSR-10`, `RET-28`).

use chrono::{DateTime, Months, TimeDelta, Utc};
use chrono_tz::Tz;
use kernel::{Result, Tx};
use workdays::{Table, zone};

use crate::model::{Due, Lateness};
use crate::stored::Stored;

/// What is aimed at.
pub const TARGET: TimeDelta = TimeDelta::days(15);
/// What is never to be passed.
const LIMIT_WORKDAYS: u32 = 15;
/// Five calendar years (`RET-04`).
const KEPT: Months = Months::new(60);

/// The working days of the organisation and where its days begin.
pub struct Clock {
    table: Table,
    zone: Tz,
}

impl Clock {
    /// As the table is now: whoever changes holidays moves the limits of what is open.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let table = workdays::table(tx).await?;
        let settings = directory::settings(tx).await?;
        Ok(Self { table, zone: zone::named(&settings.time_zone).unwrap_or(Tz::UTC) })
    }

    /// Of this request at this instant. While it is not known who asks, it counts from when it came, so that nothing lies there unseen.
    pub fn due(&self, request: &Stored, now: DateTime<Utc>) -> Due {
        let from = request.identity_at.unwrap_or(request.received_at);
        let target_at = from + TARGET;
        let limit_at = zone::deadline(&self.table, from, LIMIT_WORKDAYS, self.zone).unwrap_or(target_at);
        let at = request.ended_at.unwrap_or(now);
        let lateness = match () {
            () if at < target_at => Lateness::OnTime,
            () if at < limit_at => Lateness::PastTarget,
            () => Lateness::PastLimit,
        };
        Due { target_at, limit_at, lateness }
    }

    /// When what came at this instant goes: months are those of the organisation's zone.
    pub fn goes_at(&self, received_at: DateTime<Utc>) -> DateTime<Utc> {
        let there = received_at.with_timezone(&self.zone).checked_add_months(KEPT).map(|at| at.to_utc());
        there.or_else(|| received_at.checked_add_months(KEPT)).unwrap_or(received_at)
    }
}
