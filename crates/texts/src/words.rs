//! What somebody typed to find a person, in each way it can be meant (`SRCH-02`).

use crate::{Closeness, Query, fold};

/// Shorter beginnings and parts name too many people to mean one of them.
const LEAST_CHARACTERS: usize = 3;
const LEAST_DIGITS: usize = 4;

/// The same words as a name, a beginning, a staff number and a phone number.
pub struct Words {
    /// As a name, in pinyin or not.
    pub name: Query,
    folded: String,
    /// As a staff number is compared.
    number: Option<String>,
    /// Of what may be a phone number, however it is written.
    digits: Option<String>,
}

impl Words {
    /// What it can mean.
    pub fn parse(text: &str) -> Self {
        let (name, folded) = (Query::parse(text), fold(text));
        let is_number = folded.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
        let digits = Some(digits(&folded)).filter(|digits| is_number && digits.len() >= LEAST_DIGITS);
        let number = Some(staff_number(text)).filter(|number| !number.is_empty());
        Self { name, folded, number, digits }
    }

    /// How near a user id or an address is that begins so; however short, one that is just that.
    pub fn begin(&self, own: &str) -> Option<Closeness> {
        let is_long = self.folded.chars().count() >= LEAST_CHARACTERS;
        Closeness::of(own, &self.folded)
            .filter(|near| *near == Closeness::Same || (*near == Closeness::Beginning && is_long))
            .map(Closeness::of_what_names_one)
    }

    /// How near a staff number is that holds them. A single character inside of it names nearly everybody.
    pub fn are_of(&self, own_number: &str) -> Option<Closeness> {
        let wanted = self.number.as_deref()?;
        let near = Closeness::of(own_number, wanted);
        near.filter(|near| *near < Closeness::Inside || wanted.chars().count() > 1).map(Closeness::of_what_names_one)
    }

    /// Whether a phone number holds them.
    pub fn are_in(&self, own_digits: &str) -> bool {
        self.digits.as_deref().is_some_and(|digits| own_digits.contains(digits))
    }
}

/// The digits of a phone number, with its country code.
pub fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A staff number as it is compared: neither case nor dashes and spaces count.
pub fn staff_number(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
