//! Groups of people: put together by hand, or by a rule about departments and fields that follows whatever happens.
//!
//! Owns the schema `people_groups`. Who is in a group is a principal of the directory, which every sharing asks.

mod create;
mod delete;
mod edit;
pub mod events;
mod keep;
mod list;
mod members;
mod model;
mod policy;
mod preview;
mod rule;
mod show;
mod stored;
mod subscribers;

pub use directory::PeopleGroupId;
pub use members::{members_of, sees};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Groups of people: routes, schema, data map, and what keeps them up to date.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_people_groups, create::create_people_group))
        .routes(routes!(show::show_people_group, edit::edit_people_group, delete::delete_people_group))
        .routes(routes!(members::list_people_group_members))
        .routes(routes!(preview::preview_people_group));
    Module {
        subscribers: subscribers::all(),
        ..Module::new("people_groups", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
