//! Finding things again: a blind index over what other domains seal, and the words somebody searched for last.
//!
//! Owns the schema `search`. Domains above [`put`] what can be found into it, [`forget`] it, [`find`] candidates, and
//! compare what they open with the [`Query`]: the index knows codes, never words, and decides nothing.

mod index;
mod jobs;
mod kept;
mod query;
mod snippet;
mod text;
mod words;

pub use index::find::{Cursor, Found, Question, find};
pub use index::forget::{forget, forget_through};
pub use index::is_collecting;
pub use index::put::{Entry, put};
pub use query::Query;
pub use snippet::{Mark, Snippet};
pub use text::terms::{Terms, mark};

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Its key, for whoever puts messages into the index.
pub const MESSAGE_SEARCH: &str = "message_search";

/// What an organisation can do without: looking through what was said. The operation is the owner's of the messages.
pub const APPLICATIONS: &[Application] = &[Application::of_people(MESSAGE_SEARCH, kept::KEPT)];

/// The search domain: routes for one's own words, schema, data map, jobs.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(words::list::list_search_words, words::keep::keep_search_word))
        .routes(routes!(words::choose::choose_search_words, words::forget::forget_search_words))
        .routes(routes!(words::forget::forget_search_word));
    Module { jobs: jobs::jobs(), ..Module::new("search", routes, sqlx::migrate!(), include_str!("../data_map.toml")) }
}
