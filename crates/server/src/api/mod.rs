//! The server's own operations: what it can do, how it is, what it works on.

mod capabilities;
mod health;
mod jobs;

use std::borrow::Cow;

use kernel::{App, Module};
use sqlx::migrate::Migrator;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use health::{Disk, started};

pub fn module() -> Module {
    // The server has no tables of its own.
    let migrations = Migrator { migrations: Cow::Borrowed(&[]), ..Migrator::DEFAULT };
    Module {
        public_routes: &[("showCapabilities", "a client draws the sign-in and set-up pages from it")],
        ..Module::new("server", routes(), migrations, include_str!("../../data_map.toml"))
    }
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(capabilities::show_capabilities))
        .routes(routes!(health::show_health))
        .routes(routes!(jobs::list_jobs))
        .routes(routes!(crate::socket::open_socket))
}
