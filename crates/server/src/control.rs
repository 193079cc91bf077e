//! The operator's door: a socket in the data directory, by which `tulou admin` asks the server that is running. A second
//! program beside it would hold keys and people of its own in memory; so there is none.
//!
//! One line of JSON goes in, one comes out. Only the user the server runs as, and root, are heard: by the mode of the socket
//! and once more by what the kernel says of who calls.

use std::fs;
use std::io::ErrorKind;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use kernel::App;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::time::timeout;

use crate::admin;
use crate::cli::AdminCommand;

const NAME: &str = "control.sock";
const LONGEST_LINE: u64 = 4096;
/// Passwords are hashed slowly, and others may be before this one.
const PATIENCE: Duration = Duration::from_secs(30);
/// A log of ten million lines is read from its beginning, and a large database from end to end.
const LONG_PATIENCE: Duration = Duration::from_secs(6 * 3600);

#[derive(Serialize, Deserialize)]
enum Answer {
    Done(String),
    Refused(String),
}

/// The door while it is open; the socket goes with it.
pub struct Door(PathBuf);

impl Drop for Door {
    fn drop(&mut self) {
        // Whatever stays is replaced by the next start, which holds the data directory's lock.
        let _ = fs::remove_file(&self.0);
    }
}

/// Opens the door. The caller holds the lock of the data directory: a socket that is there is an earlier run's.
pub fn open(app: &App, data: &Path) -> anyhow::Result<Door> {
    let path = data.join(NAME);
    let failed = || format!("{} cannot be made", path.display());
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(failed),
        _ => {}
    }
    let listener = at(data, |short| UnixListener::bind(short)).with_context(failed)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).with_context(failed)?;
    let doorkeeper = app.clone();
    app.spawn("control", async move {
        tokio::select! {
            () = doorkeeper.stopped() => {}
            () = welcome(&doorkeeper, listener) => {}
        }
    });
    Ok(Door(path))
}

/// One after the other: operators are few.
async fn welcome(app: &App, listener: UnixListener) {
    loop {
        let outcome = match listener.accept().await {
            Ok((stream, _)) => serve(app, stream).await,
            Err(error) => {
                // Out of file descriptors, for example: not at once again.
                tokio::time::sleep(Duration::from_secs(1)).await;
                Err(error.into())
            }
        };
        if let Err(error) = outcome {
            tracing::warn!(error = format!("{error:#}"), "the operator could not be served");
        }
    }
}

async fn serve(app: &App, mut stream: UnixStream) -> anyhow::Result<()> {
    let (caller, own) = (stream.peer_cred()?.uid(), rustix::process::geteuid().as_raw());
    if caller != own && caller != 0 {
        bail!("user {caller} of this machine is not the operator");
    }
    let mut line = String::new();
    timeout(PATIENCE, BufReader::new((&mut stream).take(LONGEST_LINE)).read_line(&mut line)).await??;
    let answer = match serde_json::from_str::<AdminCommand>(&line) {
        Ok(command) => match timeout(patience(&command), admin::act(app, command)).await? {
            Ok(said) => Answer::Done(said),
            Err(error) => Answer::Refused(format!("{error:#}")),
        },
        Err(_) => Answer::Refused(format!("the running server is Tulou {} and does not know this", crate::VERSION)),
    };
    let answer = format!("{}\n", serde_json::to_string(&answer)?);
    timeout(PATIENCE, stream.write_all(answer.as_bytes())).await??;
    Ok(stream.shutdown().await?)
}

fn patience(command: &AdminCommand) -> Duration {
    if matches!(command, AdminCommand::Audit(_) | AdminCommand::Verify { .. }) { LONG_PATIENCE } else { PATIENCE }
}

/// Has the running server do it; `None` when none runs on this data directory.
pub async fn ask(data: &Path, command: &AdminCommand) -> anyhow::Result<Option<String>> {
    let stream = match at(data, |short| std::os::unix::net::UnixStream::connect(short)) {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} lets nobody in", data.join(NAME).display())),
    };
    stream.set_nonblocking(true)?;
    let mut stream = UnixStream::from_std(stream)?;
    stream.write_all(format!("{}\n", serde_json::to_string(command)?).as_bytes()).await?;
    let mut line = String::new();
    let read = timeout(patience(command), BufReader::new(stream).read_line(&mut line)).await;
    read.context("the running server does not answer")??;
    match serde_json::from_str(&line).context("the running server ended before it answered")? {
        Answer::Done(said) => Ok(Some(said)),
        Answer::Refused(why) => bail!("{why}"),
    }
}

/// A socket's path may have 107 bytes; by the folder's descriptor it is short, however deep the folder lies.
fn at<T>(data: &Path, act: impl FnOnce(&Path) -> std::io::Result<T>) -> std::io::Result<T> {
    let folder = fs::File::open(data)?;
    act(Path::new(&format!("/proc/self/fd/{}/{NAME}", folder.as_raw_fd())))
}
