//! What can be known of people: fields, the kinds of their values, who sees and who changes them until somebody decides
//! otherwise (`DIR-02`, `DIR-03`). No tables.

mod built_in;
mod definition;
pub mod events;
mod field;
mod handle;
mod profile;
mod rule;
mod value;

pub use built_in::{BuiltIn, GENDERS};
pub use definition::{Choice, Definition, Names};
pub use field::{Field, FieldCan};
pub use handle::HandleKind;
pub use profile::{LookUp, Profile, look_up};
pub use rule::{Audience, Rule};
pub use value::{Kind, checked, masked};

kernel::id!(
    /// A field: one of the built-in ones, or one of the organisation's own making.
    FieldId
);
