//! Small objects that several nodes change: each is put only over the version that was read.

use kernel::data_map::DataMap;
use kernel::{Error, Result};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion};

use super::S3Settings;
use super::s3::{S3, failed};

/// The bucket, for what is not a file.
pub struct Objects(S3);

impl Objects {
    /// The bucket that an operator has named.
    ///
    /// # Errors
    /// An address that is no URL, or settings that make no client.
    pub fn open(map: &DataMap, settings: &S3Settings) -> Result<Self> {
        super::open(map, settings).map(Self)
    }

    /// The objects of a folder in the order of their names, each with its version.
    pub async fn versions(&self, folder: &str) -> Result<Vec<(String, String)>> {
        let found = self.0.list(&Path::from(folder)).await?;
        let mut versions = Vec::with_capacity(found.len());
        for object in found {
            versions.push((object.location.to_string(), version(object.e_tag)?));
        }
        versions.sort_unstable();
        Ok(versions)
    }

    /// An object and its version.
    pub async fn get(&self, name: &str) -> Result<(Vec<u8>, String)> {
        let name = Path::from(name);
        let read = async {
            let found = self.0.store.get(&name).await.map_err(failed)?;
            let tag = version(found.meta.e_tag.clone())?;
            Ok((found.bytes().await.map_err(failed)?.to_vec(), tag))
        };
        self.0.within(read).await
    }

    /// Puts an object over the one of this version; where it is `None`, only if there is none. Gives the new version, or
    /// `None` when there is another one by now and nothing was put.
    pub async fn put_over(&self, name: &str, bytes: Vec<u8>, over: Option<&str>) -> Result<Option<String>> {
        let name = Path::from(name);
        let mode = match over {
            Some(tag) => PutMode::Update(UpdateVersion { e_tag: Some(tag.to_owned()), version: None }),
            None => PutMode::Create,
        };
        let put = async {
            let options = PutOptions { mode, ..PutOptions::default() };
            match self.0.store.put_opts(&name, PutPayload::from(bytes), options).await {
                Ok(put) => version(put.e_tag).map(Some),
                Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(None),
                Err(error) => Err(failed(error)),
            }
        };
        self.0.within(put).await
    }
}

fn version(tag: Option<String>) -> Result<String> {
    tag.ok_or_else(|| Error::Internal(anyhow::anyhow!("the bucket gives its objects no version (ETag)")))
}
