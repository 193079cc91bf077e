//! The writer: one task commits what concurrent senders wrote, one transaction a batch. Every message of a person goes
//! through it, from the socket as from HTTP, so that an acknowledgement always means durable.

mod answer;
mod batch;
mod more;
mod queue;
mod statement;
mod swift;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use kernel::{App, Error, MemberId, OrgId, Result, Socket};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Postgres, Transaction};
use tokio::sync::oneshot;
use uuid::Uuid;

use self::batch::{Batch, Failure, Fate};
use self::queue::{Limits, Queue, Refused};
use crate::body::Body;
use crate::model::{ConversationId, Message};
use crate::settings::Windows;

/// At most so many messages in one transaction.
const BATCH: usize = 1024;
/// Messages that may wait; whoever comes when they do is told to slow down. One conversation, or one organisation, that
/// sends more than is written leaves room for the others.
const LIMITS: Limits = Limits { all: 4096, outer: 3072, inner: 1024 };
/// What a statement of the batch needs: a generic plan, since planning costs more than running; no sequential scan, since
/// a plan made while today's partition is empty would go through all of it for ever; no bitmap of an index, which would
/// take the locks in the order in which rows lie and not in that of their ids. For the transaction only, since a pooler
/// may lend the connection to somebody else after it; what is one call of a function has them with the function.
const SETTINGS: &str =
    "set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off; set local enable_bitmapscan = off";
/// Two nodes can meet in a deadlock or send the same client id; the loser begins again.
const ATTEMPTS: usize = 4;

/// A message on its way into the database.
pub struct Job {
    pub org: OrgId,
    pub conversation: ConversationId,
    pub author: MemberId,
    /// The device's id for it: the same one again is the same message.
    pub client_id: Uuid,
    /// The day `client_id` was made on.
    pub client_day: NaiveDate,
    pub body: Body,
    pub windows: Windows,
    pub reply: Reply,
}

/// Where the answer goes.
pub enum Reply {
    /// To the window it came from, which then is not sent the message itself.
    Socket(Arc<Socket>),
    /// To whoever waits.
    Caller(oneshot::Sender<Result<Outcome>>),
}

/// What became of it.
pub enum Outcome {
    /// It is durable.
    Written(Message),
    /// It was already, under the same client id.
    Known(Message),
}

/// The way to the task; started when first needed.
#[derive(Default)]
pub struct Writer {
    queue: OnceLock<Arc<Waiting>>,
}

type Waiting = Queue<OrgId, ConversationId, Job>;

/// Puts a message into the queue. `chat.slow_down` when too many wait: it never grows without bound.
pub fn enqueue(app: &App, job: Job) -> Result<()> {
    let writer = app.state::<Writer>();
    let queue = writer.queue.get_or_init(|| {
        let queue = Arc::new(Waiting::new(LIMITS));
        let task = run(app.clone(), Arc::clone(&queue));
        app.spawn("chat.writer", task);
        queue
    });
    queue.push(job.org, job.conversation, job).map_err(|refused| match refused {
        Refused::Full => Error::Unavailable("chat.slow_down"),
        Refused::Closed => Error::Unavailable("stopping"),
    })
}

/// Whether messages wait to be written.
pub fn is_busy(app: &App) -> bool {
    app.state::<Writer>().queue.get().is_some_and(|queue| !queue.is_empty())
}

/// Sends and waits until it is durable.
pub async fn write(app: &App, make: impl FnOnce(Reply) -> Job) -> Result<Outcome> {
    let (reply, answer) = oneshot::channel();
    enqueue(app, make(Reply::Caller(reply)))?;
    answer.await.unwrap_or(Err(Error::Unavailable("stopping")))
}

async fn run(app: App, queue: Arc<Waiting>) {
    // However the task ends, nobody waits for it any longer.
    let queue = Closing(queue);
    let mut connection = None;
    while let Some(jobs) = gather(&app, &queue.0).await {
        let batch = Batch::of(jobs);
        let result = commit(&app, &mut connection, &batch).await;
        if let Err(error) = &result {
            tracing::warn!(code = error.code(), "a batch of messages was not written");
            connection = None;
        }
        answer::tell(&app, batch, result);
    }
}

struct Closing(Arc<Waiting>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
        self.0.take(usize::MAX, &mut Vec::new());
    }
}

/// Waits for the first message, lets sockets that are ready be read, then takes what is there. No timer: lingering for
/// a fuller batch cost 15 to 30 % of the throughput. `None`: the program stops and nothing waits any more.
async fn gather(app: &App, queue: &Waiting) -> Option<Vec<Job>> {
    tokio::select! {
        biased;
        () = queue.filled() => tokio::task::yield_now().await,
        () = app.stopped() => queue.close(),
    }
    let mut jobs = Vec::new();
    queue.take(BATCH, &mut jobs);
    (!jobs.is_empty()).then_some(jobs)
}

/// Commits the batch, all or nothing: swiftly if it can be, carefully when something in it is unusual; what two nodes did
/// to each other is tried again.
async fn commit(app: &App, connection: &mut Option<PgConnection>, batch: &Batch) -> Result<HashMap<usize, Fate>> {
    let (mut attempt, mut is_swift) = (1, batch.is_simple());
    loop {
        let open = match connection.take() {
            Some(open) => open,
            None => app.dedicated_connection().await?,
        };
        let db = connection.insert(open);
        let written = match is_swift {
            true => batch.write_swiftly(app, db).await,
            false => batch.write_carefully(app, db).await,
        };
        match written {
            Err(Failure::Unusual) if is_swift => {}
            Err(Failure::Database(error)) if attempt < ATTEMPTS && is_passing(&error) => attempt += 1,
            Err(failure) => return Err(failure.into()),
            Ok(fates) => return Ok(fates),
        }
        is_swift = false;
    }
}

/// Begins the transaction of a batch, in one round trip; `last` is the statement that ends it.
async fn begin<'a>(app: &App, db: &'a mut PgConnection, last: &str) -> sqlx::Result<Transaction<'a, Postgres>> {
    db.begin_with(AssertSqlSafe(format!("{}; {SETTINGS}{last}", app.beginning()))).await
}

/// Serialisation failure, deadlock, the same client id from two nodes at once.
fn is_passing(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code());
    matches!(code.as_deref(), Some("40001" | "40P01" | "23505"))
}
