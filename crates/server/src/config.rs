//! What an operator may set: one struct, read from defaults, `tulou.toml`, `TULOU_*` variables and the command line.
//! A later source wins. What an administrator changes is not here: that is a setting of the organisation, in the database.

mod bucket;
mod file;
mod keys;
mod values;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ipnet::IpNet;

pub use keys::{KEYS, Key, own_url};

#[derive(Clone, Debug)]
pub struct Config {
    pub data: PathBuf,
    pub role: Role,
    pub listen: SocketAddr,
    /// Empty: the address of `listen`, which may be known only once the port is open.
    pub public_url: String,
    pub trusted_proxies: Vec<IpNet>,
    pub master_key: Option<PathBuf>,
    pub key_ring: KeyRing,
    pub tls_certificate: Option<PathBuf>,
    pub tls_key: Option<PathBuf>,
    pub database_url: Option<String>,
    pub database_owner_url: Option<String>,
    /// Where it listens for what other nodes say; else `database_url`.
    pub database_direct_url: Option<String>,
    pub database_binaries: Option<PathBuf>,
    pub database_prepared: bool,
    pub database_connections: u32,
    /// By what nodes hear each other, beside the database.
    pub bus_nats: Nats,
    pub files_s3: files::S3Settings,
    pub backup_s3: files::S3Settings,
    pub limits_rates: bool,
    pub log_format: LogFormat,
    pub log_level: String,
    pub metrics_token: Option<String>,
    /// How long a node that is asked to stop still answers.
    pub drain: Duration,
}

/// A NATS, as far as it is named.
#[derive(Clone, Debug, Default)]
pub struct Nats {
    pub url: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub authority: Option<PathBuf>,
    pub certificate: Option<PathBuf>,
    pub key: Option<PathBuf>,
}

/// What a node does of what the installation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    All,
    /// Answers people: HTTP and sockets.
    Web,
    /// Works in the background: jobs, what follows from events, the index.
    Worker,
}

impl Role {
    fn read(text: &str) -> Result<Self, String> {
        let known = [Self::All, Self::Web, Self::Worker].into_iter().find(|role| role.name() == text);
        known.ok_or_else(|| format!("\"{text}\" is not web, worker or all"))
    }

    fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}

/// Where the key ring stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRing {
    /// In the data directory.
    Folder,
    /// In the bucket for files, for several nodes.
    Bucket,
}

impl KeyRing {
    fn read(text: &str) -> Result<Self, String> {
        let known = [Self::Folder, Self::Bucket].into_iter().find(|place| place.name() == text);
        known.ok_or_else(|| format!("\"{text}\" is not folder or bucket"))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Bucket => "bucket",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Human,
    Json,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Default,
    File { path: PathBuf, line: usize },
    Variable(String),
    Flag(&'static str),
}

/// One thing that is wrong, with the place to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub source: Source,
    pub text: String,
}

/// Everything that is wrong; never empty.
#[derive(Debug)]
pub struct Problems(pub Vec<Problem>);

/// What the outside gave: read once, so that a test can give something else.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub file: Option<PathBuf>,
    pub variables: Vec<(String, String)>,
    pub flags: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    pub sources: BTreeMap<&'static str, Source>,
    /// Variables that begin with `TULOU_` and name no key: the server starts, `config check` refuses.
    pub unknown_variables: Vec<Problem>,
}

impl Given {
    /// The variables of this process; a file and flags are added by the command line.
    pub fn from_process() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("TULOU_"))
            .collect();
        Self { file: None, variables, flags: Vec::new() }
    }

    /// The file that is named, else `tulou.toml` here, else `/etc/tulou/tulou.toml`.
    fn file(&self) -> Option<PathBuf> {
        let named =
            self.variables.iter().find(|(name, _)| name == "TULOU_CONFIG").map(|(_, value)| PathBuf::from(value));
        self.file.clone().or(named).or_else(|| {
            let usual = ["tulou.toml", "/etc/tulou/tulou.toml"];
            usual.iter().map(PathBuf::from).find(|path| path.is_file())
        })
    }
}

/// Reads every source and names every mistake, not only the first.
pub fn load(given: &Given) -> Result<Loaded, Problems> {
    let mut reading = Reading { config: Config::default(), sources: BTreeMap::new(), problems: Vec::new() };
    let mut unknown_variables = Vec::new();
    if let Some(path) = given.file() {
        reading.read_file(&path);
    }
    for (name, value) in &given.variables {
        match KEYS.iter().find(|key| key.variable() == *name) {
            Some(key) => reading.set(key, value, Source::Variable(name.clone())),
            None if name == "TULOU_CONFIG" => {}
            None => unknown_variables.push(Problem {
                source: Source::Variable(name.clone()),
                text: format!("is not a setting{}", keys::suggestion(name, Key::variable)),
            }),
        }
    }
    for (name, value) in &given.flags {
        if let Some(key) = KEYS.iter().find(|key| key.name == *name) {
            reading.set(key, value, Source::Flag(key.name));
        }
    }
    reading.complete();
    if reading.problems.is_empty() {
        Ok(Loaded { config: reading.config, sources: reading.sources, unknown_variables })
    } else {
        reading.problems.extend(unknown_variables);
        Err(Problems(reading.problems))
    }
}

struct Reading {
    config: Config,
    sources: BTreeMap<&'static str, Source>,
    problems: Vec<Problem>,
}

impl Reading {
    fn read_file(&mut self, path: &Path) {
        match file::read(path) {
            Ok(entries) => {
                for entry in entries {
                    let source = Source::File { path: path.to_owned(), line: entry.line };
                    match KEYS.iter().find(|key| key.name == entry.name) {
                        Some(key) => self.set(key, &entry.value, source),
                        None => self.problems.push(Problem {
                            source,
                            text: format!(
                                "{} is not a setting{}",
                                entry.name,
                                keys::suggestion(&entry.name, |key| key.name.to_owned())
                            ),
                        }),
                    }
                }
            }
            Err((line, text)) => {
                self.problems.push(Problem { source: Source::File { path: path.to_owned(), line }, text })
            }
        }
    }

    fn set(&mut self, key: &'static Key, value: &str, source: Source) {
        match (key.set)(&mut self.config, value) {
            Ok(()) => {
                self.sources.insert(key.name, source);
            }
            Err(why) => self.problems.push(Problem { source, text: format!("{}: {why}", key.name) }),
        }
    }

    /// Rules between keys, and the defaults that follow from other keys.
    fn complete(&mut self) {
        let config = &self.config;
        let pairs = [
            ("tls.certificate", config.tls_certificate.is_some(), "tls.key", config.tls_key.is_some()),
            ("database.url", config.database_url.is_some(), "database.owner_url", config.database_owner_url.is_some()),
            (
                "bus.nats.certificate",
                config.bus_nats.certificate.is_some(),
                "bus.nats.key",
                config.bus_nats.key.is_some(),
            ),
        ];
        for (one, has_one, other, has_other) in pairs {
            let (given, missing) = if has_one { (one, other) } else { (other, one) };
            if has_one != has_other {
                self.refuse(given, format!("{given} needs {missing} beside it"));
            }
        }
        self.complete_database();
        self.complete_buckets();
        self.complete_key_ring();
        if self.config.public_url.is_empty() {
            if self.config.tls_certificate.is_some() {
                self.refuse(
                    "tls.certificate",
                    "public_url is needed with TLS, such as https://office.example.org".to_owned(),
                );
            } else if !self.config.trusted_proxies.is_empty() {
                self.refuse(
                    "trusted_proxies",
                    "public_url is needed behind a proxy, such as https://office.example.org".to_owned(),
                );
            }
        } else if self.config.tls_certificate.is_some() && !self.config.public_url.starts_with("https://") {
            self.refuse("public_url", "public_url must begin with https:// when tls.certificate is set".to_owned());
        }
    }

    /// What only makes sense where several nodes share a database, or a pooler is in between.
    fn complete_database(&mut self) {
        let nats = self.sources.keys().find(|key| key.starts_with("bus.nats.")).copied();
        if let Some(given) = nats.filter(|_| self.config.bus_nats.url.is_none()) {
            self.refuse(given, format!("{given} needs bus.nats.url beside it"));
        }
        if self.config.database_url.is_some() {
            if !self.config.database_prepared && self.config.database_direct_url.is_none() {
                let text = "database.prepared = false needs database.direct_url beside it: a pooler is between, and what \
                            lasts longer than a transaction has to go past it";
                self.refuse("database.prepared", text.to_owned());
            }
            return;
        }
        if self.config.bus_nats.url.is_some() {
            let text = "a private database has one node, which tells nobody: bus.nats.url needs database.url";
            self.refuse("bus.nats.url", text.to_owned());
        }
        if self.config.database_direct_url.is_some() {
            self.refuse("database.direct_url", "database.direct_url needs database.url beside it".to_owned());
        }
        if self.config.role != Role::All {
            self.refuse(
                "role",
                "a private database has one node, which does everything: role needs database.url".to_owned(),
            );
        }
    }

    /// A bucket is said whole or not at all, and backups have one of their own.
    fn complete_buckets(&mut self) {
        for keys in [&bucket::FILES, &bucket::BACKUPS] {
            let Some(given) = keys.iter().map(|key| key.name).find(|name| self.sources.contains_key(name)) else {
                continue;
            };
            for missing in bucket::missing(&self.config, keys) {
                self.refuse(given, format!("{given} needs {missing} beside it"));
            }
        }
        if bucket::is_shared(&self.config) {
            let text = "backup.s3.bucket is that of files: backups need one of their own";
            self.refuse("backup.s3.bucket", text.to_owned());
        }
    }

    /// A ring for several nodes stands where they reach it, and they tell each other of it in the database they share.
    fn complete_key_ring(&mut self) {
        if self.config.key_ring == KeyRing::Folder {
            return;
        }
        let needed = [
            ("database.url", self.config.database_url.is_none()),
            ("files.s3.endpoint", self.config.files_s3.endpoint.is_empty()),
        ];
        for (missing, _) in needed.into_iter().filter(|(_, is_missing)| *is_missing) {
            self.refuse("key_ring", format!("a key ring in the bucket needs {missing} beside it"));
        }
    }

    fn refuse(&mut self, key: &'static str, text: String) {
        let source = self.sources.get(key).cloned().unwrap_or(Source::Default);
        self.problems.push(Problem { source, text });
    }
}

impl Config {
    pub fn master_key(&self) -> PathBuf {
        self.master_key.clone().unwrap_or_else(|| self.data.join("master.key"))
    }

    /// The NATS by which nodes hear each other, when one is named.
    pub fn nats(&self) -> Option<bus::Nats> {
        let named = &self.bus_nats;
        let mut nats = bus::Nats::at(named.url.as_ref()?)?;
        (nats.user, nats.password) = (named.user.clone(), named.password.clone());
        nats.authority = named.authority.clone();
        nats.certificate = named.certificate.clone().zip(named.key.clone());
        Some(nats)
    }

    /// The bucket for files, when one is named: it is then named whole.
    pub fn files_s3(&self) -> Option<&files::S3Settings> {
        (!self.files_s3.endpoint.is_empty()).then_some(&self.files_s3)
    }

    /// The bucket for backups, likewise.
    pub fn backup_s3(&self) -> Option<&files::S3Settings> {
        (!self.backup_s3.endpoint.is_empty()).then_some(&self.backup_s3)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line: 0 } => write!(f, "{}", path.display()),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Flag(name) => write!(f, "--{name}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.text)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}
