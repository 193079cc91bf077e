//! What a character is to a search: written without spaces, part of a word, or between words.

use unicode_normalization::char::is_combining_mark;

/// How a character takes part in being found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Of a script without spaces between words (Chinese, Japanese, Korean, Thai, …): any part can be found.
    Dense,
    /// A letter of other scripts: words are found from their beginning.
    Letter,
    /// A digit: a number is a word of its own, also inside of others.
    Digit,
    /// Anything else.
    Gap,
}

impl Class {
    /// What this (folded) character is.
    pub fn of(c: char) -> Self {
        match c {
            'a'..='z' => Self::Letter,
            '0'..='9' => Self::Digit,
            '\0'..='\u{7f}' => Self::Gap,
            _ if is_dense(c) => Self::Dense,
            _ if c.is_numeric() => Self::Digit,
            _ if c.is_alphabetic() || is_combining_mark(c) => Self::Letter,
            _ => Self::Gap,
        }
    }

    /// Part of a word that begins at a boundary.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }
}

fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Burmese
        | '\u{1100}'..='\u{11ff}'    // Hangul, letter by letter
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{2e80}'..='\u{2fdf}'    // radicals
        | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}'
        | '\u{3041}'..='\u{30fa}'    // kana
        | '\u{30fc}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'    // Han
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'    // Hangul
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}
