//! The life of one socket: let in, served, ended with a word.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use kernel::{App, BoxFuture, Error, Frame, Result, Socket};
use serde_json::value::RawValue;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::frames::{self, Envelope};
use super::limits::{Limits, SYS_PER_SECOND, Verdict};

/// How often the server asks whether the client is there.
pub const HEARTBEAT: Duration = Duration::from_secs(30);
/// A client that is silent for longer is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// A reader that takes nothing for so long is too slow.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// The channel of the socket itself.
const SYS: &str = "sys";
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);
/// Windows that one member may have open in one organisation.
const SOCKETS_PER_MEMBER: usize = 20;

/// Why the loop ended without the server wanting it.
struct Gone;

/// The code with which the server ends it, or that the client left.
type Ended = std::result::Result<&'static str, Gone>;

/// Serves the socket until somebody ends it. As long as it is open this future is in memory: what is rare in it is boxed.
#[expect(clippy::manual_async_fn, reason = "an async fn keeps room for its arguments twice, the stream among them")]
pub fn run(
    app: App,
    socket: Arc<Socket>,
    mut stream: WebSocket,
    pos: Option<i64>,
) -> impl Future<Output = ()> + Send + 'static {
    async move {
        if !app.hub().attach(&socket, SOCKETS_PER_MEMBER) {
            Box::pin(part(&app, &mut stream, "too_many")).await;
            return;
        }
        tracing::debug!(socket = socket.id, session_id = %socket.session, "socket opened");
        let ended = match Box::pin(greet(&app, &socket, &mut stream)).await {
            Ok(newest) => Session::new(&app, &socket, &mut stream, pos.unwrap_or(newest)).serve().await,
            Err(ended) => ended,
        };
        // It counts until the last word is out: a stop waits for that.
        if let Ok(code) = ended {
            Box::pin(part(&app, &mut stream, code)).await;
        }
        app.hub().detach(&socket);
        tracing::debug!(socket = socket.id, code = ended.unwrap_or("gone"), "socket closed");
    }
}

/// Has it follow its topics, and only then greets: whoever asks at the greeting for what was missed gets what was said
/// before it in the answer, and what is said after it here. Gives the position of the newest event.
async fn greet(app: &App, socket: &Arc<Socket>, stream: &mut WebSocket) -> std::result::Result<i64, Ended> {
    let newest = follow(app, socket).await.map_err(|error| {
        tracing::warn!(socket = socket.id, code = error.code(), "a socket could not be let in");
        Ok("restart")
    })?;
    let hello = frames::hello(socket.session, socket.member, newest);
    match write(socket, stream, VecDeque::from([hello])).await {
        Ok(None) => Ok(newest),
        Ok(Some(code)) => Err(Ok(code)),
        Err(Gone) => Err(Err(Gone)),
    }
}

async fn follow(app: &App, socket: &Arc<Socket>) -> Result<i64> {
    let newest = app.pos(socket.org).await?;
    app.attached(socket).await?;
    Ok(newest)
}

/// Says why, closes, and waits a moment for the client to have read it.
async fn part(app: &App, stream: &mut WebSocket, code: &'static str) {
    let [spread] = app.random::<1>();
    let words = async {
        stream.send(Message::Text(frames::bye(code, frames::retry_after(code, spread)).into_text())).await?;
        let close = CloseFrame { code: frames::close_code(code), reason: Utf8Bytes::from_static(code) };
        stream.send(Message::Close(Some(close))).await?;
        while stream.next().await.is_some_and(|message| message.is_ok()) {}
        Ok::<(), axum::Error>(())
    };
    // Whether the client hears it or not, the connection ends here.
    let _ = timeout(GOODBYE_WITHIN, words).await;
}

struct Session<'a> {
    app: &'a App,
    socket: &'a Arc<Socket>,
    stream: &'a mut WebSocket,
    limits: Limits,
    heard: Instant,
    /// The frame that is being worked on. The next is read only after it: a client's frames are done in their order,
    /// and one that sends faster than we work is slowed down by its own connection.
    work: Option<Work>,
}

struct Work {
    id: Option<Box<RawValue>>,
    done: BoxFuture<'static, Result<()>>,
}

/// What happened first.
enum Turn {
    Write(std::result::Result<VecDeque<Frame>, &'static str>),
    Read(Option<std::result::Result<Message, axum::Error>>),
    Done(Result<()>),
    Beat,
}

impl<'a> Session<'a> {
    /// What was missed since the position is its first work: it is written while it is still being read.
    fn new(app: &'a App, socket: &'a Arc<Socket>, stream: &'a mut WebSocket, pos: i64) -> Self {
        let (program, window) = (app.clone(), Arc::clone(socket));
        let resumed = async move {
            program.resume(&window, Some(pos)).await;
            Ok(())
        };
        let work = Work { id: None, done: Box::pin(resumed) };
        let limits = Limits::new(app.settings().limits_rates);
        Self { app, socket, stream, limits, heard: Instant::now(), work: Some(work) }
    }

    async fn serve(&mut self) -> Ended {
        let mut beat = pin!(sleep(HEARTBEAT));
        loop {
            let turn = self.turn(beat.as_mut()).await;
            let code = match turn {
                Turn::Write(Ok(frames)) => write(self.socket, self.stream, frames).await?,
                Turn::Write(Err(code)) => Some(code),
                Turn::Read(message) => self.read(message)?,
                Turn::Done(outcome) => {
                    self.finish(outcome);
                    None
                }
                Turn::Beat => {
                    beat.as_mut().reset(Instant::now() + HEARTBEAT);
                    self.beat().await?
                }
            };
            if let Some(code) = code {
                return Ok(code);
            }
        }
    }

    /// The timer of the heartbeat outlives the turn: it is not set anew for each frame.
    async fn turn(&mut self, beat: Pin<&mut Sleep>) -> Turn {
        let Self { socket, stream, work, .. } = self;
        let is_working = work.is_some();
        let working = async {
            match work {
                Some(work) => (&mut work.done).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            frames = socket.next() => Turn::Write(frames),
            outcome = working => Turn::Done(outcome),
            message = stream.next(), if !is_working => Turn::Read(message),
            () = beat => Turn::Beat,
        }
    }

    fn read(
        &mut self,
        message: Option<std::result::Result<Message, axum::Error>>,
    ) -> std::result::Result<Option<&'static str>, Gone> {
        self.heard = Instant::now();
        match message {
            Some(Ok(Message::Text(text))) => Ok(self.receive(text)),
            Some(Ok(Message::Binary(_))) => Ok(Some("bad_frame")),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            Some(Ok(Message::Close(_))) | None => Err(Gone),
            // A frame over the limit, or not UTF-8: the stream cannot be read any further.
            Some(Err(_)) => Ok(Some("bad_frame")),
        }
    }

    /// Hands a frame to its channel. What is no JSON object with `c` and `k` ends the socket: it is not our client.
    fn receive(&mut self, text: Utf8Bytes) -> Option<&'static str> {
        if text.len() > super::FRAME_BYTES {
            return Some("bad_frame");
        }
        let Ok(Envelope { c, k, id }) = serde_json::from_str(&text) else { return Some("bad_frame") };
        let id = id.filter(|id| id.get().len() <= super::ID_BYTES);
        let channel = if c == SYS { None } else { self.app.channel(&c) };
        let (name, max_bytes, per_second) = match &channel {
            Some(channel) => (channel.name, channel.max_bytes, channel.per_second),
            None if c == SYS => (SYS, super::SYS_BYTES, SYS_PER_SECOND),
            None => return self.refuse(id, "socket.unknown_channel"),
        };
        if text.len() > max_bytes {
            return self.refuse(id, "too_large");
        }
        match self.limits.take(name, per_second, Instant::now()) {
            Verdict::Fine => {}
            Verdict::Refused(retry_s) => {
                self.socket.send(frames::refused(id.as_deref(), "rate_limited", Some(retry_s)));
                return None;
            }
            Verdict::Hopeless => return Some("too_many"),
        }
        let Some(channel) = channel else { return self.answer(&k, id) };
        let done = (channel.receive)(self.app.clone(), Arc::clone(self.socket), text);
        self.work = Some(Work { id, done });
        None
    }

    /// A frame on the channel of the socket itself.
    fn answer(&mut self, kind: &str, id: Option<Box<RawValue>>) -> Option<&'static str> {
        if kind != "ping" {
            return self.refuse(id, "socket.unknown_channel");
        }
        self.socket.send(frames::pong(id.as_deref()));
        None
    }

    fn refuse(&mut self, id: Option<Box<RawValue>>, code: &str) -> Option<&'static str> {
        self.socket.send(frames::refused(id.as_deref(), code, None));
        match self.limits.refuse(0) {
            Verdict::Hopeless => Some("too_many"),
            _ => None,
        }
    }

    fn finish(&mut self, outcome: Result<()>) {
        let id = self.work.take().and_then(|work| work.id);
        let Err(error) = outcome else { return };
        if let Error::Internal(cause) = &error {
            tracing::error!(socket = self.socket.id, error = format!("{cause:#}"), "a frame failed");
        }
        self.socket.send(frames::failed(id.as_deref(), &error));
    }

    async fn beat(&mut self) -> std::result::Result<Option<&'static str>, Gone> {
        // While a frame is worked on nothing is read: then silence is ours.
        if self.work.is_none() && self.heard.elapsed() > SILENCE {
            return Err(Gone);
        }
        match timeout(WRITE_WITHIN, self.stream.send(Message::Ping(Default::default()))).await {
            Ok(Ok(())) => Ok(None),
            Ok(Err(_)) => Err(Gone),
            Err(_) => Ok(Some("slow")),
        }
    }
}

/// All that waits is put together and sent at once.
async fn write(
    socket: &Socket,
    stream: &mut WebSocket,
    frames: VecDeque<Frame>,
) -> std::result::Result<Option<&'static str>, Gone> {
    let written = tokio::select! {
        written = timeout(WRITE_WITHIN, feed(socket, stream, frames)) => written,
        code = socket.ended() => return Ok(Some(code)),
    };
    match written {
        Ok(Ok(())) => Ok(None),
        Ok(Err(_)) => Err(Gone),
        Err(_) => Ok(Some("slow")),
    }
}

/// What was queued before a cut is not written after it.
async fn feed(
    socket: &Socket,
    stream: &mut WebSocket,
    frames: VecDeque<Frame>,
) -> std::result::Result<(), axum::Error> {
    for frame in frames {
        if socket.is_cut() {
            break;
        }
        stream.feed(Message::Text(frame.into_text())).await?;
    }
    stream.flush().await
}
