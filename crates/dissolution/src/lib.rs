//! An organisation ends (`ORG-09`): asked for by two, brought back by any owner for sixty days, then gone with everything in it.

mod again;
mod ask;
mod begin;
mod budget;
mod erase;
pub mod events;
mod plan;
mod policy;
mod restore;
mod show;

pub use again::again;
pub use plan::with_a_log;

use std::borrow::Cow;

use kernel::Module;
use sqlx::migrate::Migrator;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, what follows an approval, the job that erases.
pub fn module() -> Module {
    let routes = OpenApiRouter::new().routes(routes!(
        show::show_dissolution,
        ask::dissolve_organisation,
        restore::restore_organisation
    ));
    // It has no tables of its own.
    let migrations = Migrator { migrations: Cow::Borrowed(&[]), ..Migrator::DEFAULT };
    Module {
        jobs: vec![erase::job()],
        subscribers: vec![begin::subscriber_to_approvals()],
        ..Module::new("dissolution", routes, migrations, include_str!("../data_map.toml"))
    }
}
