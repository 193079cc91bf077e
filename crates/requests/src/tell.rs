//! The bell rings for whoever answers, and for whoever asked where they are of the organisation.

use inbox::{Kind, New, Target};
use kernel::{Result, Tx};

use crate::model::SubjectRequestId;
use crate::policy::Desk;
use crate::stored::Stored;

fn target(id: SubjectRequestId) -> Target {
    Target { kind: "requests.subject_request".into(), id: id.0, seq: None }
}

/// Tells whoever answers requests. What was written stands in no notification.
pub async fn desk(tx: &mut Tx, id: SubjectRequestId, text: &str) -> Result<()> {
    let holders = directory::holders(tx, Desk::PERMISSION).await?;
    let new = New::by_actor(tx, Kind::System, Some(target(id)), text.to_owned());
    inbox::notify(tx, &holders, new).await
}

/// Tells whoever asked, when they are of the organisation.
pub async fn applicant(tx: &mut Tx, request: &Stored, text: &str) -> Result<()> {
    let Some(member) = request.member_id else { return Ok(()) };
    let new = New::by_actor(tx, Kind::System, Some(target(request.id)), text.to_owned());
    inbox::notify(tx, &[member], new).await
}

/// Takes back what anybody was told of it.
pub async fn take_back(tx: &mut Tx, id: SubjectRequestId) -> Result<()> {
    inbox::retract(tx, &target(id)).await
}
