//! The segments of a shared ring as objects of a store that all nodes reach. An object is replaced only by whoever knows
//! its last edition (RFC 9110, If-Match and If-None-Match), so that nobody writes over what another node wrote.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use futures_util::future::join_all;
use object_store::{
    Error as Refusal, GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutPayload, PutResult,
    UpdateVersion, path::Path,
};
use tokio::time::timeout;

use super::{segments::SEGMENT, state::Segment};
use crate::{Error, crypto::random_secret};

/// What they stand under.
const FOLDER: &str = "keys";
/// How the name of what is written to try the store begins.
const CHECK: &str = "check-";
/// A step that takes longer has failed; what became of it is seen when it is read again.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many write at once when a store is tried.
const RACERS: usize = 8;

pub struct Objects(Arc<dyn ObjectStore>);

/// What was found of a segment.
pub enum Found {
    /// The edition that is known.
    Same,
    Absent,
    Segment(Segment),
}

/// Why the ring refuses, for each of those that waited for one and the same step.
#[derive(Clone, Debug)]
pub enum Fault {
    Destroyed,
    Unreachable(String),
    Damaged(&'static str),
    Unfit(&'static str),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Destroyed => Self::Destroyed,
            Fault::Unreachable(why) => Self::Unreachable(why),
            Fault::Damaged(why) => Self::Damaged { path: PathBuf::from(format!("{FOLDER}/ in the bucket")), why },
            Fault::Unfit(why) => Self::Unfit(why),
        }
    }
}

impl Objects {
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// The editions of all segments, by number.
    pub async fn tags(&self) -> Result<Vec<Option<String>>, Fault> {
        let mut tags = BTreeMap::new();
        for object in self.list().await? {
            let Some(number) = object.location.filename().and_then(|name| name.strip_suffix(".keys")) else {
                continue;
            };
            let number: u32 = number.parse().map_err(|_| Fault::Damaged("a segment with a strange name"))?;
            tags.insert(number, object.e_tag);
        }
        if tags.keys().copied().ne(0..tags.len() as u32) {
            return Err(Fault::Damaged("a segment is missing"));
        }
        Ok(tags.into_values().collect())
    }

    async fn list(&self) -> Result<Vec<ObjectMeta>, Fault> {
        let folder = Path::from(FOLDER);
        let listed = within(self.0.list_with_delimiter(Some(&folder))).await?;
        Ok(listed.map_err(|error| failed(&error))?.objects)
    }

    /// The segment, unless it is the edition that is known.
    pub async fn get(&self, number: u32, known: Option<String>) -> Result<Found, Fault> {
        let name = name(number);
        let options = GetOptions { if_none_match: known, ..GetOptions::default() };
        let read = async {
            let found = self.0.get_opts(&name, options).await?;
            let tag = found.meta.e_tag.clone();
            Ok::<_, Refusal>((found.bytes().await?, tag))
        };
        match within(read).await? {
            Ok((bytes, Some(tag))) if bytes.len() == SEGMENT => {
                Ok(Found::Segment(Segment { bytes: bytes.to_vec(), tag }))
            }
            Ok((_, None)) => Err(Fault::Unfit(NO_TAG)),
            Ok(_) => Err(Fault::Damaged("a segment has the wrong length")),
            Err(Refusal::NotModified { .. }) => Ok(Found::Same),
            Err(Refusal::NotFound { .. }) => Ok(Found::Absent),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Replaces the edition that is known, or makes the segment; the new edition, or nothing when another node was first.
    pub async fn put(&self, number: u32, bytes: &[u8], known: Option<String>) -> Result<Option<String>, Fault> {
        let mode = match known {
            Some(tag) => PutMode::Update(UpdateVersion { e_tag: Some(tag), version: None }),
            None => PutMode::Create,
        };
        let payload = PutPayload::from(bytes.to_vec());
        judge(within(self.0.put_opts(&name(number), payload, mode.into())).await?)
    }

    /// Refuses a store where two nodes could write over each other, or that keeps what is written over: of several who
    /// write at once in the same belief exactly one must succeed, and the list must show what that one wrote.
    pub async fn try_out(&self) -> Result<(), Fault> {
        let random = random_secret().map_err(|error| Fault::Unreachable(error.to_string()))?;
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&random[..16]);
        let name = Path::from(format!("{FOLDER}/{CHECK}{}", uuid::Builder::from_random_bytes(bytes).into_uuid()));
        let outcome = self.compete(&name).await;
        // What was written is taken away in any case.
        let removed = within(self.0.delete(&name)).await;
        outcome?;
        removed?.map_err(|error| failed(&error))
    }

    async fn compete(&self, name: &Path) -> Result<(), Fault> {
        let tag = self.race(name).await?;
        let listed = self.list().await?;
        let ours = listed.iter().find(|object| object.location == *name && object.e_tag == tag);
        let Some(ours) = ours else { return Err(Fault::Unfit(LISTS_OTHERWISE)) };
        // What a node left that was cut while it tried; what cannot be taken away now is met again at the next start.
        let is_check = |object: &ObjectMeta| object.location.filename().is_some_and(|name| name.starts_with(CHECK));
        for object in listed.iter().filter(|object| is_check(object)) {
            if (ours.last_modified - object.last_modified).num_hours() >= 1 {
                let _ = within(self.0.delete(&object.location)).await;
            }
        }
        Ok(())
    }

    /// What the last winner wrote. Who got no answer, or was sent away because many came at once (429), counts as slower:
    /// had it written all the same, the winner of the next round, or the list, would not find what the winner of this one left.
    async fn race(&self, name: &Path) -> Result<Option<String>, Fault> {
        let (mut mode, mut last) = (PutMode::Create, None);
        for round in 0..3 {
            let tries = (0..RACERS).map(|racer| {
                let payload = PutPayload::from(format!("{round} {racer}"));
                within(self.0.put_opts(name, payload, mode.clone().into()))
            });
            let (mut winners, mut unheard) = (Vec::new(), None);
            for outcome in join_all(tries).await {
                match outcome.and_then(judge) {
                    Ok(tag) => winners.extend(tag),
                    Err(Fault::Unreachable(why)) => unheard = Some(why),
                    Err(fault) => return Err(fault),
                }
            }
            last = match (winners.pop(), unheard) {
                (Some(tag), _) if winners.is_empty() => Some(tag),
                (None, Some(why)) => return Err(Fault::Unreachable(why)),
                _ => return Err(Fault::Unfit(NO_CONDITIONS)),
            };
            mode = PutMode::Update(UpdateVersion { e_tag: last.clone(), version: None });
        }
        Ok(last)
    }
}

const NO_TAG: &str = "it gives objects no ETag";
const NO_CONDITIONS: &str = "it does not heed If-None-Match and If-Match when several write at once";
const LISTS_OTHERWISE: &str = "its list does not show at once what was written, under the same ETag";
const KEEPS_VERSIONS: &str =
    "it keeps old versions of objects, and with them keys that were destroyed: switch versioning off";

fn name(number: u32) -> Path {
    Path::from(format!("{FOLDER}/{number:06}.keys"))
}

/// What became of a conditional put: the new edition, or nothing when another one was there.
fn judge(outcome: object_store::Result<PutResult>) -> Result<Option<String>, Fault> {
    match outcome {
        Ok(PutResult { version: Some(version), .. }) if version != "null" => Err(Fault::Unfit(KEEPS_VERSIONS)),
        Ok(PutResult { e_tag: Some(tag), .. }) => Ok(Some(tag)),
        Ok(_) => Err(Fault::Unfit(NO_TAG)),
        Err(Refusal::AlreadyExists { .. } | Refusal::Precondition { .. }) => Ok(None),
        Err(Refusal::NotImplemented { .. } | Refusal::NotSupported { .. }) => Err(Fault::Unfit(NO_CONDITIONS)),
        Err(error) => Err(failed(&error)),
    }
}

async fn within<T>(work: impl Future<Output = object_store::Result<T>>) -> Result<object_store::Result<T>, Fault> {
    match timeout(PATIENCE, work).await {
        Ok(outcome) => Ok(outcome),
        Err(_) => Err(Fault::Unreachable(format!("the bucket does not answer within {} s", PATIENCE.as_secs()))),
    }
}

/// The innermost cause: "connection refused", not the whole chain with its addresses.
fn failed(error: &Refusal) -> Fault {
    let mut inner: &dyn std::error::Error = error;
    while let Some(next) = inner.source() {
        inner = next;
    }
    Fault::Unreachable(format!("the bucket refuses or is not there ({inner})"))
}
