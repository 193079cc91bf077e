//! Which days an organisation works, and counting by them.
//!
//! Owns the schema `workdays`. Calendar, attendance, approvals and every term in working days call what is named here, inside
//! their own transaction.

mod change;
mod count;
pub mod events;
mod show;
mod stored;
mod table;
pub mod zone;

pub use stored::table;
pub use table::{Kind, Table, Week};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Working days: routes, schema, data map.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(show::show_workdays, change::change_workdays))
        .routes(routes!(count::count_workdays));
    Module::new("workdays", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
}
