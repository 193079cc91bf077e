//! People are also found by user id, phone number and e-mail address (`SRCH-02`): by each of them only for whoever sees it.

use super::reading::{Closeness, fold};
use crate::model::Profile;

/// Shorter words name too many people to mean one of them.
const LEAST_CHARACTERS: usize = 3;
const LEAST_DIGITS: usize = 4;

/// Which of a person's contacts the caller sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sees {
    pub user_id: bool,
    pub phone: bool,
    pub email: bool,
}

impl Sees {
    /// Colleagues see how to reach each other.
    pub const COLLEAGUE: Self = Self { user_id: false, ..Self::ALL };
    /// Whoever looks after somebody (`people.see`), and that person, also see what they sign in with.
    pub const ALL: Self = Self { user_id: true, phone: true, email: true };
}

/// A person's contacts, prepared for comparison.
#[derive(Default)]
pub(crate) struct Contacts {
    user_id: Option<String>,
    /// Digits alone, with the country code.
    phone: Option<String>,
    email: Option<String>,
}

/// What somebody typed, as a part of a contact; nothing when it is too short for one.
pub(crate) struct Part {
    beginning: Option<String>,
    digits: Option<String>,
}

impl Part {
    /// Reads it. A number may be written with spaces, dashes and brackets.
    pub fn parse(text: &str) -> Self {
        let folded = fold(text.trim());
        let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
        let is_number = folded.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-().".contains(c));
        Self {
            digits: Some(digits).filter(|digits| is_number && digits.len() >= LEAST_DIGITS),
            beginning: Some(folded).filter(|folded| folded.chars().count() >= LEAST_CHARACTERS),
        }
    }

    /// Whether anybody can be found by it.
    pub fn names_somebody(&self) -> bool {
        self.beginning.is_some() || self.digits.is_some()
    }
}

impl Contacts {
    pub fn of(profile: &Profile) -> Self {
        let digits = |phone: &String| phone.chars().filter(char::is_ascii_digit).collect();
        Self {
            user_id: profile.user_id.as_deref().map(fold),
            phone: profile.phone.as_ref().map(digits),
            email: profile.email.as_deref().map(fold),
        }
    }

    /// How near user id or address are when they begin so, or the number when it holds the digits: of what is seen.
    pub fn closeness(&self, part: &Part, sees: Sees) -> Option<Closeness> {
        let of = |own: &Option<String>, part: &Option<String>| Closeness::of(own.as_deref()?, part.as_deref()?);
        let begins = |own| of(own, &part.beginning).filter(|near| *near < Closeness::Inside);
        [
            sees.user_id.then(|| begins(&self.user_id)),
            sees.email.then(|| begins(&self.email)),
            sees.phone.then(|| of(&self.phone, &part.digits)),
        ]
        .into_iter()
        .flatten()
        .flatten()
        .min()
    }
}

#[cfg(test)]
mod tests {
    use super::{Contacts, Part, Sees};
    use crate::model::Profile;

    #[test]
    fn srch_02_people_are_found_by_what_is_seen_of_them_and_by_nothing_else() {
        let profile = Profile {
            user_id: Some("lu.xingzhou".into()),
            phone: Some("+8613800138000".into()),
            email: Some("xingzhou@yunwu.example".into()),
            ..Profile::default()
        };
        let contacts = Contacts::of(&profile);
        let (nothing, all) = (Sees { user_id: false, phone: false, email: false }, Sees::ALL);
        let found = |part: &Part, sees| contacts.closeness(part, sees).is_some();
        let cases = [
            ("LU.X", Sees { user_id: true, ..nothing }),
            ("XingZ", Sees { email: true, ..nothing }),
            ("138 0013-8000", Sees { phone: true, ..nothing }),
            ("＋８６ １３８", Sees { phone: true, ..nothing }),
            ("8000", Sees { phone: true, ..nothing }),
        ];
        for (text, sees) in cases {
            let part = Part::parse(text);
            let hidden = Sees { user_id: !sees.user_id, phone: !sees.phone, email: !sees.email };
            assert!(found(&part, sees) && found(&part, all), "{text}");
            assert!(!found(&part, hidden) && !found(&part, nothing), "{text}");
        }
        for text in ["lu", "xingzhou@x", "yunwu", "800", "139", "x138001", ""] {
            assert!(!found(&Part::parse(text), all), "{text}");
        }
    }
}
