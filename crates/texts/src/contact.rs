//! Phone numbers, e-mail addresses and sign-in names in the one form in which they are kept and compared.

use kernel::{Error, Result};
use unicode_normalization::UnicodeNormalization;

/// Country code, national number and its length: what people write without a country code.
struct Numbering {
    region: &'static str,
    code: &'static str,
    /// What a national mobile number begins with, without the trunk prefix.
    begins: &'static str,
    digits: usize,
}

const NUMBERINGS: &[Numbering] = &[
    Numbering { region: "CN", code: "+86", begins: "1", digits: 11 },
    Numbering { region: "TW", code: "+886", begins: "9", digits: 9 },
    Numbering { region: "HK", code: "+852", begins: "", digits: 8 },
    Numbering { region: "MO", code: "+853", begins: "6", digits: 8 },
    Numbering { region: "SG", code: "+65", begins: "", digits: 8 },
];

/// A phone number as `+` and digits, read as somebody in `region` writes it.
pub fn phone(text: &str, region: &str) -> Result<String> {
    let digits = phone_digits(text)?;
    if digits.starts_with('+') {
        return Ok(digits);
    }
    let home = NUMBERINGS.iter().find(|plan| region.starts_with(plan.region));
    home.and_then(|plan| plan.international(&digits))
        .ok_or(Error::Invalid { field: "phone", why: "needs_country_code" })
}

/// Every number that somebody may mean who signs in with `text`, without knowing where they are.
pub fn phones(text: &str) -> Vec<String> {
    match phone_digits(text) {
        Err(_) => Vec::new(),
        Ok(number) if number.starts_with('+') => vec![number],
        Ok(number) => NUMBERINGS.iter().filter_map(|plan| plan.international(&number)).collect(),
    }
}

impl Numbering {
    fn international(&self, digits: &str) -> Option<String> {
        let national = digits.strip_prefix('0').unwrap_or(digits);
        (national.len() == self.digits && national.starts_with(self.begins)).then(|| format!("{}{national}", self.code))
    }
}

/// Digits with a leading `+` when a country code was given; full-width digits, spaces and punctuation forgiven.
fn phone_digits(text: &str) -> Result<String> {
    let invalid = Error::Invalid { field: "phone", why: "not_a_phone_number" };
    let mut number = String::new();
    for c in text.nfkc().filter(|c| !c.is_whitespace()) {
        match c {
            '0'..='9' => number.push(c),
            '+' if number.is_empty() => number.push(c),
            '-' | '(' | ')' | '.' | '/' | '\u{2010}'..='\u{2015}' => {}
            _ => return Err(invalid),
        }
    }
    if let Some(rest) = number.strip_prefix("00") {
        number = format!("+{rest}");
    }
    let count = number.trim_start_matches('+').len();
    if !(6..=15).contains(&count) || number.starts_with("+0") {
        return Err(invalid);
    }
    Ok(number)
}

/// An e-mail address in lower case.
pub fn email(text: &str) -> Result<String> {
    let address = text.trim().nfkc().collect::<String>().to_lowercase();
    let invalid = Error::Invalid { field: "email", why: "not_an_email_address" };
    let Some((local, domain)) = address.rsplit_once('@') else { return Err(invalid) };
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    let is_fine = (1..=64).contains(&local.chars().count())
        && address.len() <= 254
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && local.chars().all(is_plain)
        && domain.chars().all(is_plain);
    if is_fine { Ok(address) } else { Err(invalid) }
}

/// A sign-in name in lower case: letters of any script, digits, dot, dash and underscore.
///
/// It holds no `@` and no leading `+`, so it cannot be taken for an address or a number with a country code.
pub fn user_id(text: &str) -> Result<String> {
    let name = text.trim().nfkc().collect::<String>().to_lowercase();
    if !(2..=64).contains(&name.chars().count()) {
        return Err(Error::Invalid { field: "user_id", why: "length_2_to_64" });
    }
    let begins_well = name.chars().next().is_some_and(char::is_alphanumeric);
    if !begins_well || !name.chars().all(|c| c.is_alphanumeric() || "._-".contains(c)) {
        return Err(Error::Invalid { field: "user_id", why: "letters_digits_dot_dash_underscore" });
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::{email, phone, phones, user_id};

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for text in ["138 0013 8000", "13800138000", "+86 138-0013-8000", "0086 13800138000", "１３８００１３８０００"]
        {
            assert_eq!(phone(text, "CN").unwrap(), "+8613800138000", "{text}");
        }
        assert_eq!(phone("0912 345 678", "TW").unwrap(), "+886912345678");
        assert_eq!(phone("(415) 555-0100", "US").unwrap_err().to_string(), "phone: needs_country_code");
        assert_eq!(phone("+1 (415) 555-0100", "CN").unwrap(), "+14155550100");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "12", "call me", "+86+86", "123456789012345678", "1.38E+10", "+0123456789"] {
            assert!(phone(text, "CN").is_err(), "{text}");
        }
    }

    #[test]
    fn whoever_signs_in_need_not_say_where_they_are() {
        assert_eq!(phones("13800138000"), ["+8613800138000"]);
        assert_eq!(phones("0912345678"), ["+886912345678"]);
        assert_eq!(phones("61234567"), ["+85261234567", "+85361234567", "+6561234567"]);
        assert!(phones("ann").is_empty());
    }

    #[test]
    fn an_address_is_compared_in_lower_case() {
        assert_eq!(email(" Lu.Xingzhou@Yunwu.Example ").unwrap(), "lu.xingzhou@yunwu.example");
        for text in ["", "ann", "ann@", "@example.org", "ann@example", "a b@example.org", "ann@example..org", "a@b@c.d"]
        {
            assert!(email(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_sign_in_name_cannot_be_taken_for_an_address_or_a_number_with_a_country_code() {
        assert_eq!(user_id("Lu.Xingzhou").unwrap(), "lu.xingzhou");
        assert_eq!(user_id("陆行舟").unwrap(), "陆行舟");
        for text in ["a", "ann@example.org", "+8613800138000", "-ann", "ann lee", "../etc"] {
            assert!(user_id(text).is_err(), "{text}");
        }
    }
}
