//! The outbox as sockets hear it: every event once, in order, to whom it concerns.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::bus::Hint;
use crate::event::Recorded;
use crate::job::Class;
use crate::socket::{Frame, Socket};
use crate::{Actor, App, Audience, OrgId, Result, SystemTx, Tx};

/// Events a reconnecting socket may have missed and still be sent; more than this is told to fetch everything anew.
const MAX_MISSED: i64 = 1000;
const BATCH: i64 = 500;
/// What could not be delivered is tried again so much later: nothing else may hint at it.
const AGAIN: Duration = Duration::from_secs(1);

enum Command {
    Hint(OrgId),
    Attach(Arc<Socket>, Option<i64>, oneshot::Sender<()>),
}

/// Wakes the readers of the outbox.
pub(crate) struct Pump {
    sender: mpsc::UnboundedSender<Command>,
    receiver: Mutex<Option<mpsc::UnboundedReceiver<Command>>>,
    /// Where subscribers may have something to read.
    pub orgs: Mutex<HashSet<OrgId>>,
    /// Rung when it is so.
    pub subscribers: Notify,
    /// By class.
    jobs: [Notify; Class::ALL.len()],
}

impl Default for Pump {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self {
            sender,
            receiver: Mutex::new(Some(receiver)),
            orgs: Mutex::default(),
            subscribers: Notify::new(),
            jobs: Default::default(),
        }
    }
}

impl Pump {
    /// Wakes whoever reads what the hint is about.
    pub fn wake(&self, hint: Hint) {
        match hint {
            Hint::Job(class) => self.jobs(class).notify_one(),
            Hint::Events(org) => {
                self.orgs.lock().unwrap_or_else(PoisonError::into_inner).insert(org);
                // Without a pump (tests that run no tasks) nobody listens, and nothing is lost: truth is the position.
                let _ = self.sender.send(Command::Hint(org));
                self.subscribers.notify_one();
            }
        }
    }

    /// Rung when a job of the class is queued.
    pub fn jobs(&self, class: Class) -> &Notify {
        &self.jobs[class as usize]
    }
}

#[derive(Serialize)]
struct EventFrame<'a> {
    c: &'static str,
    k: &'static str,
    pos: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a serde_json::Value>,
}

impl App {
    /// Sends the socket what it missed since `pos` (all that is still to come, when absent) and lets events reach it.
    pub async fn resume(&self, socket: &Arc<Socket>, pos: Option<i64>) {
        let (done, wait) = oneshot::channel();
        if self.pump().sender.send(Command::Attach(Arc::clone(socket), pos, done)).is_ok() {
            // The pump is gone only when the program stops; the socket is cut then anyway.
            let _ = wait.await;
        }
    }

    /// The position of the newest event of the organisation.
    pub async fn pos(&self, org: OrgId) -> Result<i64> {
        // Only a pooler needs a transaction around one statement.
        if self.settings().is_pooled {
            return crate::outbox::clock(SystemTx::begin(self).await?.db(), org).await;
        }
        crate::outbox::clock(self.pool(), org).await
    }
}

pub(crate) fn start(app: &App) {
    let receiver = app.pump().receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(receiver) = receiver else { return };
    let pump = app.clone();
    app.spawn("outbox.pump", async move { run_pump(pump, receiver).await });
}

async fn run_pump(app: App, mut commands: mpsc::UnboundedReceiver<Command>) {
    let mut delivered: HashMap<OrgId, i64> = HashMap::new();
    loop {
        let command = tokio::select! {
            () = app.stopped() => return,
            command = commands.recv() => command,
        };
        let (org, result) = match command {
            None => return,
            Some(Command::Hint(org)) => (org, deliver(&app, org, &mut delivered).await),
            Some(Command::Attach(socket, pos, done)) => {
                let result = let_in(&app, &socket, pos, &mut delivered).await;
                let _ = done.send(()); // the socket may have gone in the meantime
                (socket.org, result)
            }
        };
        if let Err(error) = result {
            tracing::warn!(code = error.code(), "events cannot be delivered; trying again");
            app.spawn("outbox.again", hear_again(app.clone(), org));
        }
    }
}

async fn hear_again(app: App, org: OrgId) {
    if tokio::time::timeout(AGAIN, app.stopped()).await.is_err() {
        app.hear(Hint::Events(org));
    }
}

/// Delivers what is new to the sockets of the organisation, in order.
async fn deliver(app: &App, org: OrgId, delivered: &mut HashMap<OrgId, i64>) -> Result<()> {
    if app.hub().online(org).is_empty() {
        delivered.remove(&org);
        return Ok(());
    }
    let Some(pos) = delivered.get_mut(&org) else {
        return Ok(());
    };
    loop {
        let events = read(app, org, *pos).await?;
        for event in &events {
            publish(app, org, event);
            *pos = event.pos;
        }
        if i64::try_from(events.len()).unwrap_or(BATCH) < BATCH {
            return Ok(());
        }
    }
}

async fn let_in(app: &App, socket: &Arc<Socket>, from: Option<i64>, delivered: &mut HashMap<OrgId, i64>) -> Result<()> {
    let newest = app.pos(socket.org).await?;
    if delivered.contains_key(&socket.org) {
        deliver(app, socket.org, delivered).await?;
    }
    let reached = *delivered.entry(socket.org).or_insert(newest);
    let mut from = from.unwrap_or(reached);
    if from < 0 || from > reached || reached - from > MAX_MISSED {
        refetch(socket, reached);
        from = reached;
    }
    while from < reached {
        let missed = read(app, socket.org, from).await?;
        if missed.first().is_none_or(|first| first.pos != from + 1) {
            // So long ago that it is not told any more.
            refetch(socket, reached);
            break;
        }
        for event in missed.iter().take_while(|e| e.pos <= reached) {
            if hears(socket, &event.audience.0) {
                socket.send(frame_of(event));
            }
            from = event.pos;
        }
    }
    socket.set_pos(reached);
    socket.go_live();
    Ok(())
}

fn refetch(socket: &Socket, pos: i64) {
    socket.send(Frame::new(&EventFrame { c: "events", k: "refetch", pos, name: None, at: None, data: None }));
}

async fn read(app: &App, org: OrgId, after: i64) -> Result<Vec<Recorded>> {
    let mut tx = Tx::begin(app, org, Actor::System).await?;
    let events = sqlx::query_as(
        "select pos, id, name, audience, topics, payload, actor, at from kernel.outbox
         where org_id = $1 and pos > $2 order by pos limit $3",
    )
    .bind(org)
    .bind(after)
    .bind(BATCH)
    .fetch_all(tx.db())
    .await?;
    tx.commit().await?;
    Ok(events)
}

fn publish(app: &App, org: OrgId, event: &Recorded) {
    let changes = event.topics.as_ref().map(|t| t.0.as_slice()).unwrap_or_default();
    for change in changes {
        app.hub().apply(org, change, true);
    }
    let frame = frame_of(event);
    for socket in app.hub().all_of(org).iter().filter(|socket| socket.is_live()) {
        if hears(socket, &event.audience.0) {
            socket.send(frame.clone());
        }
        socket.set_pos(event.pos);
    }
    for change in changes {
        app.hub().apply(org, change, false);
    }
    for heard in &app.registry().heard {
        heard(app, org, event);
    }
}

fn hears(socket: &Socket, audience: &Audience) -> bool {
    match audience {
        Audience::Nobody => false,
        Audience::Org => true,
        Audience::Members(members) => members.contains(&socket.member),
        Audience::Topic(topic) => socket.follows(topic),
    }
}

fn frame_of(event: &Recorded) -> Frame {
    Frame::new(&EventFrame {
        c: "events",
        k: "event",
        pos: event.pos,
        name: Some(&event.name),
        at: Some(event.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)),
        data: Some(&event.payload),
    })
}
