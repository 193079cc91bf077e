//! A NATS server that nobody here wrote, on loopback, for nodes that hear each other by it.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::free_port;

/// How long a test waits for it before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// One of them; it ends with the test.
pub struct TestNats {
    dir: tempfile::TempDir,
    port: u16,
    arguments: Vec<String>,
    child: Option<Child>,
}

impl TestNats {
    /// Starts one that lets everybody in.
    pub async fn start() -> Self {
        Self::with("").await
    }

    /// The same with further lines of its configuration.
    pub async fn with(configuration: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder for temporary files");
        let port = free_port();
        let file = dir.path().join("nats.conf");
        fs::write(&file, format!("listen: \"127.0.0.1:{port}\"\n{configuration}")).expect("room for a configuration");
        let arguments = vec!["-c".to_owned(), file.display().to_string()];
        let mut nats = Self { dir, port, arguments, child: None };
        nats.start_again().await;
        nats
    }

    /// Where nodes find it.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Starts it anew at the same address, and waits until it answers.
    pub async fn start_again(&mut self) {
        let log = fs::File::create(self.dir.path().join("log")).expect("room for a log");
        let mut command = Command::new(program());
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.child = Some(command.spawn().expect("a NATS server that starts"));
        let until = Instant::now() + PATIENCE;
        while tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            let log = || fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
            assert!(Instant::now() < until, "NATS did not start: {}", log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Ends it without a word, as a machine that loses its current.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it runs");
            child.wait().expect("it ends");
        }
    }
}

impl Drop for TestNats {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Without it nothing is proven: the test fails and says how to get it.
fn program() -> PathBuf {
    let named = std::env::var_os("TULOU_NATS").filter(|named| !named.is_empty()).map(PathBuf::from);
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../.cache/nats-server-2.15.1/nats-server");
    let program = named.unwrap_or(usual);
    assert!(program.exists(), "{} is not there: scripts/nats-server fetches it", program.display());
    program
}
