//! The nouns: an announcement as it is read, and as it is looked after.

use chrono::{DateTime, Utc};
use directory::DepartmentId;
use kernel::MemberId;
use serde::Serialize;
use utoipa::ToSchema;

kernel::id!(
    /// One announcement; ids rise with time.
    AnnouncementId
);

/// Whether an announcement is still shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AnnouncementState)]
pub enum State {
    /// To all whom it concerns.
    Shown,
    /// Its time is over: to those who have read it.
    Ended,
    /// Taken back: those who have read it see that.
    Withdrawn,
}

/// An announcement that concerns the caller.
#[derive(Serialize, ToSchema)]
pub struct Announcement {
    /// Which; ids rise with time.
    pub id: AnnouncementId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// What it is about.
    pub title: String,
    /// Plain text, several lines; absent once it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// When it was published.
    pub at: DateTime<Utc>,
    /// When it was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// Until when it is shown; until it is withdrawn when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Whether it is still shown.
    pub state: State,
    /// Whether whom it concerns has to say that they have read it.
    pub must_be_confirmed: bool,
    /// Whether the caller has read it; whoever wrote it has.
    pub is_read: bool,
    /// Whether the caller has said so.
    pub is_confirmed: bool,
    /// Rises with every change; whoever says that they have read it says which.
    pub revision: i64,
}

/// An announcement for whoever looks after it.
#[derive(Serialize, ToSchema)]
pub struct WrittenAnnouncement {
    /// Which; ids rise with time.
    pub id: AnnouncementId,
    /// Who wrote it.
    pub author_id: MemberId,
    /// What it is about.
    pub title: String,
    /// Plain text, several lines.
    pub text: String,
    /// Whom it concerns, with what lies below; everyone when there are none.
    pub department_ids: Vec<DepartmentId>,
    /// When it was published.
    pub at: DateTime<Utc>,
    /// When it was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// Until when it is shown; until it is withdrawn when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Whether it is still shown.
    pub state: State,
    /// Whether whom it concerns has to say that they have read it.
    pub must_be_confirmed: bool,
    /// How many people it concerns now, without whoever wrote it.
    pub audience_count: i64,
    /// How many of them have read it.
    pub read_count: i64,
    /// How many of them have confirmed that.
    pub confirmed_count: i64,
    /// Rises with every change; goes into `If-Match`.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: AnnouncementCan,
}

/// To whom the caller may announce something.
#[derive(Serialize, ToSchema)]
pub struct AnnouncerCan {
    /// To everyone.
    pub everyone: bool,
    /// To these departments, each with what lies below; to all of them whoever announces to everyone.
    pub department_ids: Vec<DepartmentId>,
}

/// What the caller may do to an announcement.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct AnnouncementCan {
    /// Change or withdraw it.
    pub edit: bool,
}
