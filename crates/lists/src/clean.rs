//! What a cell means, without what spreadsheet programs and hands did to it.

use chrono::NaiveDate;
use texts::{is_unseen, unspaced};
use unicode_normalization::UnicodeNormalization;

use super::field::Field;
use super::sheet::{Cell, Kind};

/// A value out of a cell.
pub struct Cleaned {
    pub text: String,
    /// What was put right, as a stable word.
    pub note: Option<&'static str>,
}

/// In place of most of a value that somebody did not see who took the list from here: it says nothing of the value.
const MASK: &str = "••••";

/// Before a text they are no part of it: spreadsheet programs have it so, and hands that know that.
const APOSTROPHES: [char; 2] = ['\'', '’'];

/// The text as a list says it that [`clean`] reads: with an apostrophe before what would be taken for a formula or for what went
/// wrong in one, and before an apostrophe that is part of it.
pub fn marked(text: String) -> String {
    let is_read_otherwise = Kind::of(&text) == Kind::Failed || text.starts_with(APOSTROPHES);
    if is_read_otherwise { format!("'{text}") } else { text }
}

/// The value, `None` for an empty cell and a masked one, or why there is none.
pub fn clean(cell: &Cell, field: Field) -> Result<Option<Cleaned>, &'static str> {
    match cell.kind {
        Kind::Failed => return Err("is_formula_or_error"),
        Kind::Unreadable => return Err("is_unreadable"),
        Kind::Unclosed => return Err("quote_not_closed"),
        Kind::Text | Kind::Number => {}
    }
    let mut note = None;
    let mut text = cell.text.as_str();
    if let Some(rest) = text.trim_start().strip_prefix(APOSTROPHES).filter(|rest| !rest.trim().is_empty()) {
        (text, note) = (rest, Some("apostrophe_removed"));
    }
    let visible: String =
        text.chars().filter(|c| !is_unseen(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let mut plain = words.join(" ");
    if field == Field::Name {
        plain = unspaced(&plain);
    }
    if plain.is_empty() || plain.contains(MASK) {
        return Ok(None);
    }
    if plain != text {
        note = note.or(Some("spaces_removed"));
    }
    if is_code(field) {
        let folded = folded(&plain, field);
        if folded != plain {
            (plain, note) = (folded, note.or(Some("full_width_rewritten")));
        }
    }
    if field == Field::Phone {
        let rewritten = phone(&plain)?;
        if rewritten != plain {
            note = note.or(Some("phone_rewritten"));
        } else if cell.kind == Kind::Number {
            note = note.or(Some("phone_was_number"));
        }
        plain = rewritten;
    }
    Ok(Some(Cleaned { text: plain, note }))
}

const BRACKETS: [char; 2] = ['（', '）'];

/// In ordinary width. Brackets in the names of departments stay as they are written: 研发部（上海） is looked for exactly so first. So does
/// what stands behind a `\`.
fn folded(text: &str, field: Field) -> String {
    if !matches!(field, Field::Departments | Field::Path) {
        return text.nfkc().collect();
    }
    let (mut folded, mut run, mut is_escaped) = (String::new(), String::new(), false);
    for c in text.chars() {
        if !is_escaped && c != '\\' && !BRACKETS.contains(&c) {
            run.push(c);
            continue;
        }
        folded.extend(run.nfkc());
        run.clear();
        folded.push(c);
        is_escaped = c == '\\' && !is_escaped;
    }
    folded.extend(run.nfkc());
    folded
}

/// What is compared character by character is written in one way only.
fn is_code(field: Field) -> bool {
    !matches!(field, Field::Name | Field::Position | Field::Own)
}

/// A phone number that a spreadsheet program took for a number: `1.38E+10` has lost digits for good, `1.3800138000E+10`
/// has not.
fn phone(text: &str) -> Result<String, &'static str> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')')).collect();
    let upper = plain.to_ascii_uppercase();
    let Some((mantissa, exponent)) = upper.split_once('E') else {
        // `13800138000.0`, as some exports write whole numbers.
        return Ok(plain.strip_suffix(".0").map_or(plain.clone(), str::to_owned));
    };
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !is_number(mantissa) {
        return Ok(plain);
    }
    let exponent: usize = exponent.trim_start_matches('+').parse().map_err(|_| "phone_lost_digits")?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    // Fewer digits than there were: zeros would be somebody else's number.
    if fraction.contains('.') || fraction.len() != exponent {
        return Err("phone_lost_digits");
    }
    Ok(format!("{whole}{fraction}"))
}

/// 是, 1, yes; `None` for what is neither yes nor no.
pub fn is_yes(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "1" | "是" | "yes" | "y" | "true" | "√" | "✓" => Some(true),
        "0" | "" | "否" | "no" | "n" | "false" | "-" => Some(false),
        _ => None,
    }
}

/// 2026-02-03, 2026/2/3, 2026.2.3 and 2026年2月3日, in the first form.
pub fn day(text: &str) -> Option<String> {
    let plain: String = text.trim().trim_end_matches('日').replace(['/', '.', '年', '月'], "-");
    let parts: Vec<&str> = plain.split('-').map(str::trim).collect();
    let [year, month, day] = parts[..] else { return None };
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    (year.len() == 4).then(|| day.to_string())
}

/// Words for those who have left, in the form of [`has_left`].
const LEFT: &[&str] = &[
    "离职",
    "已离职",
    "離職",
    "已離職",
    "退休",
    "已退休",
    "停用",
    "已停用",
    "禁用",
    "已禁用",
    "left",
    "resigned",
    "terminated",
    "departed",
    "former",
    "retired",
    "inactive",
    "disabled",
    "deactivated",
];
/// Words for those who work here, and for those of whom an export of ours says that they are shut out: a list lets nobody in or out by
/// that.
const HERE: &[&str] = &[
    "",
    "在职",
    "在職",
    "正常",
    "正式",
    "试用",
    "試用",
    "试用期",
    "試用期",
    "实习",
    "實習",
    "启用",
    "啟用",
    "已激活",
    "未激活",
    "已啟用",
    "active",
    "employed",
    "working",
    "current",
    "enabled",
    "probation",
    "已邀请",
    "已邀請",
    "invited",
    "已暂停",
    "已暫停",
    "suspended",
    "离开中",
    "離開中",
    "leaving",
    "intern",
];

/// Whether whoever stands like that has left; `None` for words that nobody knows.
pub fn has_left(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    let is_among = |words: &[&str]| words.contains(&word.as_str());
    if is_among(LEFT) { Some(true) } else { is_among(HERE).then_some(false) }
}

#[cfg(test)]
mod tests {
    use super::{clean, has_left, marked};
    use crate::field::Field;
    use crate::sheet::{Cell, Kind};

    fn cleaned(text: &str, kind: Kind, field: Field) -> Result<Option<(String, Option<&'static str>)>, &'static str> {
        let cell = Cell { text: text.into(), kind };
        clean(&cell, field).map(|found| found.map(|cleaned| (cleaned.text, cleaned.note)))
    }

    #[test]
    fn what_hands_and_programs_did_to_a_cell_is_put_right_and_said() {
        let text = |text: &str, field| cleaned(text, Kind::Text, field).unwrap().unwrap();
        assert_eq!(text("'13800138000", Field::Phone), ("13800138000".into(), Some("apostrophe_removed")));
        assert_eq!(text("１３８００１３８０００", Field::Phone), ("13800138000".into(), Some("full_width_rewritten")));
        assert_eq!(text("+86 138-0013-8000", Field::Phone), ("+8613800138000".into(), Some("phone_rewritten")));
        assert_eq!(text("1.3800138000E+10", Field::Phone), ("13800138000".into(), Some("phone_rewritten")));
        assert_eq!(text("张伟 \u{3000}", Field::Name), ("张伟".into(), Some("spaces_removed")));
        for padded in ["李　明", "李 明", "李\u{2003}明"] {
            assert_eq!(text(padded, Field::Name), ("李明".into(), Some("spaces_removed")), "{padded}");
        }
        assert_eq!(text("Mara Whitcombe", Field::Name), ("Mara Whitcombe".into(), None));
        assert_eq!(
            text("研发 中心", Field::Departments),
            ("研发 中心".into(), None),
            "departments are called as they are"
        );
        assert_eq!(text("阿不都·热合曼", Field::Name), ("阿不都·热合曼".into(), None));
        assert_eq!(text("小美😀", Field::Name), ("小美😀".into(), None));
        assert_eq!(text("ＹＷ００１", Field::StaffNumber), ("YW001".into(), Some("full_width_rewritten")));
        let number = cleaned("13800138000", Kind::Number, Field::Phone).unwrap().unwrap();
        assert_eq!(number, ("13800138000".into(), Some("phone_was_number")));
    }

    #[test]
    fn what_a_list_says_as_it_must_is_read_as_it_was() {
        for text in ["=1+1", "=", "#N/A", "#REF!", "'s", "’s", "''", "'", "+86", "-1", "@a", "a'b", "a=b", "张伟"] {
            let cell = Cell { text: marked(text.into()), kind: Kind::of(&marked(text.into())) };
            let read = clean(&cell, Field::Position).map(|read| read.map(|read| read.text));
            assert_eq!(read, Ok(Some(text.to_owned())), "{text}");
        }
        for same in ["+86", "-1", "@a", "a'b", "张伟", ""] {
            assert_eq!(marked(same.into()), same);
        }
    }

    #[test]
    fn who_has_left_is_told_by_words_of_three_languages_and_never_guessed() {
        for word in ["离职", "已離職", " Left ", "DISABLED"] {
            assert_eq!(has_left(word), Some(true), "{word}");
        }
        for word in ["", "在职", "Active", "试用期"] {
            assert_eq!(has_left(word), Some(false), "{word}");
        }
        assert_eq!(has_left("on leave"), None);
    }

    #[test]
    fn what_cannot_be_known_any_more_is_refused() {
        assert_eq!(cleaned("1.38E+10", Kind::Text, Field::Phone), Err("phone_lost_digits"));
        assert_eq!(cleaned("1.380013E+10", Kind::Text, Field::Phone), Err("phone_lost_digits"));
        assert_eq!(cleaned("=1+1", Kind::Failed, Field::Name), Err("is_formula_or_error"));
        assert_eq!(cleaned("张\u{FFFD}", Kind::Unreadable, Field::Name), Err("is_unreadable"));
        assert_eq!(cleaned(" \u{200B}", Kind::Text, Field::Name), Ok(None));
        assert_eq!(cleaned("+86138••••8000", Kind::Text, Field::Phone), Ok(None));
    }
}
