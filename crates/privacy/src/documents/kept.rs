//! How long something is kept, in words: read from the rule, never typed (`RET-01` to `RET-25`).

use kernel::data_map::AFTER_END;

use super::facts::Facts;
use crate::asking::until::period;
use texts::{Language, Text};

/// Longer than any period: how lives of things are compared with each other.
const FOREVER: i64 = i64::MAX;

/// The number of a rule with its unit: `184 days`, or `90, 180, 360 or 720 days` where it is chosen. None where the rule has none.
pub fn number(facts: &Facts, rule: &str, language: Language) -> Option<String> {
    let first = || facts.periods.get(rule)?.first();
    match rule {
        "RET-04" => return Some(format!("{} {}", first()?, language.of(["年", "年", "years"]))),
        "RET-17" => return first().map(ToString::to_string),
        _ => {}
    }
    let hours = hours(facts, rule)?;
    let is_hours = hours.iter().any(|n| n % 24 != 0 || *n <= 24);
    let numbers: Vec<i64> = hours.iter().map(|n| if is_hours { *n } else { n / 24 }).collect();
    let unit = match (is_hours, numbers.as_slice()) {
        (true, [1]) => ["小时", "小時", "hour"],
        (true, _) => ["小时", "小時", "hours"],
        (false, _) => ["天", "天", "days"],
    };
    let chosen = format!("{} {}", choice(&numbers, language), language.of(unit));
    let Some([least, most]) = facts.own.get(rule) else { return Some(chosen) };
    let words: Text = [
        "{n}，或 {a} 至 {z} 天之间的其他天数",
        "{n}，或 {a} 至 {z} 天之間的其他天數",
        "{n}, or another number of days from {a} to {z}",
    ];
    let words = language.of(words).replace("{a}", &least.to_string()).replace("{z}", &most.to_string());
    Some(words.replace("{n}", &chosen))
}

/// When something goes, as the lists say it.
pub fn until(facts: &Facts, rule: &str, language: Language) -> String {
    let number = number(facts, rule, language).unwrap_or_default();
    let words: Text = match rule {
        "RET-09" => ["{n}，由企业选定", "{n}，由企業選定", "{n}, as the organisation chooses"],
        "RET-17" => ["最近 {n} 条", "最近 {n} 筆", "the last {n}"],
        "RET-02" | "RET-07" | "RET-10" | "organisation" => [
            "企业存续期间，及解散后 {n}",
            "企業存續期間，及解散後 {n}",
            "as long as the organisation, and {n} after it is dissolved",
        ],
        "RET-05" | "RET-08" | "membership" => [
            "你在企业期间，及离开后 {n}",
            "你在企業期間，及離開後 {n}",
            "as long as you are in the organisation, and {n} after you left",
        ],
        "session" => ["登录结束为止", "登入結束為止", "until the sign-in ends"],
        "conversation" => ["会话存续期间", "對話存續期間", "as long as the conversation"],
        "account" => ["账号存续期间", "帳號存續期間", "as long as your account"],
        "installation" => ["服务器运行期间", "伺服器運作期間", "as long as the server is run"],
        "setting" => ["改回原样为止", "改回原樣為止", "until you set it back"],
        "request" => ["连接或请求结束为止", "連線或請求結束為止", "until the connection or request ends"],
        "technical" => ["仅在需要时", "僅在需要時", "only while it is needed"],
        other if other.starts_with(AFTER_END) => ["结束后 {n}", "結束後 {n}", "{n} after it is over"],
        other if number.is_empty() => return other.to_owned(),
        _ => ["{n}", "{n}", "{n}"],
    };
    language.of(words).replace("{n}", &number)
}

/// The longest a rule lets something stay, in hours. Lives of things have no number: they are longer than any, and the life of what
/// holds the other is longer than that of the other.
pub fn longest(facts: &Facts, rule: &str) -> i64 {
    let life = |place: i64| FOREVER - place;
    match rule {
        "request" | "technical" => 0,
        "session" => life(5),
        "setting" | "RET-05" | "RET-08" | "membership" | "conversation" => life(4),
        "account" => life(3),
        "RET-02" | "RET-07" | "RET-10" | "organisation" => life(2),
        "installation" => life(1),
        "RET-04" => facts.periods.get(rule).and_then(|years| years.first()).map_or(FOREVER, |years| years * 366 * 24),
        other => {
            let own = facts.own.get(other).map(|[_, most]| most * 24);
            hours(facts, other).and_then(|hours| hours.into_iter().chain(own).max()).unwrap_or(FOREVER)
        }
    }
}

/// In hours, each choice.
fn hours(facts: &Facts, rule: &str) -> Option<Vec<i64>> {
    if let Some(days) = facts.periods.get(rule) {
        return Some(days.iter().map(|days| days * 24).collect());
    }
    Some(vec![period(rule.strip_prefix(AFTER_END).unwrap_or(rule))?.num_hours()])
}

fn choice(numbers: &[i64], language: Language) -> String {
    let Some((last, before)) = numbers.split_last() else { return String::new() };
    if before.is_empty() {
        return last.to_string();
    }
    let before: Vec<String> = before.iter().map(ToString::to_string).collect();
    let between = language.of(["、", "、", ", "]);
    format!("{} {} {last}", before.join(between), language.of(["或", "或", "or"]))
}

#[cfg(test)]
mod tests {
    use super::{longest, number, until};
    use crate::documents::facts::Facts;
    use crate::periods;
    use texts::Language::{English, Simplified};

    fn facts() -> Facts {
        let rules = ["RET-01", "RET-04", "RET-08", "RET-17", "organisation", "signed_in_briefly"];
        let fixed = rules.map(|rule| (rule.to_owned(), periods::days(rule).unwrap()));
        let chosen = ("RET-09".to_owned(), vec![90, 180, 360, 720]);
        Facts { periods: fixed.into_iter().chain([chosen]).collect(), ..Facts::default() }
    }

    #[test]
    fn ret_01_ret_09_ret_17_a_period_is_said_with_its_number() {
        let said = |rule| until(&facts(), rule, English);
        assert_eq!(said("RET-09"), "90, 180, 360 or 720 days, as the organisation chooses");
        assert_eq!(until(&facts(), "RET-09", Simplified), "90、180、360 或 720 天，由企业选定");
        let mut own = facts();
        own.own.insert("RET-09".into(), [7, 720]);
        let wanted = "90, 180, 360 or 720 days, or another number of days from 7 to 720";
        assert_eq!(number(&own, "RET-09", English).as_deref(), Some(wanted));
        assert_eq!((said("RET-04"), said("RET-17")), ("5 years".into(), "the last 20".into()));
        assert_eq!(said("RET-08"), "as long as you are in the organisation, and 14 days after you left");
        assert_eq!(said("end+P180D"), "180 days after it is over");
        assert_eq!((said("P1D"), said("PT1H"), said("P2D")), ("24 hours".into(), "1 hour".into(), "2 days".into()));
        assert_eq!(number(&facts(), "signed_in_briefly", English).as_deref(), Some("24 hours"));
        assert_eq!(number(&facts(), "account", English), None);
    }

    #[test]
    fn longer_is_longer() {
        let rules = ["technical", "PT1H", "P90D", "RET-09", "RET-04", "session", "account", "organisation"];
        let long = rules.map(|rule| longest(&facts(), rule));
        assert!(long.is_sorted_by(|one, other| one < other), "{long:?}");
    }
}
