//! What waits to be told, and the task that tells it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::{App, Class, Hint, OrgId, Result};
use sqlx::PgConnection;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::letter::{self, Item, Letter, Word};

/// What is said within this time goes together.
const PAUSE: Duration = Duration::from_millis(10);
/// A node that has nothing to say says so: that it is there, and that its own line is.
pub const BEAT: Duration = Duration::from_secs(5);
/// What waits while the database takes nothing; more is not told, and found by the others' looking.
const MOST: usize = 10_000;

/// What this node has to tell.
#[derive(Default)]
pub struct Post {
    is_alone: AtomicBool,
    waiting: Mutex<Waiting>,
    filled: Notify,
}

#[derive(Default)]
struct Waiting {
    events: BTreeSet<OrgId>,
    jobs: Vec<Class>,
    words: Vec<Item>,
    /// Something was not kept: a number is left out, so that everybody looks.
    has_lost: bool,
}

impl Post {
    /// Where nobody else is there only beats are told. They leave numbers out where something was said, so that whoever
    /// is there all the same, or comes, looks.
    pub fn set_alone(&self, is_alone: bool) {
        self.is_alone.store(is_alone, Ordering::Release);
    }

    pub fn is_alone(&self) -> bool {
        self.is_alone.load(Ordering::Acquire)
    }

    /// Nobody needs a hint: where it is not told it is not missed.
    pub fn add_hint(&self, hint: Hint) {
        if self.is_alone() {
            return;
        }
        let mut waiting = self.lock();
        match hint {
            Hint::Events(org) => {
                waiting.events.insert(org);
            }
            Hint::Job(class) if !waiting.jobs.contains(&class) => waiting.jobs.push(class),
            Hint::Job(_) => {}
        }
        self.filled.notify_one();
    }

    pub fn add_word(&self, word: Word) {
        let item = Item::Word(word);
        let is_told = !self.is_alone() && item.fits();
        let mut waiting = self.lock();
        if !is_told || waiting.words.len() >= MOST {
            waiting.has_lost = true;
            return;
        }
        waiting.words.push(item);
        self.filled.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What waits, and whether something more was lost.
    fn take(&self) -> (Vec<Item>, bool) {
        let Waiting { events, jobs, words, has_lost } = std::mem::take(&mut *self.lock());
        let hints = events.into_iter().map(Item::Events).chain(jobs.into_iter().map(Item::Job));
        (hints.chain(words).collect(), has_lost)
    }
}

/// Tells what gathers, for as long as the program runs, and what followed while it stopped. The first letter says that
/// the node is there.
pub async fn deliver(app: App) {
    let mut teller = Teller { post: app.state(), n: 0, db: None, app };
    teller.tell().await;
    while !teller.app.is_stopping() {
        tokio::select! {
            () = teller.app.stopped() => {}
            () = teller.post.filled.notified() => {}
            () = sleep(BEAT) => {}
        }
        sleep(PAUSE).await;
        teller.tell().await;
    }
    teller.app.settled().await;
    teller.tell().await;
}

struct Teller {
    app: App,
    post: Arc<Post>,
    /// The number of the last letter.
    n: u64,
    /// Of its own, made anew after an error: requests may have all those of the pool, and a pooler may be in between.
    db: Option<PgConnection>,
}

impl Teller {
    /// A number is given out whether its letter arrives or not: whoever misses it looks in the database. Nobody misses a beat.
    async fn tell(&mut self) {
        let (items, has_lost) = self.post.take();
        let is_beat = items.is_empty() && !has_lost;
        self.n += u64::from(has_lost);
        let (node, at, mut letters) = (self.app.node(), self.app.now(), Vec::new());
        for items in letter::split(items) {
            self.n += 1;
            // One that cannot be written is missed, as one that is lost.
            letters.extend(Letter { node, n: self.n, at, items }.seal(&self.app));
        }
        let code = match timeout(BEAT, self.send(letters)).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.code(),
            Err(_) => "slow",
        };
        self.n -= u64::from(is_beat);
        tracing::warn!(code, "other nodes were not told; they look in the database");
    }

    /// By one statement, which nobody waits for on the disk: it writes nothing.
    async fn send(&mut self, letters: Vec<String>) -> Result<()> {
        let mut db = match self.db.take() {
            Some(db) => db,
            None => self.app.dedicated_connection(&[]).await?,
        };
        sqlx::query("select pg_notify('tulou', l.letter) from unnest($1::text[]) as l (letter)")
            .bind(letters)
            .execute(&mut db)
            .await?;
        self.db = Some(db);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn word(n: usize) -> Word {
        Word { ear: "chat".into(), org: OrgId(Uuid::nil()), word: n.into() }
    }

    #[test]
    fn the_same_hint_waits_once_and_every_word_waits() {
        let post = Post::default();
        let org = OrgId(Uuid::from_u128(1));
        for _ in 0..3 {
            post.add_hint(Hint::Events(org));
            post.add_hint(Hint::Job(Class::Light));
            post.add_word(word(1));
        }
        let (items, has_lost) = post.take();
        assert!(!has_lost);
        assert_eq!(items.len(), 5, "{items:?}");
        assert_eq!(items[..2], [Item::Events(org), Item::Job(Class::Light)]);
        assert!(post.take().0.is_empty());
    }

    #[test]
    fn more_than_may_wait_is_known_to_be_lost() {
        let post = Post::default();
        for n in 0..=MOST {
            post.add_word(word(n));
        }
        let (items, has_lost) = post.take();
        assert_eq!((items.len(), has_lost), (MOST, true));
        post.add_word(Word { word: "x".repeat(10_000).into(), ..word(1) });
        assert!(post.take().1, "so is what no letter has room for");
        assert!(!post.take().1);
    }

    #[test]
    fn whoever_is_alone_keeps_nothing_and_knows_that_something_was_said() {
        let post = Post::default();
        post.set_alone(true);
        post.add_hint(Hint::Events(OrgId(Uuid::nil())));
        assert_eq!(post.take(), (Vec::new(), false));
        post.add_word(word(1));
        assert_eq!(post.take(), (Vec::new(), true));
        post.set_alone(false);
        post.add_word(word(1));
        assert_eq!(post.take().0.len(), 1);
    }
}
