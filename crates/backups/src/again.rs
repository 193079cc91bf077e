//! What was erased after a backup is erased again in what was put back, before anybody is served. Nobody keeps a list of it: the
//! key ring knows the name of every key it destroyed.

use std::collections::HashSet;
use std::io::ErrorKind;

use anyhow::{Error, Result};
use directory::every_organisation;
use files::Segments;
use kernel::{Actor, App};

/// How much went again.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// Organisations.
    pub organisations: usize,
    /// People.
    pub people: usize,
    /// Files.
    pub files: usize,
    /// Segments of files that the database does not know: they came after it.
    pub segments: usize,
}

/// Erases again. It can be cut and begun again.
pub async fn again(app: &App) -> Result<Again> {
    let mut again = Again {
        organisations: dissolution::again(app).await.map_err(Error::new)?,
        people: erasure::again(app).await.map_err(Error::new)?,
        ..Again::default()
    };
    let mut known = HashSet::new();
    for org in every_organisation(app).await.map_err(Error::new)? {
        let mut tx = app.begin(org, Actor::System).await.map_err(Error::new)?;
        again.files += files::forget_unreadable(app, &mut tx).await.map_err(Error::new)?;
        known.extend(files::known_blobs(&mut tx).await.map_err(Error::new)?);
        tx.commit().await.map_err(Error::new)?;
    }
    let store = Segments::of(app);
    for segment in store.list().await.map_err(Error::new)? {
        if known.contains(&segment.blob) {
            continue;
        }
        match store.take(&segment) {
            Ok(()) => again.segments += 1,
            // It lies in a bucket, which nothing was put into.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(again)
}
