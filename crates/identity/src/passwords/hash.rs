//! Slow hashing of passwords: argon2id, two at a time, so that a flood of sign-ins cannot eat memory and processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::anyhow;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kernel::{App, Error, Result};
use tokio::sync::Semaphore;

/// At 19 MiB and about 30 ms each.
const AT_ONCE: usize = 2;
/// Whoever would wait longer than about a second is sent away.
const MAY_WAIT: usize = 64;

struct Gate {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Gate {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) }
    }
}

/// Counts a waiting sign-in until it is served or gives up.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self> {
        if waiting.fetch_add(1, Ordering::Relaxed) >= MAY_WAIT {
            waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Error::Unavailable("identity.busy"));
        }
        Ok(Self(waiting))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The hash to keep of a password.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    let (hasher, salt, password) = (argon2(app)?, app.random::<16>(), password.to_owned());
    run(app, move || {
        let hash: PasswordHash = hasher.hash_password_with_salt(password.as_bytes(), &salt)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether `password` is the one that was hashed. Without a hash the answer is no, after the same work.
pub async fn matches(app: &App, password: &str, kept: Option<String>) -> Result<bool> {
    let Some(kept) = kept else {
        return hash(app, password).await.map(|_| false);
    };
    let (hasher, password) = (argon2(app)?, password.to_owned());
    run(app, move || {
        let kept = PasswordHash::new(&kept)?;
        Ok(hasher.verify_password(password.as_bytes(), &kept).is_ok())
    })
    .await
}

/// What OWASP recommends for argon2id; tests that do not look at hashes make it cheap.
fn argon2(app: &App) -> Result<Argon2<'static>> {
    let (memory, passes) = if app.settings().hashes_cheaply { (Params::MIN_M_COST, 1) } else { (19_456, 2) };
    let params = Params::new(memory, passes, 1, None).map_err(|e| anyhow!("argon2: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn run<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> argon2::password_hash::Result<T> + Send + 'static,
) -> Result<T> {
    let gate = app.state::<Gate>();
    let place = Place::take(&gate.waiting)?;
    let permit = Arc::clone(&gate.permits).acquire_owned().await.map_err(anyhow::Error::from)?;
    drop(place);
    // The permit goes along: a caller who hangs up does not make room before the work is done.
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    let done = done.await.map_err(anyhow::Error::from)?;
    Ok(done.map_err(|e| anyhow!("hashing a password: {e}"))?)
}

#[cfg(test)]
mod tests {
    use super::{Gate, MAY_WAIT, Place};

    #[test]
    fn a_queue_that_is_full_sends_away_and_takes_again_when_somebody_left() {
        let gate = Gate::default();
        let mut places: Vec<Place<'_>> = (0..MAY_WAIT).map(|_| Place::take(&gate.waiting).unwrap()).collect();
        assert_eq!(Place::take(&gate.waiting).err().unwrap().code(), "identity.busy");
        places.pop();
        assert!(Place::take(&gate.waiting).is_ok());
    }
}
