//! What stands in a copy: which places, what of their rows, and how it is written down.

mod about;
mod count;
pub mod json;
mod masked;
mod named;
mod opened;
pub mod page;
mod plan;
mod read;
mod shown;
mod words;

pub use about::{About, Owner};
pub use count::{Certainty, Count};
pub use plan::{Place, Plan};
pub use read::Records;
pub use words::place as place_words;
