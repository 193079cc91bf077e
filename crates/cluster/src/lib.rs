//! The private PostgreSQL: made, started, tuned, watched and stopped by the program, on a Unix socket only.
//!
//! Everything here blocks on a thread of its own, so that the database outlives whichever runtime asked for it.

mod base_backup;
mod binaries;
mod claim;
mod configuration;
mod error;
mod initialise;
mod orphan;
mod os_user;
mod places;
mod postmaster;
mod settings;
mod space;
mod supervisor;
mod temporary;

pub use base_backup::{BaseBackup, Restoring, base_backup};
pub use claim::Claim;
pub use error::Error;
pub use settings::{Binaries, Profile, Settings};
pub use supervisor::Cluster;
pub use temporary::{temporary, temporary_folder, temporary_in};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Starts the private cluster of a data directory, making it first where there is none. It answers queries on return.
pub async fn start(settings: Settings) -> Result<Cluster> {
    off_the_runtime(move || supervisor::start(&settings)).await
}

async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(failed) => Err(Error::DidNotStart { output: failed.to_string() }),
    }
}
