//! A store in memory that fails when it is told to, before or after it has done what was asked.

use std::{
    fmt, future,
    sync::atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, memory::InMemory, path::Path,
};

/// How it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing was written.
    Refused = 1,
    /// It was written, and the answer got lost.
    Unheard = 2,
}

#[derive(Debug, Default)]
pub struct Flaky {
    inner: InMemory,
    /// Puts that are left until one fails, and how; none fails at 0.
    left: AtomicU32,
    how: AtomicU32,
    /// Every put fails, and every other question.
    is_away: AtomicU32,
    /// Nothing is answered.
    is_hanging: AtomicU32,
    /// Conditions are not heeded.
    is_careless: AtomicU32,
}

impl Flaky {
    /// The put after so many more fails.
    pub fn fail_after(&self, puts: u32, how: Failure) {
        self.how.store(how as u32, Ordering::SeqCst);
        self.left.store(puts + 1, Ordering::SeqCst);
    }

    pub fn go_away(&self) {
        self.is_away.store(1, Ordering::SeqCst);
    }

    pub fn hang(&self) {
        self.is_hanging.store(1, Ordering::SeqCst);
    }

    pub fn come_back(&self) {
        self.is_hanging.store(0, Ordering::SeqCst);
        self.is_away.store(0, Ordering::SeqCst);
        self.left.store(0, Ordering::SeqCst);
    }

    pub fn be_careless(&self) {
        self.is_careless.store(1, Ordering::SeqCst);
    }

    async fn check(&self) -> Result<()> {
        if self.is_hanging.load(Ordering::SeqCst) != 0 {
            future::pending::<()>().await;
        }
        if self.is_away.load(Ordering::SeqCst) == 0 { Ok(()) } else { Err(broken()) }
    }

    /// Whether this put is the one, and how it fails.
    fn count(&self) -> Option<u32> {
        let left = self.left.load(Ordering::SeqCst);
        self.left.store(left.saturating_sub(1), Ordering::SeqCst);
        (left == 1).then(|| self.how.load(Ordering::SeqCst))
    }
}

fn broken() -> Error {
    Error::Generic { store: "Flaky", source: "cut".into() }
}

impl fmt::Display for Flaky {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Flaky")
    }
}

#[async_trait]
impl ObjectStore for Flaky {
    async fn put_opts(&self, location: &Path, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        self.check().await?;
        let failure = self.count();
        if failure == Some(Failure::Refused as u32) {
            return Err(broken());
        }
        let is_careless = self.is_careless.load(Ordering::SeqCst) != 0;
        let opts = if is_careless { PutOptions::default() } else { opts };
        let done = self.inner.put_opts(location, payload, opts).await;
        if failure.is_some() { Err(broken()) } else { done }
    }

    async fn put_multipart_opts(&self, location: &Path, opts: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, opts).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.check().await?;
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.check().await?;
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
