//! The outbox is read by the sockets (the pump) and by the subscribers (the runner). The bus between nodes is a hint
//! and may lose; truth is the position.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::event::Recorded;
use crate::socket::{Frame, Socket};
use crate::subscriber::Subscriber;
use crate::{Actor, App, Audience, OrgId, Result, SystemTx, Tx};

/// Events a reconnecting socket may have missed and still be sent; more than this is told to fetch everything anew.
const MAX_MISSED: i64 = 1000;
/// How often the outbox is looked at without a hint: what another node wrote, or a hint that was lost.
const LOOK: Duration = Duration::from_secs(2);
const BATCH: i64 = 500;
/// A cursor is moved over events of other kinds only when so many have gathered: not a write per event.
const SKIP: i64 = 200;
/// A subscriber that failed so often on one event leaves it behind, as a failed job that the console shows.
const MAX_FAILURES: i32 = 10;

enum Command {
    Hint(OrgId),
    Attach(Arc<Socket>, Option<i64>, oneshot::Sender<()>),
}

/// Wakes the readers of the outbox.
pub(crate) struct Pump {
    sender: mpsc::UnboundedSender<Command>,
    receiver: Mutex<Option<mpsc::UnboundedReceiver<Command>>>,
    orgs: Mutex<HashSet<OrgId>>,
    subscribers: Notify,
    pub jobs: Notify,
}

impl Default for Pump {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self {
            sender,
            receiver: Mutex::new(Some(receiver)),
            orgs: Mutex::default(),
            subscribers: Notify::new(),
            jobs: Notify::new(),
        }
    }
}

impl Pump {
    /// There is something new in this organisation's outbox.
    pub fn hint(&self, org: OrgId) {
        self.orgs.lock().unwrap_or_else(PoisonError::into_inner).insert(org);
        // Without a pump (tests that run no tasks) nobody listens, and nothing is lost: truth is the position.
        let _ = self.sender.send(Command::Hint(org));
        self.subscribers.notify_one();
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
        Ok(sqlx::query_scalar("select coalesce((select pos from kernel.org_clock where org_id = $1), 0)")
            .bind(org)
            .fetch_one(self.pool())
            .await?)
    }

    /// Runs every subscriber as far as the outbox reaches; returns whether something was left for later.
    pub async fn run_subscribers(&self) -> Result<bool> {
        let mut is_behind = false;
        let orgs: Vec<OrgId> =
            std::mem::take(&mut *self.pump().orgs.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect();
        for org in orgs {
            for subscriber in &self.registry().subscribers {
                is_behind |= !catch_up(self, org, subscriber).await?;
            }
            if is_behind {
                self.pump().orgs.lock().unwrap_or_else(PoisonError::into_inner).insert(org);
            }
        }
        Ok(is_behind)
    }
}

pub(crate) fn start(app: &App) {
    let receiver = app.pump().receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(receiver) = receiver else { return };
    let (pump, runner) = (app.clone(), app.clone());
    app.spawn("outbox.pump", async move { run_pump(pump, receiver).await });
    app.spawn("outbox.subscribers", async move { run_runner(runner).await });
}

async fn run_runner(app: App) {
    let mut known = HashMap::new();
    loop {
        if let Err(error) = look(&app, &mut known).await {
            tracing::warn!(code = error.code(), "the outbox cannot be read");
        }
        if let Err(error) = app.run_subscribers().await {
            tracing::warn!(code = error.code(), "subscribers cannot run");
        }
        tokio::select! {
            () = app.stopped() => return,
            () = app.pump().subscribers.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Hints at every organisation whose clock has moved since the last look.
async fn look(app: &App, known: &mut HashMap<OrgId, i64>) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let clocks: Vec<(OrgId, i64)> =
        sqlx::query_as("select org_id, pos from kernel.org_clock").fetch_all(tx.db()).await?;
    tx.commit().await?;
    for (org, pos) in clocks {
        if known.insert(org, pos) != Some(pos) {
            app.pump().hint(org);
        }
    }
    Ok(())
}

/// Takes one subscriber through the events it has not seen. `false`: it failed and tries again later.
async fn catch_up(app: &App, org: OrgId, subscriber: &Subscriber) -> Result<bool> {
    loop {
        let mut tx = Tx::begin(app, org, Actor::System).await?;
        let Some((pos, failures)) = lock_cursor(&mut tx, subscriber.name).await? else {
            return Ok(true);
        };
        let newest = clock(&mut tx).await?;
        let Some(event) = next_event(&mut tx, pos, subscriber.event).await? else {
            if newest - pos > SKIP {
                move_cursor(&mut tx, subscriber.name, newest).await?;
                tx.commit().await?;
            }
            return Ok(true);
        };
        let outcome = subscriber.run(&mut tx, &event).await;
        if let Err(error) = outcome {
            drop(tx);
            tracing::warn!(subscriber = subscriber.name, code = error.code(), pos = event.pos, "a subscriber failed");
            if failures + 1 < MAX_FAILURES {
                note_failure(app, org, subscriber.name).await?;
                return Ok(false);
            }
            tx = Tx::begin(app, org, Actor::System).await?;
            leave_behind(&mut tx, subscriber.name, &event).await?;
        }
        move_cursor(&mut tx, subscriber.name, event.pos).await?;
        tx.commit().await?;
    }
}

/// `None`: another node is at it, or it waits after a failure.
async fn lock_cursor(tx: &mut Tx, subscriber: &str) -> Result<Option<(i64, i32)>> {
    sqlx::query("insert into kernel.subscriber_cursor (subscriber, pos) values ($1, 0) on conflict do nothing")
        .bind(subscriber)
        .execute(tx.db())
        .await?;
    let (org, now) = (tx.org(), tx.now());
    Ok(sqlx::query_as(
        "select pos, failures from kernel.subscriber_cursor
         where org_id = $1 and subscriber = $2 and (retry_at is null or retry_at <= $3) for update skip locked",
    )
    .bind(org)
    .bind(subscriber)
    .bind(now)
    .fetch_optional(tx.db())
    .await?)
}

async fn clock(tx: &mut Tx) -> Result<i64> {
    let org = tx.org();
    Ok(sqlx::query_scalar("select coalesce((select pos from kernel.org_clock where org_id = $1), 0)")
        .bind(org)
        .fetch_one(tx.db())
        .await?)
}

async fn next_event(tx: &mut Tx, after: i64, name: &str) -> Result<Option<Recorded>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select pos, id, name, audience, topics, payload, actor, at from kernel.outbox
         where org_id = $1 and pos > $2 and name = $3 order by pos limit 1",
    )
    .bind(org)
    .bind(after)
    .bind(name)
    .fetch_optional(tx.db())
    .await?)
}

async fn move_cursor(tx: &mut Tx, subscriber: &str, pos: i64) -> Result<()> {
    let org = tx.org();
    sqlx::query(
        "update kernel.subscriber_cursor set pos = $3, failures = 0, retry_at = null where org_id = $1 and subscriber = $2",
    )
    .bind(org)
    .bind(subscriber)
    .bind(pos)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn note_failure(app: &App, org: OrgId, subscriber: &str) -> Result<()> {
    let mut tx = Tx::begin(app, org, Actor::System).await?;
    let retry_at = tx.now() + chrono::TimeDelta::seconds(5);
    // The failed transaction took the cursor's row with it when it was the first.
    sqlx::query(
        "insert into kernel.subscriber_cursor as c (subscriber, pos, failures, retry_at) values ($1, 0, 1, $2)
         on conflict on constraint subscriber_cursor_pkey do update set failures = c.failures + 1, retry_at = $2",
    )
    .bind(subscriber)
    .bind(retry_at)
    .execute(tx.db())
    .await?;
    tx.commit().await
}

/// One event that cannot be digested must not stop all that follow: it is kept as a failed job, which the console shows.
async fn leave_behind(tx: &mut Tx, subscriber: &str, event: &Recorded) -> Result<()> {
    let (id, org, now) = (tx.new_id(), tx.org(), tx.now());
    sqlx::query(
        "insert into kernel.job (id, name, org_id, payload, class, state, run_at, attempts, error_code, created_at, finished_at)
         values ($1, $2, $3, jsonb_build_object('pos', $4::bigint), 'light', 'failed', $5, $6, 'subscriber_failed', $5, $5)",
    )
    .bind(id)
    .bind(subscriber)
    .bind(org)
    .bind(event.pos)
    .bind(now)
    .bind(MAX_FAILURES)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn run_pump(app: App, mut commands: mpsc::UnboundedReceiver<Command>) {
    let mut delivered: HashMap<OrgId, i64> = HashMap::new();
    loop {
        let command = tokio::select! {
            () = app.stopped() => return,
            command = commands.recv() => command,
        };
        let result = match command {
            None => return,
            Some(Command::Hint(org)) => deliver(&app, org, &mut delivered).await,
            Some(Command::Attach(socket, pos, done)) => {
                let result = let_in(&app, &socket, pos, &mut delivered).await;
                let _ = done.send(()); // the socket may have gone in the meantime
                result
            }
        };
        if let Err(error) = result {
            tracing::warn!(code = error.code(), "events cannot be delivered");
        }
    }
}

/// Delivers what is new to the sockets of the organisation, in order.
async fn deliver(app: &App, org: OrgId, delivered: &mut HashMap<OrgId, i64>) -> Result<()> {
    if !app.hub().has_org(org) {
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
    if let std::collections::hash_map::Entry::Vacant(entry) = delivered.entry(socket.org) {
        entry.insert(newest);
    } else {
        deliver(app, socket.org, delivered).await?;
    }
    let reached = delivered.get(&socket.org).copied().unwrap_or(newest);
    let mut from = from.unwrap_or(reached);
    if from < 0 || from > reached || reached - from > MAX_MISSED {
        let frame = EventFrame { c: "events", k: "refetch", pos: reached, name: None, at: None, data: None };
        socket.send(Frame::new(&frame));
        from = reached;
    }
    while from < reached {
        for event in read(app, socket.org, from).await?.iter().take_while(|e| e.pos <= reached) {
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
    for socket in app.hub().all_of(org) {
        if !socket.is_live() {
            continue;
        }
        if hears(&socket, &event.audience.0) {
            socket.send(frame.clone());
        }
        socket.set_pos(event.pos);
    }
    for change in changes {
        app.hub().apply(org, change, false);
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
