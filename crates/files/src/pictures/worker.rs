//! The process apart: reads a picture from its input, writes what is kept of it, ends. `tulou worker picture`.

use std::io::{self, Read, Write};

use anyhow::Context;
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::clean::clean;

/// The largest picture that is looked at, bytes; a larger one is a file like any other.
pub const MAX_PICTURE: u64 = 64 << 20;
const MEMORY: u64 = 1 << 30;
const CPU_S: u64 = 20;

/// The first line of what the worker writes; the picture and the small one follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// Pixels of a picture that is shown.
    pub size: Option<(i32, i32)>,
    /// Bytes of the picture.
    pub picture: u64,
    /// Bytes of the small one.
    pub thumbnail: u64,
}

/// Does the work. Ends with an error when the input is no picture.
pub fn run() -> anyhow::Result<()> {
    confine()?;
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_PICTURE).read_to_end(&mut bytes)?;
    let kept = clean(&bytes).context("no picture that can be read")?;
    let (size, thumbnail) = match kept.thumbnail {
        Some(small) => (Some((i32::try_from(small.width)?, i32::try_from(small.height)?)), small.jpeg),
        None => (None, Vec::new()),
    };
    let head = Head { size, picture: kept.bytes.len() as u64, thumbnail: thumbnail.len() as u64 };
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(&kept.bytes)?;
    out.write_all(&thumbnail)?;
    Ok(out.flush()?)
}

/// From here on the process can open no file and no socket, not even in place of one that it closes, and neither grow nor
/// work without end. What it has open, input and output, stays.
fn confine() -> anyhow::Result<()> {
    let limits = [(Resource::Nofile, 0), (Resource::As, MEMORY), (Resource::Cpu, CPU_S), (Resource::Core, 0)];
    for (resource, most) in limits {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
