//! What this server can do, for anybody who opens its page.

use kernel::{Json, Result, Visitor};
use serde::Serialize;
use utoipa::ToSchema;

const LANGUAGES: [&str; 3] = ["zh-CN", "zh-TW", "en"];

/// What a client needs to know before it draws anything
#[derive(Serialize, ToSchema)]
pub struct Capabilities {
    /// Of the program
    pub version: &'static str,
    /// False: the first thing to do is to set the server up
    pub set_up: bool,
    /// Whether several organisations share it: with a user id the organisation is asked for too
    pub is_shared: bool,
    /// Whether people reach the server over TLS
    pub is_tls: bool,
    /// In which it speaks
    pub languages: [&'static str; 3],
    /// The modules that are there; the client offers nothing else
    pub modules: Vec<&'static str>,
    /// What one thing may measure at most
    pub limits: Limits,
}

/// What one thing may measure at most
#[derive(Serialize, ToSchema)]
pub struct Limits {
    /// The text of a message
    pub message_bytes: usize,
    /// People in a group
    pub group_members: i64,
    /// A picture of oneself, as it is sent
    pub avatar_bytes: usize,
    /// One frame on the socket
    pub frame_bytes: usize,
    /// One file; an organisation may allow less
    pub file_bytes: i64,
    /// Files of one message
    pub files_per_message: usize,
}

/// Show what the server can do
#[utoipa::path(
    get, path = "/v1/capabilities", tag = "server", operation_id = "showCapabilities",
    responses((status = 200, body = Capabilities)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn show_capabilities(visitor: Visitor) -> Result<Json<Capabilities>> {
    let app = visitor.app();
    let organisations = identity::organisation_count(app).await?;
    Ok(Json(Capabilities {
        version: crate::VERSION,
        set_up: organisations > 0,
        is_shared: organisations > 1,
        is_tls: app.settings().is_tls,
        languages: LANGUAGES,
        modules: app.modules().to_vec(),
        limits: Limits {
            message_bytes: chat::MESSAGE_BYTES,
            group_members: chat::GROUP_MEMBERS,
            avatar_bytes: directory::AVATAR_BYTES,
            frame_bytes: crate::socket::FRAME_BYTES,
            file_bytes: files::FILE_BYTES,
            files_per_message: chat::FILES_PER_MESSAGE,
        },
    }))
}
