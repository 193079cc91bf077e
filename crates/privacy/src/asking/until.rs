//! Until when something is kept: a rule of the data map with its number, as people can be told.

use chrono::TimeDelta;
use kernel::data_map::AFTER_END;
use serde::Serialize;
use utoipa::ToSchema;

/// What ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UntilKind {
    /// A time that is always the same.
    Period,
    /// The time the organisation has chosen for messages (`RET-09`).
    Messages,
    /// A time that is always the same, from when it is over: until then it stays.
    AfterEnd,
    /// Newer ones of its kind (`RET-17`).
    Newest,
    /// The end of the sign-in.
    Session,
    /// The end of the conversation.
    Conversation,
    /// The erasure of whoever it is about, some time after they have left (`RET-08`).
    Membership,
    /// The end of the account.
    Account,
    /// The end of the organisation, or whoever takes it away before.
    Organisation,
    /// That it is not needed any more.
    Need,
}

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Until {
    /// What ends it.
    pub kind: UntilKind,
    /// After so many seconds; only of `period`, `messages` and `after_end`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_for_s: Option<i64>,
}

impl Until {
    /// By a rule of the data map, where messages are kept for so many days.
    pub fn of(rule: &str, chat_days: i32) -> Self {
        let kind = match rule {
            "RET-09" => return Self::after(UntilKind::Messages, TimeDelta::days(chat_days.into())),
            "RET-01" => return Self::after(UntilKind::Period, kernel::audit::KEPT),
            "RET-17" => UntilKind::Newest,
            "session" => UntilKind::Session,
            "conversation" => UntilKind::Conversation,
            "RET-08" | "membership" => UntilKind::Membership,
            "account" => UntilKind::Account,
            "RET-02" | "organisation" => UntilKind::Organisation,
            other => match limited(other) {
                Some((kind, time)) => return Self::after(kind, time),
                None => UntilKind::Need,
            },
        };
        Self { kind, kept_for_s: None }
    }

    fn after(kind: UntilKind, time: TimeDelta) -> Self {
        Self { kind, kept_for_s: Some(time.num_seconds()) }
    }
}

/// A period, from the row's own time or from its end.
fn limited(rule: &str) -> Option<(UntilKind, TimeDelta)> {
    match rule.strip_prefix(AFTER_END) {
        Some(rest) => Some((UntilKind::AfterEnd, period(rest)?)),
        None => Some((UntilKind::Period, period(rule)?)),
    }
}

/// Days and hours of ISO 8601: `P90D`, `PT12H`.
fn period(rule: &str) -> Option<TimeDelta> {
    let rest = rule.strip_prefix('P')?;
    match rest.strip_prefix('T') {
        Some(time) => TimeDelta::try_hours(time.strip_suffix('H')?.parse().ok()?),
        None => TimeDelta::try_days(rest.strip_suffix('D')?.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::{Until, UntilKind};

    #[test]
    fn adm_08_every_rule_says_what_ends_it() {
        let said = |rule| {
            let Until { kind, kept_for_s } = Until::of(rule, 180);
            (kind, kept_for_s)
        };
        assert_eq!(said("RET-09"), (UntilKind::Messages, Some(180 * 86_400)));
        assert_eq!(said("RET-01"), (UntilKind::Period, Some(184 * 86_400)));
        assert_eq!(said("P90D"), (UntilKind::Period, Some(90 * 86_400)));
        assert_eq!(said("PT12H"), (UntilKind::Period, Some(12 * 3_600)));
        assert_eq!(said("end+P180D"), (UntilKind::AfterEnd, Some(180 * 86_400)));
        assert_eq!(said("RET-08"), (UntilKind::Membership, None));
        assert_eq!(said("organisation"), (UntilKind::Organisation, None));
        assert_eq!(said("installation"), (UntilKind::Need, None));
        for unknown in ["technical", "P", "PT", "P1M", "end+", "end+RET-09", "RET-24", "P99999999999999D"] {
            assert_eq!(said(unknown), (UntilKind::Need, None), "{unknown}");
        }
    }
}
