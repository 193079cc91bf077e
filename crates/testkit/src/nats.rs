//! A message bus that nobody here wrote: a NATS server, on loopback.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a test waits for it before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// One that runs as long as this lives.
pub struct Nats {
    port: u16,
    child: Option<Child>,
}

impl Nats {
    /// Starts one.
    pub fn start() -> Self {
        let held = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = held.local_addr().expect("a port").port();
        drop(held);
        let mut nats = Self { port, child: None };
        nats.start_again();
        nats
    }

    /// Starts it at the address it had; it remembers nothing.
    pub fn start_again(&mut self) {
        let mut command = Command::new(program());
        command.args(["--addr", "127.0.0.1", "--port", &self.port.to_string()]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.child = Some(command.spawn().expect("a program that runs"));
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(self.address()).is_err() {
            assert!(Instant::now() < until, "the NATS server did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it without a word.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("a child of ours");
            child.wait().expect("a child of ours");
        }
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Without it nothing is proven: the test fails and says how to get it.
fn program() -> PathBuf {
    let named = std::env::var_os("TULOU_NATS").filter(|named| !named.is_empty()).map(PathBuf::from);
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.cache/nats-2.15.1/nats-server");
    let program = named.unwrap_or(usual);
    assert!(program.exists(), "{} is not there: scripts/nats fetches it", program.display());
    program
}
