//! What a field of the organisation's own making is called and may hold: one sealed value.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use texts::{fold, one_line};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::value::LONGEST;
use crate::{BuiltIn, Kind};

const LONGEST_NAME: usize = 40;
const MOST_CHOICES: usize = 100;
const MOST_LISTED: usize = 500;
const LONGEST_LISTED: usize = 64;

/// A name in up to three languages; one of them there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
}

impl Definition {
    /// What a built-in field may hold.
    pub fn of_built_in(field: BuiltIn) -> Self {
        let choice = |id: &&str| Choice { id: (*id).to_owned(), names: Names::default() };
        let choices = ["female", "male", "other"].iter().map(choice);
        match field {
            BuiltIn::Gender => Self { choices: choices.collect(), ..Self::default() },
            BuiltIn::Post => Self { longest: Some(64), ..Self::default() },
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

    /// What is offered, each once, as the names of the field are checked.
    pub fn with_checked_list(mut self, kind: Kind) -> Result<Self> {
        let wrong = |why| Error::Invalid { field: "listed", why };
        if kind != Kind::Text && (self.only_listed || !self.listed.is_empty()) {
            return Err(wrong("not_of_this_kind"));
        }
        if self.listed.len() > MOST_LISTED {
            return Err(wrong("too_many"));
        }
        let mut seen = Vec::with_capacity(self.listed.len());
        for one in &mut self.listed {
            *one = one_line("listed", one, LONGEST_LISTED)?.ok_or(wrong("is_empty"))?;
            if seen.contains(&fold(one)) {
                return Err(wrong("twice"));
            }
            seen.push(fold(one));
        }
        if self.only_listed && self.listed.is_empty() { Err(wrong("is_empty")) } else { Ok(self) }
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
