//! Service tokens: what a program shows instead of signing in, and whose rights it lends; and the secrets of links and codes.
//!
//! Owns the schema `tokens`.

pub mod events;
mod lent;
mod link;
mod readable;
mod secret;
mod stored;

pub use lent::{Lent, delegated, lent};
pub use link::LinkToken;
pub use readable::readable;
pub use secret::authenticate;
pub use stored::{Made, NewToken, Token, TokenId, Why, all, end_all_of, make, revoke};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;

/// Tokens: schema, data map, and who is behind one.
pub fn module() -> Module {
    Module {
        services: Some(authenticate),
        ..Module::new("tokens", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
