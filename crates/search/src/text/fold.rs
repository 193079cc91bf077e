//! A text as it is compared: lower case, Latin without accents, full width made ordinary. Every character knows where in
//! the original it came from.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::script::Class;

/// Alphabets whose accents do not count are below this.
const ALPHABETS: char = '\u{0530}';

/// A folded text.
#[derive(Default)]
pub struct Folded {
    /// Its characters.
    pub chars: Vec<char>,
    /// What each of them is.
    pub classes: Vec<Class>,
    /// Which bytes of the original each one came from.
    pub spans: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self {
            chars: Vec::with_capacity(text.len()),
            classes: Vec::with_capacity(text.len()),
            spans: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices() {
            let span = (at, at + c.len_utf8());
            match c {
                '\0'..='\u{7f}' => folded.push(c.to_ascii_lowercase(), span),
                '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' => folded.push(c, span),
                _ => folded.push_other(c, span),
            }
        }
        folded
    }

    /// The characters alone.
    pub fn text(&self, from: usize, to: usize) -> String {
        self.chars[from..to].iter().collect()
    }

    fn push(&mut self, c: char, span: (usize, usize)) {
        self.chars.push(c);
        self.classes.push(Class::of(c));
        self.spans.push(span);
    }

    fn push_other(&mut self, c: char, span: (usize, usize)) {
        match c {
            // What nobody sees takes no part, nor do accents that stand apart from their letter.
            '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => return,
            '\u{0300}'..='\u{036f}' => return,
            '\u{2018}' | '\u{2019}' => return self.push('\'', span),
            _ => {}
        }
        let is_alphabet = std::iter::once(c).nfkd().next().is_some_and(|first| first < ALPHABETS);
        if is_alphabet {
            let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
            plain.flat_map(char::to_lowercase).for_each(|c| self.push(c, span));
        } else {
            std::iter::once(c).nfkc().flat_map(char::to_lowercase).for_each(|c| self.push(c, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;

    fn folded(text: &str) -> String {
        Folded::of(text).chars.into_iter().collect()
    }

    #[test]
    fn case_accents_and_width_do_not_count() {
        assert_eq!(folded("Zoë MÜLLER Ａｂ１ ﬁn"), "zoe muller ab1 fin");
        assert_eq!(folded("e\u{301}a\u{200b}b don’t"), "eab don't");
        assert_eq!(folded("東京タワー ｶﾞ 한글 が"), "東京タワー カ\u{3099} 한글 が");
    }

    #[test]
    fn every_character_knows_where_it_came_from() {
        let text = "aﬁ冷Ü";
        let folded = Folded::of(text);
        let from: Vec<&str> = folded.spans.iter().map(|(from, to)| &text[*from..*to]).collect();
        assert_eq!(from, ["a", "ﬁ", "ﬁ", "冷", "Ü"]);
    }
}
