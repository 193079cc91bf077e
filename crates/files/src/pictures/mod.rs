//! Pictures are looked at before anybody gets them: what the camera wrote into them goes, a small one is made. The bytes
//! are a stranger's, so a process apart reads them, with limits, without files and without a network.

mod clean;
mod heif;
mod job;
mod tiff;
pub mod worker;

pub use job::{JOB, job, turn};
