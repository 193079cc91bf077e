//! One way to write a Chinese character that is written in two, so that 張偉 and 张伟 are the same name.

use std::sync::LazyLock;

/// OpenCC's table: on each line a traditional character, and behind a tab what it is in simplified writing, the usual one first.
const TABLE: &str = hanconv::RawDictionary::TSCharacters.text();

/// Letters of other scripts stand before all characters of the table.
const FIRST: char = '\u{3400}';

/// Sorted by the traditional character.
static SIMPLER: LazyLock<Box<[(char, char)]>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, char)> = TABLE.lines().filter_map(pair).collect();
    pairs.sort_unstable();
    pairs.into()
});

/// Of a line of the table that is no remark.
fn pair(line: &str) -> Option<(char, char)> {
    let (from, to) = line.split_once('\t')?;
    let mut from = from.chars().filter(|c| *c >= FIRST);
    Some((from.next()?, to.chars().next()?)).filter(|_| from.next().is_none())
}

/// The character in simplified writing; itself where it has no other.
pub(crate) fn simpler(c: char) -> char {
    if c < FIRST {
        return c;
    }
    SIMPLER.binary_search_by_key(&c, |pair| pair.0).map_or(c, |place| SIMPLER[place].1)
}

#[cfg(test)]
mod tests {
    use super::{SIMPLER, simpler};

    #[test]
    fn a_character_has_one_form_and_keeps_it() {
        let simplified: String = "張偉葉鍾國榮陳麗華劉謙裡台臺峯啟為爲".chars().map(simpler).collect();
        assert_eq!(simplified, "张伟叶钟国荣陈丽华刘谦里台台峰启为为");
        assert_eq!("张伟 Zoë 12".chars().map(simpler).collect::<String>(), "张伟 Zoë 12");
        assert!(SIMPLER.len() > 3_000, "{}", SIMPLER.len());
        // 苧 is two characters: a tree's, and what 薴 is in simplified writing.
        let once_more: Vec<_> = SIMPLER.iter().filter(|(_, to)| simpler(*to) != *to).collect();
        assert_eq!(once_more, [&('薴', '苧')]);
    }
}
