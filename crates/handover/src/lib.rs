//! Who goes on with what somebody had who is not let in any more.
//!
//! Owns the schema `handover`.

pub mod events;
mod kind;
mod kinds;
mod model;
mod overseen;
mod policy;
mod react;
mod successors;

pub use kind::{Kind, Kinds, Thing};
pub use kinds::{leadership, roles};
pub use policy::Passing;
pub use successors::successors;

use axum::Extension;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain with these kinds of things: routes, schema, data map.
pub fn module(kinds: Vec<Kind>) -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(overseen::list::list_hand_overs))
        .routes(routes!(overseen::show::show_hand_over))
        .routes(routes!(overseen::decide::decide_hand_over))
        .layer(Extension(Kinds::of(kinds)));
    Module {
        subscribers: react::subscribers(),
        ..Module::new("handover", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
