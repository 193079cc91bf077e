//! In which language the readable part of a copy is.

use kernel::data_map::Names;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// In which language the readable part of a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[sqlx(type_name = "text")]
#[schema(as = PersonalExportLanguage)]
pub enum Language {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    #[sqlx(rename = "zh-CN")]
    Simplified,
    /// Traditional Chinese.
    #[serde(rename = "zh-TW")]
    #[sqlx(rename = "zh-TW")]
    Traditional,
    /// English.
    #[serde(rename = "en")]
    #[sqlx(rename = "en")]
    English,
}

impl Language {
    /// The one of three texts, in the order simplified, traditional, English.
    pub fn of(self, [simplified, traditional, english]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Simplified => simplified,
            Self::Traditional => traditional,
            Self::English => english,
        }
    }

    /// The one of three texts in that order of which some may be missing; then the first that is there.
    pub fn of_any(self, texts: [Option<&str>; 3]) -> Option<&str> {
        let own = match self {
            Self::Simplified => texts[0],
            Self::Traditional => texts[1],
            Self::English => texts[2],
        };
        own.or_else(|| texts.into_iter().flatten().next())
    }

    /// The one of the names of the data map.
    pub fn name(self, names: &Names) -> &str {
        match self {
            Self::Simplified => &names.zh_cn,
            Self::Traditional => &names.zh_tw,
            Self::English => &names.en,
        }
    }

    /// As HTML and JSON say it.
    pub fn tag(self) -> &'static str {
        self.of(["zh-CN", "zh-TW", "en"])
    }
}
