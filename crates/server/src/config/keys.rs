//! The settings: name, default, meaning, how a text becomes a value. The manual's table and `config show` are made of this list.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::bucket::{self, BACKUPS, FILES};
use super::values::{flag, network, path, postgres, secret, shown, url, word};
use super::{Config, KeyRing, LogFormat, Nats, Role};

#[derive(Clone, Copy)]
pub struct Key {
    pub name: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
    /// Never printed.
    pub is_secret: bool,
    pub set: fn(&mut Config, &str) -> Result<(), String>,
    pub show: fn(&Config) -> String,
}

impl Key {
    /// `database.owner_url` is `TULOU_DATABASE_OWNER_URL`.
    pub fn variable(&self) -> String {
        format!("TULOU_{}", self.name.to_uppercase().replace('.', "_"))
    }
}

pub const KEYS: &[Key] = &[
    Key {
        name: "data",
        default: "/var/lib/tulou as root, else ./data",
        meaning: "Directory of everything this server keeps.",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.data = path),
        show: |config| config.data.display().to_string(),
    },
    Key {
        name: "role",
        default: "all",
        meaning: "What this node does: web answers people, worker does jobs, all does both.",
        is_secret: false,
        set: |config, text| Role::read(text).map(|role| config.role = role),
        show: |config| config.role.name().to_owned(),
    },
    Key {
        name: "listen",
        default: "127.0.0.1:8080",
        meaning: "Address and port to answer on.",
        is_secret: false,
        set: |config, text| {
            let address: SocketAddr =
                text.parse().map_err(|_| format!("\"{text}\" is not an address such as 127.0.0.1:8080 or [::]:443"))?;
            config.listen = address;
            Ok(())
        },
        show: |config| config.listen.to_string(),
    },
    Key {
        name: "public_url",
        default: "http:// and the address of `listen`",
        meaning: "How people reach this server; needed with TLS and behind a proxy.",
        is_secret: false,
        set: |config, text| url(text).map(|url| config.public_url = url),
        show: |config| if config.public_url.is_empty() { own_url(config.listen) } else { config.public_url.clone() },
    },
    Key {
        name: "trusted_proxies",
        default: "none",
        meaning: "Addresses or blocks whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        is_secret: false,
        set: |config, text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            config.trusted_proxies = parts.map(network).collect::<Result<_, _>>()?;
            Ok(())
        },
        show: |config| config.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
    },
    Key {
        name: "master_key",
        default: "master.key in the data directory",
        meaning: "File of the master key; made at the first start with mode 0600.",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.master_key = Some(path)),
        show: |config| config.master_key().display().to_string(),
    },
    Key {
        name: "key_ring",
        default: "folder",
        meaning: "folder: keys/ in the data directory. bucket: that of files.s3, for several nodes on one database.",
        is_secret: false,
        set: |config, text| KeyRing::read(text).map(|place| config.key_ring = place),
        show: |config| config.key_ring.name().to_owned(),
    },
    Key {
        name: "tls.certificate",
        default: "none",
        meaning: "Certificate chain (PEM). With it the server speaks HTTPS itself.",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.tls_certificate = Some(path)),
        show: |config| shown(&config.tls_certificate),
    },
    Key {
        name: "tls.key",
        default: "none",
        meaning: "Private key of the certificate (PEM).",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.tls_key = Some(path)),
        show: |config| shown(&config.tls_key),
    },
    Key {
        name: "database.url",
        default: "none: a private PostgreSQL in the data directory",
        meaning: "PostgreSQL as the role that serves; it must not be superuser nor bypass row security.",
        is_secret: true,
        set: |config, text| postgres(text).map(|url| config.database_url = Some(url)),
        show: |config| secret(&config.database_url),
    },
    Key {
        name: "database.owner_url",
        default: "none",
        meaning: "The same database as the role that owns the tables and migrates.",
        is_secret: true,
        set: |config, text| postgres(text).map(|url| config.database_owner_url = Some(url)),
        show: |config| secret(&config.database_owner_url),
    },
    Key {
        name: "database.direct_url",
        default: "database.url",
        meaning: "The same database without a pooler between, as the role that serves: what nodes tell each other goes there.",
        is_secret: true,
        set: |config, text| postgres(text).map(|url| config.database_direct_url = Some(url)),
        show: |config| secret(&config.database_direct_url),
    },
    Key {
        name: "database.binaries",
        default: "found beside the program",
        meaning: "Directory of the PostgreSQL installation the private database runs on.",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.database_binaries = Some(path)),
        show: |config| shown(&config.database_binaries),
    },
    Key {
        name: "database.prepared",
        default: "true",
        meaning: "Keep prepared statements; false behind a pooler that does not: it needs database.direct_url.",
        is_secret: false,
        set: |config, text| flag(text).map(|flag| config.database_prepared = flag),
        show: |config| config.database_prepared.to_string(),
    },
    Key {
        name: "database.connections",
        default: "10",
        meaning: "Most connections this server opens to the database (4 to 200).",
        is_secret: false,
        set: |config, text| {
            let number: u32 = text.parse().map_err(|_| format!("\"{text}\" is not a number"))?;
            if !(4..=200).contains(&number) {
                return Err(format!("{number} is not between 4 and 200"));
            }
            config.database_connections = number;
            Ok(())
        },
        show: |config| config.database_connections.to_string(),
    },
    Key {
        name: "bus.nats.url",
        default: "none: nodes hear each other by the database",
        meaning: "NATS for what nodes tell each other, such as nats://127.0.0.1 or tls://nats.example.org; several by commas.",
        is_secret: false,
        set: |config, text| match bus::Nats::at(text) {
            Some(_) => {
                config.bus_nats.url = Some(text.to_owned());
                Ok(())
            }
            None => Err(format!("\"{text}\" is not nats:// or tls:// with a host, and who we are is not said there")),
        },
        show: |config| config.bus_nats.url.clone().unwrap_or_default(),
    },
    Key {
        name: "bus.nats.user",
        default: "none",
        meaning: "Who this server is there: it may publish and subscribe below tulou.",
        is_secret: true,
        set: |config, text| word(text).map(|user| config.bus_nats.user = Some(user)),
        show: |config| secret(&config.bus_nats.user),
    },
    Key {
        name: "bus.nats.password",
        default: "none",
        meaning: "The password; a token where no user is named.",
        is_secret: true,
        set: |config, text| word(text).map(|password| config.bus_nats.password = Some(password)),
        show: |config| secret(&config.bus_nats.password),
    },
    Key {
        name: "bus.nats.authority",
        default: "those this machine believes",
        meaning: "Certificates of who vouches for the servers of NATS (PEM).",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.bus_nats.authority = Some(path)),
        show: |config| shown(&config.bus_nats.authority),
    },
    Key {
        name: "bus.nats.certificate",
        default: "none",
        meaning: "Certificate by which they know this server (PEM).",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.bus_nats.certificate = Some(path)),
        show: |config| shown(&config.bus_nats.certificate),
    },
    Key {
        name: "bus.nats.key",
        default: "none",
        meaning: "Private key of that certificate (PEM).",
        is_secret: false,
        set: |config, text| path(text).map(|path| config.bus_nats.key = Some(path)),
        show: |config| shown(&config.bus_nats.key),
    },
    FILES[0],
    FILES[1],
    FILES[2],
    FILES[3],
    FILES[4],
    FILES[5],
    BACKUPS[0],
    BACKUPS[1],
    BACKUPS[2],
    BACKUPS[3],
    BACKUPS[4],
    BACKUPS[5],
    Key {
        name: "limits.rates",
        default: "true",
        meaning: "Limit how often one account or address may ask; false only to measure.",
        is_secret: false,
        set: |config, text| flag(text).map(|flag| config.limits_rates = flag),
        show: |config| config.limits_rates.to_string(),
    },
    Key {
        name: "log.format",
        default: "human",
        meaning: "human or json; both go to standard error.",
        is_secret: false,
        set: |config, text| {
            config.log_format = match text {
                "human" => LogFormat::Human,
                "json" => LogFormat::Json,
                _ => return Err(format!("\"{text}\" is not human or json")),
            };
            Ok(())
        },
        show: |config| (if config.log_format == LogFormat::Json { "json" } else { "human" }).to_owned(),
    },
    Key {
        name: "log.level",
        default: "info",
        meaning: "error, warn, info, debug or trace; also per crate, as in info,sqlx=debug.",
        is_secret: false,
        set: |config, text| {
            tracing_subscriber::EnvFilter::builder()
                .parse(text)
                .map_err(|_| format!("\"{text}\" is not a level such as info"))?;
            config.log_level = text.to_owned();
            Ok(())
        },
        show: |config| config.log_level.clone(),
    },
    Key {
        name: "metrics.token",
        default: "none: /metrics answers loopback only",
        meaning: "Bearer token with which /metrics answers other machines too.",
        is_secret: true,
        set: |config, text| {
            if text.len() < 16 {
                return Err("must have at least 16 characters".to_owned());
            }
            config.metrics_token = Some(text.to_owned());
            Ok(())
        },
        show: |config| secret(&config.metrics_token),
    },
    Key {
        name: "drain",
        default: "0",
        meaning: "Seconds (0 to 60) a node that is asked to stop still answers, while /healthz says so with 503: a balancer sends nobody there any more.",
        is_secret: false,
        set: |config, text| {
            let seconds = text.parse().ok().filter(|seconds| *seconds <= 60);
            config.drain =
                Duration::from_secs(seconds.ok_or_else(|| format!("\"{text}\" is not a number from 0 to 60"))?);
            Ok(())
        },
        show: |config| config.drain.as_secs().to_string(),
    },
];

impl Default for Config {
    fn default() -> Self {
        let data = if rustix::process::geteuid().is_root() { "/var/lib/tulou" } else { "data" };
        Self {
            data: PathBuf::from(data),
            role: Role::All,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: String::new(),
            trusted_proxies: Vec::new(),
            master_key: None,
            key_ring: KeyRing::Folder,
            tls_certificate: None,
            tls_key: None,
            database_url: None,
            database_owner_url: None,
            database_direct_url: None,
            database_binaries: None,
            database_prepared: true,
            database_connections: 10,
            bus_nats: Nats::default(),
            files_s3: files::S3Settings::default(),
            backup_s3: bucket::of_backups(),
            limits_rates: true,
            log_format: LogFormat::Human,
            log_level: "info".to_owned(),
            metrics_token: None,
            drain: Duration::ZERO,
        }
    }
}

/// The address to type into a browser on this machine.
pub fn own_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

/// `; did you mean …?` when a known name is near.
pub fn suggestion(name: &str, of: impl Fn(&Key) -> String) -> String {
    let nearest = KEYS.iter().map(of).map(|known| (distance(name, &known), known)).min();
    match nearest {
        Some((away, known)) if away <= 3 => format!("; did you mean {known}?"),
        _ => String::new(),
    }
}

fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let replaced = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}
