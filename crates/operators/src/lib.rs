//! The console of whoever runs the installation: it looks after organisations and reads nothing of what is in them.
//!
//! Owns the schema `operators`.

mod accounts;
mod acting;
mod acts;
mod jobs;
mod organisations;
mod password;
mod session;
mod signed_in;
mod verifications;

pub use accounts::{Operator, add, all, remove};
pub use acting::Acting;
pub use acts::{Act, Done, log, note_dissolved};

use kernel::{App, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The console: routes, schema, data map.
pub fn module() -> Module {
    let routes: OpenApiRouter<App> = OpenApiRouter::new()
        .routes(routes!(
            session::show::show_operator_session,
            session::start::sign_in_operator,
            session::end::sign_out_operator
        ))
        .routes(routes!(password::change_operator_password))
        .routes(routes!(organisations::list::list_organisations))
        .routes(routes!(organisations::found::make_founding_code))
        .routes(routes!(organisations::suspend::suspend_organisation))
        .routes(routes!(organisations::resume::resume_organisation))
        .routes(routes!(organisations::limit::limit_organisation))
        .routes(routes!(verifications::show::show_verification_request))
        .routes(routes!(verifications::document::read_verification_document))
        .routes(routes!(verifications::decide::verify_organisation))
        .routes(routes!(verifications::decide::refuse_verification))
        .routes(routes!(verifications::disclose::record_disclosure));
    Module {
        public_routes: &[
            ("signInOperator", "this is how one becomes an operator"),
            ("showOperatorSession", "the console asks at its start whether anybody is signed in"),
        ],
        jobs: vec![jobs::clear()],
        ..Module::new("operators", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
