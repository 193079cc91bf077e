//! The writer: one task commits what concurrent senders wrote, one transaction a batch. Every message of a person goes
//! through it, from the socket as from HTTP, so that an acknowledgement always means durable.

mod answer;
mod batch;
mod statement;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use kernel::{App, Error, MemberId, OrgId, Result, Socket};
use sqlx::PgConnection;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::body::Body;
use crate::model::{ConversationId, Message};
use crate::settings::Windows;

/// At most so many messages in one transaction.
const BATCH: usize = 1024;
/// Messages that may wait; whoever comes when it is full is told to slow down.
const QUEUE: usize = 4096;
/// What a statement of the batch needs of its connection: a generic plan, since planning costs more than running, and
/// no sequential scan, since a plan made while today's partition is empty would go through all of it for ever.
const SETTINGS: &[&str] = &["set plan_cache_mode = force_generic_plan", "set enable_seqscan = off"];
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
    queue: OnceLock<mpsc::Sender<Job>>,
}

/// Puts a message into the queue. `chat.slow_down` when that is full: it never grows without bound.
pub fn enqueue(app: &App, job: Job) -> Result<()> {
    let writer = app.state::<Writer>();
    let queue = writer.queue.get_or_init(|| {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let task = app.clone();
        app.spawn("chat.writer", async move { run(task, receiver).await });
        sender
    });
    queue.try_send(job).map_err(|refused| match refused {
        mpsc::error::TrySendError::Full(_) => Error::Unavailable("chat.slow_down"),
        mpsc::error::TrySendError::Closed(_) => Error::Unavailable("stopping"),
    })
}

/// Sends and waits until it is durable.
pub async fn write(app: &App, make: impl FnOnce(Reply) -> Job) -> Result<Outcome> {
    let (reply, answer) = oneshot::channel();
    enqueue(app, make(Reply::Caller(reply)))?;
    answer.await.unwrap_or(Err(Error::Unavailable("stopping")))
}

async fn run(app: App, mut queue: mpsc::Receiver<Job>) {
    let mut connection = None;
    let mut jobs = Vec::new();
    while gather(&app, &mut queue, &mut jobs).await {
        let batch = batch::Batch::of(std::mem::take(&mut jobs));
        let result = commit(&app, &mut connection, &batch).await;
        if let Err(error) = &result {
            tracing::warn!(code = error.code(), "a batch of messages was not written");
            connection = None;
        }
        answer::tell(&app, batch, result);
    }
}

/// Waits for the first message, lets sockets that are ready be read, then takes what is there. No timer: lingering for
/// a fuller batch cost 15 to 30 % of the throughput. `false`: the program stops and nothing waits any more.
async fn gather(app: &App, queue: &mut mpsc::Receiver<Job>, jobs: &mut Vec<Job>) -> bool {
    let count = tokio::select! {
        biased;
        count = queue.recv_many(jobs, BATCH) => count,
        () = app.stopped() => {
            queue.close();
            queue.recv_many(jobs, BATCH).await
        }
    };
    if count == 0 {
        return false;
    }
    tokio::task::yield_now().await;
    while jobs.len() < BATCH {
        let Ok(job) = queue.try_recv() else { break };
        jobs.push(job);
    }
    true
}

/// Commits the batch, all or nothing; what two nodes did to each other is tried again.
async fn commit(
    app: &App,
    connection: &mut Option<PgConnection>,
    batch: &batch::Batch,
) -> Result<HashMap<usize, batch::Fate>> {
    let mut attempt = 1;
    loop {
        let open = match connection.take() {
            Some(open) => open,
            None => app.dedicated_connection(SETTINGS).await?,
        };
        let db = connection.insert(open);
        match batch.write(app, db).await {
            Err(batch::Failure::Database(error)) if attempt < ATTEMPTS && is_passing(&error) => attempt += 1,
            Err(failure) => return Err(failure.into()),
            Ok(fates) => return Ok(fates),
        }
    }
}

/// Serialisation failure, deadlock, the same client id from two nodes at once.
fn is_passing(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|e| e.code());
    matches!(code.as_deref(), Some("40001" | "40P01" | "23505"))
}
