//! Phone numbers, addresses and names: the one form in which they are kept and compared, and how they are read aloud;
//! and which days people mean. No tables.

mod closeness;
pub mod contact;
pub mod days;
mod han;
mod language;
mod line;
mod name;
pub mod place;
mod reading;
pub mod slug;
mod syllables;
mod words;

pub use closeness::Closeness;
pub use language::{Language, Text};
pub use line::{is_unseen, one_line};
pub use name::{are_unlike, unspaced};
pub use reading::{Query, Reading, fold};
pub use words::{Words, digits, staff_number};
