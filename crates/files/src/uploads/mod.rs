//! Taking files in: tus 1.0.0 with its extensions creation, termination, checksum and expiration
//! (<https://tus.io/protocols/resumable-upload>).

pub mod append;
pub mod cancel;
pub mod create;
pub mod describe;
pub mod file;
pub mod finish;
pub mod rows;
pub mod show;
mod turn;
pub mod tus;
