//! Slow hashing of passwords: argon2id, two at a time, so that a flood of sign-ins cannot eat memory and processors.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::anyhow;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use kernel::{App, Error, Result};
use tokio::sync::Semaphore;

/// At 19 MiB and about 30 ms each.
const AT_ONCE: usize = 2;
/// Whoever would wait longer than about a second is sent away.
const MAY_WAIT: usize = 64;
/// Blocks of 1 KiB. An allocator keeps what it thinks is wanted again, glibc up to 32 MiB at a time, for each thread that
/// ever hashed: 20 MiB a sign-in. What is larger it gives back to the system, and what is not used of it is never real.
const GIVEN_BACK: usize = 33 * 1024;

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

/// The hash to keep of a password, as a string of the PHC format.
pub async fn hash(app: &App, password: &str) -> Result<String> {
    let (hasher, salt, password) = (argon2(app)?, app.random::<16>(), password.to_owned());
    run(app, move || {
        let output = compute(&hasher, password.as_bytes(), &salt)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(hasher.params())?,
            salt: Some(Salt::new(&salt)?),
            hash: Some(output),
        };
        Ok(hash.to_string())
    })
    .await
}

/// Whether `password` is the one that was hashed. Without a hash the answer is no, after the same work.
pub async fn matches(app: &App, password: &str, kept: Option<String>) -> Result<bool> {
    let Some(kept) = kept else {
        return hash(app, password).await.map(|_| false);
    };
    let password = password.to_owned();
    run(app, move || is_proven(&kept, password.as_bytes())).await
}

/// As the kept string says it was hashed, compared in constant time.
fn is_proven(kept: &str, password: &[u8]) -> argon2::password_hash::Result<bool> {
    let kept = PasswordHash::new(kept)?;
    let algorithm = Algorithm::try_from(kept.algorithm.as_str())?;
    let version = Version::try_from(kept.version.unwrap_or(Version::V0x13.into()))?;
    let hasher = Argon2::new(algorithm, version, Params::try_from(&kept)?);
    let (Some(salt), Some(expected)) = (&kept.salt, &kept.hash) else { return Ok(false) };
    Ok(compute(&hasher, password, salt)? == *expected)
}

fn compute(hasher: &Argon2<'_>, password: &[u8], salt: &[u8]) -> argon2::password_hash::Result<Output> {
    let params = hasher.params();
    let mut memory = Vec::with_capacity(params.block_count().max(GIVEN_BACK));
    memory.resize(params.block_count(), Block::new());
    let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    hasher.hash_password_into_with_memory(password, salt, &mut output, memory)?;
    Ok(Output::new(&output)?)
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
    use super::{Gate, MAY_WAIT, Place, is_proven};

    /// The reference implementation's own sample (argon2id, version 19, two passes over 64 MiB).
    #[test]
    fn what_others_hashed_is_proven_here() {
        let kept = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert!(is_proven(kept, b"password").unwrap());
        assert!(!is_proven(kept, b"Password").unwrap());
    }

    #[test]
    fn a_queue_that_is_full_sends_away_and_takes_again_when_somebody_left() {
        let gate = Gate::default();
        let mut places: Vec<Place<'_>> = (0..MAY_WAIT).map(|_| Place::take(&gate.waiting).unwrap()).collect();
        assert_eq!(Place::take(&gate.waiting).err().unwrap().code(), "identity.busy");
        places.pop();
        assert!(Place::take(&gate.waiting).is_ok());
    }
}
