//! The one connection of a window: events, talk and signals in both directions. `docs/api/socket.md` tells it to clients.

mod frames;
mod limits;
mod live;

use axum::extract::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::response::Response;
use kernel::{Caller, Cx, Error, Query, Result, Socket};
use serde::Deserialize;

/// No frame of a client is longer.
pub const FRAME_BYTES: usize = 64 * 1024;
/// No frame on the channel `sys` is longer: an answer repeats what it was asked.
const SYS_BYTES: usize = 512;
/// A longer id of a frame does not come back.
const ID_BYTES: usize = 256;
/// Up to here a frame that is too long is read, so that the client hears why; beyond, the connection just ends.
const READ_BYTES: usize = 4 * FRAME_BYTES;
/// What waits in memory for each socket, used or not: a usual frame fits, a longer one is read in pieces.
const READ_BUFFER: usize = 512;
/// So much is gathered before it is sent; what was needed once stays.
const WRITE_BUFFER: usize = 2 * 1024;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Resume {
    /// Id or short name of the organisation; a browser cannot send the header here
    #[serde(rename = "organisation")]
    _organisation: Option<String>,
    /// Position of the last event this client has: what came after it is sent first
    pos: Option<i64>,
}

/// Open the socket
///
/// Upgrades to a WebSocket; frames are described in docs/api/socket.md.
#[utoipa::path(
    get, path = "/v1/socket", tag = "server", operation_id = "openSocket",
    params(Resume),
    responses((status = 101, description = "The connection is a WebSocket from here on")),
    extensions(("x-access" = json!("member"))),
)]
pub async fn open_socket(
    cx: Cx,
    Query(resume): Query<Resume>,
    upgrade: std::result::Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response> {
    let upgrade = upgrade.map_err(|_| Error::Invalid { field: "upgrade", why: "not_a_websocket" })?;
    let caller = Caller { account: cx.account, session: cx.session, member: Some((cx.org, cx.member)), must: None };
    let socket = Socket::new(&caller).ok_or(Error::NotFound("organisation"))?;
    let app = cx.app().clone();
    let upgrade = upgrade.read_buffer_size(READ_BUFFER).write_buffer_size(WRITE_BUFFER);
    let upgrade = upgrade.max_message_size(READ_BYTES).max_frame_size(READ_BYTES);
    Ok(upgrade.on_upgrade(move |stream| live::run(app, socket, stream, resume.pos)))
}
