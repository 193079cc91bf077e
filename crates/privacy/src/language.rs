//! The three languages of what people are told.

use kernel::{Error, Result};

/// A language there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese, which prevails (`DOC-01`).
    Simplified,
    /// Traditional Chinese, in its own words.
    Traditional,
    /// English.
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
    pub fn of(self, [simplified, traditional, english]: Text) -> &'static str {
        match self {
            Self::Simplified => simplified,
            Self::Traditional => traditional,
            Self::English => english,
        }
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
