//! The rules for what a card may say, and how it is sealed.

use kernel::{Bucket, Error, MemberId, Result, Tx};
use texts::{contact, is_unseen, one_line};
use unicode_normalization::UnicodeNormalization;

use crate::model::{Card, ContactId, Email, Label, Phone};

const KIND: &str = "contacts.card";
/// Numbers, and addresses, that one card holds at most.
pub const MOST_OF_A_KIND: usize = 10;
const LONGEST_NOTE: usize = 2_000;

impl Card {
    /// The card in the form it is kept in, or the first field that is wrong. `region` says how numbers without a country
    /// code are read.
    pub fn checked(mut self, region: &str) -> Result<Self> {
        self.name = one_line("name", &self.name, 120)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })?;
        if self.phones.len() > MOST_OF_A_KIND {
            return Err(Error::Invalid { field: "phones", why: "too_many" });
        }
        if self.emails.len() > MOST_OF_A_KIND {
            return Err(Error::Invalid { field: "emails", why: "too_many" });
        }
        let phone = |phone: Phone| Phone::checked(phone, region);
        self.phones = self.phones.into_iter().map(phone).collect::<Result<_>>()?;
        self.emails = self.emails.into_iter().map(Email::checked).collect::<Result<_>>()?;
        self.company = optional("company", self.company, 120)?;
        self.position = optional("position", self.position, 120)?;
        self.note = self.note.map(|note| note.replace("\r\n", "\n"));
        if self.note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
            return Err(Error::Invalid { field: "note", why: "is_too_long" });
        }
        if self.note.iter().flat_map(|note| note.chars()).any(|c| is_hidden(c) && c != '\n' && c != '\t') {
            return Err(Error::Invalid { field: "note", why: "has_control_characters" });
        }
        self.note = self.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        Ok(self)
    }

    pub(crate) fn seal(&self, tx: &Tx, id: ContactId, owner: MemberId) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(anyhow::Error::from)?;
        tx.seal(Bucket::Member(owner.0), KIND, id.0, &plain)
    }

    pub(crate) fn open(tx: &Tx, id: ContactId, owner: MemberId, sealed: &[u8]) -> Result<Self> {
        let plain = tx.open(Bucket::Member(owner.0), KIND, id.0, sealed)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }

    /// Whether this is surely the same person: the same name, and a number or an address in common or none on either.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let shares = self.phones.iter().any(|phone| other.phones.iter().any(|one| one.number == phone.number))
            || self.emails.iter().any(|email| other.emails.iter().any(|one| one.address == email.address));
        let is_bare = |card: &Self| card.phones.is_empty() && card.emails.is_empty();
        self.name == other.name && (shares || (is_bare(self) && is_bare(other)))
    }
}

/// The card, sealed for another owner.
pub(crate) fn reseal(tx: &Tx, id: ContactId, (from, to): (MemberId, MemberId), sealed: &[u8]) -> Result<Vec<u8>> {
    Card::open(tx, id, from, sealed)?.seal(tx, id, to)
}

impl Phone {
    /// The number as it is kept.
    pub fn checked(self, region: &str) -> Result<Self> {
        Ok(Self { number: number(&self.number, region)?, ..self })
    }
}

impl Email {
    /// The address as it is kept; it is at work, at home or elsewhere.
    pub fn checked(self) -> Result<Self> {
        let label = if matches!(self.label, Label::Mobile | Label::Fax) { Label::Other } else { self.label };
        let address = contact::email(&self.address);
        let address = address.map_err(|_| Error::Invalid { field: "emails", why: "not_an_email_address" })?;
        Ok(Self { label, address })
    }
}

/// With country code where it is clear; else as it was written: the world has short numbers, extensions and switchboards.
fn number(text: &str, region: &str) -> Result<String> {
    if let Ok(number) = contact::phone(text, region) {
        return Ok(number);
    }
    let invalid = Error::Invalid { field: "phones", why: "not_a_phone_number" };
    let number: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_fine = number.chars().enumerate().all(|(at, c)| match c {
        '0'..='9' | '-' | '(' | ')' | '.' | '/' | '*' | '#' | ',' | ';' => true,
        '+' => at == 0,
        _ => false,
    });
    if is_fine && (2..=24).contains(&digits) && number.len() <= 40 { Ok(number) } else { Err(invalid) }
}

fn optional(field: &'static str, text: Option<String>, longest: usize) -> Result<Option<String>> {
    text.map_or(Ok(None), |text| one_line(field, &text, longest))
}

fn is_hidden(c: char) -> bool {
    c.is_control() || is_unseen(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(number: &str, address: &str) -> Card {
        Card {
            name: "Kwame Ndiaye".into(),
            phones: vec![Phone { label: Label::Work, number: number.into() }],
            emails: vec![Email { label: Label::Work, address: address.into() }],
            ..Card::default()
        }
    }

    #[test]
    fn numbers_get_their_country_code_and_odd_ones_stay_as_they_are() {
        let numbers = [("138 0013 8000", "+8613800138000"), ("400-800-1234,5", "400-800-1234,5"), ("95588", "95588")];
        for (written, kept) in numbers {
            let card = with(written, "K@Example.org").checked("CN").unwrap();
            assert_eq!((card.phones[0].number.as_str(), card.emails[0].address.as_str()), (kept, "k@example.org"));
        }
    }

    #[test]
    fn what_is_no_number_no_address_or_no_line_is_refused_by_its_field() {
        let refused = |card: Card| card.checked("CN").err().map(|error| error.to_string());
        assert_eq!(refused(with("javascript:1", "k@e.org")).unwrap(), "phones: not_a_phone_number");
        assert_eq!(refused(with("95588", "nobody")).unwrap(), "emails: not_an_email_address");
        assert_eq!(refused(Card { name: " ".into(), ..Card::default() }).unwrap(), "name: is_empty");
        let turned = Card { name: "a\u{202e}b".into(), ..Card::default() };
        assert_eq!(refused(turned).unwrap(), "name: has_control_characters");
    }

    #[test]
    fn the_same_name_alone_is_not_the_same_person() {
        let (one, other) = (with("95588", "k@e.org"), with("95599", "n@e.org"));
        assert!(!one.is_same_as(&other));
        assert!(one.is_same_as(&with("95588", "n@e.org")));
    }
}
