//! What a field of the organisation's own making is called and may hold: one sealed value.

use std::collections::HashSet;

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use texts::{fold, one_line};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::value::LONGEST;
use crate::{BuiltIn, GENDERS, Kind};

const LONGEST_NAME: usize = 40;
const MOST_CHOICES: usize = 100;
const MOST_LISTED: usize = 500;
const LONGEST_LISTED: u16 = 64;
/// What is known of everybody and is no field; nothing else is called so.
const NO_FIELDS: [&str; 6] = ["姓名", "Name", "部门", "部門", "Department", "Departments"];

/// A name in up to three languages; one of them there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FieldNames)]
pub struct Names {
    /// In Simplified Chinese.
    #[serde(rename = "zh-CN", default, skip_serializing_if = "Option::is_none")]
    pub zh_cn: Option<String>,
    /// In Traditional Chinese.
    #[serde(rename = "zh-TW", default, skip_serializing_if = "Option::is_none")]
    pub zh_tw: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// One of the values of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FieldChoice)]
pub struct Choice {
    /// Names it; what is kept of a person. New ones get one.
    #[serde(default)]
    #[schema(required = true)]
    pub id: String,
    /// What it is called.
    pub names: Names,
}

/// What the organisation wrote.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// What it is called; nothing for a built-in one.
    #[serde(default)]
    pub names: Names,
    /// Fields of the same group stand together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Names>,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Characters a text may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<u16>,
    /// The smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// What is offered for a text, such as positions (职务) and posts (岗位), in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<String>,
    /// Whether a text has to be one of these.
    #[serde(default)]
    pub only_listed: bool,
}

impl Names {
    fn checked(self, field: &'static str) -> Result<Self> {
        let line = |text: Option<String>| text.map_or(Ok(None), |text| one_line(field, &text, LONGEST_NAME));
        let names = Self { zh_cn: line(self.zh_cn)?, zh_tw: line(self.zh_tw)?, en: line(self.en)? };
        if names == Self::default() { Err(Error::Invalid { field, why: "is_empty" }) } else { Ok(names) }
    }

    /// In every language in which there is one, as names are compared.
    fn folded(&self) -> impl Iterator<Item = String> {
        [&self.zh_cn, &self.zh_tw, &self.en].into_iter().flatten().map(|name| fold(name))
    }
}

impl Definition {
    /// What a built-in field may hold.
    pub fn of_built_in(field: BuiltIn) -> Self {
        let choice = |id: &&str| Choice { id: (*id).to_owned(), names: Names::default() };
        let choices = GENDERS.iter().map(|(id, _)| id).map(choice);
        match field {
            BuiltIn::Gender => Self { choices: choices.collect(), ..Self::default() },
            BuiltIn::Post => Self { longest: Some(64), ..Self::default() },
            BuiltIn::Signature => Self { longest: Some(120), ..Self::default() },
            BuiltIn::WorkAddress => Self { longest: Some(200), ..Self::default() },
            _ => Self::default(),
        }
    }

    /// Of a built-in field the organisation writes what is offered, and nothing else.
    pub fn with_list_of(self, written: &Self) -> Self {
        Self { listed: written.listed.clone(), only_listed: written.only_listed, ..self }
    }

    /// With another list, where one is given.
    pub fn with_list(self, listed: Option<Vec<String>>, only_listed: Option<bool>) -> Self {
        let only_listed = only_listed.unwrap_or(self.only_listed);
        let listed = listed.unwrap_or_else(|| self.listed.clone());
        Self { listed, only_listed, ..self }
    }

    /// Whether a new text may be put in: one of the list, where nothing else may be.
    pub fn admits(&self, text: &str) -> bool {
        !self.only_listed || self.listed.iter().any(|one| one == text)
    }

    /// What is offered, each once and no longer than the field admits, as the names of the field are checked.
    pub fn with_checked_list(mut self, kind: Kind) -> Result<Self> {
        let wrong = |why| Error::Invalid { field: "listed", why };
        if kind != Kind::Text && (self.only_listed || !self.listed.is_empty()) {
            return Err(wrong("not_of_this_kind"));
        }
        if self.listed.len() > MOST_LISTED {
            return Err(wrong("too_many"));
        }
        let longest = usize::from(self.longest.map_or(LONGEST_LISTED, |longest| longest.min(LONGEST_LISTED)));
        let mut seen = Vec::with_capacity(self.listed.len());
        for one in &mut self.listed {
            *one = one_line("listed", one, longest)?.ok_or(wrong("is_empty"))?;
            if seen.contains(&fold(one)) {
                return Err(wrong("twice"));
            }
            seen.push(fold(one));
        }
        if self.only_listed && self.listed.is_empty() { Err(wrong("is_empty")) } else { Ok(self) }
    }

    /// `Invalid` when what is called otherwise than in `old` could be taken for something else: the field for one of the
    /// `others`, for a built-in one or for what is known of everybody, one choice for another. What is there already stays.
    pub fn check_unlike<'a>(&self, old: &Self, others: impl Iterator<Item = &'a Self>) -> Result<()> {
        let built_in = BuiltIn::ALL.into_iter().flat_map(|one| one.titles().iter().copied());
        let mut taken: HashSet<String> = built_in.chain(NO_FIELDS).map(fold).collect();
        taken.extend(others.flat_map(|other| other.names.folded()));
        if self.names != old.names && self.names.folded().any(|name| taken.contains(&name)) {
            return Err(Error::Invalid { field: "names", why: "field_name_taken" });
        }
        let mut called: HashSet<String> = HashSet::new();
        for choice in self.choices.iter().filter(|_| self.choices != old.choices) {
            if choice.names.folded().any(|name| called.contains(&name)) {
                return Err(Error::Invalid { field: "choices", why: "choice_twice" });
            }
            called.extend(choice.names.folded());
        }
        Ok(())
    }

    /// The definition in the form it is kept in, or the first part of it that is wrong.
    pub fn checked(mut self, kind: Kind, new_id: impl Fn() -> Uuid) -> Result<Self> {
        self = self.with_checked_list(kind)?;
        self.names = self.names.checked("names")?;
        self.group = self.group.map(|group| group.checked("group")).transpose()?;
        if (kind == Kind::Choice) == self.choices.is_empty() {
            return Err(Error::Invalid { field: "choices", why: "is_empty" });
        }
        if self.choices.len() > MOST_CHOICES {
            return Err(Error::Invalid { field: "choices", why: "too_many" });
        }
        let mut seen: Vec<String> = Vec::new();
        for choice in &mut self.choices {
            choice.names = std::mem::take(&mut choice.names).checked("choices")?;
            if choice.id.is_empty() {
                choice.id = new_id().to_string();
            }
            if choice.id.len() > 36 || seen.contains(&choice.id) {
                return Err(Error::Invalid { field: "choices", why: "twice_or_unknown" });
            }
            seen.push(choice.id.clone());
        }
        if self.longest.is_some_and(|longest| !(1..=LONGEST).contains(&longest)) {
            return Err(Error::Invalid { field: "longest", why: "out_of_range" });
        }
        let is_finite = self.least.is_none_or(f64::is_finite) && self.most.is_none_or(f64::is_finite);
        let is_empty = self.least.zip(self.most).is_some_and(|(least, most)| least > most);
        if !is_finite || is_empty {
            return Err(Error::Invalid { field: "most", why: "out_of_range" });
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use kernel::Error;

    use super::{Choice, Definition, Names};
    use crate::Kind;

    fn called(zh_cn: &str, en: &str) -> Names {
        let name = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Names { zh_cn: name(zh_cn), zh_tw: None, en: name(en) }
    }

    fn field(names: Names) -> Definition {
        Definition { names, ..Definition::default() }
    }

    fn refusal(result: kernel::Result<impl Sized>) -> Option<(&'static str, &'static str)> {
        match result {
            Err(Error::Invalid { field, why }) => Some((field, why)),
            _ => None,
        }
    }

    #[test]
    fn dir_02_a_field_is_called_like_no_other_and_like_no_built_in_one() {
        let (nothing, seat) = (Definition::default(), field(called("工位", "Seat")));
        assert_eq!(refusal(field(called("座位", "Desk")).check_unlike(&nothing, [&seat].into_iter())), None);
        for names in
            [called("工位", ""), called("", "seat"), called("手机", ""), called("", "E-mail"), called("", "name")]
        {
            let refused = field(names).check_unlike(&nothing, [&seat].into_iter());
            assert_eq!(refusal(refused), Some(("names", "field_name_taken")));
        }
        // Two that are called so already stay as they are, and the rest of them can be changed.
        let long = Definition { longest: Some(9), ..seat.clone() };
        assert_eq!(refusal(long.check_unlike(&seat, [&seat].into_iter())), None);
    }

    #[test]
    fn dir_02_no_two_choices_are_called_alike() {
        let choices = |names: [Names; 2]| {
            let choices = names.map(|names| Choice { id: String::new(), names });
            Definition { choices: choices.to_vec(), ..Definition::default() }
        };
        let (nothing, none) = (Definition::default(), [].iter());
        let apart = choices([called("大", "Large"), called("小", "Small")]);
        assert_eq!(refusal(apart.check_unlike(&nothing, none.clone())), None);
        let alike = choices([called("大", "Large"), called("", "large")]);
        assert_eq!(refusal(alike.check_unlike(&nothing, none.clone())), Some(("choices", "choice_twice")));
        assert_eq!(refusal(alike.check_unlike(&alike, none)), None);
    }

    #[test]
    fn dir_02_nothing_is_offered_that_the_field_does_not_admit() {
        let offers = |longest| Definition {
            longest,
            listed: vec!["Foreman".into()],
            only_listed: true,
            ..Definition::default()
        };
        assert!(offers(Some(7)).with_checked_list(Kind::Text).is_ok());
        let refused = offers(Some(5)).with_checked_list(Kind::Text);
        assert_eq!(refusal(refused), Some(("listed", "is_too_long")));
    }
}
