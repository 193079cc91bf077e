//! What goes over the link: some words of one node, numbered.

use kernel::Word;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Words that travel together. Without words it says that the node is there, and how far it has come.
#[derive(Debug, Serialize, Deserialize)]
pub struct Batch {
    /// Who says it, by the name of its run.
    pub node: Uuid,
    /// The number of the first word; of the next one, where there is none.
    pub first: u64,
    /// It says nothing more after this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_last: bool,
    pub words: Vec<Word>,
}

/// What stands around a word.
const AROUND: usize = 80;

/// Numbers words and puts them into batches that a link can carry.
pub struct Numbering {
    node: Uuid,
    next: u64,
}

impl Numbering {
    pub fn of(node: Uuid) -> Self {
        Self { node, next: 0 }
    }

    /// Words that never arrive have numbers too: by them the others learn of it.
    pub fn lose(&mut self, count: u64) {
        self.next += count;
    }

    /// Says only that this node is there.
    pub fn beat(&self) -> Batch {
        Batch { node: self.node, first: self.next, is_last: false, words: Vec::new() }
    }

    /// The words in batches of at most `most` bytes. A word that is longer by itself is lost.
    pub fn pack(&mut self, words: Vec<Word>, most: usize) -> Vec<Batch> {
        let mut batches: Vec<Batch> = Vec::new();
        let mut room = 0;
        for word in words {
            let bytes = word.data.get().len() + word.kind.len() + AROUND;
            if bytes + AROUND > most {
                self.lose(1);
                room = 0;
                continue;
            }
            match batches.last_mut().filter(|_| bytes <= room) {
                Some(batch) => batch.words.push(word),
                None => {
                    batches.push(Batch { node: self.node, first: self.next, is_last: false, words: vec![word] });
                    room = most - AROUND;
                }
            }
            room -= bytes;
            self.next += 1;
        }
        batches
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use kernel::{OrgId, Word};
    use serde_json::value::to_raw_value;
    use uuid::Uuid;

    use super::Numbering;

    fn word(length: usize) -> Word {
        let data = to_raw_value(&"x".repeat(length)).unwrap();
        Word { kind: Cow::Borrowed("test.word"), org: OrgId(Uuid::nil()), data }
    }

    #[test]
    fn batches_fit_and_their_numbers_leave_nothing_out_but_what_is_lost() {
        let mut numbering = Numbering::of(Uuid::nil());
        let lengths = [100, 3000, 3000, 3000, 9000, 100, 7000];
        let batches = numbering.pack(lengths.map(word).into(), 8000);
        for batch in &batches {
            assert!(serde_json::to_string(batch).unwrap().len() <= 8000);
        }
        let numbers: Vec<(u64, usize)> = batches.iter().map(|batch| (batch.first, batch.words.len())).collect();
        assert_eq!(numbers, [(0, 3), (3, 1), (5, 1), (6, 1)], "the fifth is too long for any batch");
        assert_eq!(numbering.beat().first, 7);
    }
}
