//! An open window without a browser: frames as they would go over the wire.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use kernel::{Caller, Socket};
use serde_json::Value;

use crate::{Person, TestApp};

/// How long a test waits for a frame before it fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// One window of one person.
pub struct TestSocket {
    app: kernel::App,
    /// The socket itself.
    pub socket: Arc<Socket>,
    received: VecDeque<Value>,
}

impl TestApp {
    /// Opens a window that gets all that is still to come. The pump must run: see [`TestApp::start`].
    pub async fn socket(&self, person: &Person) -> TestSocket {
        self.socket_from(person, None).await
    }

    /// Opens a window that gets the events since `pos`.
    pub async fn socket_from(&self, person: &Person, pos: Option<i64>) -> TestSocket {
        let caller = Caller {
            account: person.account,
            session: person.session,
            member: Some((person.org, person.id)),
            must: None,
        };
        let socket = Socket::new(&caller).expect("a member of an organisation");
        assert!(self.app.hub().attach(&socket, 100));
        self.app.attached(&socket).await.expect("modules let the socket follow");
        self.app.resume(&socket, pos).await;
        TestSocket { app: self.app.clone(), socket, received: VecDeque::new() }
    }

    /// Starts what runs beside requests: the pump, the subscribers, the jobs, the modules' own tasks.
    pub fn start(&self) {
        self.app.start();
    }
}

impl TestSocket {
    /// Sends a frame as the client would.
    pub async fn send(&self, frame: Value) -> kernel::Result<()> {
        let name = frame["c"].as_str().unwrap_or_default();
        let channel = self.app.channel(name).unwrap_or_else(|| panic!("there is no channel {name}"));
        (channel.receive)(self.app.clone(), Arc::clone(&self.socket), frame.to_string().into()).await
    }

    /// The next frame.
    pub async fn next(&mut self) -> Value {
        self.try_next().await.unwrap_or_else(|code| panic!("the socket was cut: {code}"))
    }

    /// The next frame, or why the socket was cut.
    pub async fn try_next(&mut self) -> Result<Value, &'static str> {
        if let Some(frame) = self.received.pop_front() {
            return Ok(frame);
        }
        let frames = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame within ten seconds")?;
        self.received.extend(frames.into_iter().map(|f| serde_json::from_str(f.as_str()).expect("frames are JSON")));
        self.received.pop_front().ok_or("empty")
    }

    /// The next frame of this channel and kind; the ones before it are dropped.
    pub async fn next_of(&mut self, channel: &str, kind: &str) -> Value {
        loop {
            let frame = self.next().await;
            if frame["c"] == channel && frame["k"] == kind {
                return frame;
            }
        }
    }

    /// Closes the window.
    pub fn close(self) {
        self.app.hub().detach(&self.socket);
    }
}
