//! What somebody typed to find a person, in each way it can be meant (`SRCH-02`).

use texts::{Query, fold};

/// Shorter beginnings and parts name too many people to mean one of them.
const LEAST_CHARACTERS: usize = 3;
const LEAST_DIGITS: usize = 4;

pub(crate) struct Words {
    pub name: Query,
    pub folded: String,
    /// Of what may be a phone number, however it is written.
    digits: Option<String>,
}

impl Words {
    pub fn parse(text: &str) -> Self {
        let (name, folded) = (Query::parse(text), fold(text));
        let is_number = folded.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
        let digits = Some(digits(&folded)).filter(|digits| is_number && digits.len() >= LEAST_DIGITS);
        Self { name, folded, digits }
    }

    /// Whether a user id or an address begins so.
    pub fn begin(&self, own: &str) -> bool {
        own.starts_with(&self.folded) && self.folded.chars().count() >= LEAST_CHARACTERS
    }

    /// Whether a phone number holds them.
    pub fn are_in(&self, own_digits: &str) -> bool {
        self.digits.as_deref().is_some_and(|digits| own_digits.contains(digits))
    }
}

/// The digits of a phone number, with its country code.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
