//! Which other organisations of the installation an organisation is connected with (`XORG-02`), and which of its people may
//! speak with them (`XORG-03`).
//!
//! Owns the schema `peers`.

mod accept;
mod across;
mod ask;
mod connection;
mod contact;
mod end;
pub mod events;
mod follow;
mod forget;
mod kept;
mod list;
mod model;
mod policy;
mod speak;
mod speakers;

pub use model::{PeerContact, PeerState};
pub use speak::may_speak_outside;

use applications::Application;
use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) const PEERS: &str = "peers";

/// What an organisation can do without: all of it. Of the speakers those speak to whom this is open.
pub const APPLICATIONS: &[Application] = &[Application::of_people(PEERS, kept::KEPT)];

/// The domain: routes, schema, data map, what follows departments and groups, the end of what was declined, and of what
/// an organisation does without.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(list::list_peers, ask::ask_peer))
        .routes(routes!(accept::accept_peer))
        .routes(routes!(end::end_peer))
        .routes(routes!(contact::set_peer_contact))
        .routes(routes!(speakers::show::show_peer_speakers, speakers::set::set_peer_speakers))
        .routes(routes!(speak::list_peer_contacts));
    Module {
        jobs: vec![forget::job(), kept::job()],
        subscribers: follow::subscribers(),
        ..Module::new("peers", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
