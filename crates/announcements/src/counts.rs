//! How many have read an announcement is told to those who look after it: a moment later, once for all who read it until then.

use chrono::TimeDelta;
use directory::{DepartmentId, Permission};
use kernel::{Actor, Class, Job, JobCx, Rates, Result, Tx};
use serde_json::json;

use crate::events::CountsChanged;
use crate::model::AnnouncementId;
use crate::stored;

const TELL: &str = "announcements.tell_counts";
/// Everybody reads one at the same time: its numbers are told once in so many seconds.
const WINDOW_S: u32 = 4;
/// A second more, so that whoever was just too late to have it told is told of too.
const LATER: TimeDelta = TimeDelta::seconds(5);

pub fn job() -> Job {
    Job { name: TELL, class: Class::Light, every: None, run: |cx| Box::pin(tell(cx)) }
}

/// Has it told that the numbers of this one are others.
pub async fn follow(tx: &mut Tx, id: AnnouncementId) -> Result<()> {
    let now = tx.now();
    if tx.app().state::<Rates>().take((TELL, id), WINDOW_S, 1, now) {
        tx.schedule(TELL, json!({ "announcement": id }), now + LATER).await?;
    }
    Ok(())
}

async fn tell(cx: JobCx) -> Result<()> {
    let (Some(org), Ok(id)) = (cx.org, serde_json::from_value::<AnnouncementId>(cx.payload["announcement"].clone()))
    else {
        return Ok(());
    };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let Some(announcement) = stored::load(&mut tx, &[id]).await?.pop() else { return Ok(()) };
    // Whoever may announce anything to a department: which of them see this one they ask themselves.
    let near: Vec<DepartmentId> =
        if announcement.is_for_everyone { Vec::new() } else { directory::department_ids(&mut tx).await? };
    let writers = directory::holders_near(&mut tx, Permission::AnnouncementsWrite, &near).await?;
    tx.emit(&CountsChanged { writers })?;
    tx.commit().await
}
