//! A text of the data map in the three languages, as answers carry it.

use kernel::data_map::Names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use texts::Language;

/// A text in three languages.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// Traditional Chinese.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
}

impl Words {
    /// The one of them.
    pub fn in_language(&self, language: Language) -> &str {
        language.of([&self.zh_cn, &self.zh_tw, &self.en])
    }
}

impl From<&Names> for Words {
    fn from(names: &Names) -> Self {
        Self { en: names.en.clone(), zh_cn: names.zh_cn.clone(), zh_tw: names.zh_tw.clone() }
    }
}

impl From<kernel::data_map::Words> for Words {
    fn from([zh_cn, zh_tw, en]: kernel::data_map::Words) -> Self {
        Self { en: en.to_owned(), zh_cn: zh_cn.to_owned(), zh_tw: zh_tw.to_owned() }
    }
}
