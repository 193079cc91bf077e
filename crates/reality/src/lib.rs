//! The statement against reality (C12): once a day the data map is compared with the database. Columns that nobody declared, values that
//! should be sealed and are not, contact data in clear, and words of people who do not exist where they must not be are drifts: they
//! are told by place and number, never by content.
//!
//! Owns the schema `reality`.

mod canary;
mod catalogue;
mod drift;
mod list;
mod look;
mod sample;

pub use drift::{Drift, DriftKind, Owner, Standing, standing};
pub use look::look;

use std::time::Duration;

use kernel::{Class, Job, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Once a day.
const EVERY: Duration = Duration::from_secs(24 * 3600);

/// The domain: one operation, a schema, a data map and the job that looks.
pub fn module() -> Module {
    let job = Job {
        name: "reality.look",
        class: Class::Heavy,
        every: Some(EVERY),
        run: |cx| Box::pin(async move { look(&cx.app).await }),
    };
    let routes = OpenApiRouter::new().routes(routes!(list::list_drifts));
    Module { jobs: vec![job], ..Module::new("reality", routes, sqlx::migrate!(), include_str!("../data_map.toml")) }
}
