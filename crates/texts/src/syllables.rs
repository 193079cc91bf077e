//! A name in the pieces it is read by: a Chinese character with all its readings, a word of another script with itself.

use std::borrow::Cow;

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::fold;

/// Characters that are read differently as a surname than in ordinary words.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('單', "shan"),
    ('曾', "zeng"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('任', "ren"),
    ('区', "ou"),
    ('區', "ou"),
    ('查', "zha"),
    ('盖', "ge"),
    ('朴', "piao"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('樂', "yue"),
    ('员', "yun"),
    ('秘', "bi"),
    ('种', "chong"),
    ('冼', "xian"),
    ('覃', "qin"),
    ('召', "shao"),
    ('缪', "miao"),
    ('折', "she"),
    ('卜', "bu"),
    ('繁', "po"),
    ('逄', "pang"),
    ('句', "gou"),
    ('应', "ying"),
    ('應', "ying"),
    ('车', "che"),
    ('車', "che"),
    ('柏', "bai"),
    ('薄', "bo"),
    ('褚', "chu"),
    ('沈', "shen"),
    ('宁', "ning"),
    ('葛', "ge"),
    ('华', "hua"),
    ('華', "hua"),
    ('洗', "xian"),
    ('那', "na"),
    ('石', "shi"),
    ('尹', "yin"),
];

/// The longest query that is looked at, in bytes: one bit of a word each.
pub(crate) const LONGEST_QUERY: usize = 63;

/// A Han character with all its readings, or a word of another script with itself.
pub(crate) type Syllable = Box<[Cow<'static, str>]>;

/// A name in the pieces it is read by, and of each the character it stands for, if it stands for one.
pub(crate) struct Syllables {
    pub said: Vec<Syllable>,
    pub written: Vec<Option<char>>,
}

impl Syllables {
    /// Cuts it up.
    pub fn of(name: &str) -> Self {
        let mut read = Self { said: Vec::new(), written: Vec::new() };
        let mut word = String::new();
        for c in name.chars() {
            let is_first = read.said.is_empty() && word.is_empty();
            if let Some(readings) = han(c, is_first) {
                read.close(&mut word);
                read.said.push(readings);
                read.written.push(Some(c));
            } else if c.is_alphanumeric() {
                word.push(c);
            } else {
                read.close(&mut word);
            }
        }
        read.close(&mut word);
        read
    }

    /// A word of another script ends here.
    fn close(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        let mut folded = fold(word);
        while folded.len() > LONGEST_QUERY {
            folded.pop();
        }
        self.said.push(Box::new([Cow::Owned(folded)]));
        self.written.push(None);
        word.clear();
    }
}

/// The readings of a Han character, the one to sort by first.
fn han(c: char, is_first: bool) -> Option<Syllable> {
    let usual = c.to_pinyin()?.plain();
    let surname = SURNAMES.iter().find(|(surname, _)| is_first && *surname == c).map(|(_, reading)| *reading);
    let mut readings: Vec<Cow<'static, str>> = vec![Cow::Borrowed(surname.unwrap_or(usual))];
    for reading in c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain()) {
        if !readings.iter().any(|known| known == reading) {
            readings.push(Cow::Borrowed(reading));
        }
    }
    // ü is typed as v by some and as u by others.
    for place in 0..readings.len() {
        if readings[place].contains('ü') {
            let typed_u = readings[place].replace('ü', "u");
            readings[place] = Cow::Owned(readings[place].replace('ü', "v"));
            readings.push(Cow::Owned(typed_u));
        }
    }
    Some(readings.into())
}

/// The tone of the character where it is read so, from 1 to 4; 5 for none.
pub(crate) fn tone(c: char, reading: &str) -> char {
    let all = c.to_pinyin().into_iter().chain(c.to_pinyin_multi().into_iter().flatten());
    let same = all.filter(|one| one.plain().replace('ü', "v") == reading);
    same.filter_map(|one| one.with_tone_num_end().chars().last()).next().filter(char::is_ascii_digit).unwrap_or('5')
}
