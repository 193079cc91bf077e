//! How files are kept in the bucket of a test.

use std::time::Duration;

use files::S3Settings;
pub use testkit::Weed;

/// As whoever may do everything.
pub fn settings(weed: &Weed) -> S3Settings {
    with(weed, weed.key())
}

/// As somebody who may look and not write.
pub fn as_guest(weed: &Weed) -> S3Settings {
    with(weed, weed.guest())
}

fn with(weed: &Weed, [access_key, secret_key]: [&str; 2]) -> S3Settings {
    S3Settings {
        endpoint: weed.endpoint(),
        bucket: weed.bucket().to_owned(),
        access_key: access_key.to_owned(),
        secret_key: secret_key.to_owned(),
        patience: Duration::from_secs(10),
        ..S3Settings::default()
    }
}
