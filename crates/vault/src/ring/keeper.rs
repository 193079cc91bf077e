//! Who writes a shared ring for one node, and listens for what the others do with it: three tasks on a thread of their own,
//! so that whoever needs a key can wait for it without the runtime it was called from. Whether anything was destroyed is
//! asked beside what is written and read: a store that is slow or away keeps nobody from using what is known.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::SyncSender,
    },
    time::Duration,
};

use tokio::{
    sync::{Mutex, mpsc::UnboundedReceiver},
    time::timeout,
};

use super::{
    objects::{Fault, Found, Objects},
    shared::Known,
    state::{Change, Segment},
};
use crate::{
    Start,
    crypto::{KeyId, Wrapped},
};

/// How often the board is looked at. Together with [`super::shared::FRESH`] less than the second within which a key that
/// was destroyed is used nowhere any more.
pub const LOOK: Duration = Duration::from_millis(250);
/// A board that takes longer does not answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often what could not be told is tried again.
const SETTLE: Duration = Duration::from_secs(1);
/// So often in a row others may be faster.
const OVERTAKEN: u32 = 100;

pub type Answer<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// Where the nodes that share a ring tell each other that keys were destroyed: a number that only grows, kept beside what is
/// sealed.
pub struct Board {
    /// How often keys were destroyed, by all nodes together.
    pub look: Box<dyn Fn() -> Answer<i64> + Send + Sync>,
    /// Adds one to it, durably before it is done.
    pub add: Box<dyn Fn() -> Answer<()> + Send + Sync>,
}

/// How somebody who waits is told.
pub type Reply = SyncSender<Result<(), Fault>>;

pub enum Wish {
    Create(Vec<(KeyId, Wrapped)>),
    /// Only where there is no key at all; else nothing is done.
    First(Vec<(KeyId, Wrapped)>),
    Destroy(Vec<KeyId>),
}

pub struct Asked {
    pub wish: Wish,
    pub reply: Reply,
}

/// What the node asks of its keeper. It ends when nobody can ask any more.
pub struct Questions {
    pub wishes: UnboundedReceiver<Asked>,
    /// Whether something was destroyed, out of turn.
    pub looks: UnboundedReceiver<Reply>,
    /// A name is not known: what others have made is to be read.
    pub news: UnboundedReceiver<Reply>,
}

pub struct Keeper {
    objects: Objects,
    board: Board,
    known: Arc<Known>,
    /// Whoever reads or writes an object and learns what it was: an older edition is never learnt after a younger one.
    turn: Mutex<()>,
    /// A write that was to destroy keys has failed: whether they are gone from the store nobody knows.
    is_unsure: AtomicBool,
    /// Keys may be gone from the store, and the board does not say so.
    is_owed: AtomicBool,
}

impl Keeper {
    pub fn new(objects: Objects, board: Board, known: Arc<Known>) -> Self {
        let (is_unsure, is_owed) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { objects, board, known, turn: Mutex::new(()), is_unsure, is_owed }
    }

    /// Tries the store and reads the ring; how often keys were destroyed before. Who only looks writes nothing.
    pub async fn begin(&self, start: Start) -> Result<i64, Fault> {
        if start != Start::Look {
            self.objects.try_out().await?;
            // What this node, or another one, was cut in before it told.
            self.tell().await?;
        }
        let begun = self.known.now();
        let gone = self.board().await?;
        self.read_all().await?;
        self.known.note_look(begun);
        Ok(gone)
    }

    /// For as long as somebody holds the other ends.
    pub async fn run(&self, gone: i64, Questions { wishes, looks, news }: Questions) {
        tokio::join!(self.grant(wishes), self.watch(gone, looks), self.fetch(news));
    }

    /// Waits for the board only, and for the store when something was destroyed.
    async fn watch(&self, mut gone: i64, mut looks: UnboundedReceiver<Reply>) {
        while let Some(waiting) = gather(&mut looks, LOOK).await {
            // A look that fails is repeated, and told to whoever waits for it.
            let outcome = self.look(&mut gone).await;
            answer(waiting, &outcome);
        }
    }

    async fn look(&self, gone: &mut i64) -> Result<(), Fault> {
        let begun = self.known.now();
        let now = self.board().await?;
        if now != *gone {
            self.read_all().await?;
            *gone = now;
        }
        self.known.note_look(begun);
        Ok(())
    }

    /// One reading for all who wait. Beside it what could not be told is told.
    async fn fetch(&self, mut news: UnboundedReceiver<Reply>) {
        while let Some(waiting) = gather(&mut news, SETTLE).await {
            if !waiting.is_empty() || self.is_unsure.load(Ordering::Relaxed) {
                let outcome = self.read_end().await;
                answer(waiting, &outcome);
            }
            if self.is_owed.swap(false, Ordering::Relaxed) {
                // It is owed again when it fails.
                let _ = self.tell().await;
            }
        }
    }

    async fn board(&self) -> Result<i64, Fault> {
        answered((self.board.look)()).await
    }

    /// That keys were destroyed. What cannot be told now is told later.
    async fn tell(&self) -> Result<(), Fault> {
        let outcome = answered((self.board.add)()).await;
        self.is_owed.fetch_or(outcome.is_err(), Ordering::Relaxed);
        outcome
    }

    async fn grant(&self, mut wishes: UnboundedReceiver<Asked>) {
        while let Some(first) = wishes.recv().await {
            let mut batch = vec![first];
            while let Ok(more) = wishes.try_recv() {
                batch.push(more);
            }
            let outcome = self.perform(&batch).await;
            for Asked { wish, reply } in batch {
                let has_ended = matches!(&wish, Wish::Create(keys) if self.has_destroyed(keys));
                let answer = outcome.clone().and_then(|()| (!has_ended).then_some(()).ok_or(Fault::Destroyed));
                let _ = reply.send(answer);
            }
        }
    }

    /// What is told on the board is true already. Who could not destroy is told so, and does it again; but it may be done in
    /// the store, and then the others have to hear of it.
    async fn perform(&self, batch: &[Asked]) -> Result<(), Fault> {
        let outcome = self.write(batch).await;
        if !batch.iter().any(|asked| matches!(asked.wish, Wish::Destroy(_))) {
            return outcome;
        }
        if outcome.is_err() {
            self.is_unsure.store(true, Ordering::Relaxed);
            return outcome;
        }
        // Also where nothing was left to destroy: whoever did it may not have come so far.
        self.tell().await
    }

    /// One segment after the other, each as often as another node was faster.
    async fn write(&self, batch: &[Asked]) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let mut overtaken = 0;
        while let Some(Change { number, bytes, tag }) = self.plan(batch) {
            if let Some(tag) = self.objects.put(number, &bytes, tag.clone()).await? {
                self.known.take(number, Segment { bytes, tag });
                continue;
            }
            overtaken += 1;
            if overtaken > OVERTAKEN {
                return Err(Fault::Unreachable("other nodes write all the time".to_owned()));
            }
            self.read(number, tag).await?;
        }
        Ok(())
    }

    /// What is left to do for those who wait. A wish with a destroyed name in it is refused as a whole.
    fn plan(&self, batch: &[Asked]) -> Option<Change> {
        let state = self.known.read();
        let keys = batch.iter().filter_map(|asked| match &asked.wish {
            Wish::Create(keys) if keys.iter().all(|(id, _)| !state.is_destroyed(id)) => Some(keys),
            Wish::First(keys) if state.is_empty() => Some(keys),
            _ => None,
        });
        let gone = batch.iter().filter_map(|asked| match &asked.wish {
            Wish::Destroy(ids) => Some(ids),
            Wish::Create(_) | Wish::First(_) => None,
        });
        state.plan(keys.flatten(), gone.flatten())
    }

    fn has_destroyed(&self, keys: &[(KeyId, Wrapped)]) -> bool {
        let state = self.known.read();
        keys.iter().any(|(id, _)| state.is_destroyed(id))
    }

    /// Everything that others have changed.
    async fn read_all(&self) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let tags = self.objects.tags().await?;
        let before = self.known.read().count();
        let count = tags.len() as u32;
        if count < before {
            return Err(Fault::Damaged("a segment is missing"));
        }
        for (number, tag) in (0..).zip(tags) {
            let known = self.known.read().tag(number);
            // A list is not made in an instant: it may show the edition before the one that filled the last segment beside
            // the segment that was begun after it.
            let may_be_older = count > before && number + 1 == before;
            let is_same = known.is_some() && known == tag && !may_be_older;
            if !is_same && !self.read(number, known).await? {
                return Err(Fault::Damaged("a segment is missing"));
            }
        }
        Ok(())
    }

    /// What others have added.
    async fn read_end(&self) -> Result<(), Fault> {
        let _turn = self.turn.lock().await;
        let mut number = self.known.read().count().saturating_sub(1);
        loop {
            let known = self.known.read().tag(number);
            let is_there = self.read(number, known).await?;
            if !is_there || !self.known.read().is_full(number) {
                return Ok(());
            }
            number += 1;
        }
    }

    /// One segment, unless it is the edition that is known; whether it is there.
    async fn read(&self, number: u32, known: Option<String>) -> Result<bool, Fault> {
        let is_known = known.is_some();
        let found = self.objects.get(number, known).await?;
        // The store answers again: whatever came of the write that failed, the others look now.
        if self.is_unsure.swap(false, Ordering::Relaxed) {
            self.is_owed.store(true, Ordering::Relaxed);
        }
        match found {
            Found::Segment(segment) => self.known.take(number, segment),
            Found::Absent if is_known => return Err(Fault::Damaged("a segment is missing")),
            Found::Absent => return Ok(false),
            Found::Same => {}
        }
        Ok(true)
    }
}

/// Those who ask, as soon as one does, or nobody after a while; nothing once nobody can ask any more.
async fn gather(asked: &mut UnboundedReceiver<Reply>, within: Duration) -> Option<Vec<Reply>> {
    let mut waiting = match timeout(within, asked.recv()).await {
        Ok(first) => vec![first?],
        Err(_) => return Some(Vec::new()),
    };
    while let Ok(more) = asked.try_recv() {
        waiting.push(more);
    }
    Some(waiting)
}

/// Who does not wait any more is not told.
fn answer(waiting: Vec<Reply>, outcome: &Result<(), Fault>) {
    for reply in waiting {
        let _ = reply.send(outcome.clone());
    }
}

async fn answered<T>(answer: Answer<T>) -> Result<T, Fault> {
    let outcome = timeout(PATIENCE, answer).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    outcome.map_err(|error| Fault::Unreachable(format!("the database does not say whether it has changed ({error})")))
}
