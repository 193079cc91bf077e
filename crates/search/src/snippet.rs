//! A piece of a text around what was found in it.

use serde::Serialize;
use utoipa::ToSchema;

/// Characters before the first hit.
const BEFORE: usize = 24;
/// Characters in all.
const LONGEST: usize = 120;

/// A place in a text, in UTF-16 code units as JavaScript counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mark {
    /// Its first unit.
    pub start: usize,
    /// How many.
    pub length: usize,
}

impl Mark {
    /// All these places, which are bytes of `text`.
    pub fn all(text: &str, places: &[(usize, usize)]) -> Vec<Self> {
        let units = |text: &str| text.encode_utf16().count();
        let mark =
            |(from, to): &(usize, usize)| Self { start: units(&text[..*from]), length: units(&text[*from..*to]) };
        places.iter().map(mark).collect()
    }
}

/// A piece of a text with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, on one line; `…` where something was left out.
    pub text: String,
    /// What was found, in order.
    pub marks: Vec<Mark>,
}

impl Snippet {
    /// The piece around the first of these places, which are bytes of `text` in order and without overlaps.
    pub fn of(text: &str, places: &[(usize, usize)]) -> Self {
        let first = places.first().map_or(0, |place| place.0);
        let from = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
        let to = text[from..].char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| from + at);
        let mut snippet = Self { text: String::new(), marks: Vec::new() };
        let (mut units, mut open) =
            (0, places.iter().copied().filter(|place| place.1 > from && place.0 < to).peekable());
        if from > 0 {
            snippet.text.push('…');
            units += 1;
        }
        for (at, c) in text[from..to].char_indices().map(|(at, c)| (from + at, c)) {
            while open.next_if(|place| place.1 <= at).is_some() {}
            let length = c.len_utf16();
            match open.peek() {
                Some(place) if place.0 == at || (place.0 < at && at == from) => {
                    snippet.marks.push(Mark { start: units, length });
                }
                Some(place) if place.0 < at => {
                    snippet.marks.iter_mut().last().into_iter().for_each(|mark| mark.length += length)
                }
                _ => {}
            }
            snippet.text.push(if c.is_whitespace() { ' ' } else { c });
            units += length;
        }
        if to < text.len() {
            snippet.text.push('…');
        }
        snippet
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Snippet};

    #[test]
    fn marks_are_counted_as_javascript_does() {
        let text = "🎉\n冷链走";
        let at = text.find("冷链").unwrap();
        let snippet = Snippet::of(text, &[(at, at + 6)]);
        assert_eq!(snippet.text, "🎉 冷链走");
        assert_eq!(snippet.marks, [Mark { start: 3, length: 2 }]);
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_hit() {
        let text = format!("{}noodles{} noodles", "a".repeat(300), "b".repeat(50));
        let snippet = Snippet::of(&text, &[(300, 307), (358, 365)]);
        assert!(snippet.text.starts_with("…aaa") && snippet.text.ends_with("noodles"));
        let marked: Vec<String> = snippet
            .marks
            .iter()
            .map(|mark| snippet.text.chars().skip(mark.start).take(mark.length).collect())
            .collect();
        assert_eq!(marked, ["noodles", "noodles"]);
        assert_eq!(Snippet::of("", &[]).text, "");
    }
}
