//! What goes over the socket and is not an event: messages, read cursors, typing, presence.

pub mod attach;
pub mod chat;
pub mod frames;
pub mod presence;
pub mod typing;

use kernel::{App, OrgId, Recorded};

/// What the windows of this node are told because something happened, on whichever node.
pub fn heard(app: &App, org: OrgId, event: &Recorded) {
    presence::heard(app, org, event);
    crate::nodes::heard(app, org, event);
}
