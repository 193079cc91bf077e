//! Sealed bytes: written from front to back, read anywhere.
//!
//! The plain bytes are cut into chunks of 64 KiB; each is sealed under the blob's key and bound to its number and to
//! whether it is the last, so that chunks cannot be moved, dropped or cut off unseen. 128 of them make a segment.

use std::ops::Range;
use std::path::PathBuf;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use kernel::{App, Bucket, Error, OrgId, Rates, Result};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::store::{At, Store, refused};

/// Plain bytes of a chunk; the durable offset of an unfinished upload is a multiple of it.
pub const CHUNK: u64 = 64 * 1024;
/// What sealing adds: version, algorithm, nonce, tag.
const OVERHEAD: u64 = 2 + 12 + 16;
const SEALED: u64 = CHUNK + OVERHEAD;
/// Chunks of a segment.
const CHUNKS: u64 = 128;
/// Chunks that are read at once: what one reader holds in memory.
const READ_AHEAD: u64 = 8;
/// Of a disk, or a quarter of a small one.
const LEFT_FREE: u64 = 256 * 1024 * 1024;

/// How long each segment of a blob of so many plain bytes is, sealed.
pub fn segments_of(length: u64) -> Vec<u64> {
    let whole = CHUNK * CHUNKS;
    let segments = (0..length.div_ceil(whole)).map(|number| (length - number * whole).min(whole));
    segments.map(|plain| plain + plain.div_ceil(CHUNK) * OVERHEAD).collect()
}

/// Which blob, and how long it is when it is whole.
#[derive(Debug, Clone, Copy)]
pub struct Blob {
    pub org: OrgId,
    pub id: Uuid,
    /// Plain bytes.
    pub length: u64,
}

impl Blob {
    fn kind(&self, chunk: u64) -> String {
        let is_last = (chunk + 1) * CHUNK >= self.length;
        format!("files.chunk.{chunk}{}", if is_last { ".last" } else { "" })
    }

    fn seal(&self, app: &App, chunk: u64, plain: &[u8]) -> Result<Vec<u8>> {
        Ok(app.vault().seal(self.org.0, Bucket::Object(self.id), &self.kind(chunk), self.id, plain)?)
    }

    fn open(&self, app: &App, chunk: u64, sealed: &[u8]) -> Result<Vec<u8>> {
        Ok(app.vault().open(self.org.0, Bucket::Object(self.id), &self.kind(chunk), self.id, sealed)?)
    }

    /// The plain bytes of a range, a few chunks at a time.
    pub fn read(self, app: App, range: Range<u64>) -> impl Stream<Item = Result<Bytes>> + Send {
        try_unfold(range, move |rest| self.next(app.clone(), rest))
    }

    async fn next(self, app: App, rest: Range<u64>) -> Result<Option<(Bytes, Range<u64>)>> {
        if rest.is_empty() {
            return Ok(None);
        }
        let (bytes, end) = self.piece(&app, &rest).await?;
        Ok(Some((bytes, end..rest.end)))
    }

    /// How many plain bytes of an unfinished blob are durable, of which `segments` segments are in the store.
    pub async fn offset(&self, app: &App, segments: u32) -> Result<u64> {
        let staging = Store::of(app).staging(self.id, segments).await?;
        let length = match tokio::fs::metadata(staging).await {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(error) => return Err(refused(error)),
        };
        Ok(self.up_to(segments, length / SEALED))
    }

    /// Of the last chunk, which may be shorter, nothing stays in the staging file: it ends its segment.
    fn up_to(&self, segments: u32, chunks: u64) -> u64 {
        ((u64::from(segments) * CHUNKS + chunks) * CHUNK).min(self.length)
    }

    /// The first bytes of the range, up to where the next reading begins.
    async fn piece(&self, app: &App, range: &Range<u64>) -> Result<(Bytes, u64)> {
        let first = range.start / CHUNK;
        let end_of_segment = (first / CHUNKS + 1) * CHUNKS;
        let last = (first + READ_AHEAD).min(end_of_segment).min(range.end.div_ceil(CHUNK));
        let at = At {
            segment: u32::try_from(first / CHUNKS).map_err(anyhow::Error::from)?,
            from: first % CHUNKS * SEALED,
            length: (last - first) * SEALED,
        };
        let sealed = Store::of(app).read(self.org, self.id, at).await?;
        let mut plain = Vec::with_capacity(sealed.len());
        for (chunk, sealed) in (first..last).zip(sealed.chunks(usize::try_from(SEALED).unwrap_or(usize::MAX))) {
            plain.extend(self.open(app, chunk, sealed)?);
        }
        let end = (last * CHUNK).min(range.end);
        let (from, to) = (range.start - first * CHUNK, end - first * CHUNK);
        let cut = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        if plain.len() < cut(to) {
            return Err(Error::Internal(anyhow::anyhow!("blob {} is shorter than it should be", self.id)));
        }
        Ok((Bytes::from(plain).slice(cut(from)..cut(to)), end))
    }
}

/// How far a blob was: whole segments in the store, and whole chunks after them.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    segments: u32,
    chunks: u64,
}

/// Writes a blob from front to back, from where it stopped before.
pub struct Appender {
    app: App,
    blob: Blob,
    staging: PathBuf,
    file: File,
    /// Whole segments in the store.
    segments: u32,
    /// Whole chunks in the staging file.
    chunks: u64,
    /// The chunk that is being filled.
    plain: Vec<u8>,
}

impl Appender {
    /// Goes on after `segments` segments and what whole chunks the staging file has.
    pub async fn open(app: &App, blob: Blob, segments: u32) -> Result<Self> {
        let staging = Store::of(app).staging(blob.id, segments).await?;
        let file = staging_file(&staging).await?;
        let chunks = file.metadata().await.map_err(refused)?.len() / SEALED;
        file.set_len(chunks * SEALED).await.map_err(refused)?;
        let mut appender = Self { app: app.clone(), blob, staging, file, segments, chunks, plain: Vec::new() };
        appender.keep_whole_segment().await?;
        Ok(appender)
    }

    /// Plain bytes that are sealed and written.
    pub fn offset(&self) -> u64 {
        self.blob.up_to(self.segments, self.chunks)
    }

    /// Whole segments in the store: to be written down, so that the next one who opens it knows.
    pub fn segments(&self) -> u32 {
        self.segments
    }

    /// Where it stands, to be gone back to.
    pub fn mark(&self) -> Mark {
        Mark { segments: self.segments, chunks: self.chunks }
    }

    /// Forgets what came after the mark. Says which segments it has left behind in the store: they go once it is written
    /// down that they do not count, see [`Appender::forget`].
    pub async fn go_back(&mut self, to: Mark) -> Result<Range<u32>> {
        self.plain.clear();
        self.file.flush().await.map_err(refused)?;
        let left_behind = to.segments..self.segments;
        if left_behind.is_empty() {
            self.file.set_len(to.chunks * SEALED).await.map_err(refused)?;
        } else {
            self.stage_again(to).await?;
        }
        (self.segments, self.chunks) = (to.segments, to.chunks);
        self.sync().await?;
        Ok(left_behind)
    }

    /// The chunks of the mark grow in a staging file once more: with what came after them they had become a segment.
    async fn stage_again(&mut self, to: Mark) -> Result<()> {
        let store = Store::of(&self.app);
        let at = At { segment: to.segments, from: 0, length: to.chunks * SEALED };
        let chunks = if to.chunks == 0 { Vec::new() } else { store.read(self.blob.org, self.blob.id, at).await? };
        store.drop_staging(self.blob.id, self.segments).await?;
        self.staging = store.staging(self.blob.id, to.segments).await?;
        self.file = empty_staging_file(&self.staging).await?;
        self.file.write_all(&chunks).await.map_err(refused)
    }

    /// Takes segments out of the store, the last one first: what is there is without gaps at any time.
    pub async fn forget(&self, segments: Range<u32>) -> Result<()> {
        for segment in segments.rev() {
            Store::of(&self.app).remove_segment(self.blob.org, self.blob.id, segment).await?;
        }
        Ok(())
    }

    /// Takes bytes; more than the blob is long is refused.
    pub async fn take(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let room = (self.blob.length - self.offset()).min(CHUNK);
            let missing = usize::try_from(room).unwrap_or(usize::MAX).saturating_sub(self.plain.len());
            if missing == 0 {
                return Err(Error::TooLarge);
            }
            let (now, later) = bytes.split_at(missing.min(bytes.len()));
            self.plain.extend_from_slice(now);
            bytes = later;
            if now.len() == missing {
                self.seal_chunk().await?;
            }
        }
        Ok(())
    }

    async fn seal_chunk(&mut self) -> Result<()> {
        let chunk = u64::from(self.segments) * CHUNKS + self.chunks;
        let sealed = self.blob.seal(&self.app, chunk, &self.plain)?;
        self.leave_room()?;
        self.file.write_all(&sealed).await.map_err(refused)?;
        self.chunks += 1;
        self.plain.clear();
        self.keep_whole_segment().await
    }

    /// A full segment, and the last one, goes to its place.
    async fn keep_whole_segment(&mut self) -> Result<()> {
        let is_whole = self.chunks == CHUNKS || (self.chunks > 0 && self.offset() == self.blob.length);
        if !is_whole {
            return Ok(());
        }
        self.sync().await?;
        Store::of(&self.app).keep(&self.staging, self.blob.org, self.blob.id, self.segments).await?;
        self.segments += 1;
        self.chunks = 0;
        if self.offset() < self.blob.length {
            self.staging = Store::of(&self.app).staging(self.blob.id, self.segments).await?;
            self.file = empty_staging_file(&self.staging).await?;
        }
        Ok(())
    }

    /// Makes what is written durable and forgets the begun chunk; says the offset.
    pub async fn rest(&mut self) -> Result<u64> {
        self.plain.clear();
        self.sync().await?;
        Ok(self.offset())
    }

    /// Files stop growing while there is still room for what everybody writes: the database stops at 48 MiB. Whoever looks after the
    /// server reads of it in the log, once a minute.
    fn leave_room(&self) -> Result<()> {
        let Ok(disk) = rustix::fs::statvfs(&self.staging) else { return Ok(()) };
        let (free, size) = (disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize);
        if free >= LEFT_FREE.min(size / 4) {
            return Ok(());
        }
        let code = "files.no_space";
        if self.app.state::<Rates>().take(code, 60, 1, self.app.now()) {
            tracing::warn!(code, blob_id = %self.blob.id, free_bytes = free, "uploads wait: the disk under the data directory is full");
        }
        Err(Error::Unavailable(code))
    }

    async fn sync(&mut self) -> Result<()> {
        self.file.flush().await.map_err(refused)?;
        self.file.sync_data().await.map_err(refused)
    }
}

async fn staging_file(path: &std::path::Path) -> Result<File> {
    OpenOptions::new().create(true).append(true).open(path).await.map_err(refused)
}

/// What an earlier attempt at the segment may have left is no part of it.
async fn empty_staging_file(path: &std::path::Path) -> Result<File> {
    let file = staging_file(path).await?;
    file.set_len(0).await.map_err(refused)?;
    Ok(file)
}
