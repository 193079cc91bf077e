//! The link between the nodes of one installation: over NATS, or over the database they share. It carries hints and
//! finds out when some did not arrive.

mod batch;
mod link;
mod nats;
mod notify;
mod peers;
mod run;

use kernel::App;
use sqlx::postgres::PgConnectOptions;

/// How the nodes of an installation reach each other.
#[derive(Clone)]
pub enum Way {
    /// A NATS server, and the subject that this installation speaks on.
    Nats {
        /// `nats://user:password@host:4222`, or `tls://…`
        url: String,
        /// Another one for every installation that shares the server.
        subject: String,
    },
    /// `NOTIFY` of the database: no further program, some hundred words a second.
    Database(Box<PgConnectOptions>),
}

/// Takes part from now on, until the program stops. A bus that does not answer keeps nobody from starting: until it does,
/// windows are told now and then to ask for what they missed.
///
/// # Errors
/// An address that is none.
pub async fn join(app: &App, way: Way) -> anyhow::Result<()> {
    let link = match way {
        Way::Nats { url, subject } => link::Link::Nats(nats::Nats::connect(&url, subject).await?),
        Way::Database(options) => link::Link::Database(notify::Database::connect(app, *options)),
    };
    app.words().open();
    let program = app.clone();
    app.spawn("nodes", async move { run::run(program, link).await });
    Ok(())
}
