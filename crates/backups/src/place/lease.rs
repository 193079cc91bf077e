//! Who writes into a bucket: an object with a name and an instant, renewed while the work goes on. One that is not renewed ends by
//! itself; one of the same data directory that nobody holds any more ends at once.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path as FilePath;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Clock, Random, SystemClock, SystemRandom};
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion};
use serde::{Deserialize, Serialize};
use vault::hexadecimal;

use super::bucket::Bucket;

/// In the data directory: who writes from there, and whether somebody does now.
const HOLDER: &str = "backup.lock";
const LASTS: TimeDelta = TimeDelta::minutes(10);
const RENEWED_AFTER: TimeDelta = TimeDelta::minutes(1);

/// What stands in the bucket.
#[derive(Serialize, Deserialize)]
struct Stand {
    holder: String,
    until: DateTime<Utc>,
}

/// The right to write, until it is dropped.
pub struct Lease {
    bucket: Bucket,
    holder: String,
    held: Mutex<Held>,
    _file: File,
}

struct Held {
    edition: UpdateVersion,
    since: DateTime<Utc>,
    is_lost: bool,
}

impl Lease {
    /// Takes it, unless somebody has it.
    pub fn take(bucket: Bucket, data_dir: &FilePath) -> Result<Self> {
        let (holder, file) = holder(data_dir)?;
        let found = bucket.ask(|store| async move {
            let found = store.get(&Bucket::lock()).await?;
            let edition = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
            Ok((edition, found.bytes().await?))
        });
        let mode = match found {
            Err(error) if error.kind() == ErrorKind::NotFound => PutMode::Create,
            found => {
                let (edition, bytes) = found?;
                demand_free(&bytes, &holder)?;
                PutMode::Update(edition)
            }
        };
        let since = SystemClock.now();
        let put = put(&bucket, &holder, (mode, since));
        let edition =
            put.context("another backup began there at the same time, or the store does not let it be known")?;
        Ok(Self { bucket, holder, held: Mutex::new(Held { edition, since, is_lost: false }), _file: file })
    }

    /// Says that the work goes on; an error when somebody else has taken it meanwhile.
    pub fn renew(&self) -> io::Result<()> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemClock.now();
        if now - held.since >= RENEWED_AFTER {
            let renewed = put(&self.bucket, &self.holder, (PutMode::Update(held.edition.clone()), now));
            held.is_lost = renewed.as_ref().is_err_and(|error| error.kind() == ErrorKind::AlreadyExists);
            (held.edition, held.since) = (renewed?, now);
        }
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.held.get_mut().unwrap_or_else(PoisonError::into_inner).is_lost {
            // It ends by itself where the store is away.
            let _ = self.bucket.ask(|store| async move { store.delete(&Bucket::lock()).await });
        }
    }
}

fn demand_free(bytes: &[u8], holder: &str) -> Result<()> {
    // What cannot be read was written by nobody who holds it.
    let Ok(stand) = serde_json::from_slice::<Stand>(bytes) else { return Ok(()) };
    if stand.holder != holder && stand.until > SystemClock.now() {
        bail!("another machine makes a backup there; if it was lost while it did, try again after {}", stand.until);
    }
    Ok(())
}

fn put(bucket: &Bucket, holder: &str, (mode, now): (PutMode, DateTime<Utc>)) -> io::Result<UpdateVersion> {
    let stand = serde_json::to_vec(&Stand { holder: holder.to_owned(), until: now + LASTS })?;
    let options = PutOptions { mode, ..PutOptions::default() };
    let put =
        bucket.ask(|store| async move { store.put_opts(&Bucket::lock(), PutPayload::from(stand), options).await })?;
    Ok(UpdateVersion { e_tag: put.e_tag, version: put.version })
}

/// What this data directory is called there, and its file, which nobody else holds now.
fn holder(data_dir: &FilePath) -> Result<(String, File)> {
    let path = data_dir.join(HOLDER);
    let mut options = OpenOptions::new();
    let mut file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => bail!("another backup of {} is being made", data_dir.display()),
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    let mut holder = String::new();
    file.read_to_string(&mut holder).with_context(|| path.display().to_string())?;
    if holder.is_empty() {
        let mut name = [0; 16];
        SystemRandom.fill(&mut name);
        holder = hexadecimal::text(&name);
        file.write_all(holder.as_bytes())?;
    }
    Ok((holder, file))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use object_store::memory::InMemory;

    use super::*;

    fn bucket() -> (Arc<dyn ObjectStore>, Bucket) {
        let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let bucket = Bucket::of(&store, ("depot", "backup.s3"));
        (store, bucket)
    }

    fn refusal(bucket: &Bucket, data_dir: &FilePath) -> String {
        Lease::take(bucket.clone(), data_dir).err().unwrap().to_string()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_at_a_time_writes_and_whoever_was_killed_keeps_nobody_of_the_same_machine_away() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (_, bucket) = bucket();
        let held = Lease::take(bucket.clone(), here.path()).unwrap();
        assert!(refusal(&bucket, there.path()).contains("another machine makes a backup there"));
        assert!(refusal(&bucket, here.path()).contains("another backup of"));
        drop(held);
        drop(Lease::take(bucket.clone(), there.path()).unwrap());

        let now = SystemClock.now();
        let (name, file) = holder(here.path()).unwrap();
        drop(file);
        put(&bucket, &name, (PutMode::Create, now)).unwrap();
        assert!(refusal(&bucket, there.path()).contains("another machine makes a backup there"));
        drop(Lease::take(bucket.clone(), here.path()).unwrap());
        // And nobody for ever.
        put(&bucket, &name, (PutMode::Create, now - LASTS)).unwrap();
        drop(Lease::take(bucket, there.path()).unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_finds_another_in_its_place_stops() {
        let here = tempfile::tempdir().unwrap();
        let (store, bucket) = bucket();
        let lease = Lease::take(bucket.clone(), here.path()).unwrap();
        let is_due = || lease.held.lock().unwrap().since -= RENEWED_AFTER;
        is_due();
        lease.renew().unwrap();
        put(&bucket, "another", (PutMode::Overwrite, SystemClock.now())).unwrap();
        lease.renew().unwrap();
        is_due();
        assert!(lease.renew().is_err());
        drop(lease);
        assert!(store.head(&Bucket::lock()).await.is_ok(), "it is the other's");
    }
}
