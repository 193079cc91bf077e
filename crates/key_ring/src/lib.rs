//! Which key ring a database belongs to, who may use it, and how nodes that share it learn of what was destroyed.
//!
//! Owns the schema `key_ring`: one row.

mod board;
mod hold;
mod mark;

pub use board::board;
pub use hold::{Hold, Share};
pub use mark::{Mark, moved, read, write};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;

/// Not there yet: the table, or the schema around it.
const ABSENT: [&str; 2] = ["42P01", "3F000"];

/// The key ring: schema and data map.
pub fn module() -> Module {
    Module::new("key_ring", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
}

/// Nothing where the database was never migrated.
fn if_there<T: Default>(outcome: sqlx::Result<T>) -> sqlx::Result<T> {
    match outcome {
        Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| ABSENT.contains(&&*code)) => {
            Ok(T::default())
        }
        outcome => outcome,
    }
}
