//! A card as vCard text: escaped and folded, so that any book reads it.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{Card, Label};

/// Longest line in bytes, without its end (RFC 6350 §3.2).
const LONGEST_LINE: usize = 75;

/// Which vCard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = VcardVersion)]
pub enum Version {
    /// RFC 2426: what most books read.
    #[default]
    #[serde(rename = "3.0")]
    V3,
    /// RFC 6350.
    #[serde(rename = "4.0")]
    V4,
}

/// What stands in a vCard.
pub struct Written<'a> {
    /// The same for the same person, for ever.
    pub id: Uuid,
    /// What is known.
    pub card: &'a Card,
    /// The department at the company; of colleagues.
    pub department: Option<&'a str>,
}

/// The vCard.
pub fn write(written: &Written, version: Version) -> String {
    let card = written.card;
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCARD");
    line("VERSION", if version == Version::V3 { "3.0" } else { "4.0" });
    line("UID", &format!("urn:uuid:{}", written.id));
    line("FN", &escaped(&card.name));
    line("N", &format!("{};;;;", escaped(&card.name)));
    for phone in &card.phones {
        line(&format!("TEL{}", kind(phone.label, version)), &escaped(&phone.number));
    }
    for email in &card.emails {
        line(&format!("EMAIL{}", kind(email.label, version)), &escaped(&email.address));
    }
    if let Some(company) = &card.company {
        let department = written.department.map(|name| format!(";{}", escaped(name))).unwrap_or_default();
        line("ORG", &format!("{}{department}", escaped(company)));
    }
    let optional = [("TITLE", &card.position), ("NOTE", &card.note)];
    for (name, value) in optional {
        if let Some(value) = value {
            line(name, &escaped(value));
        }
    }
    line("END", "VCARD");
    text
}

/// 3.0 writes types in upper case by custom, 4.0 in lower case.
fn kind(label: Label, version: Version) -> String {
    let name = match label {
        Label::Mobile => "CELL",
        Label::Work => "WORK",
        Label::Home => "HOME",
        Label::Fax => "FAX",
        Label::Other => return String::new(),
    };
    if version == Version::V3 { format!(";TYPE={name}") } else { format!(";TYPE={}", name.to_ascii_lowercase()) }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => {
                safe.push('\\');
                safe.push(c);
            }
            '\n' => safe.push_str("\\n"),
            '\r' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Breaks between characters, never inside one.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Email, Phone};
    use crate::vcard::read;

    fn cards() -> impl Strategy<Value = Card> {
        let phone = (
            prop_oneof![
                Just(Label::Mobile),
                Just(Label::Work),
                Just(Label::Home),
                Just(Label::Fax),
                Just(Label::Other)
            ],
            prop_oneof!["\\+861[3-9][0-9]{9}", "[1-9][0-9]{4}", "400-[0-9]{3}-[0-9]{4},[0-9]"],
        );
        let email =
            (prop_oneof![Just(Label::Work), Just(Label::Home), Just(Label::Other)], "[a-z]{1,9}@[a-z]{1,9}\\.org");
        let text = "[ -~À-ÿ一-龥😀]{1,100}";
        (
            text,
            prop::collection::vec(phone.prop_map(|(label, number)| Phone { label, number }), 0..4),
            prop::collection::vec(email.prop_map(|(label, address)| Email { label, address }), 0..4),
            prop::option::of(text),
            prop::option::of(text),
            prop::option::of("[ -~\n\t一-龥]{1,300}"),
        )
            .prop_map(|(name, phones, emails, company, position, note)| Card {
                name,
                phones,
                emails,
                company,
                position,
                note,
            })
            .prop_filter_map("a card that is kept", |card| card.checked("CN").ok())
            // Where lines are joined, runs of spaces become one.
            .prop_map(|mut card| {
                let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                card.name = tidy(&card.name);
                card.company = card.company.map(|text| tidy(&text));
                card.position = card.position.map(|text| tidy(&text));
                card
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(card in cards()) {
            for version in [Version::V3, Version::V4] {
                let text = write(&Written { id: Uuid::nil(), card: &card, department: None }, version);
                prop_assert!(text.lines().all(|line| line.len() <= LONGEST_LINE), "{}", text);
                let back = read(&text, "CN").map_err(|problems| TestCaseError::fail(format!("{problems:?}\n{text}")))?;
                prop_assert!(back.len() == 1 && back[0] == card, "{}", text);
            }
        }

        #[test]
        fn whatever_is_sent_is_read_or_refused_by_its_line(text in "(BEGIN:VCARD|END:VCARD|VERSION:3.0|FN:x|TEL;|\r\n|\n |[ -~]|\\PC){0,60}") {
            let lines = u32::try_from(text.split('\n').count()).unwrap();
            if let Err(problems) = read(&text, "CN") {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|one| (1..=lines).contains(&one.line) && !one.field.is_empty()));
            }
        }
    }
}
