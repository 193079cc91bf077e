//! Who does something: the audit log and the permission rules know all of these.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::MemberId;

/// The doer of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// A person of the organisation.
    Member(MemberId),
    /// Somebody who came by a link and has no account.
    Guest(Uuid),
    /// A program with a service token, or an application of the open platform.
    Application(Uuid),
    /// A program that speaks in conversations.
    Bot(Uuid),
    /// A room screen or another unattended device.
    Device(Uuid),
    /// Whoever runs the installation; reads no content.
    Operator,
    /// The program itself: jobs, subscribers.
    System,
    /// Nobody signed in: set-up, sign-in, an invitation.
    Visitor,
}
