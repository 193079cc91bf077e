//! A file of vCards as cards, or where it is wrong: nothing is guessed and nothing passed over in silence.

use kernel::Error;
use serde::Serialize;
use utoipa::ToSchema;

use super::MOST_CARDS;
use super::line::{Property, properties};
use crate::card::MOST_OF_A_KIND;
use crate::model::{Card, Email, Label, Phone};

/// More problems than anybody mends by hand are not listed.
const MOST_PROBLEMS: usize = 100;

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = VcardProblem)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: u32,
    /// The property there, such as `TEL`; of a line that is none `line`.
    pub field: String,
    /// What is wrong: a stable word.
    pub why: &'static str,
}

/// All cards of a file, checked, in their order; or everything that is wrong with it, a hundred things at most.
pub fn read(text: &str, region: &str) -> Result<Vec<Card>, Vec<Problem>> {
    let mut reader = Reader { region, open: None, cards: Vec::new(), problems: Vec::new() };
    for found in properties(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        match found {
            Ok(property) => reader.take(property),
            Err((line, why)) => reader.refuse(line, "line", why),
        }
        if reader.problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    reader.finish()
}

struct Reader<'a> {
    region: &'a str,
    open: Option<Draft>,
    cards: Vec<Card>,
    problems: Vec<Problem>,
}

/// A card that has begun and not ended.
#[derive(Default)]
struct Draft {
    begin: u32,
    has_version: bool,
    card: Card,
    structured_name: Option<String>,
    /// Where the fields that are checked at the end stand.
    lines: Vec<(&'static str, u32)>,
}

impl Reader<'_> {
    fn refuse(&mut self, line: u32, field: &str, why: &'static str) {
        self.problems.push(Problem { line, field: field.to_owned(), why });
    }

    fn take(&mut self, property: Property) {
        let line = property.line;
        let is_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), is_card) {
            ("BEGIN", true) if self.open.is_some() => self.refuse(line, "BEGIN", "before_the_end"),
            ("BEGIN", true) if self.cards.len() >= MOST_CARDS => self.refuse(line, "BEGIN", "too_many"),
            ("BEGIN", true) => self.open = Some(Draft { begin: line, ..Draft::default() }),
            ("END", true) => match self.open.take() {
                Some(draft) => self.close(draft),
                None => self.refuse(line, "END", "without_a_beginning"),
            },
            ("BEGIN" | "END", false) => self.refuse(line, &property.name, "is_no_card"),
            _ => self.fill(&property),
        }
    }

    fn fill(&mut self, property: &Property) {
        let Some(mut draft) = self.open.take() else {
            return self.refuse(property.line, &property.name, "outside_of_a_card");
        };
        if let Err(why) = draft.fill(property, self.region) {
            self.refuse(property.line, &property.name, why);
        }
        self.open = Some(draft);
    }

    fn close(&mut self, draft: Draft) {
        if !draft.has_version {
            return self.refuse(draft.begin, "VERSION", "is_missing");
        }
        let (begin, lines) = (draft.begin, draft.lines);
        let mut card = draft.card;
        if card.name.trim().is_empty() {
            let fallbacks =
                [draft.structured_name, card.company.clone(), card.emails.first().map(|one| one.address.clone())];
            card.name = fallbacks.into_iter().flatten().find(|name| !name.trim().is_empty()).unwrap_or_default();
        }
        match card.checked(self.region) {
            Ok(card) => self.cards.push(card),
            Err(error) => {
                let (field, why) = reason(&error);
                let line = lines.iter().find(|(name, _)| *name == field).map_or(begin, |(_, line)| *line);
                self.refuse(line, property_of(field), why);
            }
        }
    }

    fn finish(mut self) -> Result<Vec<Card>, Vec<Problem>> {
        if let Some(draft) = self.open.take().filter(|_| self.problems.len() < MOST_PROBLEMS) {
            self.refuse(draft.begin, "BEGIN", "has_no_end");
        }
        if self.problems.is_empty() && self.cards.is_empty() {
            self.refuse(1, "BEGIN", "is_missing");
        }
        if self.problems.is_empty() { Ok(self.cards) } else { Err(self.problems) }
    }
}

impl Draft {
    fn fill(&mut self, property: &Property, region: &str) -> Result<(), &'static str> {
        let line = property.line;
        match property.name.as_str() {
            "VERSION" => {
                self.has_version = true;
                let is_known = matches!(property.value.trim(), "2.1" | "3.0" | "4.0");
                return if is_known { Ok(()) } else { Err("unknown_version") };
            }
            "FN" => self.put("name", line, |card| &mut card.name, one_line(&property.text())),
            "N" => self.structured_name = Some(full_name(&property.parts())),
            "ORG" => self.put_optional("company", line, |card| &mut card.company, joined(&property.parts(), ", ")),
            "TITLE" => self.put_optional("position", line, |card| &mut card.position, one_line(&property.text())),
            "NOTE" => self.put_optional("note", line, |card| &mut card.note, property.text()),
            "TEL" => return self.phone(property, region),
            "EMAIL" => return self.email(property),
            _ => {}
        }
        Ok(())
    }

    /// Of several of one kind (4.0 allows other languages) the first counts.
    fn put(&mut self, field: &'static str, line: u32, slot: fn(&mut Card) -> &mut String, text: String) {
        let slot = slot(&mut self.card);
        if slot.is_empty() {
            *slot = text;
            self.lines.push((field, line));
        }
    }

    fn put_optional(
        &mut self,
        field: &'static str,
        line: u32,
        slot: fn(&mut Card) -> &mut Option<String>,
        text: String,
    ) {
        let slot = slot(&mut self.card);
        if slot.is_none() && !text.is_empty() {
            *slot = Some(text);
            self.lines.push((field, line));
        }
    }

    fn phone(&mut self, property: &Property, region: &str) -> Result<(), &'static str> {
        let text = property.text();
        let text = text.strip_prefix("tel:").unwrap_or(&text).trim();
        if text.is_empty() {
            return Ok(());
        }
        if self.card.phones.len() >= MOST_OF_A_KIND {
            return Err("too_many");
        }
        // Of a tel: address the parameters but the extension are not dialled (RFC 3966).
        let number = match text.split_once(";ext=") {
            Some((number, extension)) => format!("{number},{extension}"),
            None => text.to_owned(),
        };
        let labels = [("FAX", Label::Fax), ("CELL", Label::Mobile), ("WORK", Label::Work), ("HOME", Label::Home)];
        let phone = Phone { label: label(property, &labels), number };
        self.card.phones.push(phone.checked(region).map_err(|error| reason(&error).1)?);
        Ok(())
    }

    fn email(&mut self, property: &Property) -> Result<(), &'static str> {
        let address = property.text();
        if address.trim().is_empty() {
            return Ok(());
        }
        if self.card.emails.len() >= MOST_OF_A_KIND {
            return Err("too_many");
        }
        let email = Email { label: label(property, &[("WORK", Label::Work), ("HOME", Label::Home)]), address };
        self.card.emails.push(email.checked().map_err(|error| reason(&error).1)?);
        Ok(())
    }
}

fn label(property: &Property, labels: &[(&str, Label)]) -> Label {
    labels.iter().find(|(name, _)| property.has_type(name)).map_or(Label::Other, |(_, label)| *label)
}

/// Family name and given name as people of that script say them.
fn full_name(parts: &[String]) -> String {
    let part = |at: usize| parts.get(at).map(|part| one_line(part)).filter(|part| !part.is_empty());
    let (family, given, middle) = (part(0), part(1), part(2));
    let is_han =
        family.iter().chain(&given).flat_map(|part| part.chars()).all(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    if is_han {
        return [family, middle, given].into_iter().flatten().collect();
    }
    [given, middle, family].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn joined(parts: &[String], by: &str) -> String {
    parts.iter().map(|part| one_line(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn reason(error: &Error) -> (&'static str, &'static str) {
    match error {
        Error::Invalid { field, why } => (field, why),
        other => ("card", other.code()),
    }
}

fn property_of(field: &'static str) -> &'static str {
    match field {
        "name" => "FN",
        "company" => "ORG",
        "position" => "TITLE",
        "note" => "NOTE",
        "phones" => "TEL",
        "emails" => "EMAIL",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(lines: &str) -> String {
        format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{lines}\r\nEND:VCARD\r\n")
    }

    fn problems(text: &str) -> Vec<(u32, String, &'static str)> {
        read(text, "CN").err().unwrap_or_default().into_iter().map(|one| (one.line, one.field, one.why)).collect()
    }

    #[test]
    fn what_phones_and_other_books_export_is_read() {
        let text = card(
            "N:陆;行舟;;;\r\nitem1.TEL;type=CELL;type=pref:138 0013 8000\r\nTEL;VALUE=uri;TYPE=\"voice,work\":tel:+86-21-5555;ext=9\r\n\
             EMAIL;TYPE=INTERNET:Lu@Example.org\r\nORG:云梧;采购\r\nTITLE:经理\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\n 4AAQ",
        );
        let cards = read(&text, "CN").unwrap_or_default();
        assert_eq!(cards.len(), 1);
        assert_eq!((cards[0].name.as_str(), cards[0].company.as_deref()), ("陆行舟", Some("云梧, 采购")));
        assert_eq!((cards[0].phones[0].label, cards[0].phones[0].number.as_str()), (Label::Mobile, "+8613800138000"));
        assert_eq!((cards[0].phones[1].label, cards[0].phones[1].number.as_str()), (Label::Work, "+86-21-5555,9"));
        assert_eq!(cards[0].emails[0].address, "lu@example.org");
    }

    #[test]
    fn what_old_phones_export_is_read() {
        let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=86;=E8=A1=8C=E8=\r\n=88=9F;;;\r\n\
            TEL;CELL;VOICE:13800138000\r\nTEL;WORK;FAX:+86-21-5555\r\nEMAIL;INTERNET;HOME:lu@example.org\r\n\
            ORG;CHARSET=GBK;QUOTED-PRINTABLE:=D4=C6=CE=E0;=B2=C9=B9=BA\r\n\
            NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nPHOTO;JPEG;BASE64:/9j/\r\n 4AAQ=\r\n\r\nEND:VCARD\r\n";
        let cards = read(text, "CN").unwrap_or_default();
        assert_eq!(cards.len(), 1);
        assert_eq!((cards[0].name.as_str(), cards[0].company.as_deref()), ("陆行舟", Some("云梧, 采购")));
        let phones: Vec<_> = cards[0].phones.iter().map(|one| (one.label, one.number.as_str())).collect();
        assert_eq!(phones, [(Label::Mobile, "+8613800138000"), (Label::Fax, "+86215555")]);
        assert_eq!((cards[0].emails[0].label, cards[0].note.as_deref()), (Label::Home, Some("one\ntwo")));
    }

    #[test]
    fn what_is_wrong_is_named_by_line_and_field() {
        let at = |line, field: &str, why| vec![(line, field.to_owned(), why)];
        assert_eq!(problems(""), at(1, "BEGIN", "is_missing"));
        assert_eq!(problems(&card("FN:Ann\r\nTEL:call me")), at(4, "TEL", "not_a_phone_number"));
        assert_eq!(problems(&card("FN:Ann\r\nEMAIL:<script>")), at(4, "EMAIL", "not_an_email_address"));
        assert_eq!(problems(&card("TEL:95588")), at(1, "FN", "is_empty"));
        assert_eq!(problems(&card("FN:A\u{202e}nn")), at(3, "FN", "has_control_characters"));
        assert_eq!(problems(&card(&format!("FN:Ann\r\nTITLE:{}", "x".repeat(121)))), at(4, "TITLE", "is_too_long"));
        assert_eq!(problems("BEGIN:VCARD\nVERSION:1.0\nFN:A\nEND:VCARD"), at(2, "VERSION", "unknown_version"));
        let quoted = "FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D4=C6=\r\n=FF\r\nTITLE;ENCODING=QUOTED-PRINTABLE:=4";
        let wrong =
            [(3, "line".to_owned(), "is_not_in_its_charset"), (5, "line".to_owned(), "is_not_quoted_printable")];
        assert_eq!(problems(&card(quoted))[..2], wrong);
        assert_eq!(problems(&card("FN;CHARSET=X;QUOTED-PRINTABLE:=4A"))[0].2, "unknown_charset");
        assert_eq!(problems("BEGIN:VCARD\nFN:A\nEND:VCARD"), at(1, "VERSION", "is_missing"));
        assert_eq!(problems("BEGIN:VCARD\nVERSION:3.0\nFN:A"), at(1, "BEGIN", "has_no_end"));
        assert_eq!(problems("FN:A"), at(1, "FN", "outside_of_a_card"));
    }

    #[test]
    fn a_file_of_nothing_but_mistakes_is_answered_briefly() {
        assert_eq!(problems(&"x\n".repeat(50_000)).len(), MOST_PROBLEMS);
        assert_eq!(problems(&"BEGIN:VCARD\n".repeat(50_000)).len(), MOST_PROBLEMS);
        let phones = "TEL:95588\n".repeat(11);
        assert_eq!(problems(&card(&format!("FN:A\n{phones}"))), vec![(14, "TEL".to_owned(), "too_many")]);
    }
}
