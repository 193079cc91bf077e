//! What the nodes of one installation tell each other: after a commit, in batches, by NATS where the operator names one,
//! else by `NOTIFY` of the database they share. Ids and positions only. Every letter may be lost: truth is in the
//! database, and whoever misses something looks there.

mod hear;
mod letter;
mod line;
mod nats;
mod nodes;
mod post;
mod trial;
mod way;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{App, BoxFuture, OrgId, Outbound, Result};
use serde::Serialize;
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::mpsc;

use self::letter::Word;
use self::nats::Subject;
use self::post::Post;
use self::way::Way;

pub use self::nats::Nats;
pub use self::trial::{is_heard, is_heard_by};

/// What the data map calls NATS.
pub const HOST: &str = "server.nats";

/// Letters that may wait to be worked off; more are missed, and looked for in the database.
const WAITING: usize = 1_000;

/// How a module hears what it said on other nodes.
#[derive(Clone, Copy)]
pub struct Ear {
    /// The module.
    pub name: &'static str,
    /// Takes what was said elsewhere within one organisation, in that order.
    pub hear: fn(App, OrgId, Vec<Value>) -> BoxFuture<'static, Result<()>>,
    /// Finds in the database what may have been said elsewhere since that instant and was not heard. After an error, which
    /// keeps nothing else from being found, it is asked again.
    pub catch_up: fn(App, DateTime<Utc>) -> BoxFuture<'static, Result<()>>,
}

/// What nodes hear each other by, the same on all of them.
pub struct Ways {
    /// The database they share, without a pooler between: that would lose what should be heard.
    pub database: PgConnectOptions,
    /// Goes before the database, which is told what NATS does not take, and who is there.
    pub nats: Option<Nats>,
}

/// Tells other nodes from now on what happens here, and hears them, on connections of its own. Once, before the program
/// starts. Refused with a NATS that the data map does not declare.
pub fn start(app: &App, ways: Ways, ears: Vec<Ear>) -> Result<()> {
    if ways.nats.is_some() {
        Outbound::demand(app.data_map(), HOST)?;
    }
    let post = app.state::<Post>();
    app.pass_on_hints(move |hint| post.add_hint(hint));
    let nats = ways.nats.map(|nats| Way::Nats(Arc::new(Subject::of(app, nats))));
    let ways: Vec<Way> = nats.into_iter().chain([Way::Database(Box::new(ways.database))]).collect();
    let (heard, receiver) = mpsc::channel(WAITING);
    app.spawn("bus.post", post::deliver(app.clone(), ways.iter().map(Way::mouth).collect()));
    app.spawn("bus.hear", hear::work(app.clone(), (ears, ways.len()), receiver));
    for (number, way) in ways.into_iter().enumerate() {
        app.spawn("bus.line", line::Ear { number, way, heard: heard.clone() }.hold(app.clone()));
    }
    Ok(())
}

/// Whether there may be other nodes, now or in a moment.
pub fn is_running(app: &App) -> bool {
    app.has_bus()
}

/// Whether other nodes are there, or may be as far as is known.
pub fn has_others(app: &App) -> bool {
    is_running(app) && !app.state::<Post>().is_alone()
}

/// Tells the module's ear on the other nodes, after the commit. Small, and never contents; nothing where no bus runs.
pub fn tell(app: &App, ear: &'static str, org: OrgId, word: &impl Serialize) {
    if is_running(app) {
        let word = serde_json::to_value(word).expect("words are plain enums");
        app.state::<Post>().add_word(Word { ear: ear.into(), org, word });
    }
}
