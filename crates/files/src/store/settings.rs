//! What an operator says about a bucket.

use std::fmt;
use std::time::Duration;

/// No single step may take longer: whoever waits for it is told that the store does not answer.
const PATIENCE: Duration = Duration::from_secs(25);
/// Somebody waits.
const REPEATS: usize = 2;

/// A bucket that speaks S3, and how to get in. It has no `Debug` that would show the key.
#[derive(Clone)]
pub struct S3Settings {
    /// What its settings are called, as an operator is told: `files.s3`.
    pub named: &'static str,
    /// Scheme, host and port, without the bucket.
    pub endpoint: String,
    /// The bucket, which is there already.
    pub bucket: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// Whether the bucket is the first part of the path; else it is the first part of the host's name.
    pub path_style: bool,
    /// How long one step may take.
    pub patience: Duration,
    /// How often a request is made again when the store stumbles, for a quarter of that time at most.
    pub repeats: usize,
}

impl Default for S3Settings {
    fn default() -> Self {
        let nothing = String::new();
        Self {
            named: super::HOST,
            endpoint: nothing.clone(),
            bucket: nothing.clone(),
            region: "us-east-1".to_owned(),
            access_key: nothing.clone(),
            secret_key: nothing,
            path_style: true,
            patience: PATIENCE,
            repeats: REPEATS,
        }
    }
}

impl S3Settings {
    /// Scheme, host and port that are called.
    pub fn origin(&self) -> String {
        match self.endpoint.split_once("://") {
            Some((scheme, host)) if !self.path_style => format!("{scheme}://{}.{host}", self.bucket),
            _ => self.endpoint.clone(),
        }
    }
}

impl fmt::Debug for S3Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Settings")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::S3Settings;

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_name_and_the_key_is_never_printed() {
        let mut settings = S3Settings {
            endpoint: "https://oss.example.org:8443".into(),
            bucket: "tulou".into(),
            secret_key: "canary".into(),
            ..S3Settings::default()
        };
        assert_eq!(settings.origin(), "https://oss.example.org:8443");
        settings.path_style = false;
        assert_eq!(settings.origin(), "https://tulou.oss.example.org:8443");
        assert!(!format!("{settings:?}").contains("canary"));
    }
}
