//! The three languages of what people are told.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[sqlx(type_name = "text")]
pub enum Language {
    /// Simplified Chinese, which prevails (`DOC-01`).
    #[serde(rename = "zh-CN")]
    #[sqlx(rename = "zh-CN")]
    Simplified,
    /// Traditional Chinese, in its own words.
    #[serde(rename = "zh-TW")]
    #[sqlx(rename = "zh-TW")]
    Traditional,
    /// English.
    #[serde(rename = "en")]
    #[sqlx(rename = "en")]
    English,
}

/// A text of ours in the three languages, in their order.
pub type Text = [&'static str; 3];

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Simplified, Self::Traditional, Self::English];

    /// As BCP 47 says it.
    pub fn tag(self) -> &'static str {
        self.of(["zh-CN", "zh-TW", "en"])
    }

    /// The one of three texts.
    pub fn of<T>(self, [simplified, traditional, english]: [T; 3]) -> T {
        match self {
            Self::Simplified => simplified,
            Self::Traditional => traditional,
            Self::English => english,
        }
    }

    /// The one of three texts in that order of which some may be missing; then the first that is there.
    pub fn of_any<T>(self, [simplified, traditional, english]: [Option<T>; 3]) -> Option<T> {
        let [first, second, third] = match self {
            Self::Simplified => [simplified, traditional, english],
            Self::Traditional => [traditional, simplified, english],
            Self::English => [english, simplified, traditional],
        };
        first.or(second).or(third)
    }

    /// The language of ours that readers of `tag` (BCP 47) read: Chinese goes by script, else by region.
    pub fn nearest(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        match parts.next()? {
            "en" => Some(Self::English),
            "zh" => {
                let is_script = |part: &&str| matches!(*part, "hans" | "hant");
                let is_traditional = match parts.clone().find(is_script) {
                    Some(script) => script == "hant",
                    None => parts.any(|part| matches!(part, "tw" | "hk" | "mo")),
                };
                Some(if is_traditional { Self::Traditional } else { Self::Simplified })
            }
            _ => None,
        }
    }

    /// The one that was asked for: English when none was; one there is no text in is refused.
    pub fn wanted(tag: Option<&str>) -> Result<Self> {
        Self::nearest(tag.unwrap_or("en")).ok_or(Error::Invalid { field: "language", why: "unknown" })
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_region_reads_the_nearest_text() {
        let tags = ["zh", "zh-CN", "zh-SG", "zh-Hans-HK", "ZH-tw", "zh-HK", "zh-MO", "zh-Hant", "en", "en-GB"];
        let texts = ["zh-CN", "zh-CN", "zh-CN", "zh-CN", "zh-TW", "zh-TW", "zh-TW", "zh-TW", "en", "en"];
        assert_eq!(tags.map(|tag| Language::nearest(tag).map(Language::tag)), texts.map(Some));
        assert_eq!(["", "zz", "english"].map(Language::nearest), [None; 3]);
    }
}
