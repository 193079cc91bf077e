//! Everything that the program has said while it ran in the tests: the lines of its log, as it writes them itself, at every level and
//! by every thread, and what its commands print.

use std::io::{self, Write};
use std::sync::{Mutex, Once, PoisonError};

use server::config::LogFormat;
use tracing_subscriber::util::SubscriberInitExt;

use super::scan::Scan;

static SAID: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Said;

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        SAID.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// From now on it is remembered what is said, also by threads that were there before.
pub fn hear() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| server::log::writing((LogFormat::Json, "trace"), || Said).init());
}

/// What a command prints.
pub fn told(said: &str) {
    writeln!(Said, "{said}").unwrap();
}

/// The lines in which something of it stands.
pub fn found(scan: &Scan) -> Vec<String> {
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if scan.found_in(&said).is_empty() {
        return Vec::new();
    }
    let lines = said.split(|byte| *byte == b'\n').filter(|line| !scan.found_in(line).is_empty());
    lines.map(|line| String::from_utf8_lossy(line).into_owned()).collect()
}
