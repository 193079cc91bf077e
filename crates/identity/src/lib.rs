//! Who is calling: accounts, sign-in, sessions, invitations, the first run.
//!
//! Owns the schema `identity`. Organisations and people are the directory's; statements are privacy's. Publishes
//! [`events`].

pub mod events;

mod device;
mod hints;
mod imports;
mod invitations;
mod jobs;
mod members;
mod model;
mod operator;
mod passwords;
mod secrets;
mod sessions;
mod setup;
mod sign_in;
mod tell;

pub use device::cookie;
pub use members::resume::resume;
pub use members::shut_out::shut_out;
pub use members::suspend::{SuspensionReason, suspend};
pub use model::{InvitationId, Must, Session};
pub use operator::reset_owner_password;
pub use passwords::credential::create_account;
pub use passwords::hash::{hash as hash_password, matches as is_password};
pub use passwords::rules::{OwnWords, check as check_password};
pub use secrets::{Token, normalise as one_time_as_typed, one_time};
pub use sessions::cookies::cookie as set_cookie;
pub use sessions::revocation::{apply_recent as apply_revocations, close_organisation, open_organisation};
pub use setup::code::{is_set_up, new_setup_code, organisation_count, setup_code};
pub use sign_in::throttle::{Guesser, Throttle};
pub(crate) use tell::tell;

use kernel::{App, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Identity as a domain: it alone knows who is calling.
pub fn module() -> Module {
    let routes: OpenApiRouter<App> = OpenApiRouter::new()
        .routes(routes!(setup::check::check_set_up))
        .routes(routes!(setup::claim::set_up))
        .routes(routes!(sign_in::enter::sign_in, sessions::list::list_sessions, sessions::end::end_other_sessions))
        .routes(routes!(sessions::current::show_session, sessions::end::sign_out))
        .routes(routes!(sessions::end::end_session))
        .routes(routes!(sessions::prove::prove_again))
        .routes(routes!(sign_in::history::list_sign_ins))
        .routes(routes!(hints::list::list_ended_hints))
        .routes(routes!(hints::end::end_hint))
        .routes(routes!(passwords::change::change_password))
        .routes(routes!(invitations::personal::list_personal_invitations))
        .routes(routes!(invitations::personal::accept_personal_invitation))
        .routes(routes!(invitations::decline::decline_personal_invitation))
        .routes(routes!(invitations::create::create_invitation, invitations::list::list_invitations))
        .routes(routes!(invitations::revoke::revoke_invitation))
        .routes(routes!(invitations::show::show_invitation))
        .routes(routes!(invitations::accept::accept_invitation))
        .routes(routes!(imports::list::list_imports, imports::upload::create_import))
        .routes(routes!(imports::upload::add_import_file))
        .routes(routes!(imports::show::show_import, imports::discard::delete_import))
        .routes(routes!(imports::problems::list_import_problems))
        .routes(routes!(imports::told::list_import_people))
        .routes(routes!(imports::told::list_import_departments))
        .routes(routes!(imports::remap::set_import_mapping))
        .routes(routes!(imports::confirm::confirm_import))
        .routes(routes!(imports::undo::undo_import))
        .routes(routes!(imports::undo::list_import_kept))
        .routes(routes!(imports::result::take_import_result, imports::result::forget_import_result))
        .routes(routes!(members::add::add_member))
        .routes(routes!(members::room::show_people_room))
        .routes(routes!(members::initial_password::set_initial_password))
        .routes(routes!(members::suspend::suspend_member))
        .routes(routes!(members::disable::disable_member))
        .routes(routes!(members::remove::remove_member))
        .routes(routes!(members::leave::leave_organisation))
        .routes(routes!(members::resume::resume_member));
    Module {
        public_routes: &[
            ("checkSetUp", "nobody has an account before the first run"),
            ("setUp", "nobody has an account before the first run"),
            ("signIn", "this is how one becomes somebody"),
            ("showSession", "a client asks at its start whether anybody is signed in"),
            ("showInvitation", "one sees where a link leads before deciding to have an account"),
            ("acceptInvitation", "this is how one gets an account"),
        ],
        demands: &[
            "identity.change_password",
            "identity.suspended",
            "identity.disabled",
            "identity.leaving",
            "identity.affirm_age",
            "privacy.accept_statement",
        ],
        jobs: jobs::jobs(),
        start: Some(sessions::revocation::watch),
        authenticate: Some(sessions::authenticate::authenticate),
        ..Module::new("identity", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
