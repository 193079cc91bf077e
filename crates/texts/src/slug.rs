//! The short name of an organisation in addresses.

use kernel::{Error, Result};
use pinyin::ToPinyin;

use crate::fold;

const LONGEST: usize = 40;

/// Out of a name, in case nobody chooses one: `yunwu-group`. `None` when nothing of it can be read.
pub fn of(name: &str) -> Option<String> {
    let mut slug = String::new();
    for c in fold(name).chars() {
        match c.to_pinyin() {
            Some(syllable) => slug.push_str(&syllable.plain().replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None => slug.push('-'),
        }
    }
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(LONGEST).collect();
    checked(slug.trim_end_matches('-')).ok()
}

/// Two to forty lower-case letters, digits and single dashes inside. It cannot be taken for an id.
pub fn checked(slug: &str) -> Result<String> {
    let is_plain = slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let is_fine = (2..=LONGEST).contains(&slug.len())
        && is_plain
        && !slug.starts_with('-')
        && !slug.ends_with('-')
        && !slug.contains("--")
        && !is_id(slug);
    if is_fine { Ok(slug.to_owned()) } else { Err(Error::Invalid { field: "slug", why: "letters_digits_dashes" }) }
}

/// With dashes or without.
fn is_id(slug: &str) -> bool {
    let digits: Vec<u8> = slug.bytes().filter(|byte| *byte != b'-').collect();
    digits.len() == 32 && digits.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::{checked, of};

    #[test]
    fn an_address_is_made_out_of_a_name() {
        assert_eq!(of("Yunwu Group").unwrap(), "yunwu-group");
        assert_eq!(of("云坞集团").unwrap(), "yunwujituan");
        assert_eq!(of("Café & Söhne, Ltd.").unwrap(), "cafe-sohne-ltd");
        assert_eq!(of("☕"), None);
    }

    #[test]
    fn an_address_is_plain() {
        assert!(checked("yunwu-2").is_ok());
        for text in ["", "a", "-a", "a-", "a--b", "Yunwu", "云坞", "a/b", "a b", "0193b1c8-7d5a-7000-8000-000000000000"]
        {
            assert!(checked(text).is_err(), "{text}");
        }
        assert!(checked("0193b1c87d5a70008000000000000000").is_err());
    }
}
