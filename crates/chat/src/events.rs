//! What chat tells the rest of the program. A message is its own event (it has a place of its own, by number) and is
//! not among these: who writes to whom must not outlive the message.

use kernel::{Audience, Event, MemberId, TopicChange};
use serde::{Deserialize, Serialize};

use crate::model::ConversationId;

/// There is a new conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationCreated {
    /// Which.
    pub conversation: ConversationId,
    /// Whether only two can ever be in it.
    #[serde(default)]
    pub is_direct: bool,
    /// Who is in it.
    pub members: Vec<MemberId>,
}

impl Event for ConversationCreated {
    const NAME: &'static str = "chat.conversation_created";
    const AUDIT_HIDES: &'static str = "members";
    /// That somebody began to talk with one colleague is no act of the organisation's.
    fn is_audited(&self) -> bool {
        !self.is_direct
    }
    fn audience(&self) -> Audience {
        Audience::Topic(self.conversation.0)
    }
    fn topics(&self) -> Vec<TopicChange> {
        self.members.iter().map(|member| TopicChange::Join(self.conversation.0, *member)).collect()
    }
}

/// Name, history or the end of a conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConversationChanged {
    /// Which.
    pub conversation: ConversationId,
}

impl Event for ConversationChanged {
    const NAME: &'static str = "chat.conversation_changed";
    fn audience(&self) -> Audience {
        Audience::Topic(self.conversation.0)
    }
}

/// People came, went, or got another role.
#[derive(Debug, Serialize, Deserialize)]
pub struct MembersChanged {
    /// Where.
    pub conversation: ConversationId,
    /// Who is in it now and was not.
    #[serde(default)]
    pub added: Vec<MemberId>,
    /// Who is not in it any more.
    #[serde(default)]
    pub removed: Vec<MemberId>,
}

impl Event for MembersChanged {
    const NAME: &'static str = "chat.members_changed";
    const AUDIT_HIDES: &'static str = "added,removed";
    fn audience(&self) -> Audience {
        Audience::Topic(self.conversation.0)
    }
    fn topics(&self) -> Vec<TopicChange> {
        let topic = self.conversation.0;
        let joins = self.added.iter().map(|member| TopicChange::Join(topic, *member));
        joins.chain(self.removed.iter().map(|member| TopicChange::Leave(topic, *member))).collect()
    }
}

/// One's own side of a conversation: muted, pinned, hidden, marked, or not one's any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct MyChanged {
    /// Which.
    pub conversation: ConversationId,
    /// Whose side.
    pub members: Vec<MemberId>,
}

impl Event for MyChanged {
    const NAME: &'static str = "chat.my_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(self.members.clone())
    }
}

/// The words of a message are others now.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageEdited {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub seq: i64,
}

impl Event for MessageEdited {
    const NAME: &'static str = "chat.message_edited";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Topic(self.conversation.0)
    }
}

/// The words of a message are gone: taken back by the author, or away by who looks after the group.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageRecalled {
    /// Where.
    pub conversation: ConversationId,
    /// Which.
    pub seq: i64,
    /// Away, by who looks after the group.
    #[serde(default)]
    pub is_removal: bool,
}

impl Event for MessageRecalled {
    const NAME: &'static str = "chat.message_recalled";
    /// Taking back one's own words is nobody's business; taking away another's is.
    fn is_audited(&self) -> bool {
        self.is_removal
    }
    fn audience(&self) -> Audience {
        Audience::Topic(self.conversation.0)
    }
}

/// Somebody has begun, changed or dropped a draft.
#[derive(Debug, Serialize, Deserialize)]
pub struct DraftChanged {
    /// Where.
    pub conversation: ConversationId,
    /// Whose.
    pub member: MemberId,
}

impl Event for DraftChanged {
    const NAME: &'static str = "chat.draft_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}
