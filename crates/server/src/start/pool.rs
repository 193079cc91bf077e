//! The connections to the database: as many as were used at once lately. Each one that only waits costs two to three MiB
//! of the database's memory, and what runs by itself would keep all of them awake by taking turns.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};

/// How long a connection is kept for the next rush: one to two of these.
const LATELY: Duration = Duration::from_secs(5);
/// The clock-work of the program uses about one at a time.
const FEWEST: u32 = 1;
/// A connection that was used less long ago is taken to be there.
const USED_LATELY: Duration = Duration::from_secs(1);

/// A pool of at most `most` connections that lets go of those it does not need.
pub async fn connect(options: PgConnectOptions, most: u32) -> Result<PgPool, sqlx::Error> {
    let (handle, demand) = (Arc::new(OnceLock::<PgPool>::new()), Mutex::new(Demand::new(Instant::now())));
    let own = Arc::clone(&handle);
    let pool = PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(|connection, met| Box::pin(is_there(connection, met.idle_for)))
        .after_release(move |_, _| {
            let is_kept = own.get().is_none_or(|pool| {
                let open = pool.size();
                let used = open.saturating_sub(u32::try_from(pool.num_idle()).unwrap_or(open));
                demand.lock().unwrap_or_else(PoisonError::into_inner).keeps(open, used, Instant::now())
            });
            Box::pin(async move { Ok(is_kept) })
        })
        .connect_with(options)
        .await?;
    // The pool lives as long as the program; that it knows itself keeps nothing alive that would go.
    let _ = handle.set(pool.clone());
    Ok(pool)
}

/// Asking a connection whether it is there costs a round trip; one that has just been used is.
async fn is_there(connection: &mut PgConnection, idle_for: Duration) -> sqlx::Result<bool> {
    if idle_for > USED_LATELY {
        connection.ping().await?;
    }
    Ok(true)
}

/// The most connections that were used at once, now and in the span before.
struct Demand {
    since: Instant,
    now: u32,
    before: u32,
}

impl Demand {
    fn new(since: Instant) -> Self {
        Self { since, now: 0, before: 0 }
    }

    /// Whether one of `open` connections is worth keeping that is given back while `used` are in use, itself among them.
    fn keeps(&mut self, open: u32, used: u32, at: Instant) -> bool {
        let passed = at.saturating_duration_since(self.since);
        if passed >= LATELY {
            self.before = if passed >= 2 * LATELY { 0 } else { self.now };
            self.now = 0;
            self.since = at;
        }
        self.now = self.now.max(used);
        open <= self.now.max(self.before).max(FEWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rush_is_remembered_for_a_while_and_then_its_connections_go_one_by_one() {
        let begun = Instant::now();
        let mut demand = Demand::new(begun);
        assert!(demand.keeps(8, 8, begun), "all of them are used");
        assert!(demand.keeps(8, 1, begun + LATELY / 2), "they may be again");
        assert!(demand.keeps(8, 1, begun + LATELY), "the span before had the rush");
        let later = begun + 2 * LATELY;
        assert!(!demand.keeps(8, 1, later));
        assert!(!demand.keeps(2, 1, later));
        assert!(demand.keeps(1, 1, later), "one stays");
        assert!(demand.keeps(3, 3, later), "a new rush");
    }

    #[test]
    fn what_was_long_ago_does_not_count() {
        let begun = Instant::now();
        let mut demand = Demand::new(begun);
        assert!(demand.keeps(8, 8, begun));
        assert!(!demand.keeps(8, 1, begun + 3 * LATELY));
    }
}
