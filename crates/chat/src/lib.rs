//! Conversations and what is said in them.
//!
//! Owns the schema `chat`. Reads people from `directory`, puts notices into the `inbox`. Publishes [`events`].

mod activity;
mod body;
mod conversations;
mod count;
mod days;
pub mod events;
mod index;
mod jobs;
mod live;
mod members;
mod mentions;
mod messages;
mod model;
mod nodes;
mod notices;
mod plain;
mod policy;
mod read;
mod seat;
mod settings;
mod sync;
mod writer;

pub use body::{Body, MAX_FILES as FILES_PER_MESSAGE, MAX_TEXT as MESSAGE_BYTES, Text};
pub use conversations::create::{NewConversation, NewDirect, NewGroup, create};
pub use conversations::hand_over::groups_to_hand_over;
pub use count::{Effort, MessageCount, Span, count_files, count_messages};
pub use index::follow::{catch_up as index_messages, index_elsewhere};
pub use members::part::part;
pub use members::people::MAX_MEMBERS as GROUP_MEMBERS;
pub use messages::send::{Sending, send};
pub use model::{Conversation, ConversationId, Message, MessageId};
pub use nodes::ear;

use kernel::{App, Module};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What files of messages are attached as.
const FEATURE: &str = "chat";

/// The chat domain: routes, schema, data map, jobs, the channels of the socket and the writer.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(conversations::list::list_conversations, conversations::create::create_conversation))
        .routes(routes!(conversations::search::search_conversations))
        .routes(routes!(conversations::show::show_conversation, conversations::change::change_conversation))
        .routes(routes!(conversations::transfer::transfer_conversation))
        .routes(routes!(conversations::dissolve::dissolve_conversation))
        .routes(routes!(conversations::my::change_my_conversation))
        .routes(routes!(conversations::draft::put_draft))
        .routes(routes!(members::leave::leave_conversation))
        .routes(routes!(members::list::list_conversation_members, members::add::add_conversation_members))
        .routes(routes!(members::remove::remove_conversation_member))
        .routes(routes!(members::role::set_conversation_role))
        .routes(routes!(messages::list::list_messages, messages::send::send_message))
        .routes(routes!(messages::edit::edit_message))
        .routes(routes!(messages::recall::recall_message))
        .routes(routes!(messages::forward::forward_message))
        .routes(routes!(messages::search::search_messages))
        .routes(routes!(messages::readers::list_readers))
        .routes(routes!(messages::versions::list_message_versions))
        .routes(routes!(messages::files::open_file))
        .routes(routes!(conversations::files::list_conversation_files))
        .routes(routes!(read::read_messages))
        .routes(routes!(sync::sync_conversations))
        .routes(routes!(activity::show_activity));
    Module {
        jobs: jobs::jobs(),
        subscribers: vec![index::again::subscriber()],
        channels: vec![live::chat::CHANNEL, live::typing::CHANNEL, live::presence::CHANNEL],
        on_attach: Some(live::attach::attach),
        heard: Some(live::heard),
        start: Some(start),
        ..Module::new("chat", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}

/// Chat's own tasks; the writer starts with the first message.
fn start(app: &App) {
    app.spawn("chat.presence", live::presence::keep(app.clone()));
}
