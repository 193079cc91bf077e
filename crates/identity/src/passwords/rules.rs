//! Which passwords are good enough: decided here, offline, with the person's and the organisation's own words.

use std::collections::HashSet;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use zxcvbn::{Score, zxcvbn};

/// Shorter than this is refused whatever it is made of.
const SHORTEST: usize = 8;
/// From here on an easy one is easy because it is known; a shorter one may merely lack a few characters.
const LONG_ENOUGH: usize = 10;
/// argon2 and zxcvbn both work harder on longer input; nobody types more.
const LONGEST: usize = 128;
/// A word of at least so many letters may not appear at all; a shorter one may not be all there is.
const WHOLE_WORD: usize = 4;

/// A name has two or three syllables, a password of chance four and more: as many read as one, and so many digits (a date) and
/// signs beside them, are among the first that anybody tries.
const SYLLABLES: usize = 3;
const DIGITS: usize = 8;
const SIGNS: usize = 2;

/// How Chinese characters are read, without tones: some four hundred syllables.
static PINYIN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let read = ('\u{4e00}'..='\u{9fff}').filter_map(|c| c.to_pinyin()).map(|p| p.plain().replace('ü', "v"));
    read.filter(|syllable| syllable.len() >= 2).collect()
});

/// What people here are tempted to use and an English word list does not know.
const TEMPTING: &[&str] = &[
    "woaini",
    "aini",
    "wobuzhidao",
    "nihao",
    "mima",
    "denglu",
    "guanliyuan",
    "gongsi",
    "bangong",
    "laoban",
    "laogong",
    "laopo",
    "baobao",
    "baobei",
    "zhongguo",
    "taiwan",
    "beijing",
    "shanghai",
    "guangzhou",
    "shenzhen",
    "hangzhou",
    "nanjing",
    "taibei",
    "xianggang",
    "xihuan",
    "kuaile",
    "facai",
    "pingan",
    "jiayou",
    "qingchun",
    "weixin",
    "woshishui",
    "5201314",
    "1314520",
    "520520",
    "147258369",
    "qwe123",
    "abc123",
    "a123456",
    "tulou",
    "administrator",
    "changeme",
];

/// Words that belong to a person or to the person's organisations.
#[derive(Debug, Default)]
pub struct OwnWords {
    person: Vec<String>,
    organisation: Vec<String>,
    digits: Vec<String>,
}

impl OwnWords {
    /// A name in any script, with its pinyin and initials.
    pub fn name(&mut self, name: &str) {
        self.person.extend(readings(name));
    }

    /// A user id, or what stands before the `@` of an address.
    pub fn handle(&mut self, handle: &str) {
        let local = handle.split('@').next().unwrap_or(handle);
        self.person.extend(readings(local));
    }

    pub fn phone(&mut self, phone: &str) {
        self.digits.push(phone.chars().filter(char::is_ascii_digit).collect());
    }

    /// A name of an organisation, or its short name in addresses.
    pub fn organisation(&mut self, name: &str) {
        self.organisation.extend(readings(name));
    }
}

/// Says why a password may not be used; the word is part of the API.
pub fn check(password: &str, own: &OwnWords) -> Result<(), &'static str> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err("too_short");
    }
    if length > LONGEST {
        return Err("too_long");
    }
    if is_made_of(password, &own.person) || own.digits.iter().any(|phone| shares_digits(password, phone)) {
        return Err("contains_name");
    }
    if is_made_of(password, &own.organisation) {
        return Err("contains_organisation");
    }
    let mut known: Vec<&str> = TEMPTING.to_vec();
    known.extend(own.person.iter().chain(&own.organisation).map(String::as_str));
    let is_hard = matches!(zxcvbn(password, &known).score(), Score::Three | Score::Four);
    match is_hard && !is_anybodys_name(password) {
        true => Ok(()),
        false if length < LONG_ENOUGH => Err("too_easy"),
        false => Err("too_common"),
    }
}

/// Contains a long word of the list, or is nothing but short ones with digits and signs around them.
fn is_made_of(password: &str, words: &[String]) -> bool {
    spellings(password).iter().any(|spelling| {
        let contains = words.iter().any(|word| width(word) >= WHOLE_WORD && spelling.contains(word.as_str()));
        contains || is_only(spelling, words)
    })
}

/// `zhangwei88`: to an English word list these are letters of chance.
fn is_anybodys_name(password: &str) -> bool {
    let count = |is: fn(&char) -> bool| password.chars().filter(is).count();
    let letters: String = password.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let signs = count(|c| !c.is_alphanumeric());
    letters.is_ascii() && count(char::is_ascii_digit) <= DIGITS && signs <= SIGNS && reads_as(&letters, SYLLABLES)
}

/// The letters are so many syllables of Chinese at most, and nothing else.
fn reads_as(letters: &str, most: usize) -> bool {
    let longest = letters.len().min(6);
    let first = |end: &usize| PINYIN.contains(&letters[..*end]);
    most > 0 && (2..=longest).filter(first).any(|end| end == letters.len() || reads_as(&letters[end..], most - 1))
}

/// A word is as long as it takes to type: a Chinese character counts as two letters.
fn width(word: &str) -> usize {
    word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn is_only(letters: &str, words: &[String]) -> bool {
    let mut rest = letters.to_owned();
    let mut by_length: Vec<&String> = words.iter().filter(|word| width(word) >= 2).collect();
    by_length.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in by_length {
        rest = rest.replace(word.as_str(), "");
    }
    rest.is_empty() && !letters.is_empty()
}

/// Six digits in a row that stand in the phone number as well.
fn shares_digits(password: &str, phone: &str) -> bool {
    let digits: Vec<char> = password.chars().filter(char::is_ascii_digit).collect();
    digits.windows(6).any(|six| phone.contains(&six.iter().collect::<String>()))
}

/// The letters of a password: as typed without digits, and with digits and signs read as the letters they imitate.
fn spellings(password: &str) -> [String; 3] {
    let lower = password.to_lowercase();
    let plain = lower.chars().filter(|c| c.is_alphabetic()).collect();
    let read = |one: char| {
        let letters = lower.chars().map(|c| match c {
            '0' => 'o',
            '1' | '!' | '|' => one,
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            '8' => 'b',
            other => other,
        });
        letters.filter(|c| c.is_alphabetic()).collect::<String>()
    };
    [plain, read('i'), read('l')]
}

/// A name as it may be typed: whole, its parts, its pinyin in both orders, its initials.
fn readings(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let mut found: Vec<String> = lower.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect();
    found.push(lower.chars().filter(|c| c.is_alphabetic()).collect());
    let han: Vec<String> = lower.chars().filter(|c| c.to_pinyin().is_some()).map(String::from).collect();
    found.extend(pairs(&han));
    // A keyboard has no ü: some type v, some u.
    for typed in ["v", "u"] {
        let syllables = name.chars().filter_map(|c| c.to_pinyin()).map(|p| p.plain().replace('ü', typed));
        found.extend(romanised(&syllables.collect::<Vec<_>>()));
    }
    found.retain(|word| width(word) >= 2);
    found.sort();
    found.dedup();
    found
}

fn romanised(syllables: &[String]) -> Vec<String> {
    let Some((first, rest)) = syllables.split_first() else { return Vec::new() };
    let given = rest.concat();
    let initials = syllables.iter().filter_map(|s| s.chars().next()).collect();
    let mut found = vec![syllables.concat(), format!("{given}{first}"), first.clone(), given, initials];
    found.extend(pairs(syllables));
    found
}

/// Words of Chinese mostly have two characters: 南京 and 土楼 in 南京土楼科技.
fn pairs(syllables: &[String]) -> impl Iterator<Item = String> {
    syllables.windows(2).map(<[String]>::concat)
}

#[cfg(test)]
mod tests {
    use super::{OwnWords, check};

    fn zhang_wei() -> OwnWords {
        let mut own = OwnWords::default();
        own.name("张伟");
        own.handle("wei.zhang@example.com");
        own.handle("zw");
        own.phone("+86 138 0013 8000");
        own.organisation("南京土楼科技");
        own.organisation("Roundhouse Ltd");
        own
    }

    #[test]
    fn a_good_password_is_taken() {
        for good in
            ["correct-horse-battery", "vierzig Enten baden", "h8$Kz!p2Lq", "江南春水绿如蓝船上", "yuqiaofengdengjiang"]
        {
            assert_eq!(check(good, &zhang_wei()), Ok(()), "{good}");
        }
    }

    #[test]
    fn short_and_common_ones_are_refused() {
        for (bad, why) in [
            ("x7$k", "too_short"),
            ("abcd1234", "too_easy"),
            ("sunshine9", "too_easy"),
            ("password123", "too_common"),
            ("woaini5201314", "too_common"),
            ("1234567890123", "too_common"),
            ("qwertyuiop12", "too_common"),
            ("liming123", "too_easy"),
            ("Wangxiaoming1", "too_common"),
            ("chen.xiulan@19870614", "too_common"),
        ] {
            assert_eq!(check(bad, &zhang_wei()), Err(why), "{bad}");
        }
    }

    #[test]
    fn the_own_name_in_any_dress_is_refused() {
        for bad in [
            "Zhangwei#20241122",
            "weizhang!9x7q",
            "Zh4ngWe1_2020x",
            "张伟张伟张伟2024",
            "zw-1987-06-14",
            "my13800138000pw",
        ] {
            assert_eq!(check(bad, &zhang_wei()), Err("contains_name"), "{bad}");
        }
    }

    #[test]
    fn the_organisation_in_any_dress_is_refused() {
        for bad in ["nanjingtulou@77x", "R0undh0use-Summer", "土楼科技欢迎你2024", "njtlkj20251122"] {
            assert_eq!(check(bad, &zhang_wei()), Err("contains_organisation"), "{bad}");
        }
    }

    #[test]
    fn a_short_name_inside_a_longer_word_is_no_reason() {
        let mut own = OwnWords::default();
        own.name("Ann Li");
        assert_eq!(check("annual-glacier-flight", &own), Ok(()));
    }
}
