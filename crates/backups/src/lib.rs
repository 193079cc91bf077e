//! Backups of a whole installation: made while it runs, sealed as a whole, checked before they are put back, and such that what
//! was erased stays erased (`ENC-01`, `ENC-02`, `DEL-08`, `OPS-02`).

mod again;
mod blobs;
mod check;
mod depot;
mod generation;
mod make;
mod pieces;
mod place;
mod restore;
mod ring;
mod tar;
mod verify;

pub use again::{Again, again};
pub use check::{Checked, check, damaged};
pub use depot::{Depot, KEPT_AT_MOST};
pub use generation::{Damaged, Manifest, chosen};
pub use make::{Made, Source, Tell, make};
pub use place::Address;
pub use restore::{Target, restore};
pub use verify::{Depth, Found, verify};
