//! The organisation's spans of time that a message is subject to.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, App, OrgId, Result, Tx};

/// The settings for the message path: from memory when they are there.
pub async fn at_hand(app: &App, org: OrgId) -> Result<Windows> {
    if let Some(settings) = directory::known_settings(app, org, app.now()) {
        return Ok(Windows::of(&settings));
    }
    let mut tx = app.begin(org, Actor::System).await?;
    let windows = Windows::load(&mut tx).await?;
    tx.commit().await?;
    Ok(windows)
}

/// How long messages are kept, may be changed and taken back, in this organisation, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Days a message is kept (`IM-18`, `RET-09`).
    pub kept_days: i32,
    /// Whether what a message said before it was edited is kept.
    pub keeps_edits: bool,
    edit: TimeDelta,
    recall: TimeDelta,
}

impl Windows {
    /// The settings in force.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Ok(Self::of(&*directory::settings(tx).await?))
    }

    fn of(settings: &directory::Settings) -> Self {
        Self {
            kept_days: settings.chat_retention_days,
            keeps_edits: settings.keeps_edits,
            edit: TimeDelta::seconds(settings.edit_window_s.into()),
            recall: TimeDelta::seconds(settings.recall_window_s.into()),
        }
    }

    /// Messages sent at this instant or before are past the time they are kept.
    pub fn hidden_before(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now - TimeDelta::days(self.kept_days.into())
    }

    /// The second at which a message is hidden and deleted.
    pub fn kept_until(&self, sent_at: DateTime<Utc>) -> DateTime<Utc> {
        sent_at + TimeDelta::days(self.kept_days.into())
    }

    /// Its author may change it until then.
    pub fn edit_until(&self, sent_at: DateTime<Utc>) -> DateTime<Utc> {
        sent_at + self.edit
    }

    /// Its author may take it back until then.
    pub fn recall_until(&self, sent_at: DateTime<Utc>) -> DateTime<Utc> {
        sent_at + self.recall
    }
}

#[cfg(test)]
mod tests {
    use super::Windows;
    use chrono::{DateTime, TimeDelta};

    #[test]
    fn a_message_is_hidden_at_the_second_it_is_kept_until() {
        let windows =
            Windows { kept_days: 90, keeps_edits: false, edit: TimeDelta::minutes(15), recall: TimeDelta::minutes(2) };
        let sent = DateTime::UNIX_EPOCH;
        let end = windows.kept_until(sent);
        assert!(sent > windows.hidden_before(end - TimeDelta::milliseconds(1)));
        assert!(sent <= windows.hidden_before(end));
    }
}
