//! Partial changes: absent leaves a value, `null` and the empty text take it away.

use serde::{Deserialize, Deserializer};

/// What a change says of one value: nothing, that it goes, or what it is to be.
pub type Given<T> = Option<Option<T>>;

/// Tells `null` from absent; goes with `#[serde(default)]`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<Given<T>, D::Error> {
    Option::deserialize(value).map(Some)
}

/// Puts the change into its place.
pub fn replace(slot: &mut Option<String>, change: Given<String>) {
    if let Some(new) = change {
        *slot = new.filter(|text| !text.trim().is_empty());
    }
}
