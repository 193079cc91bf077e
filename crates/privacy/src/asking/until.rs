//! Until when something is kept: a rule of the data map with its number, as people can be told.

use chrono::TimeDelta;
use kernel::data_map::AFTER_END;
use serde::Serialize;
use utoipa::ToSchema;

use crate::periods;
use texts::{Language, Text};

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
            "RET-03" => return Self::after(UntilKind::Period, periods::DELETION_LOG),
            // Five calendar years are not all of one length: a day more at most.
            "RET-04" => return Self::after(UntilKind::Period, TimeDelta::days(1826)),
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

    /// The same for a file.
    pub fn said(self, language: Language) -> String {
        let words: Text = match self.kind {
            UntilKind::Period => ["{t}", "{t}", "{t}"],
            UntilKind::Messages => ["{t}，由企业设定", "{t}，由企業設定", "{t}, as the organisation chose"],
            UntilKind::AfterEnd => ["结束后 {t}", "結束後 {t}", "{t} after it is over"],
            UntilKind::Newest => ["仅最近的", "僅最近的", "only the newest"],
            UntilKind::Session => ["直到登录结束", "直到登入結束", "until the sign-in ends"],
            UntilKind::Conversation => ["会话存续期间", "對話存續期間", "as long as the conversation is there"],
            UntilKind::Membership => [
                "本人在企业期间，离开后删除",
                "本人在企業期間，離開後刪除",
                "as long as the person is here; erased after",
            ],
            UntilKind::Account => ["账号存续期间", "帳號存續期間", "as long as the account is there"],
            UntilKind::Organisation => ["直到企业删除", "直到企業刪除", "until the organisation takes it away"],
            UntilKind::Need => ["直到不再需要", "直到不再需要", "as long as it is needed"],
        };
        language.of(words).replace("{t}", &length(self.kept_for_s.unwrap_or_default(), language))
    }
}

/// Days, or hours of less than one.
fn length(seconds: i64, language: Language) -> String {
    let hours = seconds / 3_600;
    let (n, words): (i64, Text) =
        if hours < 24 { (hours, ["小时", "小時", "hour"]) } else { (hours / 24, ["天", "天", "day"]) };
    let plural = if n == 1 || language != Language::English { "" } else { "s" };
    format!("{n} {}{plural}", language.of(words))
}

/// A period, from the row's own time or from its end.
fn limited(rule: &str) -> Option<(UntilKind, TimeDelta)> {
    match rule.strip_prefix(AFTER_END) {
        Some(rest) => Some((UntilKind::AfterEnd, period(rest)?)),
        None => Some((UntilKind::Period, period(rule)?)),
    }
}

/// Days and hours of ISO 8601: `P90D`, `PT12H`.
pub(crate) fn period(rule: &str) -> Option<TimeDelta> {
    let rest = rule.strip_prefix('P')?;
    match rest.strip_prefix('T') {
        Some(time) => TimeDelta::try_hours(time.strip_suffix('H')?.parse().ok()?),
        None => TimeDelta::try_days(rest.strip_suffix('D')?.parse().ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::{Until, UntilKind};
    use texts::Language;

    #[test]
    fn what_is_said_in_a_file_has_its_number() {
        let said = |rule| Language::ALL.map(|language| Until::of(rule, 180).said(language));
        assert_eq!(said("RET-09"), ["180 天，由企业设定", "180 天，由企業設定", "180 days, as the organisation chose"]);
        assert_eq!(said("PT1H"), ["1 小时", "1 小時", "1 hour"]);
        assert_eq!(said("end+P1D"), ["结束后 1 天", "結束後 1 天", "1 day after it is over"]);
    }

    #[test]
    fn adm_08_every_rule_says_what_ends_it() {
        let said = |rule| {
            let Until { kind, kept_for_s } = Until::of(rule, 180);
            (kind, kept_for_s)
        };
        assert_eq!(said("RET-09"), (UntilKind::Messages, Some(180 * 86_400)));
        assert_eq!(said("RET-01"), (UntilKind::Period, Some(184 * 86_400)));
        assert_eq!(said("RET-03"), (UntilKind::Period, Some(180 * 86_400)));
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
