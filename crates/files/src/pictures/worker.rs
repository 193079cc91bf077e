//! The process apart: reads a picture from its input, writes what is kept of it, ends. `tulou worker picture`.

use std::io::{self, Read, Write};

use anyhow::Context;
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::TargetArch;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::clean::clean;

/// The largest picture that is looked at, bytes; of a larger one only the beginning is, for its size.
pub const MAX_PICTURE: u64 = 64 << 20;
const MEMORY: u64 = 1 << 30;
const CPU_S: u64 = 20;
/// All it may ask the kernel for: to read and write what is open, memory, the time, chance, and its own end.
const CALLS: [&str; 26] = [
    "brk",
    "clock_gettime",
    "close",
    "exit",
    "exit_group",
    "fstat",
    "futex",
    "getpid",
    "getrandom",
    "gettid",
    "lseek",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "read",
    "readv",
    "restart_syscall",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "sigaltstack",
    "write",
    "writev",
];
const NOT_PERMITTED: u32 = 1;

/// The first line of what the worker writes; the picture and the small one follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// Pixels of a picture that is shown, or is too large to be.
    pub size: Option<(i32, i32)>,
    /// Bytes of the picture; 0: it stays as it came.
    pub picture: u64,
    /// Bytes of the small one; 0: there is none.
    pub thumbnail: u64,
    /// Whether the kernel refuses it everything else it could be asked for.
    #[serde(default)]
    pub is_filtered: bool,
}

/// Does the work. Ends with an error when the input is no picture.
pub fn run() -> anyhow::Result<()> {
    confine()?;
    // A kernel without filters, or a container that does not let one be set, leaves the limits: the server says so.
    let is_filtered = filter().is_ok();
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_PICTURE).read_to_end(&mut bytes)?;
    let kept = clean(&bytes).context("no picture that can be read")?;
    let size = match kept.size {
        Some((width, height)) => Some((i32::try_from(width)?, i32::try_from(height)?)),
        None => None,
    };
    let (picture, thumbnail) = (kept.bytes.unwrap_or_default(), kept.thumbnail.unwrap_or_default());
    let head = Head { size, picture: picture.len() as u64, thumbnail: thumbnail.len() as u64, is_filtered };
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &head)?;
    out.write_all(b"\n")?;
    out.write_all(&picture)?;
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

/// From here on the kernel refuses everything but [`CALLS`], also what limits leave open: other processes of the same user
/// cannot be read, traced or ended, and no program takes this one's place.
fn filter() -> seccompiler::Result<()> {
    let architecture = TargetArch::try_from(std::env::consts::ARCH)?;
    for program in seccompiler::compile_from_json(rules().to_string().as_bytes(), architecture)?.values() {
        seccompiler::apply_filter_all_threads(program)?;
    }
    Ok(())
}

fn rules() -> Value {
    let calls: Vec<Value> = CALLS.iter().map(|call| json!({ "syscall": call })).collect();
    json!({ "worker": { "mismatch_action": { "errno": NOT_PERMITTED }, "match_action": "allow", "filter": calls } })
}

#[cfg(test)]
mod tests {
    use seccompiler::TargetArch;

    use super::rules;

    #[test]
    fn every_call_that_is_let_through_has_a_number_on_each_machine_that_is_supported() {
        for architecture in [TargetArch::x86_64, TargetArch::aarch64] {
            let programs = seccompiler::compile_from_json(rules().to_string().as_bytes(), architecture).unwrap();
            assert_eq!(programs.len(), 1);
        }
    }
}
