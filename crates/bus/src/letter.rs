//! What nodes send each other.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use kernel::{App, Class, OrgId};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What it is sent on in the database; the statement that sends names it too.
pub const CHANNEL: &str = "tulou";
/// That of a `NOTIFY` has less than 8,000 bytes; the rest is the letter's head and its mark.
const ROOM: usize = 7_500;

/// Numbered by its node, without gaps.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    pub node: Uuid,
    pub n: u64,
    /// When it was written, by the clock of its node, which is that of what the node has committed.
    pub at: DateTime<Utc>,
    #[serde(deserialize_with = "known")]
    pub items: Vec<Item>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// The outbox of the organisation is longer.
    Events(OrgId),
    /// A job of the class is queued.
    Job(Class),
    Word(Word),
}

/// What a module says to itself elsewhere.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    pub ear: Cow<'static, str>,
    pub org: OrgId,
    pub word: Value,
}

impl Letter {
    /// As it is sent, behind a mark that only the installation can make: whoever may enter the database may send too.
    pub fn seal(&self, app: &App) -> Option<String> {
        let text = serde_json::to_string(self).ok()?;
        Some(format!("{} {text}", mark(app, &text)))
    }

    /// What [`Letter::seal`] made; nothing of anything else.
    pub fn open(app: &App, payload: &str) -> Option<Self> {
        let (shown, text) = payload.split_once(' ')?;
        if shown != mark(app, text) {
            return None;
        }
        serde_json::from_str(text).ok()
    }
}

fn mark(app: &App, text: &str) -> String {
    app.vault().lookup("bus.letter", None, text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An item of a later version of the program is left out.
fn known<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Item>, D::Error> {
    let items = Vec::<Value>::deserialize(from)?;
    Ok(items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect())
}

impl Item {
    /// Whether one letter has room for it.
    pub fn fits(&self) -> bool {
        self.length() <= ROOM
    }

    /// Bytes, with a comma.
    fn length(&self) -> usize {
        serde_json::to_string(self).map_or(ROOM, |text| text.len()) + 1
    }
}

/// As many letters as it takes, one where there is nothing to say.
pub fn split(items: Vec<Item>) -> Vec<Vec<Item>> {
    let (mut letters, mut letter, mut used) = (Vec::new(), Vec::new(), 0);
    for item in items {
        let length = item.length();
        if used + length > ROOM {
            letters.push(std::mem::take(&mut letter));
            used = 0;
        }
        used += length;
        letter.push(item);
    }
    letters.push(letter);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hexadecimal digits, and a space.
    const MARK: usize = 65;

    fn word(n: usize) -> Item {
        let word = serde_json::json!({ "said": [Uuid::from_u128(7), n, n] });
        Item::Word(Word { ear: "chat".into(), org: OrgId(Uuid::from_u128(1)), word })
    }

    #[test]
    fn what_is_too_much_for_one_letter_goes_in_several_and_in_order() {
        let letters = split((0..500).map(word).collect());
        assert!(letters.len() > 1, "{}", letters.len());
        for items in &letters {
            assert!(!items.is_empty());
        }
        let all: Vec<Item> = letters.into_iter().flatten().collect();
        assert_eq!(all, (0..500).map(word).collect::<Vec<_>>());
    }

    #[test]
    fn a_letter_is_shorter_than_the_database_allows_and_comes_back_as_it_was() {
        for items in split((0..500).map(word).collect()) {
            let letter = Letter { node: Uuid::from_u128(2), n: u64::MAX, at: DateTime::UNIX_EPOCH, items };
            let text = serde_json::to_string(&letter).unwrap();
            assert!(text.len() + MARK < 8_000, "{}", text.len());
            assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter);
        }
    }

    #[test]
    fn an_item_that_is_not_known_takes_nothing_else_with_it() {
        let later = serde_json::json!({ "node": Uuid::from_u128(2), "n": 1, "at": DateTime::UNIX_EPOCH,
            "items": [{ "later": 1 }, { "job": "light" }, { "job": "later" }] });
        assert_eq!(serde_json::from_value::<Letter>(later).unwrap().items, [Item::Job(Class::Light)]);
    }

    #[test]
    fn where_there_is_nothing_to_say_there_is_one_empty_letter() {
        assert_eq!(split(Vec::new()), vec![Vec::<Item>::new()]);
    }

    #[test]
    fn a_word_longer_than_a_letter_does_not_fit() {
        let long = Word { ear: "chat".into(), org: OrgId(Uuid::nil()), word: "x".repeat(ROOM).into() };
        assert!(word(1).fits() && !Item::Word(long).fits());
    }
}
