//! Restriction of somebody's data: kept, and not used otherwise, until they or an administrator lift it (`DSR-04`, PIPL 44, GDPR 18).
//!
//! Owns the schema `restrictions`.

mod effects;
pub mod events;
mod leave;
mod lift;
mod list;
mod mine;
mod model;
mod of_member;
mod place;
mod stored;
mod tell;
mod time;

pub use model::{Reason, Restriction, RestrictionId};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The domain: routes, schema, data map, and what time and leaving do to a restriction.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(mine::show_my_restriction, place::restrict_me, lift::lift_my_restriction))
        .routes(routes!(of_member::show_member_restriction, place::restrict_member))
        .routes(routes!(lift::lift_member_restriction))
        .routes(routes!(list::list_restrictions));
    Module {
        jobs: vec![time::job()],
        subscribers: leave::subscribers(),
        ..Module::new("restrictions", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
