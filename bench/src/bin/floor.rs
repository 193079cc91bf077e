//! The floor: the least that a durable chat server on our stack has to do, and nothing else. WebSocket in, one log that is
//! synced for everything that has queued up, WebSocket out. No accounts, no permissions, no database: what a real server
//! loses against it is the price of what it can do. One thread serves the sockets, one writes the log.
//!
//! usage: floor ADDRESS LOG
//!
//! To it: `D<user>|<body>` direct, `J|` join the group, `G|<body>` to the group, `H<user>|<limit>` history.
//! From it: `A<stamp>` durable, `M<body>` delivered, `J` joined, `H<body>` of a page, `E` its end.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc as thread};

use anyhow::{Context, Result, ensure};
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt;
use futures_util::{SinkExt, StreamExt};
use tokio::sync::mpsc;

/// Messages that one write and one sync may cover.
const BATCH: usize = 4096;
/// Frames put together before they are written.
const FLUSH_EVERY: usize = 64;
/// A body begins with what names it.
const STAMP: usize = 26;

type Frames = mpsc::UnboundedSender<Utf8Bytes>;
/// Two users, the smaller number first; the group's own.
type Conversation = (u32, u32);
const GROUP: Conversation = (u32::MAX, u32::MAX);

struct Posted {
    from: u32,
    /// None: the group.
    to: Option<u32>,
    body: String,
}

struct Server {
    online: Mutex<HashMap<u32, Frames>>,
    group: Mutex<HashSet<u32>>,
    log_queue: thread::Sender<Posted>,
    /// Where the messages of a conversation lie in the log: offset and length.
    places: Mutex<HashMap<Conversation, Vec<(u64, usize)>>>,
    log: File,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Only for what is on disk.
    fn publish(&self, posted: &Posted) {
        let online = held(&self.online);
        let send = |user: u32, frame: &Utf8Bytes| {
            if let Some(frames) = online.get(&user) {
                // Whoever has just gone gets nothing.
                let _ = frames.send(frame.clone());
            }
        };
        send(posted.from, &format!("A{}", posted.body.get(..STAMP).unwrap_or_default()).into());
        let frame: Utf8Bytes = format!("M{}", posted.body).into();
        match posted.to {
            Some(to) => send(to, &frame),
            None => held(&self.group).iter().filter(|user| **user != posted.from).for_each(|user| send(*user, &frame)),
        }
    }

    fn newest(&self, conversation: Conversation, limit: usize, frames: &Frames) -> Result<()> {
        let all = held(&self.places).get(&conversation).cloned().unwrap_or_default();
        for (offset, length) in &all[all.len().saturating_sub(limit)..] {
            let mut body = vec![0; *length];
            self.log.read_exact_at(&mut body, *offset)?;
            frames.send(format!("H{}", String::from_utf8(body)?).into())?;
        }
        Ok(frames.send("E".into())?)
    }

    fn receive(&self, user: u32, text: &str, frames: &Frames) -> Result<()> {
        let (head, rest) = text.split_once('|').context("no frame of ours")?;
        match head.split_at_checked(1) {
            Some(("D", to)) => {
                Ok(self.log_queue.send(Posted { from: user, to: Some(to.parse()?), body: rest.into() })?)
            }
            Some(("G", _)) => Ok(self.log_queue.send(Posted { from: user, to: None, body: rest.into() })?),
            Some(("H", peer)) => {
                let peer: u32 = peer.parse()?;
                self.newest((user.min(peer), user.max(peer)), rest.parse()?, frames)
            }
            Some(("J", _)) => {
                held(&self.group).insert(user);
                Ok(frames.send("J".into())?)
            }
            _ => Ok(()),
        }
    }
}

/// Everything that waits goes into one write and one sync, and out.
fn write_log(server: &Server, mut file: File, queue: &thread::Receiver<Posted>) -> Result<()> {
    let mut end = file.metadata()?.len();
    let mut bytes = Vec::new();
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH - 1));
        bytes.clear();
        for posted in &batch {
            let offset = end + bytes.len() as u64 + 4;
            bytes.extend_from_slice(&u32::try_from(posted.body.len())?.to_le_bytes());
            bytes.extend_from_slice(posted.body.as_bytes());
            let conversation = posted.to.map_or(GROUP, |to| (posted.from.min(to), posted.from.max(to)));
            held(&server.places).entry(conversation).or_default().push((offset, posted.body.len()));
        }
        file.write_all(&bytes)?;
        file.sync_data()?;
        end += bytes.len() as u64;
        batch.iter().for_each(|posted| server.publish(posted));
    }
    Ok(())
}

async fn upgrade(upgrade: WebSocketUpgrade, Path(user): Path<u32>, State(server): State<Arc<Server>>) -> Response {
    upgrade.read_buffer_size(4096).write_buffer_size(4096).on_upgrade(move |socket| serve(socket, user, server))
}

async fn serve(socket: WebSocket, user: u32, server: Arc<Server>) {
    let (mut sink, mut stream) = socket.split();
    let (frames, mut queue) = mpsc::unbounded_channel::<Utf8Bytes>();
    held(&server.online).insert(user, frames.clone());
    let write = async {
        let mut frames = Vec::new();
        while queue.recv_many(&mut frames, FLUSH_EVERY).await > 0 {
            for frame in frames.drain(..) {
                sink.feed(Message::Text(frame)).await?;
            }
            sink.flush().await?;
        }
        Ok::<(), axum::Error>(())
    };
    let read = async {
        while let Some(Ok(message)) = stream.next().await {
            match message {
                Message::Text(text) if server.receive(user, &text, &frames).is_ok() => {}
                Message::Ping(_) | Message::Pong(_) => {}
                _ => break,
            }
        }
    };
    tokio::select! {
        () = read => {}
        _ = write => {}
    }
    let mut online = held(&server.online);
    if online.get(&user).is_some_and(|current| current.same_channel(&frames)) {
        online.remove(&user);
        held(&server.group).remove(&user);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(log)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: floor ADDRESS LOG");
    };
    let listener = tokio::net::TcpListener::bind(&address).await?;
    ensure!(listener.local_addr()?.ip().is_loopback(), "the floor listens on loopback only");
    let file = OpenOptions::new().create(true).append(true).open(&log)?;
    let (log_queue, queue) = thread::channel();
    let server = Arc::new(Server {
        online: Mutex::default(),
        group: Mutex::default(),
        log_queue,
        places: Mutex::default(),
        log: File::open(&log)?,
    });
    let writer = Arc::clone(&server);
    std::thread::spawn(move || {
        if let Err(error) = write_log(&writer, file, &queue) {
            eprintln!("the log failed: {error}");
            std::process::exit(1); // nothing may be acknowledged any more
        }
    });
    let listener = listener.tap_io(|socket| {
        // A socket that is gone already shows when it is read.
        let _ = socket.set_nodelay(true);
    });
    let routes = axum::Router::new().route("/ws/{user}", get(upgrade)).with_state(server);
    Ok(axum::serve(listener, routes).await?)
}
