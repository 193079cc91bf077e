//! The settings of a bucket: the same six for each that may be named.

use std::time::Duration;

use files::S3Settings;

use super::values::{bucket, flag, secret, url, word};
use super::{Config, Key};

/// That for files.
pub const FILES: [Key; 6] = keys::<false>(
    [
        "files.s3.endpoint",
        "files.s3.bucket",
        "files.s3.region",
        "files.s3.access_key",
        "files.s3.secret_key",
        "files.s3.path_style",
    ],
    "none: files lie in the data directory",
    "Address of an S3-compatible store that keeps sealed files, without the bucket.",
);

/// That for backups.
pub const BACKUPS: [Key; 6] = keys::<true>(
    [
        "backup.s3.endpoint",
        "backup.s3.bucket",
        "backup.s3.region",
        "backup.s3.access_key",
        "backup.s3.secret_key",
        "backup.s3.path_style",
    ],
    "none: a command names a folder",
    "Address of an S3-compatible store that keeps backups where a command names no folder, without the bucket.",
);

/// That for backups before anything is said of it. Nobody waits for a request: it is made again for longer.
pub fn of_backups() -> S3Settings {
    S3Settings { named: "backup.s3", patience: Duration::from_secs(80), repeats: 10, ..S3Settings::default() }
}

/// What has to be said when anything is.
pub fn missing(config: &Config, of: &[Key; 6]) -> Vec<&'static str> {
    let [endpoint, bucket, _, access_key, secret_key, _] = of;
    let needed = [endpoint, bucket, access_key, secret_key].into_iter();
    needed.filter(|key| (key.show)(config).is_empty()).map(|key| key.name).collect()
}

/// Whether backups would lie among the files.
pub fn is_shared(Config { files_s3: files, backup_s3: backups, .. }: &Config) -> bool {
    !backups.bucket.is_empty() && (&files.endpoint, &files.bucket) == (&backups.endpoint, &backups.bucket)
}

const fn keys<const ARE_OF_BACKUPS: bool>(
    names: [&'static str; 6],
    nowhere: &'static str,
    address: &'static str,
) -> [Key; 6] {
    let [endpoint, of_bucket, region, access_key, secret_key, path_style] = names;
    [
        Key {
            name: endpoint,
            default: nowhere,
            meaning: address,
            is_secret: false,
            set: |config, text| url(text).map(|url| named::<ARE_OF_BACKUPS>(config).endpoint = url),
            show: |config| of::<ARE_OF_BACKUPS>(config).endpoint.clone(),
        },
        Key {
            name: of_bucket,
            default: "none",
            meaning: "The bucket; it must be there, and nothing else should write to it.",
            is_secret: false,
            set: |config, text| bucket(text).map(|bucket| named::<ARE_OF_BACKUPS>(config).bucket = bucket),
            show: |config| of::<ARE_OF_BACKUPS>(config).bucket.clone(),
        },
        Key {
            name: region,
            default: "us-east-1",
            meaning: "The region requests are signed for; stores of one's own usually do not care.",
            is_secret: false,
            set: |config, text| word(text).map(|region| named::<ARE_OF_BACKUPS>(config).region = region),
            show: |config| of::<ARE_OF_BACKUPS>(config).region.clone(),
        },
        Key {
            name: access_key,
            default: "none",
            meaning: "The name of the key that may put, get, list and delete in the bucket.",
            is_secret: true,
            set: |config, text| word(text).map(|key| named::<ARE_OF_BACKUPS>(config).access_key = key),
            show: |config| hidden(&of::<ARE_OF_BACKUPS>(config).access_key),
        },
        Key {
            name: secret_key,
            default: "none",
            meaning: "The key.",
            is_secret: true,
            set: |config, text| word(text).map(|key| named::<ARE_OF_BACKUPS>(config).secret_key = key),
            show: |config| hidden(&of::<ARE_OF_BACKUPS>(config).secret_key),
        },
        Key {
            name: path_style,
            default: "true",
            meaning: "Name the bucket in the path; false where it is a part of the host's name.",
            is_secret: false,
            set: |config, text| flag(text).map(|flag| named::<ARE_OF_BACKUPS>(config).path_style = flag),
            show: |config| of::<ARE_OF_BACKUPS>(config).path_style.to_string(),
        },
    ]
}

fn named<const ARE_OF_BACKUPS: bool>(config: &mut Config) -> &mut S3Settings {
    if ARE_OF_BACKUPS { &mut config.backup_s3 } else { &mut config.files_s3 }
}

fn of<const ARE_OF_BACKUPS: bool>(config: &Config) -> &S3Settings {
    if ARE_OF_BACKUPS { &config.backup_s3 } else { &config.files_s3 }
}

fn hidden(key: &str) -> String {
    secret(&Some(key).filter(|key| !key.is_empty()).map(str::to_owned))
}
