//! The result of an import as a file for the administrator's spreadsheet program.

use chrono::{DateTime, Utc};
use directory::imports::Outcome;
use privacy::csv::{MARK, row};
use serde::{Deserialize, Serialize};

/// What became of one person.
#[derive(Serialize, Deserialize)]
pub struct Line {
    pub row: u32,
    pub name: String,
    pub user_id: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub outcome: Outcome,
    pub initial_password: Option<String>,
    pub expires_at: Option<DateTime<Utc>>,
}

struct Words {
    file: &'static str,
    header: [&'static str; 8],
    outcomes: [&'static str; 7],
}

const ENGLISH: Words = Words {
    file: "result",
    header: ["Row", "Name", "User id", "Phone", "E-mail", "Outcome", "Initial password", "Good until (UTC)"],
    outcomes: ["created", "invited", "changed", "moved", "unchanged", "left out", "leaving"],
};
const SIMPLIFIED: Words = Words {
    file: "结果",
    header: ["行", "姓名", "用户名", "手机号", "邮箱", "结果", "初始密码", "有效期至 (UTC)"],
    outcomes: ["已创建", "已邀请", "已更新", "已调动", "无变化", "未导入", "已离职"],
};
const TRADITIONAL: Words = Words {
    file: "結果",
    header: ["列", "姓名", "使用者名稱", "手機號碼", "電子郵件", "結果", "初始密碼", "有效期限 (UTC)"],
    outcomes: ["已建立", "已邀請", "已更新", "已調動", "無變更", "未匯入", "已離職"],
};

fn words(language: Option<&str>) -> &'static Words {
    match language {
        Some("zh-CN") => &SIMPLIFIED,
        Some("zh-TW") => &TRADITIONAL,
        _ => &ENGLISH,
    }
}

/// What the file is called: after the list, or where nobody knows what that is called, after the day on which it was given.
pub fn file_name(list: Option<&str>, given_at: DateTime<Utc>, language: Option<&str>) -> String {
    let stem = list.map(|list| list.rsplit_once('.').map_or(list, |(stem, _)| stem)).filter(|stem| !stem.is_empty());
    let stem = stem.map_or_else(|| given_at.format("%Y-%m-%d").to_string(), ToOwned::to_owned);
    // Windows keeps no file that is called so.
    let stem = stem.replace([':', '*', '?', '"', '<', '>', '|'], "_");
    format!("{stem}-{}.csv", words(language).file)
}

/// UTF-8 with a byte order mark, without which Excel takes it for something else (RFC 4180).
pub fn file(lines: &[Line], language: Option<&str>) -> String {
    let words = words(language);
    let mut file = String::from(MARK);
    file.push_str(&row(words.header));
    for line in lines {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        file.push_str(&row([
            line.row.to_string(),
            line.name.clone(),
            text(&line.user_id),
            text(&line.phone),
            text(&line.email),
            words.outcomes[place(line.outcome)].to_owned(),
            text(&line.initial_password),
            line.expires_at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        ]));
    }
    file
}

fn place(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Created => 0,
        Outcome::Invited => 1,
        Outcome::Changed => 2,
        Outcome::Moved => 3,
        Outcome::Unchanged => 4,
        Outcome::Wrong => 5,
        Outcome::Left => 6,
    }
}

#[cfg(test)]
mod tests {
    use directory::imports::Outcome;

    use super::{Line, file, file_name};

    #[test]
    fn the_file_is_called_after_the_list_or_the_day() {
        let at = "2026-12-03T08:00:00Z".parse().unwrap();
        assert_eq!(file_name(Some("花名册.2026.xlsx"), at, Some("zh-CN")), "花名册.2026-结果.csv");
        assert_eq!(file_name(Some("all: \"new\"?"), at, None), "all_ _new__-result.csv");
        for nameless in [None, Some(".csv")] {
            assert_eq!(file_name(nameless, at, Some("zh-TW")), "2026-12-03-結果.csv");
        }
    }

    #[test]
    fn nothing_in_the_file_is_computed_by_a_spreadsheet_program() {
        let line = Line {
            row: 2,
            name: "=HYPERLINK(\"http://x\")".into(),
            user_id: None,
            phone: Some("+8613800138000".into()),
            email: None,
            outcome: Outcome::Created,
            initial_password: Some("ABCD-EFGH".into()),
            expires_at: None,
        };
        let text = file(&[line], Some("zh-TW"));
        assert!(text.starts_with("\u{FEFF}\"列\",\"姓名\""));
        let second = text.lines().nth(1).unwrap();
        assert_eq!(
            second,
            "\"2\",\"'=HYPERLINK(\"\"http://x\"\")\",\"\",\"'+8613800138000\",\"\",\"已建立\",\"ABCD-EFGH\",\"\""
        );
    }
}
