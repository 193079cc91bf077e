//! What chat says to itself on other nodes: which messages there are, and who has read; never what they say. Whoever
//! hears it reads the database, and asks there too who may see it. What was edited or recalled is an event, which every
//! node reads.

mod changed;
mod hear;
mod show;
mod told;

use std::collections::BTreeMap;

use kernel::{App, Event, MemberId, OrgId, Recorded};
use serde::{Deserialize, Serialize};

use self::told::Told;
use crate::events::{MessageEdited, MessageRecalled};
use crate::index::follow;
use crate::model::{ConversationId, Message};

const EAR: &str = "chat";

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum News {
    /// There are messages, from this number to that; whether the node on which they were said indexes them.
    Said(ConversationId, i64, i64, bool),
    /// Somebody has read on.
    Read(ConversationId, MemberId),
}

/// How chat hears what it said on other nodes.
pub fn ear() -> bus::Ear {
    bus::Ear { name: EAR, hear: hear::hear, catch_up: hear::catch_up }
}

/// The messages of a batch, to be told together; nothing is kept where there is one node.
pub struct Said {
    is_told: bool,
    ranges: BTreeMap<(OrgId, ConversationId), Vec<(i64, i64)>>,
}

impl Said {
    /// Nothing yet.
    pub fn new(app: &App) -> Self {
        Self { is_told: bus::is_running(app), ranges: BTreeMap::new() }
    }

    /// Adds one that the windows of this node were sent.
    pub fn add(&mut self, org: OrgId, message: &Message) {
        if !self.is_told {
            return;
        }
        let ranges = self.ranges.entry((org, message.conversation_id)).or_default();
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == message.seq => *last = message.seq,
            _ => ranges.push((message.seq, message.seq)),
        }
    }

    /// After the commit.
    pub fn tell(self, app: &App) {
        if !self.is_told {
            return;
        }
        let (told, now, is_indexed) = (app.state::<Told>(), app.now(), follow::is_here(app));
        for ((org, conversation), ranges) in self.ranges {
            for (first, last) in ranges {
                told.note((org, conversation), (first, last), now);
                bus::tell(app, EAR, org, &News::Said(conversation, first, last, is_indexed));
            }
        }
    }
}

/// Somebody has read on, and the windows of this node were sent it; after the commit.
pub fn read(app: &App, org: OrgId, conversation: ConversationId, member: MemberId) {
    bus::tell(app, EAR, org, &News::Read(conversation, member));
}

/// What an edited or recalled message looks like is sent to the windows of every node; those of the node that did it may
/// get it twice.
pub fn heard(app: &App, org: OrgId, event: &Recorded) {
    let is_changed = [MessageEdited::NAME, MessageRecalled::NAME].contains(&event.name.as_str());
    if is_changed && bus::has_others(app) {
        changed::changed(app, org, &event.payload);
    }
}

#[cfg(test)]
mod tests {
    use super::News;
    use crate::model::ConversationId;
    use kernel::MemberId;
    use uuid::Uuid;

    #[test]
    fn news_carry_ids_and_numbers_and_come_back_as_they_were() {
        let (conversation, member) = (ConversationId(Uuid::from_u128(1)), MemberId(Uuid::from_u128(2)));
        for news in [News::Said(conversation, 3, 5, true), News::Read(conversation, member)] {
            let text = serde_json::to_string(&news).unwrap();
            assert!(text.len() < 100, "{text}");
            assert_eq!(serde_json::from_str::<News>(&text).unwrap(), news);
        }
    }
}
