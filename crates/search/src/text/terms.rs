//! What a text is indexed by. Of scripts without spaces every pair of neighbours, so that any part of two characters or
//! more is found; of words their beginnings of certain lengths, and those of their English stem.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};
use uuid::Uuid;

use super::fold::Folded;
use super::script::Class;

/// How long the beginnings of words are that are indexed. A longer query is looked up by its longest of these and then
/// compared with the text.
const BEGINNINGS: [usize; 5] = [2, 3, 4, 6, 9];
/// In a word of letters and digits so many changes begin a word of their own.
const CHANGES: usize = 6;
/// The longest English word that is stemmed.
const STEMMED: usize = 32;

/// The terms of a text, each once. They are words: codes of them may be stored, they never.
#[derive(Default)]
pub struct Terms {
    pub(crate) words: BTreeSet<String>,
    pub(crate) marks: BTreeSet<i32>,
}

/// A mark that says of an entry who or where: not secret, since the id stands beside it in plain.
pub fn mark(id: Uuid) -> i32 {
    id.as_bytes().iter().skip(12).fold(0_i32, |mark, byte| mark << 8 | i32::from(*byte))
}

impl Terms {
    /// Adds what a text can be found by.
    pub fn add(&mut self, text: &str) {
        let folded = Folded::of(text);
        let stemmer = Stemmer::create(Algorithm::English);
        for at in 1..folded.chars.len() {
            if let Some(pair) = pair(&folded, at) {
                self.words.insert(pair);
            }
        }
        let mut done = BTreeSet::new();
        for word in words(&folded) {
            let text = folded.text(word.from, word.to);
            if done.contains(&text) {
                continue;
            }
            if let Some(stem) = stem(&stemmer, &text) {
                self.add_beginnings(&stem);
            }
            self.add_beginnings(&text);
            done.insert(text);
        }
    }

    /// Adds a mark by which it can be found.
    pub fn add_mark(&mut self, mark: i32) {
        self.marks.insert(mark);
    }

    /// Whether there is nothing to find it by.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.marks.is_empty()
    }

    fn add_beginnings(&mut self, word: &str) {
        let mut term = String::with_capacity(word.len() + 1);
        term.push('^');
        for (place, c) in word.chars().enumerate() {
            term.push(c);
            // Most are there already, from the stem or from another word.
            if BEGINNINGS.contains(&(place + 1)) && !self.words.contains(&term) {
                self.words.insert(term.clone());
            }
            if place + 1 == BEGINNINGS[BEGINNINGS.len() - 1] {
                return;
            }
        }
    }
}

/// The pair that ends at `at`, if one of both is of a script without spaces and none is a gap.
pub fn pair(folded: &Folded, at: usize) -> Option<String> {
    let both = [folded.classes[at - 1], folded.classes[at]];
    (both.contains(&Class::Dense) && !both.contains(&Class::Gap)).then(|| folded.text(at - 1, at + 1))
}

/// The first `length` characters of a word, as a term; `None` when it is shorter.
fn beginning(word: &str, length: usize) -> Option<String> {
    let mut chars = word.chars();
    let mut term = String::with_capacity(word.len() + 1);
    // Apart from pairs: a word that begins so is not those two characters anywhere.
    term.push('^');
    for _ in 0..length {
        term.push(chars.next()?);
    }
    Some(term)
}

/// The longest indexed beginning that is common to all words this one is to find: those that begin with it, and those
/// of the same stem. `None` for a single character.
pub fn looked_up(word: &str, stem: Option<&str>) -> Option<String> {
    let common = match stem {
        None => word.chars().count(),
        Some(stem) => word.chars().zip(stem.chars()).take_while(|(a, b)| a == b).count(),
    };
    let length = BEGINNINGS.into_iter().rev().find(|length| *length <= common)?;
    beginning(word, length)
}

/// The English stem of a word that may be English (Porter 2).
pub fn stem(stemmer: &Stemmer, word: &str) -> Option<String> {
    let is_english = (3..=STEMMED).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    is_english.then(|| stemmer.stem(word).into_owned())
}

/// A word in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first character.
    pub from: usize,
    /// One after its last.
    pub to: usize,
}

/// The words of a text; where letters and digits meet, the rest is a word too.
pub fn words(folded: &Folded) -> Vec<Word> {
    let classes = &folded.classes;
    let (mut words, mut from) = (Vec::new(), 0);
    while from < classes.len() {
        if !classes[from].is_word() {
            from += 1;
            continue;
        }
        let to = (from..classes.len()).find(|at| !classes[*at].is_word()).unwrap_or(classes.len());
        words.push(Word { from, to });
        let changes = (from + 1..to).filter(|at| classes[*at] != classes[*at - 1]);
        words.extend(changes.take(CHANGES).map(|from| Word { from, to }));
        from = to;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Folded, Terms, looked_up, words};

    fn terms(text: &str) -> Vec<String> {
        let mut terms = Terms::default();
        terms.add(text);
        terms.words.into_iter().collect()
    }

    #[test]
    fn a_text_without_spaces_is_indexed_by_pairs() {
        assert_eq!(terms("冷链，周转箱"), ["冷链", "周转", "转箱"]);
        assert_eq!(terms("A股 第3章"), ["3章", "a股", "第3"]);
    }

    #[test]
    fn a_word_is_indexed_by_its_beginnings_and_those_of_its_stem() {
        assert_eq!(terms("Bodies"), ["^bo", "^bod", "^bodi", "^bodies"]);
        assert_eq!(terms("body"), ["^bo", "^bod", "^bodi", "^body"]);
        assert_eq!(looked_up("bodies", Some("bodi")).as_deref(), Some("^bodi"));
        assert_eq!(looked_up("x", None), None);
    }

    #[test]
    fn numbers_inside_of_words_are_words() {
        let folded = Folded::of("ab12cd");
        let found: Vec<String> = words(&folded).iter().map(|word| folded.text(word.from, word.to)).collect();
        assert_eq!(found, ["ab12cd", "12cd", "cd"]);
    }
}
