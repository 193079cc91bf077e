//! The program.

use tikv_jemallocator::Jemalloc;

/// The system's allocator keeps what a start and what letting people in leave between what stays: a fifth of what the program
/// held at rest, and half of each socket (docs/performance.md). How this one is set stands in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> std::process::ExitCode {
    server::run()
}
