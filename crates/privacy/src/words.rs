//! A text of the data map in the three languages, as answers carry it.

use kernel::data_map::Names;
use serde::Serialize;
use utoipa::ToSchema;

/// A text in three languages.
#[derive(Debug, Default, Clone, Serialize, ToSchema)]
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

impl From<&Names> for Words {
    fn from(names: &Names) -> Self {
        Self { en: names.en.clone(), zh_cn: names.zh_cn.clone(), zh_tw: names.zh_tw.clone() }
    }
}
