//! What waits to be told, and the task that tells it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kernel::{App, Class, Hint, OrgId};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

use crate::letter::{self, Item, Letter, Word};
use crate::way::Mouth;

/// What is said within this time goes together.
const PAUSE: Duration = Duration::from_millis(10);
/// A node says so often that it is there.
pub const BEAT: Duration = Duration::from_secs(5);
/// What waits while nobody takes anything; more is not told, and found by the others' looking.
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
/// the node is there. The mouths are those of the ways, best first.
pub async fn deliver(app: App, mouths: Vec<Mouth>) {
    let mut teller = Teller { post: app.state(), n: 0, mouths, beaten: None, app };
    teller.tell().await;
    while !teller.app.is_stopping() {
        tokio::select! {
            () = teller.app.stopped() => {}
            () = teller.post.filled.notified() => {}
            () = sleep_until(teller.next_beat()) => {}
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
    mouths: Vec<Mouth>,
    /// When it last said that the node is there.
    beaten: Option<Instant>,
}

impl Teller {
    fn next_beat(&self) -> Instant {
        self.beaten.map_or_else(Instant::now, |at| at + BEAT)
    }

    /// A number is given out whether its letter arrives or not: whoever misses it looks in the database.
    async fn tell(&mut self) {
        let (items, has_lost) = self.post.take();
        self.n += u64::from(has_lost);
        if !items.is_empty() {
            let letters: Vec<String> =
                letter::split(items).into_iter().filter_map(|items| self.letter(items)).collect();
            self.say(&letters).await;
        }
        if self.next_beat() <= Instant::now() {
            self.beat().await;
        }
    }

    /// None: it cannot be written, and is missed like one that is lost.
    fn letter(&mut self, items: Vec<Item>) -> Option<String> {
        self.n += 1;
        Letter { node: self.app.node(), n: self.n, at: self.app.now(), items }.seal(&self.app)
    }

    /// By the first way that takes them.
    async fn say(&mut self, letters: &[String]) {
        let mut code = "away";
        for mouth in &mut self.mouths {
            match mouth.say(letters).await {
                Ok(()) => return,
                Err(why) => code = why,
            }
        }
        tracing::warn!(code, "other nodes were not told; they look in the database");
    }

    /// By every way: that the node is there, that its own lines are, and up to which number it has told. One that nobody took keeps
    /// its number all the same: it may have been heard although it failed, and under the same number the next letter could be lost
    /// and nobody would miss it.
    async fn beat(&mut self) {
        let beat: Vec<String> = self.letter(Vec::new()).into_iter().collect();
        for mouth in &mut self.mouths {
            // The next one says as much.
            let _ = mouth.say(&beat).await;
        }
        self.beaten = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::way::Way;
    use testkit::TestApp;
    use uuid::Uuid;

    fn word(n: usize) -> Word {
        Word { ear: "chat".into(), org: OrgId(Uuid::nil()), word: n.into() }
    }

    /// A way that takes nothing may all the same have passed it on.
    #[tokio::test]
    async fn no_two_letters_have_one_number_also_when_nobody_took_the_first() {
        let t = TestApp::with(Vec::new()).await;
        let nowhere = Way::Database(Box::new(t.line().port(1)));
        let mouths = vec![nowhere.mouth()];
        let mut teller = Teller { app: t.app.clone(), post: t.app.state(), n: 0, mouths, beaten: None };
        assert!(teller.mouths[0].say(&[]).await.is_err(), "nobody takes anything there");
        teller.beat().await;
        teller.beat().await;
        let next = teller.letter(vec![Item::Job(Class::Light)]).unwrap();
        assert_eq!(Letter::open(&t.app, &next).unwrap().n, 3);
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
