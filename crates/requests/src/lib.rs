//! What people ask an organisation about their data, from inside and from outside, and what it answers in time (`DSR-09` to `DSR-13`).
//!
//! Owns the schema `requests`.

mod board;
mod check_identity;
mod clock;
mod drafts;
pub mod events;
mod explain_delay;
mod finish;
mod follow;
mod forget;
mod make;
mod mine;
mod model;
mod policy;
mod remind;
mod stored;
mod take_up;
mod tell;
mod withdraw;
mod written;

pub use model::SubjectRequestId;

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The rights desk: routes, schema, data map, and the jobs that remind and forget.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(board::list_subject_requests, make::make_subject_request))
        .routes(routes!(mine::list_my_subject_requests))
        .routes(routes!(follow::follow_subject_request))
        .routes(routes!(withdraw::withdraw_followed_subject_request))
        .routes(routes!(withdraw::withdraw_subject_request))
        .routes(routes!(drafts::show_subject_request_drafts))
        .routes(routes!(check_identity::check_subject_request_identity))
        .routes(routes!(take_up::take_up_subject_request))
        .routes(routes!(explain_delay::explain_subject_request_delay))
        .routes(routes!(finish::finish_subject_request));
    Module {
        public_routes: &[
            ("makeSubjectRequest", "whoever has no account has rights about their data as well"),
            ("followSubjectRequest", "whoever asked from outside follows it by the link they were given"),
            ("withdrawFollowedSubjectRequest", "whoever asked from outside takes it back the same way"),
        ],
        jobs: vec![forget::job(), remind::job()],
        ..Module::new("requests", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
