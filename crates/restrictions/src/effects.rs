//! What a restriction does, purpose by purpose, as the data map says it.

use kernel::data_map::{DataMap, Restricted};
use privacy::Words;
use serde::Serialize;
use utoipa::ToSchema;

/// What becomes of a purpose.
#[derive(Serialize, ToSchema)]
pub struct RestrictionEffect {
    /// Its id in the data map.
    pub purpose: String,
    /// What for.
    pub sentence: Words,
    /// Whether it stops, or why it goes on.
    pub effect: Restricted,
    /// The same in words.
    pub told: Words,
}

/// Of every purpose: first what stops, then what goes on, by its reason.
pub fn effects(map: &DataMap) -> Vec<RestrictionEffect> {
    let mut effects: Vec<_> = map
        .purpose
        .iter()
        .map(|(id, purpose)| RestrictionEffect {
            purpose: id.clone(),
            sentence: Words::from(&purpose.sentence),
            effect: purpose.restricted,
            told: Words::from(purpose.restricted.words()),
        })
        .collect();
    effects.sort_by_key(|one| one.effect);
    effects
}
