//! Cards like this (RFC 6352 §10.5): by whether a property is there and what stands in it.

use kernel::{Error, Result};
use texts::fold;

use super::books::Entry;
use super::xml::{CARDDAV, Element};
use crate::model::Card;

/// Whether all conditions must hold, or one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Test {
    #[default]
    Any,
    All,
}

impl Test {
    fn parse(element: &Element) -> Result<Self> {
        match element.attribute("test") {
            None | Some("anyof") => Ok(Self::Any),
            Some("allof") => Ok(Self::All),
            Some(_) => Err(unsupported()),
        }
    }

    fn holds(self, mut conditions: impl Iterator<Item = bool>) -> bool {
        match self {
            Self::Any => conditions.any(|holds| holds),
            Self::All => conditions.all(|holds| holds),
        }
    }
}

/// Conditions on the properties of a card. Without any, every card passes.
#[derive(Default)]
pub struct Filter {
    test: Test,
    properties: Vec<OnProperty>,
}

struct OnProperty {
    name: String,
    is_absent: bool,
    test: Test,
    texts: Vec<OnText>,
}

struct OnText {
    text: String,
    how: How,
    is_negated: bool,
}

#[derive(Clone, Copy)]
enum How {
    Equals,
    Contains,
    StartsWith,
    EndsWith,
}

impl Filter {
    /// What is asked by parameters is refused rather than passed over (RFC 6352 §8.6).
    pub fn parse(element: &Element) -> Result<Self> {
        let properties = element.all(CARDDAV, "prop-filter").map(OnProperty::parse).collect::<Result<_>>()?;
        Ok(Self { test: Test::parse(element)?, properties })
    }

    /// Whether the card is like this.
    pub fn passes(&self, entry: &Entry) -> bool {
        self.properties.is_empty() || self.test.holds(self.properties.iter().map(|one| one.passes(entry)))
    }
}

impl OnProperty {
    fn parse(element: &Element) -> Result<Self> {
        if element.child(CARDDAV, "param-filter").is_some() {
            return Err(unsupported());
        }
        let name = element.attribute("name").ok_or_else(unsupported)?.to_ascii_uppercase();
        let texts = element.all(CARDDAV, "text-match").map(OnText::parse).collect::<Result<_>>()?;
        let is_absent = element.child(CARDDAV, "is-not-defined").is_some();
        Ok(Self { name, is_absent, test: Test::parse(element)?, texts })
    }

    fn passes(&self, entry: &Entry) -> bool {
        let values = values(&self.name, entry);
        if self.is_absent {
            return values.is_empty();
        }
        let on_text = |text: &OnText| text.is_negated != values.iter().any(|value| text.fits(value));
        !values.is_empty() && (self.texts.is_empty() || self.test.holds(self.texts.iter().map(on_text)))
    }
}

impl OnText {
    fn parse(element: &Element) -> Result<Self> {
        let how = match element.attribute("match-type") {
            None | Some("contains") => How::Contains,
            Some("equals") => How::Equals,
            Some("starts-with") => How::StartsWith,
            Some("ends-with") => How::EndsWith,
            Some(_) => return Err(unsupported()),
        };
        match element.attribute("collation") {
            None | Some("i;unicode-casemap" | "i;ascii-casemap" | "default") => {}
            Some(_) => return Err(Error::Protocol(403, "c:supported-collation")),
        }
        Ok(Self { text: fold(&element.text), how, is_negated: element.attribute("negate-condition") == Some("yes") })
    }

    fn fits(&self, value: &str) -> bool {
        let value = fold(value);
        match self.how {
            How::Equals => value == self.text,
            How::Contains => value.contains(&self.text),
            How::StartsWith => value.starts_with(&self.text),
            How::EndsWith => value.ends_with(&self.text),
        }
    }
}

/// The values of a property of the card as [`crate::vcard`] writes it.
fn values(name: &str, entry: &Entry) -> Vec<String> {
    let Card { name: called, phones, emails, company, position, note } = &entry.card;
    match name {
        "FN" | "N" => vec![called.clone()],
        "TEL" => phones.iter().map(|phone| phone.number.clone()).collect(),
        "EMAIL" => emails.iter().map(|email| email.address.clone()).collect(),
        "ORG" => company.iter().chain(&entry.department).cloned().collect(),
        "TITLE" => position.iter().cloned().collect(),
        "NOTE" => note.iter().cloned().collect(),
        "UID" => entry.text.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

fn unsupported() -> Error {
    Error::Protocol(403, "c:supported-filter")
}
