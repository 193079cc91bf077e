//! Ports for servers that tests start, stop and start again.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below those that systems lend to whoever connects: none is lent while its server is away.
const FIRST: u16 = 10_000;
/// So many for each program of tests; the programs that run at once have neighbouring ids.
const EACH: u16 = 64;
const PROGRAMS: u32 = 300;

/// A port of 127.0.0.1 on which nobody listens, another one each time.
///
/// # Panics
/// When all of this program's ports are taken.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let program = u16::try_from(std::process::id() % PROGRAMS).expect("fewer than 65,536");
    (0..EACH)
        .map(|_| FIRST + program * EACH + NEXT.fetch_add(1, Ordering::Relaxed) % EACH)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a free port")
}
