//! What people are told: mentions, groups they were taken into, security, the organisation.
//!
//! Owns the schema `inbox`. Features call [`notify`] and [`retract`] inside their own transaction.

mod acts;
pub mod events;
mod imports;
mod model;
mod notifications;
mod security;
mod settings;

pub use model::{Kind, Notification, NotificationId, Target};
pub use notifications::notify::{New, notify};
pub use notifications::read::read_target;
pub use notifications::retract::{retract, retract_from, told};
pub use settings::{NotificationSettings, settings_of};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The inbox: routes, schema, data map, and the job that forgets.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(notifications::list::list_notifications))
        .routes(routes!(notifications::read::read_notifications))
        .routes(routes!(settings::show_notification_settings, settings::set_notification_settings));
    Module {
        subscribers: acts::subscribers()
            .into_iter()
            .chain([security::tell_of_new_device(), imports::tell_of_its_end()])
            .collect(),
        jobs: vec![notifications::forget_old::job()],
        ..Module::new("inbox", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
