//! What a field of the organisation's own making is called and may hold: one sealed value.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use texts::one_line;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::value::LONGEST;
use crate::{BuiltIn, Kind};

const LONGEST_NAME: usize = 40;
const MOST_CHOICES: usize = 100;

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

    /// The definition in the form it is kept in, or the first part of it that is wrong.
    pub fn checked(mut self, kind: Kind, new_id: impl Fn() -> Uuid) -> Result<Self> {
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
