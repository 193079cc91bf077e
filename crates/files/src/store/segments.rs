//! Everything that lies in the store, segment by segment: what a backup takes along, and what is compared with the rows.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use kernel::data_map::DataMap;
use kernel::{App, OrgId, Result};
use uuid::Uuid;

use super::folder::Folder;
use super::s3::S3;
use super::{S3Settings, Store, open};

/// A segment as it lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Segment {
    /// Whose.
    pub org: OrgId,
    /// Of which blob.
    pub blob: Uuid,
    /// Which of its segments.
    pub number: u32,
    /// Sealed bytes.
    pub length: u64,
    /// When it was written, in nanoseconds since 1970: one of the same name and another time is another one.
    pub written: u64,
}

/// The store, for whoever reads all of it.
pub struct Segments {
    folder: Folder,
    s3: Option<Arc<S3>>,
}

impl Segments {
    /// That of the program.
    pub fn of(app: &App) -> Self {
        let Store { folder, s3, .. } = Store::of(app);
        Self { folder, s3 }
    }

    /// That of a data directory, and of the bucket beside it when there is one.
    pub fn open(data_dir: &Path, bucket: Option<(&DataMap, &S3Settings)>) -> Result<Self> {
        let s3 = bucket.map(|(map, settings)| open(map, settings)).transpose()?.map(Arc::new);
        Ok(Self { folder: Folder::of(data_dir), s3 })
    }

    /// All of them, in the order of their names.
    pub async fn list(&self) -> Result<Vec<Segment>> {
        let folder = self.folder.root().to_owned();
        let read = tokio::task::spawn_blocking(move || walk(&folder)).await.context("the store is read")?;
        let mut all = read.context("the store of files")?;
        if let Some(s3) = &self.s3 {
            all.extend(s3.list().await?);
        }
        all.sort_unstable();
        all.dedup_by_key(|segment| (segment.org, segment.blob, segment.number));
        Ok(all)
    }

    /// The sealed bytes of one; none when it has gone meanwhile.
    pub async fn read(&self, segment: &Segment) -> Result<Option<Vec<u8>>> {
        let Segment { org, blob, number, .. } = *segment;
        match tokio::fs::read(self.folder.segment(org, blob, number)).await {
            Ok(bytes) => return Ok(Some(bytes)),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(super::refused(error)),
            Err(_) => {}
        }
        match &self.s3 {
            Some(s3) => s3.whole(org, blob, number).await,
            None => Ok(None),
        }
    }

    /// Puts one into the folder, durably, as it was.
    pub fn put(&self, segment: &Segment, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.segment(segment.org, segment.blob, segment.number);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(&path, bytes)?;
        let file = fs::File::options().write(true).open(&path)?;
        file.set_modified(UNIX_EPOCH + Duration::from_nanos(segment.written))?;
        file.sync_all()
    }

    /// Takes one out of the folder.
    pub fn take(&self, segment: &Segment) -> io::Result<()> {
        fs::remove_file(self.folder.segment(segment.org, segment.blob, segment.number))
    }
}

/// `organisation/two letters/blob.number`; what is called otherwise is none.
fn walk(root: &Path) -> io::Result<Vec<Segment>> {
    let mut found = Vec::new();
    for org in entries(root)? {
        let Some(id) = name(&org).and_then(|name| name.parse().ok()) else { continue };
        for group in entries(&org)? {
            for path in entries(&group)? {
                found.extend(segment(OrgId(id), &path)?);
            }
        }
    }
    Ok(found)
}

fn segment(org: OrgId, path: &Path) -> io::Result<Option<Segment>> {
    let parsed = name(path).and_then(|name| {
        let (blob, number) = name.split_once('.')?;
        Some((blob.parse().ok()?, number.parse().ok()?))
    });
    let Some((blob, number)) = parsed else { return Ok(None) };
    let facts = match fs::metadata(path) {
        Ok(facts) => facts,
        // Taken away meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Segment { org, blob, number, length: facts.len(), written: nanoseconds(facts.modified()?) }))
}

fn nanoseconds(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// What is in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}
