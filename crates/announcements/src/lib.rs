//! What an organisation tells its people, everybody or some departments, and who has read it (`KNW-01`).
//!
//! Owns the schema `announcements`.

mod audience;
mod counts;
mod create;
mod edit;
pub mod events;
mod forget;
mod kept;
mod list;
mod model;
mod policy;
mod read;
mod stored;
mod tell;
mod unconfirmed;
mod withdraw;
mod written;

pub use model::AnnouncementId;

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) const ANNOUNCEMENTS: &str = "announcements";

/// What an organisation can do without: all of it. An announcement concerns those of whom it names to whom this is open.
pub const APPLICATIONS: &[Application] = &[Application::of_people(ANNOUNCEMENTS, kept::KEPT)];

/// The domain: routes, schema, data map, who is told, and the jobs that count, forget and erase.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_announcements, create::create_announcement))
        .routes(routes!(written::list_written_announcements))
        .routes(routes!(edit::edit_announcement))
        .routes(routes!(withdraw::withdraw_announcement))
        .routes(routes!(read::read_announcement))
        .routes(routes!(unconfirmed::list_unconfirmed));
    Module {
        jobs: vec![counts::job(), forget::job(), kept::job()],
        subscribers: tell::subscribers(),
        ..Module::new("announcements", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
