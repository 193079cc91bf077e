//! The bytes of files beside their rows: what a file needs is there and opens, and what nobody needs is counted.

use std::collections::HashMap;

use anyhow::{Error, Result};
use directory::every_organisation;
use files::{NeededBlob, Opened, Segments};
use kernel::{Actor, App, OrgId};
use uuid::Uuid;

use super::{Depth, Found};

/// Lengths of the segments of each blob, by their numbers.
type Stored = HashMap<(OrgId, Uuid), HashMap<u32, u64>>;

/// Compares both.
pub async fn look(app: &App, depth: Depth, found: &mut Found) -> Result<()> {
    // The rows first: bytes that came after them are no fault.
    let mut rows = Vec::new();
    for org in every_organisation(app).await.map_err(Error::new)? {
        let mut tx = app.begin(org, Actor::System).await.map_err(Error::new)?;
        let needed = files::needed(&mut tx).await.map_err(Error::new)?;
        rows.push((org, needed, files::known_blobs(&mut tx).await.map_err(Error::new)?));
        tx.commit().await.map_err(Error::new)?;
    }
    let mut stored = Stored::new();
    for segment in Segments::of(app).list().await.map_err(Error::new)? {
        stored.entry((segment.org, segment.blob)).or_default().insert(segment.number, segment.length);
    }
    let (mut whole, mut forgotten) = (0_u64, 0_u64);
    for (org, needed, known) in rows {
        for blob in needed {
            let lies = stored.get(&(org, blob.id));
            match state((app, org), &blob, lies, depth).await? {
                Opened::Whole => whole += 1,
                Opened::Forgotten => forgotten += 1,
                Opened::WithoutKey => found.fault(format!("bytes {}: the key ring never had their key", blob.id)),
                Opened::Damaged => found.fault(format!("bytes {}: they are missing or not what was sealed", blob.id)),
            }
        }
        for blob in known {
            stored.remove(&(org, blob));
        }
    }
    found.lines.push(format!(
        "files: {whole} are whole, the keys of {forgotten} were destroyed, {} lie there without a row",
        stored.len()
    ));
    Ok(())
}

async fn state(
    (app, org): (&App, OrgId),
    blob: &NeededBlob,
    lies: Option<&HashMap<u32, u64>>,
    depth: Depth,
) -> Result<Opened> {
    let has = |(number, length): (u32, &u64)| lies.is_some_and(|lies| lies.get(&number) == Some(length));
    let are_there = (0..).zip(blob.segments().iter()).all(has);
    // Its key says first whether anything has to be there.
    let opened = blob.open(app, org, depth == Depth::All).await.map_err(Error::new)?;
    Ok(if opened == Opened::Whole && !are_there { Opened::Damaged } else { opened })
}
