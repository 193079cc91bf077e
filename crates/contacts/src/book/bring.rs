//! Many contacts at once, into one's own: what is new among them, and writing it.

use kernel::{Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::create::{check_room, insert};
use super::row;
use crate::events::ContactsImported;
use crate::model::{Card, ContactKind};
use crate::policy::Keeper;
use crate::vcard::Problem;

/// As many new ones are shown before one decides.
const SHOWN: usize = 50;

/// What an import does, or did.
#[derive(Serialize, ToSchema)]
pub struct ContactImport {
    /// Whether it was written; never when there are problems.
    pub is_written: bool,
    /// How many are new.
    pub new_count: usize,
    /// How many one has already: they are left as they are.
    pub known_count: usize,
    /// The first fifty new ones.
    pub cards: Vec<Card>,
    /// What is wrong, and where; a hundred at most.
    pub problems: Vec<Problem>,
}

impl ContactImport {
    /// Nothing can be brought in.
    pub fn refused(problems: Vec<Problem>) -> Self {
        Self { is_written: false, new_count: 0, known_count: 0, cards: Vec::new(), problems }
    }
}

/// Whether an import is only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Says what it would do.
    Try,
    /// Does it.
    Write,
}

/// Writes those cards the keeper has not got yet, each once.
pub async fn bring(
    tx: &mut Tx,
    keeper: &Keeper,
    cards: Vec<Card>,
    kind: ContactKind,
    step: Step,
) -> Result<ContactImport> {
    let mut known: Vec<Card> = Vec::new();
    for row in row::visible(tx, keeper, None).await?.into_iter().filter(|row| row.owner_id == keeper.id()) {
        known.push(row.open_card(tx)?);
    }
    let mut book = Known::of(known);
    let all = cards.len();
    let new: Vec<Card> = cards.into_iter().filter(|card| book.take(card)).collect();
    let known_count = all - new.len();
    check_room(tx, keeper.id(), new.len()).await?;
    if step == Step::Write && !new.is_empty() {
        for card in &new {
            insert(tx, keeper.id(), kind, card).await?;
        }
        tx.emit(&ContactsImported { member: keeper.id(), count: new.len() })?;
    }
    let new_count = new.len();
    let cards = new.into_iter().take(SHOWN).collect();
    Ok(ContactImport { is_written: step == Step::Write, new_count, known_count, cards, problems: Vec::new() })
}

/// Cards by name: only those of one name are compared.
struct Known(std::collections::HashMap<String, Vec<Card>>);

impl Known {
    fn of(cards: Vec<Card>) -> Self {
        let mut known = Self(std::collections::HashMap::new());
        for card in cards {
            known.0.entry(card.name.clone()).or_default().push(card);
        }
        known
    }

    /// Whether the card is new; it is known then.
    fn take(&mut self, card: &Card) -> bool {
        let same = self.0.entry(card.name.clone()).or_default();
        let is_new = !same.iter().any(|one| one.is_same_as(card));
        if is_new {
            same.push(card.clone());
        }
        is_new
    }
}
