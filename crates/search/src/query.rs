//! What somebody asks for: parts of Chinese text, beginnings of words, English words of the same stem. All parts of it
//! must be there, in any order.

use std::collections::BTreeSet;

use kernel::{Error, Result};
use rust_stemmers::{Algorithm, Stemmer};

use crate::text::fold::Folded;
use crate::text::script::Class;
use crate::text::terms::{looked_up, pair, stem, words};

/// Characters a query may have.
const LONGEST: usize = 100;
/// Terms that are looked up; what else was asked for is compared with the text.
const LOOKED_UP: usize = 12;

/// A query, ready to be looked up and compared.
pub struct Query {
    parts: Vec<Part>,
}

/// A piece of it, as far as the next space.
struct Part {
    chars: Vec<char>,
    /// It begins with a letter or digit and has no character of a script without spaces: it is looked for where words begin.
    is_at_boundary: bool,
    /// Words of this stem are found too.
    stem: Option<String>,
    terms: Vec<String>,
}

impl Query {
    /// Reads a query; `q` `is_too_long` past 100 characters. It may be empty: then it matches everything.
    pub fn parse(text: &str) -> Result<Self> {
        if text.chars().count() > LONGEST {
            return Err(Error::Invalid { field: "q", why: "is_too_long" });
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let parts = text.split_whitespace().filter_map(|piece| Part::of(&stemmer, piece)).collect();
        Ok(Self { parts })
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the index can be asked: there is more in it than single characters.
    pub fn is_indexed(&self) -> bool {
        self.parts.iter().any(|part| !part.terms.is_empty())
    }

    /// The terms an entry must have; a selection of them when there are many.
    pub(crate) fn terms(&self) -> Vec<&str> {
        let all: BTreeSet<&str> = self.parts.iter().flat_map(|part| &part.terms).map(String::as_str).collect();
        let step = all.len().div_ceil(LOOKED_UP).max(1);
        all.into_iter().step_by(step).collect()
    }

    /// Where in the text what was asked for stands, as bytes in order and without overlaps; `None` when some of it does
    /// not. This alone says what is a hit.
    pub fn places(&self, text: &str) -> Option<Vec<(usize, usize)>> {
        let folded = Folded::of(text);
        let mut places = Vec::new();
        for part in &self.parts {
            let before = places.len();
            part.find(&folded, &mut places);
            if places.len() == before {
                return None;
            }
        }
        places.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::with_capacity(places.len());
        for (from, to) in places {
            match merged.last_mut().filter(|last| from <= last.1) {
                Some(last) => last.1 = last.1.max(to),
                None => merged.push((from, to)),
            }
        }
        Some(merged)
    }
}

impl Part {
    /// Punctuation around words was typed in passing; alone it is meant.
    fn of(stemmer: &Stemmer, piece: &str) -> Option<Self> {
        let whole = Folded::of(piece);
        let is_gap = |at: &usize| whole.classes[*at] == Class::Gap;
        let from = (0..whole.chars.len()).find(|at| !is_gap(at));
        let to = (0..whole.chars.len()).rfind(|at| !is_gap(at));
        let (Some(from), Some(to)) = (from, to) else {
            let chars = whole.chars;
            return (!chars.is_empty()).then_some(Self { chars, is_at_boundary: false, stem: None, terms: Vec::new() });
        };
        let text = whole.text(from, to + 1);
        let folded = Folded::of(&text);
        let is_dense = folded.classes.contains(&Class::Dense);
        let is_one_word = folded.classes.iter().all(|class| class.is_word());
        let stem = is_one_word.then(|| stem(stemmer, &text)).flatten();
        let mut terms: Vec<String> = (1..folded.chars.len()).filter_map(|at| pair(&folded, at)).collect();
        if is_one_word {
            terms.extend(looked_up(&text, stem.as_deref()));
        } else if !is_dense {
            let words = words(&folded).into_iter();
            terms.extend(words.filter_map(|word| looked_up(&folded.text(word.from, word.to), None)));
        }
        Some(Self { is_at_boundary: !is_dense, stem, terms, chars: folded.chars })
    }

    /// Adds the places of the part in a text.
    fn find(&self, text: &Folded, places: &mut Vec<(usize, usize)>) {
        let (length, mut at) = (self.chars.len(), 0);
        while at + length <= text.chars.len() {
            if text.chars[at..].starts_with(&self.chars) && (!self.is_at_boundary || is_boundary(text, at)) {
                places.push((text.spans[at].0, text.spans[at + length - 1].1));
                at += length;
            } else {
                at += 1;
            }
        }
        let Some(wanted) = &self.stem else { return };
        let stemmer = Stemmer::create(Algorithm::English);
        for word in words(text) {
            // Most words differ in their first letter from what is wanted.
            if !wanted.starts_with(text.chars[word.from]) {
                continue;
            }
            if stem(&stemmer, &text.text(word.from, word.to)).as_deref() == Some(wanted) {
                places.push((text.spans[word.from].0, text.spans[word.to - 1].1));
            }
        }
    }
}

/// Whether a word begins here.
fn is_boundary(text: &Folded, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| text.classes[before]);
    before.is_none_or(|before| !before.is_word() || before != text.classes[at])
}

#[cfg(test)]
mod tests {
    use super::Query;

    fn finds(query: &str, text: &str) -> bool {
        Query::parse(query).unwrap().places(text).is_some()
    }

    fn found<'a>(query: &str, text: &'a str) -> Vec<&'a str> {
        let places = Query::parse(query).unwrap().places(text).unwrap_or_default();
        places.into_iter().map(|(from, to)| &text[from..to]).collect()
    }

    #[test]
    fn any_part_of_chinese_text_is_found() {
        assert!(finds("冷链", "冷链单独走") && finds("链单独", "冷链单独走") && finds("走", "冷链单独走"));
        assert!(!finds("链冷", "冷链单独走") && !finds("冷独", "冷链单独走"));
        assert_eq!(found("冷链", "冷链走冷链"), ["冷链", "冷链"]);
        assert!(finds("C语言", "学c语言") && finds("语言 学", "学C语言"));
    }

    #[test]
    fn words_are_found_from_their_beginning_and_by_their_stem() {
        assert!(finds("conf", "the Conference") && !finds("ference", "the Conference"));
        assert_eq!(found("studies", "He studied, she studies; a study."), ["studied", "studies", "study"]);
        assert!(finds("müller", "Herr Muller") && finds("don't", "I don’t know"));
        assert!(finds("4711", "AB4711-x") && !finds("711", "AB4711-x"));
    }

    #[test]
    fn all_parts_must_be_there_and_punctuation_between_them_counts() {
        assert!(finds("noodles, rice", "rice and noodles") && !finds("noodles soup", "rice and noodles"));
        assert!(finds("10.0.0.1", "to 10.0.0.1:80") && !finds("10.0.0.1", "10 0 0 1"));
        assert!(finds("🎉", "done 🎉") && finds("", "anything"));
    }

    #[test]
    fn too_much_is_refused() {
        assert!(Query::parse(&"长".repeat(100)).is_ok());
        assert!(Query::parse(&"长".repeat(101)).is_err());
    }
}
