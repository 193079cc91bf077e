//! What the program says about itself: ids and codes on standard error, never content, never an address at `info`.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Called once. A library's chatter stays out unless it is asked for by name.
pub fn start(config: &Config) {
    // A request that is given up while its transaction begins makes the database notice a rollback too many.
    // A slow statement is told whole: a migration is thousands of characters.
    let chatter = "sqlx=warn,sqlx::query=error,sqlx::postgres::notice=error,hyper=warn,object_store=warn,rustls=warn,\
                   async_nats=off";
    let filter = EnvFilter::new(format!("{chatter},{}", config.log_level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
        LogFormat::Human => builder.with_ansi(std::io::stderr().is_terminal()).init(),
    }
}
