//! What chat puts into people's inbox, and takes back.

use inbox::{Kind, New, Target};
use kernel::{MemberId, Result, Tx};

use crate::model::{ConversationId, Message};

/// Tells people that they were mentioned, with how the message begins.
pub async fn mentioned(tx: &mut Tx, message: &Message, members: &[MemberId], excerpt: &str) -> Result<()> {
    let new = New {
        kind: Kind::Mention,
        target: Some(target(message.conversation_id, Some(message.seq))),
        actor: Some(message.author_id),
        text: excerpt.to_owned(),
    };
    inbox::notify(tx, members, new).await
}

/// Tells people that they are in a group now, and what it is called.
pub async fn added(tx: &mut Tx, conversation: ConversationId, members: &[MemberId], name: Option<&str>) -> Result<()> {
    let text = name.unwrap_or_default().to_owned();
    let new = New::by_actor(tx, Kind::AddedToGroup, Some(target(conversation, None)), text);
    inbox::notify(tx, members, new).await
}

/// Whoever reads a message has seen what they were told of it.
pub async fn read(tx: &mut Tx, conversation: ConversationId, member: MemberId, seq: i64) -> Result<()> {
    inbox::read_target(tx, member, &target(conversation, Some(seq))).await
}

/// Takes back what was told of a message: it carries the message's words.
pub async fn retract(tx: &mut Tx, conversation: ConversationId, seq: i64) -> Result<()> {
    inbox::retract(tx, &target(conversation, Some(seq))).await
}

fn target(conversation: ConversationId, seq: Option<i64>) -> Target {
    Target { kind: "chat.conversation".into(), id: conversation.0, seq }
}
