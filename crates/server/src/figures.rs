//! What the process counts about itself, for `/metrics` and the health page.

use std::fmt::Write;
use std::fs;

use kernel::App;

/// In the text format of Prometheus.
pub fn lines(app: &App) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, value: u64| {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "# HELP tulou_{name} {help}\n# TYPE tulou_{name} gauge\ntulou_{name} {value}");
    };
    gauge("sockets", "Open sockets of this node.", app.hub().count() as u64);
    let weight = app.hub().weight();
    gauge("socket_state_bytes", "What is known of the open sockets, in memory.", weight.state as u64);
    gauge("socket_queued_bytes", "Frames that wait for slow readers.", weight.queued as u64);
    gauge("resident_bytes", "Memory of this process.", resident_bytes());
    gauge("open_files", "Open file descriptors of this process.", open_files());
    text
}

fn resident_bytes() -> u64 {
    let pages =
        fs::read_to_string("/proc/self/statm").ok().and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * rustix::param::page_size() as u64
}

fn open_files() -> u64 {
    fs::read_dir("/proc/self/fd").map_or(0, |files| files.count() as u64)
}
