//! The S3 server of testkit, with the settings by which files get at it.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use files::S3Settings;
use testkit::weed::{self, BUCKET, GUEST, KEEPER};

pub struct Weed(weed::Weed);

impl Weed {
    /// Starts one with an empty bucket.
    pub async fn start() -> Self {
        Self(weed::Weed::start().await)
    }

    /// The same with further settings of its own.
    pub async fn with(more: &'static [&'static str]) -> Self {
        Self(weed::Weed::with(more).await)
    }

    pub fn settings(&self) -> S3Settings {
        self.of(KEEPER)
    }

    /// As somebody who may look and not write.
    pub fn as_guest(&self) -> S3Settings {
        self.of(GUEST)
    }

    fn of(&self, name: &str) -> S3Settings {
        S3Settings {
            endpoint: self.endpoint(),
            bucket: BUCKET.to_owned(),
            access_key: name.to_owned(),
            secret_key: weed::secret_of(name),
            patience: Duration::from_secs(10),
            ..S3Settings::default()
        }
    }
}

impl Deref for Weed {
    type Target = weed::Weed;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Weed {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
