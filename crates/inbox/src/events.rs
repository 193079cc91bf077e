//! What the inbox tells the rest of the program.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::{Kind, NotificationId};

/// People were told something. What it was about is not here: the outbox outlives the notification.
#[derive(Debug, Serialize, Deserialize)]
pub struct NotificationAdded {
    /// Who.
    pub members: Vec<MemberId>,
    /// What kind of thing.
    pub kind: Kind,
}

impl Event for NotificationAdded {
    const NAME: &'static str = "inbox.notification_added";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(self.members.clone())
    }
}

/// Somebody has seen notifications, or they were taken back: their other devices and counters follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct NotificationsRead {
    /// Whose.
    pub members: Vec<MemberId>,
    /// Those that were named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<NotificationId>,
    /// And all up to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<NotificationId>,
}

impl Event for NotificationsRead {
    const NAME: &'static str = "inbox.notifications_read";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(self.members.clone())
    }
}
