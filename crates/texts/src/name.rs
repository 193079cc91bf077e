//! When two names are the same, and when they have nothing in common.

use std::collections::HashSet;

use crate::Query;
use crate::reading::written;

/// The name without the spaces between two Chinese characters, which pad a short name to the width of a longer one: 李　明 is 李明.
/// Any other space parts words and stays.
pub fn unspaced(name: &str) -> String {
    let (mut joined, mut gap) = (String::with_capacity(name.len()), String::new());
    for c in name.chars() {
        if c.is_whitespace() {
            gap.push(c);
            continue;
        }
        let is_padded = is_han(c) && joined.chars().next_back().is_some_and(is_han);
        if !is_padded {
            joined.push_str(&gap);
        }
        gap.clear();
        joined.push(c);
    }
    joined + &gap
}

/// Whether two names have nothing in common: no Chinese character in either writing, no word, and neither is read like the other.
pub fn are_unlike(one: &str, other: &str) -> bool {
    let sounds_like = |name: &str, text: &str| Query::parse(text).finds(name);
    parts(one).is_disjoint(&parts(other)) && !sounds_like(one, other) && !sounds_like(other, one)
}

/// Each Chinese character, and each word of other letters, as names are compared.
fn parts(name: &str) -> HashSet<String> {
    let name = written(name);
    let characters = name.chars().filter(|c| is_han(*c)).map(String::from);
    let words = name.split(|c: char| is_han(c) || !c.is_alphanumeric()).filter(|word| !word.is_empty());
    characters.chain(words.map(str::to_owned)).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{are_unlike, unspaced};

    #[test]
    fn spaces_pad_chinese_names_and_part_the_words_of_others() {
        for (name, joined) in [
            ("李　明", "李明"),
            ("赵  云", "赵云"),
            ("欧 阳 娜 娜", "欧阳娜娜"),
            ("Mara Whitcombe", "Mara Whitcombe"),
            ("李明 Ming", "李明 Ming"),
            (" 李 明 ", " 李明 "),
            ("김 철수", "김 철수"),
            ("", ""),
        ] {
            assert_eq!(unspaced(name), joined);
        }
    }

    #[test]
    fn names_are_unlike_that_share_neither_a_character_nor_a_word_nor_a_sound() {
        for (one, other) in [("沈知遥", "张八"), ("Robert", "Eve"), ("陆行舟", "Mara Whitcombe")] {
            assert!(are_unlike(one, other) && are_unlike(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("沈知遥", "沈之遥"),
            ("張偉", "张伟"),
            ("李　明", "李明"),
            ("沈知遥", "Shen Zhiyao"),
            ("Ann", "Ann the Great"),
            ("Whitcombe, Mara", "Mara Jones"),
            ("MÜLLER", "Zoë Muller"),
        ] {
            assert!(!are_unlike(one, other) && !are_unlike(other, one), "{one} and {other}");
        }
    }
}
