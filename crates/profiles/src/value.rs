//! What a field may hold, and the one form in which each kind of value is kept.

use chrono::NaiveDate;
use kernel::{Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use texts::{contact, days, is_unseen};
use utoipa::ToSchema;

use crate::Definition;

const FIELD: &str = "values";
/// Characters of a text, unless the field says less.
pub(crate) const LONGEST: u16 = 500;
const LONGEST_LINK: usize = 2_000;
/// Characters of a value of which the first and the last are shown when it is masked.
const LEAST_SHOWN: usize = 6;
/// Digits before and after the point.
const MOST_DIGITS: usize = 15;

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = FieldKind)]
pub enum Kind {
    /// A line.
    Text,
    /// Decimal, with a point.
    Number,
    /// `YYYY-MM-DD`.
    Date,
    /// One of a list.
    Choice,
    /// Somebody who works here.
    Person,
    /// With country code.
    Phone,
    /// An address that begins with `https://`, `http://` or `mailto:`.
    Link,
    /// Of the built-in picture alone.
    Picture,
}

/// A value in the form it is kept in. Whether a person is here, the caller looks up.
pub fn checked(kind: Kind, definition: &Definition, text: &str, region: &str) -> Result<String> {
    let text = text.trim();
    match kind {
        Kind::Text => line(text, definition.longest.unwrap_or(LONGEST)),
        Kind::Number => number(text, definition),
        Kind::Date => date(text),
        Kind::Choice => {
            let is_known = definition.choices.iter().any(|choice| choice.id == text);
            if is_known { Ok(text.to_owned()) } else { Err(wrong("not_a_choice")) }
        }
        Kind::Person => text.parse::<MemberId>().map(|id| id.to_string()).map_err(|_| wrong("not_a_person")),
        Kind::Phone => contact::phone(text, region).map_err(|error| match error {
            Error::Invalid { why, .. } => wrong(why),
            other => other,
        }),
        Kind::Link => link(text),
        Kind::Picture => Err(wrong("unknown")),
    }
}

fn wrong(why: &'static str) -> Error {
    Error::Invalid { field: FIELD, why }
}

fn line(text: &str, longest: u16) -> Result<String> {
    if text.chars().count() > usize::from(longest) {
        return Err(wrong("is_too_long"));
    }
    if text.chars().any(|c| c.is_control() || is_unseen(c)) {
        return Err(wrong("has_control_characters"));
    }
    Ok(text.to_owned())
}

/// `-12.50` is kept as `-12.5`; exponents and separators of thousands are nobody's number here.
fn number(text: &str, definition: &Definition) -> Result<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) || whole.len() + part.len() > MOST_DIGITS {
        return Err(wrong("not_a_number"));
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let plain = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
    let plain = if plain == "0" { plain } else { format!("{sign}{plain}") };
    let value: f64 = plain.parse().map_err(|_| wrong("not_a_number"))?;
    let is_inside =
        definition.least.is_none_or(|least| value >= least) && definition.most.is_none_or(|most| value <= most);
    if is_inside { Ok(plain) } else { Err(wrong("out_of_range")) }
}

fn date(text: &str) -> Result<String> {
    let day: NaiveDate = text.parse().map_err(|_| wrong("not_a_date"))?;
    if days::is_meant(day) { Ok(day.to_string()) } else { Err(wrong("out_of_range")) }
}

/// What would run when it is opened is no address.
fn link(text: &str) -> Result<String> {
    let lower = text.to_lowercase();
    let begins = ["https://", "http://", "mailto:"].iter().find(|scheme| lower.starts_with(**scheme));
    let rest = begins.map_or("", |scheme| &text[scheme.len()..]);
    let is_plain =
        text.len() <= LONGEST_LINK && !text.chars().any(|c| c.is_whitespace() || c.is_control() || is_unseen(c));
    if rest.is_empty() || !is_plain { Err(wrong("not_a_link")) } else { Ok(text.to_owned()) }
}

/// What is shown of a masked value. Of a phone number the last four digits, and what stands before the four that are
/// hidden; of anything else its first and last character at most, and not how long it is.
pub fn masked(kind: Kind, value: &str) -> String {
    let all: Vec<char> = value.chars().collect();
    if kind != Kind::Phone {
        let edge =
            |end: Option<&char>| end.filter(|_| all.len() >= LEAST_SHOWN).map(char::to_string).unwrap_or_default();
        return format!("{}••••{}", edge(all.first()), edge(all.last()));
    }
    let tail = all.len().min(4).min(all.len() / 3);
    let head = all.len().saturating_sub(tail + 4).min(all.len() / 2);
    let hidden = all.len() - head - tail;
    all[..head]
        .iter()
        .copied()
        .chain(std::iter::repeat_n('•', hidden))
        .chain(all[all.len() - tail..].iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{Definition, Kind, checked, masked};

    fn kept(kind: Kind, text: &str) -> Option<String> {
        let definition = Definition { least: Some(-20.0), most: Some(1e6), longest: Some(5), ..Definition::default() };
        checked(kind, &definition, text, "CN").ok()
    }

    #[test]
    fn dir_02_each_kind_of_value_has_one_form() {
        for (kind, text, expected) in [
            (Kind::Text, "  Rust ", Some("Rust")),
            (Kind::Text, "longer", None),
            (Kind::Text, "a\u{202E}b", None),
            (Kind::Number, "-007.50", Some("-7.5")),
            (Kind::Number, "-0.0", Some("0")),
            (Kind::Number, "1e3", None),
            (Kind::Number, "1,000", None),
            (Kind::Number, "-21", None),
            (Kind::Number, "", None),
            (Kind::Date, "2026-02-28", Some("2026-02-28")),
            (Kind::Date, "2026-02-30", None),
            (Kind::Date, "1066-10-14", None),
            (Kind::Phone, "138 0013 8000", Some("+8613800138000")),
            (Kind::Link, "https://example.org/a?b=c", Some("https://example.org/a?b=c")),
            (Kind::Link, "javascript:alert(1)", None),
            (Kind::Link, "https://", None),
            (Kind::Link, "https://a b", None),
            (Kind::Choice, "unheard", None),
            (Kind::Person, "Bob", None),
            (Kind::Picture, "x", None),
        ] {
            assert_eq!(kept(kind, text).as_deref(), expected, "{kind:?} {text}");
        }
    }

    #[test]
    fn a_masked_number_keeps_its_beginning_and_its_end() {
        for (number, shown) in
            [("+8613800138000", "+86138••••8000"), ("+85261234567", "+852••••4567"), ("+12345", "••••45")]
        {
            assert_eq!(masked(Kind::Phone, number), shown);
        }
    }

    #[test]
    fn of_other_masked_values_neither_most_of_it_nor_the_length_is_told() {
        for (text, shown) in
            [("bob@acme.example", "b••••e"), ("S1", "••••"), ("", "••••"), ("张伟住在福州", "张••••州")]
        {
            assert_eq!(masked(Kind::Text, text), shown);
        }
    }
}
