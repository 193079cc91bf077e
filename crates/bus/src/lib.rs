//! What the nodes of one installation tell each other: after a commit, in batches, by `NOTIFY` of the database they
//! share. Ids and positions only. Every letter may be lost: truth is in the database, and whoever misses something
//! looks there.

mod hear;
mod letter;
mod line;
mod nodes;
mod post;
mod trial;

use chrono::{DateTime, Utc};
use kernel::{App, BoxFuture, OrgId, Result};
use serde::Serialize;
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::mpsc;

use self::letter::Word;
use self::post::Post;

pub use self::trial::is_heard;

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

/// Tells other nodes from now on what happens here, and hears them on a connection of its own with these options: a
/// direct one, since a pooler between transactions loses what it should hear. Once, before the program starts.
pub fn start(app: &App, line: PgConnectOptions, ears: Vec<Ear>) {
    let post = app.state::<Post>();
    app.pass_on_hints(move |hint| post.add_hint(hint));
    let (sender, receiver) = mpsc::channel(WAITING);
    app.spawn("bus.post", post::deliver(app.clone()));
    app.spawn("bus.line", line::hold(app.clone(), line.application_name("tulou-bus"), sender));
    app.spawn("bus.hear", hear::work(app.clone(), ears, receiver));
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
