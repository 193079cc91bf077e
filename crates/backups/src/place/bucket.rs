//! A depot in a bucket: each thing is an object, the large ones put in parts and read in parts. An object that was not put to its end
//! is none.

use std::collections::HashMap;
use std::future::Future;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path as FilePath;
use std::sync::Arc;

use anyhow::Result;
use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::path::Path;
use object_store::{Error, GetOptions, GetRange, MultipartUpload, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::lease::Lease;
use super::{Draft, LOCK};

/// Bytes that travel in one request, and are in memory as long as that takes. A store takes ten thousand parts of an object: 312 GiB.
const PART: usize = 32 << 20;

/// The bucket. It is asked from a thread that may wait.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<dyn ObjectStore>,
    name: String,
    named: &'static str,
    runtime: Handle,
    lease: Option<Arc<Lease>>,
}

impl Bucket {
    pub fn of(store: &Arc<dyn ObjectStore>, (name, named): (&str, &'static str)) -> Self {
        let (store, name) = (Arc::clone(store), name.to_owned());
        Self { store, name, named, runtime: Handle::current(), lease: None }
    }

    /// Keeps others from writing.
    pub fn hold(&mut self, data_dir: &FilePath) -> Result<()> {
        self.lease = Some(Arc::new(Lease::take(self.clone(), data_dir)?));
        Ok(())
    }

    pub fn path(&self, name: &str) -> String {
        format!("{name} in the bucket {}", self.name)
    }

    pub fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let prefix = Path::from(folder);
        let prefix = (!folder.is_empty()).then_some(&prefix);
        let found = self.ask(|store| async move { store.list_with_delimiter(prefix).await })?;
        let objects = found.objects.iter().map(|object| &object.location);
        let names = found.common_prefixes.iter().chain(objects).filter_map(Path::filename);
        Ok(names.map(str::to_owned).collect())
    }

    pub fn sizes(&self, folder: &str) -> io::Result<HashMap<String, u64>> {
        let prefix = Path::from(folder);
        let sizes = |store: Arc<dyn ObjectStore>| async move {
            let listed = store.list(Some(&prefix));
            listed.map_ok(|object| (object.location.to_string(), object.size)).try_collect().await
        };
        self.ask(sizes)
    }

    pub fn has(&self, name: &str) -> io::Result<bool> {
        match self.head(&Path::from(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            found => found.map(|_| true),
        }
    }

    fn head(&self, at: &Path) -> io::Result<ObjectMeta> {
        self.ask(|store| async move { store.head(at).await })
    }

    pub fn read(&self, name: &str) -> io::Result<(Box<dyn Read + Send>, u64)> {
        let at = Path::from(name);
        let facts = self.head(&at)?;
        let object =
            Object { bucket: self.clone(), at, tag: facts.e_tag, from: 0, left: facts.size, part: Bytes::new() };
        Ok((Box::new(object), facts.size))
    }

    pub fn write(&self, name: &str) -> io::Result<Box<dyn Draft>> {
        let at = Path::from(name);
        Ok(Box::new(Upload { bucket: self.clone(), at, part: Vec::new(), parts: None }))
    }

    pub fn remove(&self, name: &str) -> io::Result<()> {
        self.stay()?;
        match self.ask(|store| async move { store.delete(&Path::from(name)).await }) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            outcome => outcome,
        }
    }

    pub fn remove_all(&self, folder: &str) -> io::Result<()> {
        for name in self.sizes(folder)?.into_keys() {
            self.remove(&name)?;
        }
        Ok(())
    }

    /// Asks the store, and waits.
    pub fn ask<F, T>(&self, work: impl FnOnce(Arc<dyn ObjectStore>) -> F) -> io::Result<T>
    where
        F: Future<Output = object_store::Result<T>>,
    {
        let work = work(Arc::clone(&self.store));
        block_in_place(|| self.runtime.block_on(work)).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &Error) -> io::Error {
        let kind = match error {
            Error::NotFound { .. } => ErrorKind::NotFound,
            Error::AlreadyExists { .. } | Error::Precondition { .. } => ErrorKind::AlreadyExists,
            _ => ErrorKind::Other,
        };
        io::Error::new(kind, format!("the bucket {}: {}", self.name, files::store_advice(self.named, error)))
    }

    /// It is still held, if it was to be.
    fn stay(&self) -> io::Result<()> {
        self.lease.as_ref().map_or(Ok(()), |lease| lease.renew())
    }

    /// The object that says who writes.
    pub fn lock() -> Path {
        Path::from(LOCK)
    }
}

/// An object that is read from front to back, a part at a time. All parts are of the same edition.
struct Object {
    bucket: Bucket,
    at: Path,
    tag: Option<String>,
    from: u64,
    left: u64,
    part: Bytes,
}

impl Object {
    fn next(&mut self) -> io::Result<()> {
        let until = self.from + self.left.min(PART as u64);
        let range = Some(GetRange::Bounded(self.from..until));
        let options = GetOptions { range, if_match: self.tag.clone(), ..GetOptions::default() };
        let at = &self.at;
        self.part = self.bucket.ask(|store| async move { store.get_opts(at, options).await?.bytes().await })?;
        if self.part.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let read = self.part.len() as u64;
        (self.from, self.left) = (self.from + read, self.left.saturating_sub(read));
        Ok(())
    }
}

impl Read for Object {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.part.is_empty() {
            if self.left == 0 {
                return Ok(0);
            }
            self.next()?;
        }
        let taken = self.part.split_to(into.len().min(self.part.len()));
        into[..taken.len()].copy_from_slice(&taken);
        Ok(taken.len())
    }
}

/// An object that is put: in one request when it is small.
struct Upload {
    bucket: Bucket,
    at: Path,
    part: Vec<u8>,
    parts: Option<Box<dyn MultipartUpload>>,
}

impl Upload {
    fn send(&mut self) -> io::Result<()> {
        self.bucket.stay()?;
        let part = PutPayload::from(std::mem::take(&mut self.part));
        if self.parts.is_none() {
            let at = &self.at;
            self.parts = Some(self.bucket.ask(|store| async move { store.put_multipart(at).await })?);
        }
        let Some(parts) = &mut self.parts else { return Ok(()) };
        let sent = parts.put_part(part);
        self.bucket.ask(|_| sent)
    }
}

impl Write for Upload {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PART - self.part.len());
        self.part.extend_from_slice(&bytes[..taken]);
        if self.part.len() == PART {
            self.send()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Draft for Upload {
    fn end(mut self: Box<Self>) -> io::Result<()> {
        if self.parts.is_some() && !self.part.is_empty() {
            self.send()?;
        }
        let (at, part) = (&self.at, std::mem::take(&mut self.part));
        if let Some(parts) = &mut self.parts {
            self.bucket.ask(|_| async { parts.complete().await })?;
            self.parts = None;
            return Ok(());
        }
        self.bucket.stay()?;
        self.bucket.ask(|store| async move { store.put(at, PutPayload::from(part)).await }).map(|_| ())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(mut parts) = self.parts.take() {
            // A store that is away forgets what was begun by itself, when it was told to.
            let _ = self.bucket.ask(|_| async move { parts.abort().await });
        }
    }
}

#[cfg(test)]
mod tests {
    use object_store::memory::InMemory;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_put_in_parts_comes_back_and_what_was_not_put_to_its_end_is_nowhere() {
        let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let bucket = Bucket::of(&store, ("depot", "backup.s3"));
        for length in [0, 5, PART - 1, PART, PART + 7, 2 * PART] {
            let written: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut draft = bucket.write("one/database").unwrap();
            draft.write_all(&written).unwrap();
            draft.end().unwrap();
            let (mut object, size) = bucket.read("one/database").unwrap();
            let mut read = Vec::new();
            object.read_to_end(&mut read).unwrap();
            assert!(read == written && size == length as u64, "{length}");
        }
        let mut cut = bucket.write("one/segments").unwrap();
        cut.write_all(&vec![7; PART + 1]).unwrap();
        drop(cut);
        assert!(!bucket.has("one/segments").unwrap());
        assert!(bucket.read("one/segments").is_err_and(|error| error.kind() == ErrorKind::NotFound));
        assert_eq!(
            (bucket.names("one").unwrap(), bucket.names("").unwrap()),
            (vec!["database".into()], vec!["one".into()])
        );
        assert_eq!(bucket.sizes("one").unwrap()["one/database"], 2 * PART as u64);
        bucket.remove_all("one").unwrap();
        bucket.remove("one/database").unwrap();
        assert!(!bucket.has("one/database").unwrap() && bucket.names("one").unwrap().is_empty());
    }

    /// A ring that is replaced while it is read.
    #[tokio::test(flavor = "multi_thread")]
    async fn an_object_is_read_in_one_edition_or_not_at_all() {
        let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let bucket = Bucket::of(&store, ("depot", "backup.s3"));
        let put = |byte: u8| {
            let mut draft = bucket.write("ring").unwrap();
            draft.write_all(&vec![byte; PART + 1]).unwrap();
            draft.end().unwrap();
        };
        put(1);
        let (mut object, _) = bucket.read("ring").unwrap();
        object.read_exact(&mut [0; 7]).unwrap();
        put(2);
        assert!(object.read_to_end(&mut Vec::new()).is_err());
    }
}
