//! How a name is read aloud: pinyin for sorting, and for finding people by sound, initials or both mixed.

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::han::simpler;
use crate::syllables::{LONGEST_QUERY, Syllable, Syllables, tone};
use crate::{Closeness, unspaced};

/// A name, prepared for comparison.
pub struct Reading {
    /// The letters of the name and the first letters of its sounds, as bits: most people are passed over by these alone.
    letters: u64,
    initials: u64,
    /// Sorts people as a phone book does: character by character, each by its sound, its tone and itself, so that one surname
    /// stands together and 何 and 贺 are not mixed.
    pub sort: String,
    folded: String,
    syllables: Box<[Syllable]>,
}

/// What somebody typed to find a person.
pub struct Query {
    letters: u64,
    initial: u64,
    folded: String,
    sound: String,
    /// Whether a name may sound like it: nothing does that has a character with a pinyin of its own.
    is_sound: bool,
}

impl Query {
    /// Reads it; what is too long for a name is cut.
    pub fn parse(text: &str) -> Self {
        let folded = written(text.trim());
        let mut sound: String = folded.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        while sound.len() > LONGEST_QUERY {
            sound.pop();
        }
        let is_sound = sound.chars().all(|c| c.to_pinyin().is_none());
        Self { letters: bits(folded.chars()), initial: bits(sound.chars().take(1)), folded, sound, is_sound }
    }

    /// Whether a name that is not kept prepared is found by it: as [`Reading::matches`], for a third of what preparing one costs.
    pub fn finds(&self, name: &str) -> bool {
        written(name).contains(&self.folded)
            || (self.is_sound && sounds_like(&Syllables::of(name).said, self.sound.as_bytes()))
    }
}

impl Reading {
    /// Prepares a name.
    pub fn of(name: &str) -> Self {
        let Syllables { said, written: characters } = Syllables::of(name);
        let marked = |(syllable, character): (&Syllable, &Option<char>)| match character {
            Some(c) => format!("{}{}{c}", syllable[0], tone(*c, &syllable[0])),
            None => syllable[0].clone().into_owned(),
        };
        let sort: Vec<String> = said.iter().zip(&characters).map(marked).collect();
        let folded = written(name);
        let beginnings = said.iter().flatten().filter_map(|reading| reading.chars().next());
        Self {
            letters: bits(folded.chars()),
            initials: bits(beginnings),
            sort: sort.join(" "),
            folded,
            syllables: said.into(),
        }
    }

    /// How it is read, without tones: 研發部 as 研发部.
    pub fn sound(&self) -> String {
        let first: Vec<&str> =
            self.syllables.iter().filter_map(|syllable| syllable.first()).map(AsRef::as_ref).collect();
        first.join(" ")
    }

    /// Under which letter, from A to Z, a phone book has it; none where it begins with a figure or in a script without pinyin.
    pub fn letter(&self) -> Option<char> {
        self.sort.chars().next().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase())
    }

    /// Whether the name holds the text, or sounds like it from the beginning of a syllable on: `zhangwei`, `zw`, `zhw`.
    pub fn matches(&self, query: &Query) -> bool {
        (query.letters & !self.letters == 0 && self.folded.contains(&query.folded))
            || (query.initial & !self.initials == 0 && sounds_like(&self.syllables, query.sound.as_bytes()))
    }

    /// How near to the name a text is that matches it: all of it, its beginning, or something inside.
    pub fn closeness(&self, query: &Query) -> Closeness {
        let written = if self.folded == query.folded {
            Closeness::Same
        } else if self.folded.starts_with(&query.folded) {
            Closeness::Beginning
        } else {
            Closeness::Inside
        };
        written.min(self.sounds_from_the_first(query.sound.as_bytes()))
    }

    /// The same from the first syllable on: syllables that are whole, then initials, or the last one begun. Who typed `wangwei`
    /// means 王伟, and 王刚伟 (wan-g-wei) only where there is nobody else; who typed `zhang` does not mean 曾涵刚 (z-han-g).
    fn sounds_from_the_first(&self, sound: &[u8]) -> Closeness {
        let (end, mut whole, mut by_initials, mut is_begun) = (1_u64 << sound.len(), 1_u64, 0_u64, false);
        let used_up = self.syllables.iter().position(|syllable| {
            is_begun |= followed(syllable, whole, sound) & end != 0;
            by_initials = said(syllable, whole | by_initials, sound, initials);
            whole = said(syllable, whole, sound, |reading| [reading.len(); 2]);
            (whole | by_initials) & end != 0
        });
        match used_up {
            Some(place) if place + 1 == self.syllables.len() => Closeness::Same,
            Some(_) => Closeness::Beginning,
            None if is_begun => Closeness::Beginning,
            None => Closeness::Inside,
        }
    }
}

/// Follows all ways of cutting the sound into syllable beginnings at once.
fn sounds_like(syllables: &[Syllable], sound: &[u8]) -> bool {
    let end = 1_u64 << sound.len();
    let mut reached = 0_u64;
    syllables.iter().any(|syllable| {
        reached = followed(syllable, reached | 1, sound);
        reached & end != 0
    })
}

/// How far the sound is used up after one more syllable; bit `n` says that `n` bytes are.
fn followed(syllable: &Syllable, from: u64, sound: &[u8]) -> u64 {
    (0..sound.len()).filter(|used| from >> used & 1 == 1).fold(0, |reached, used| {
        syllable.iter().fold(reached, |bits, reading| bits | beginnings(reading, &sound[used..]) << (used + 1))
    })
}

/// Where the sound goes on once the syllable was said, from one of these places, by as many bytes as `pieces` says.
fn said(syllable: &Syllable, from: u64, sound: &[u8], pieces: impl Fn(&str) -> [usize; 2]) -> u64 {
    let mut reached = 0;
    for (reading, used) in syllable.iter().flat_map(|reading| (0..sound.len()).map(move |used| (reading, used))) {
        let fits = |length: &usize| sound[used..].starts_with(&reading.as_bytes()[..*length]);
        if from >> used & 1 == 1 {
            reached |= pieces(reading).into_iter().filter(fits).fold(0, |bits, length| bits | 1 << (used + length));
        }
    }
    reached
}

/// The first letter; `zh`, `ch` and `sh` are one.
fn initials(reading: &str) -> [usize; 2] {
    [1, if reading.as_bytes().get(1) == Some(&b'h') { 2 } else { 1 }]
}

/// Bit `n` says that the first `n + 1` bytes of the reading are those of the sound.
fn beginnings(reading: &str, sound: &[u8]) -> u64 {
    (1 << reading.bytes().zip(sound).take_while(|(a, b)| a == *b).count()) - 1
}

/// A set of letters in one word; different ones may share a bit.
fn bits(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 64))
}

/// Lower case without accents, full-width letters made ordinary.
pub fn fold(text: &str) -> String {
    // Most names: taking them apart and looking for accents would change nothing, and takes longer than all else.
    if text.chars().all(|c| c.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// As names are compared: folded, and Chinese in one writing, without spaces that pad it.
pub(crate) fn written(text: &str) -> String {
    unspaced(&fold(text)).chars().map(simpler).collect()
}

#[cfg(test)]
mod tests {
    use super::{Closeness, Query, Reading};

    fn finds(name: &str, query: &str) -> bool {
        let query = Query::parse(query);
        let is_found = query.finds(name);
        assert_eq!(is_found, Reading::of(name).matches(&query), "prepared or not, {name} is found by the same");
        is_found
    }

    #[test]
    fn people_are_found_by_name_pinyin_initials_and_mixtures() {
        for query in ["陆行", "行舟", "luxingzhou", "lu xing", "lxz", "luxz", "xingz", "LXZ", "zhou"] {
            assert!(finds("陆行舟", query), "{query}");
        }
        for query in ["ingzhou", "lzx", "zhoul", "luxingzhous", "周"] {
            assert!(!finds("陆行舟", query), "{query}");
        }
    }

    #[test]
    fn a_name_is_found_in_simplified_and_in_traditional_writing() {
        for (name, query) in [
            ("張偉", "张伟"),
            ("张伟", "張偉"),
            ("钟丽华", "鍾麗"),
            ("葉國榮", "叶国"),
            ("研發中心", "研发"),
            ("台北", "臺北"),
        ] {
            assert!(finds(name, query), "{name} by {query}");
            assert_eq!(
                Reading::of(name).closeness(&Query::parse(query)),
                if name.chars().count() == query.chars().count() { Closeness::Same } else { Closeness::Beginning }
            );
        }
        assert!(!finds("张伟", "張韋") && finds("張偉", "zhangwei") && finds("張偉", "zw"));
    }

    #[test]
    fn a_padded_name_is_found_without_its_space_and_a_name_by_padded_words() {
        for (name, query) in
            [("李　明", "李明"), ("赵 云", "赵云"), ("王伟", "王 伟"), ("赵 云", "趙　雲"), ("王 伟", "wang wei")]
        {
            assert!(finds(name, query), "{name} by {query}");
            assert_eq!(Reading::of(name).closeness(&Query::parse(query)), Closeness::Same, "{name} by {query}");
        }
        assert!(!finds("王伟", "王 芳") && !finds("Mara Whitcombe", "伟 王"));
        assert!(finds("Mara Whitcombe", "mara w"), "words of other letters are parted");
    }

    #[test]
    fn the_nearest_comes_first() {
        let closeness = |name: &str, query: &str| Reading::of(name).closeness(&Query::parse(query));
        for (query, same, beginning, inside) in [
            ("mw", "Mara Whitcombe", "马伟明", "陈敏伟"),
            ("wei", "魏", "魏芳", "陈芳伟"),
            ("王伟", "王伟", "王伟明", "小王伟"),
            ("luxz", "陆行舟", "陆行舟子", "大陆行舟"),
            ("mara", "Mara", "Mara Whitcombe", "Tamara"),
            ("wangwei", "王伟", "王伟明", "王刚伟"),
            ("zhangwei", "张伟", "张伟明", "张国伟"),
            ("zhw", "张伟", "张伟明", "小张伟"),
            ("wgw", "王刚伟", "王刚伟民", "小王刚伟"),
            ("zhang", "张", "张伟", "曾涵刚"),
            ("zhong", "钟", "钟丽华", "曾红"),
            ("chong", "崇", "崇明", "陈红"),
            ("zhan", "詹", "张伟", "曾涵"),
        ] {
            assert_eq!(closeness(same, query), Closeness::Same, "{query}");
            assert_eq!(closeness(beginning, query), Closeness::Beginning, "{query}");
            assert_eq!(closeness(inside, query), Closeness::Inside, "{query}");
        }
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings_and_sorted_as_a_surname() {
        assert!(finds("曾国平", "zeng") && finds("曾国平", "ceng"));
        assert_eq!(Reading::of("曾国平").sort, "zeng1曾 guo2国 ping2平");
        assert_eq!(Reading::of("曾國平").sound(), Reading::of("曾国平").sound());
        assert!(finds("吕布", "lv") && finds("吕布", "lu") && finds("呂布", "lbu"));
        assert!(finds("長孫無忌", "zhang") && finds("長孫無忌", "csw"));
    }

    #[test]
    fn names_of_other_scripts_are_found_without_accents() {
        assert!(finds("Zoë Müller", "zoe mu") && finds("Zoë Müller", "zm") && finds("Zoë Müller", "MÜLL"));
        assert!(finds("Kwame Ndiaye", "kn") && finds("Kwame Ndiaye", "ndia"));
        assert!(finds("阿不都·热合曼", "abdrhm") && finds("阿不都·热合曼", "abdr"));
    }

    #[test]
    fn people_sort_syllable_by_syllable() {
        let mut names = ["张伟", "章一", "Zhan", "陆行舟", "安然"];
        names.sort_by_key(|name| Reading::of(name).sort);
        assert_eq!(names, ["安然", "陆行舟", "Zhan", "张伟", "章一"]);
        let mut names = ["贺嘉", "何佳红", "贺佳", "何嘉", "和平"];
        names.sort_by_key(|name| Reading::of(name).sort);
        assert_eq!(names, ["何佳红", "何嘉", "和平", "贺佳", "贺嘉"], "one surname stands together");
    }

    #[test]
    fn a_name_stands_under_the_letter_it_is_sorted_by() {
        for (name, letter) in
            [("曾国平", Some('Z')), ("單于", Some('S')), ("Émile", Some('E')), ("42", None), ("", None)]
        {
            assert_eq!(Reading::of(name).letter(), letter, "{name}");
        }
    }

    #[test]
    fn a_name_made_to_be_slow_is_not() {
        let name = ["aaaa"; 13].join(" ");
        assert!(!finds(&name, &format!("{}b", "a".repeat(52))));
        assert!(finds(&name, &"a".repeat(52)));
        assert!(!finds("x", &"x".repeat(500)));
    }
}
