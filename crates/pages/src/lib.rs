//! Lists, a page at a time: keyset, never offset.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// Give it as `after` (or `before`) to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page out of one row more than was asked for: the extra row only says that there is more.
    pub fn of(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Self {
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = if has_more { items.last().map(key) } else { None };
        Self { items, next }
    }
}

/// How many items a page holds at most: 1 to `MOST`, 50 when nobody says. As `limit` of a query: anything else is refused.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u16")]
pub struct Limit<const MOST: u16 = 200>(u16);

impl<const MOST: u16> Limit<MOST> {
    const UNSAID: u16 = 50;

    /// So many.
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl<const MOST: u16> Default for Limit<MOST> {
    fn default() -> Self {
        Self(Self::UNSAID)
    }
}

impl<const MOST: u16> TryFrom<u16> for Limit<MOST> {
    type Error = &'static str;

    fn try_from(wanted: u16) -> Result<Self, Self::Error> {
        if (1..=MOST).contains(&wanted) { Ok(Self(wanted)) } else { Err("out of range") }
    }
}

impl<const MOST: u16> utoipa::PartialSchema for Limit<MOST> {
    fn schema() -> RefOr<Schema> {
        let object = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(MOST));
        object.default(Some(Self::UNSAID.into())).into()
    }
}

impl<const MOST: u16> ToSchema for Limit<MOST> {}
