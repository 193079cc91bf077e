//! The real program on a data directory of its own.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

/// How long a test waits for the program before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A data directory, and what the program is told about it.
pub struct House {
    dir: Arc<tempfile::TempDir>,
    variables: Vec<(String, String)>,
}

/// The program while it runs.
pub struct Running {
    child: Child,
    pub address: SocketAddr,
    pub setup_code: Option<String>,
    said: Arc<Mutex<String>>,
    /// The data directory stays as long as somebody works on it.
    _dir: Arc<tempfile::TempDir>,
}

impl House {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        // Started as root, the database runs as another user, who must be able to pass.
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o711)).unwrap();
        Self { dir: Arc::new(dir), variables: Vec::new() }
    }

    /// One whose first start lies behind it, for tests that are not about that: a copy of a house that was started once.
    pub fn ready() -> Self {
        static FIRST: OnceLock<PathBuf> = OnceLock::new();
        let first = FIRST.get_or_init(|| {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ready-house");
            let _ = fs::remove_dir_all(&kept);
            let house = Self::new();
            house.start().stop();
            copy(&house.data(), &kept);
            kept
        });
        let house = Self::new();
        copy(first, &house.data());
        house
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// What it was told last under this name.
    pub fn variable(&self, name: &str) -> &str {
        let mut told = self.variables.iter().rev();
        told.find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The program with these arguments; nothing of this machine's own configuration reaches it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tulou"));
        command.args(arguments).current_dir(self.dir.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TULOU_")) {
            command.env_remove(name);
        }
        if let Some(named) = postgres() {
            command.env("TULOU_DATABASE_BINARIES", named);
        }
        command.env("TULOU_DATA", self.data()).env("TULOU_LISTEN", "127.0.0.1:0").env("TULOU_LIMITS_RATES", "false");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the program to its end: whether it succeeded, and all it said.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command(arguments).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// Starts it and waits until it answers.
    pub fn start(&self) -> Running {
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let lines = listen(child.stdout.take().unwrap(), &said);
        listen(child.stderr.take().unwrap(), &said);
        let Some(first) = next(&lines, &mut child) else { panic!("it did not start: {}", said.lock().unwrap()) };
        let port = first.rsplit("127.0.0.1:").next().unwrap().trim_end_matches(')');
        let address = format!("127.0.0.1:{port}").parse().unwrap_or_else(|_| panic!("{first}"));
        // The second line comes at once when there is one; a server that is set up prints none.
        let second = lines.recv_timeout(Duration::from_secs(2)).ok();
        let setup_code = second.and_then(|line| Some(line.split("the code ").nth(1)?.trim().to_owned()));
        Running { child, address, setup_code, said, _dir: Arc::clone(&self.dir) }
    }
}

/// Copies a folder with owners and modes: the database has files of its own.
fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

fn listen(stream: impl Read + Send + 'static, said: &Arc<Mutex<String>>) -> Receiver<String> {
    let (sender, receiver) = channel();
    let said = Arc::clone(said);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            said.lock().unwrap().push_str(&format!("{line}\n"));
            let _ = sender.send(line);
        }
    });
    receiver
}

fn next(lines: &Receiver<String>, child: &mut Child) -> Option<String> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match lines.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => return Some(line),
            Err(_) if child.try_wait().unwrap().is_some() => return None,
            Err(_) => {}
        }
    }
    None
}

impl Running {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything it printed and logged.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Asks it to stop, and says how it ended and how long it took.
    pub fn stop(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        self.signal("TERM");
        let status = self.child.wait().unwrap();
        (status, asked.elapsed())
    }

    /// Stops it; all it has ever said.
    pub fn stop_and_tell(mut self) -> String {
        self.signal("TERM");
        self.child.wait().unwrap();
        self.said()
    }

    /// Ends it without a word.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("/bin/kill").args([&format!("-{name}"), &self.pid().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            // Asked nicely, so that its database ends with it.
            let _ = Command::new("/bin/kill").args(["-TERM", &self.child.id().to_string()]).status();
            let _ = self.child.wait();
        }
    }
}

/// The installation that the tests run on, when it is not the bundled one.
pub fn postgres() -> Option<PathBuf> {
    std::env::var_os("TULOU_POSTGRES").filter(|named| !named.is_empty()).map(PathBuf::from)
}

pub fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}
