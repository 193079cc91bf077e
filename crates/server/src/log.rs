//! What the program says about itself: ids and codes on standard error, never content, never an address at `info`.

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Config, LogFormat};

/// Called once.
pub fn start(config: &Config) {
    writing((config.log_format, &config.log_level), std::io::stderr).init();
}

/// What writes the lines of a level in a form. A library's chatter stays out unless it is asked for by name.
pub fn writing<W>((format, level): (LogFormat, &str), writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // A request that is given up while its transaction begins makes the database notice a rollback too many.
    // A slow statement is told whole: a migration is thousands of characters.
    let chatter = "sqlx=warn,sqlx::query=error,sqlx::postgres::notice=error,hyper=warn,object_store=warn,rustls=warn,\
                   async_nats=off";
    let filter = EnvFilter::new(format!("{chatter},{level}"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    match format {
        LogFormat::Json => {
            Box::new(builder.json().flatten_event(true).with_current_span(true).with_span_list(false).finish())
        }
        LogFormat::Human => Box::new(builder.with_ansi(std::io::stderr().is_terminal()).finish()),
    }
}
