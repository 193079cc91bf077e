//! What this domain tells the rest of the program: ids and small facts, never what was announced.

use chrono::{DateTime, Utc};
use directory::DepartmentId;
use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::model::AnnouncementId;

/// Somebody announced something.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnnouncementPublished {
    /// Which.
    pub announcement: AnnouncementId,
    /// Whom it concerns, with what lies below; everyone when there are none.
    pub departments: Vec<DepartmentId>,
    /// Until when it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Whether it must be confirmed.
    pub must_be_confirmed: bool,
}

impl Event for AnnouncementPublished {
    const NAME: &'static str = "announcements.announcement_published";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It says something else, or concerns others, or for another time.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnnouncementEdited {
    /// Which.
    pub announcement: AnnouncementId,
    /// What of it is different: `title`, `text`, `departments`, `until`, `must_be_confirmed`.
    pub fields: Vec<String>,
    /// Whether those who had read it are asked again.
    pub asks_again: bool,
}

impl Event for AnnouncementEdited {
    const NAME: &'static str = "announcements.announcement_edited";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// It was taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnnouncementWithdrawn {
    /// Which.
    pub announcement: AnnouncementId,
}

impl Event for AnnouncementWithdrawn {
    const NAME: &'static str = "announcements.announcement_withdrawn";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Some announcement is not what it was: for windows. Which one, not everybody may know.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnnouncementsChanged {}

impl Event for AnnouncementsChanged {
    const NAME: &'static str = "announcements.announcements_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// Somebody has read an announcement: their other windows follow.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnnouncementRead {
    /// Which.
    pub announcement: AnnouncementId,
    /// Who.
    pub member: MemberId,
}

impl Event for AnnouncementRead {
    const NAME: &'static str = "announcements.announcement_read";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(vec![self.member])
    }
}

/// More have read an announcement, or fewer: for the windows of those who announce. Which one, and who has, they ask.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountsChanged {
    /// Who hears of it.
    pub writers: Vec<MemberId>,
}

impl Event for CountsChanged {
    const NAME: &'static str = "announcements.counts_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Members(self.writers.clone())
    }
}
