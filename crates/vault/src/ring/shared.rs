//! A key ring that several nodes share. Each holds the wrapped keys in memory: reading goes to the store only for a name
//! that is not known, and after keys were destroyed.

use std::{
    io,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use object_store::ObjectStore;
use tokio::{
    runtime::{Builder, Handle, RuntimeFlavor},
    sync::mpsc::{UnboundedSender, unbounded_channel},
};

use super::{
    Facts,
    keeper::{Asked, Board, Keeper, Questions, Reply, Wish},
    objects::{Fault, Objects},
    state::{Segment, State},
};
use crate::{
    Error, Result, Start,
    crypto::{KeyId, Wrapped},
};

/// How long what a node knows may be used without another look: what was destroyed before is known.
pub const FRESH: Duration = Duration::from_millis(700);
/// So long somebody waits for what they asked; it may be done later all the same.
const DEADLINE: Duration = Duration::from_secs(10);

/// What the node knows, for everybody who reads and the one who learns.
pub struct Known {
    state: RwLock<State>,
    losses: AtomicU64,
    born: Instant,
    /// When the last look that succeeded began; in microseconds since it was born.
    looked: AtomicU64,
}

impl Known {
    fn new() -> Self {
        Self { state: RwLock::default(), losses: AtomicU64::new(0), born: Instant::now(), looked: AtomicU64::new(0) }
    }

    pub fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn take(&self, number: u32, segment: Segment) {
        let has_lost = self.state.write().unwrap_or_else(PoisonError::into_inner).take(number, segment);
        if has_lost {
            self.losses.fetch_add(1, Ordering::Release);
        }
    }

    pub fn now(&self) -> u64 {
        self.born.elapsed().as_micros() as u64
    }

    /// Everything is known that was on the board at that instant.
    pub fn note_look(&self, at: u64) {
        self.looked.fetch_max(at, Ordering::Release);
    }

    fn is_fresh(&self) -> bool {
        self.now().saturating_sub(self.looked.load(Ordering::Acquire)) < FRESH.as_micros() as u64
    }
}

pub struct SharedRing {
    known: Arc<Known>,
    wishes: UnboundedSender<Asked>,
    looks: UnboundedSender<Reply>,
    news: UnboundedSender<Reply>,
}

impl SharedRing {
    /// Tries the store, reads the ring and begins to follow it. Who only looks writes nothing, to the store or the board.
    ///
    /// # Errors
    /// A store that cannot keep two nodes apart, or does not answer; a board that does not; a damaged ring.
    pub fn open(store: Arc<dyn ObjectStore>, board: Board, start: Start) -> Result<Self> {
        let known = Arc::new(Known::new());
        let ((wishes, wished), (looks, looked), (news, asked)) =
            (unbounded_channel(), unbounded_channel(), unbounded_channel());
        let questions = Questions { wishes: wished, looks: looked, news: asked };
        let keeper = Keeper::new(Objects::new(store), board, Arc::clone(&known));
        let (ready, opened) = sync_channel(1);
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let life = move || runtime.block_on(keep(keeper, start, ready, questions));
        thread::Builder::new().name("key-ring".to_owned()).spawn(life)?;
        // A large ring takes its time; each step of it has a deadline of its own.
        aside(|| opened.recv()).map_err(|_| ended())?.map_err(Error::from)?;
        Ok(Self { known, wishes, looks, news })
    }

    pub fn facts(&self) -> Facts {
        self.known.read().facts()
    }

    pub fn is_empty(&self) -> bool {
        self.known.read().is_empty()
    }

    pub fn is_live(&self, id: &KeyId) -> bool {
        self.known.read().live(id).is_ok()
    }

    /// Which of them are there; the store is asked once for all that are not known.
    pub fn present(&self, ids: &[KeyId]) -> Result<Vec<bool>> {
        self.losses()?;
        if self.misses_any(ids) {
            self.read_news()?;
        }
        let known = self.known.read();
        Ok(ids.iter().map(|id| known.live(id).is_ok()).collect())
    }

    fn misses_any(&self, ids: &[KeyId]) -> bool {
        let known = self.known.read();
        ids.iter().any(|id| matches!(known.live(id), Err(Error::Missing)))
    }

    pub fn find(&self, id: &KeyId) -> Result<Wrapped> {
        match self.find_known(id) {
            Err(Error::Missing) => {
                self.read_news()?;
                self.find_known(id)
            }
            found => found,
        }
    }

    pub fn create(&self, keys: &[(KeyId, Wrapped)]) -> Result<()> {
        if keys.is_empty() { Ok(()) } else { self.wish(Wish::Create(keys.to_vec())) }
    }

    /// Adds the key where there is none at all; where another node was first nothing is done.
    pub fn create_first(&self, key: (KeyId, Wrapped)) -> Result<()> {
        self.wish(Wish::First(vec![key]))
    }

    pub fn destroy(&self, ids: &[KeyId]) -> Result<()> {
        if ids.is_empty() { Ok(()) } else { self.wish(Wish::Destroy(ids.to_vec())) }
    }

    pub fn losses(&self) -> Result<u64> {
        if !self.known.is_fresh() {
            self.look()?;
        }
        Ok(self.known.losses.load(Ordering::Acquire))
    }

    fn find_known(&self, id: &KeyId) -> Result<Wrapped> {
        let found = self.known.read().find(id);
        found.unwrap_or_else(|| Err(Fault::Damaged("a slot is not what it was").into()))
    }

    fn wish(&self, wish: Wish) -> Result<()> {
        let (reply, told) = sync_channel(1);
        self.wishes.send(Asked { wish, reply }).map_err(|_| ended())?;
        wait(&told)
    }

    /// Learns what was destroyed until now.
    fn look(&self) -> Result<()> {
        let (reply, told) = sync_channel(1);
        self.looks.send(reply).map_err(|_| ended())?;
        wait(&told)
    }

    /// Learns what was made until now.
    fn read_news(&self) -> Result<()> {
        let (reply, told) = sync_channel(1);
        self.news.send(reply).map_err(|_| ended())?;
        wait(&told)
    }
}

/// The life of the thread: until nobody can ask any more.
async fn keep(keeper: Keeper, start: Start, ready: Reply, questions: Questions) {
    let begun = keeper.begin(start).await;
    let gone = begun.as_ref().ok().copied();
    let _ = ready.send(begun.map(|_| ()));
    if let Some(gone) = gone {
        keeper.run(gone, questions).await;
    }
}

fn wait(told: &Receiver<Result<(), Fault>>) -> Result<()> {
    match aside(|| told.recv_timeout(DEADLINE)) {
        Ok(outcome) => outcome.map_err(Error::from),
        Err(RecvTimeoutError::Timeout) => Err(Error::Unreachable(format!("no answer within {} s", DEADLINE.as_secs()))),
        Err(RecvTimeoutError::Disconnected) => Err(ended()),
    }
}

/// As for a disk: the caller waits. A runtime with several threads is told, so that others take over what waits behind.
fn aside<T>(waiting: impl FnOnce() -> T) -> T {
    let has_others = Handle::try_current().is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    if has_others { tokio::task::block_in_place(waiting) } else { waiting() }
}

/// Its thread is gone: a mistake of ours.
fn ended() -> Error {
    Error::Io(io::Error::other("nobody keeps the shared key ring any more"))
}
