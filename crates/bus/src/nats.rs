//! NATS: the subject of one installation, on which its nodes publish and listen. Nothing is kept there.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::{Client, ConnectError, ConnectOptions, Event, ServerAddr, Subscriber};
use futures_util::StreamExt;
use kernel::App;
use tokio::sync::watch;
use tokio::time::timeout;

/// Before the name of the installation: what an operator grants.
const PREFIX: &str = "tulou";
/// A server that takes longer is away; letters go by the database then.
const PATIENCE: Duration = Duration::from_secs(2);

/// A NATS the operator names.
#[derive(Clone)]
pub struct Nats {
    servers: Vec<ServerAddr>,
    /// Who we are there.
    pub user: Option<String>,
    /// Without a user it is a token.
    pub password: Option<String>,
    /// Who vouches for the servers (PEM), instead of whom the system believes.
    pub authority: Option<PathBuf>,
    /// By which the servers know us, and its key (PEM).
    pub certificate: Option<(PathBuf, PathBuf)>,
}

impl Nats {
    /// Those servers, of one cluster: `nats://host` or `tls://host`, each with a port that is not 4222, divided by commas. Who
    /// we are stands elsewhere, so that an address is no secret.
    pub fn at(addresses: &str) -> Option<Self> {
        let one = |address: &str| {
            let server: ServerAddr = address.parse().ok()?;
            let is_plain = address.starts_with("nats://") || address.starts_with("tls://");
            (is_plain && !address.contains(['@', '?', '#']) && !server.host().is_empty()).then_some(server)
        };
        let servers = addresses.split(',').map(|address| one(address.trim())).collect::<Option<_>>()?;
        Some(Self { servers, user: None, password: None, authority: None, certificate: None })
    }

    /// Whether everything on the way is encrypted, or stays on this machine.
    pub fn is_private(&self) -> bool {
        let is_here =
            |host: &str| host == "localhost" || host.starts_with("127.") || host.trim_matches(['[', ']']) == "::1";
        self.servers.iter().all(|server| server.tls_required() || is_here(server.host()))
    }

    /// A connection that is not made anew by itself: what was missed meanwhile has to be known.
    pub(crate) async fn connect(&self, ended: watch::Sender<bool>) -> Result<Client, &'static str> {
        let mut options = ConnectOptions::new()
            .name("tulou")
            .connection_timeout(PATIENCE)
            // Those the operator named, and no others.
            .ignore_discovered_servers()
            .max_reconnects(self.servers.len())
            .event_callback(move |event| {
                if matches!(event, Event::Disconnected | Event::Closed) {
                    ended.send_replace(true);
                }
                std::future::ready(())
            });
        options = match (self.user.clone(), self.password.clone()) {
            (Some(user), password) => options.user_and_password(user, password.unwrap_or_default()),
            (None, Some(token)) => options.token(token),
            (None, None) => options,
        };
        if let Some(authority) = &self.authority {
            options = options.add_root_certificates(authority.clone());
        }
        if let Some((certificate, key)) = &self.certificate {
            options = options.add_client_certificate(certificate.clone(), key.clone());
        }
        options.connect(&self.servers[..]).await.map_err(|error| why(&error))
    }
}

fn why(error: &ConnectError) -> &'static str {
    use async_nats::ConnectErrorKind as Kind;
    match error.kind() {
        Kind::Authentication | Kind::AuthorizationViolation => "not_let_in",
        Kind::TimedOut => "slow",
        Kind::Dns => "no_such_host",
        Kind::Tls => "tls",
        _ => "away",
    }
}

/// The subject of this installation, and the connection while there is one.
pub struct Subject {
    nats: Nats,
    name: String,
    open: Mutex<Option<Client>>,
}

/// Listens, for as long as the connection lasts.
pub struct Line {
    subject: Arc<Subject>,
    letters: Subscriber,
    has_ended: watch::Receiver<bool>,
}

impl Subject {
    /// That of whoever has the key ring: others on the same NATS have another one, and cannot guess this.
    pub fn of(app: &App, nats: Nats) -> Self {
        let name = app.vault().lookup("bus.subject", None, PREFIX);
        let name: String = name.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { nats, name: format!("{PREFIX}.{name}"), open: Mutex::default() }
    }

    /// Listens on a new connection, on which is told from then on too.
    pub async fn open(self: &Arc<Self>) -> Result<Line, &'static str> {
        let (ended, has_ended) = watch::channel(false);
        let client = self.nats.connect(ended).await?;
        let letters = client.subscribe(self.name.clone()).await.map_err(|_| "cut")?;
        client.flush().await.map_err(|_| "cut")?;
        self.set(Some(client));
        Ok(Line { subject: Arc::clone(self), letters, has_ended })
    }

    /// Publishes them, if there is a connection.
    pub async fn say(&self, letters: &[String]) -> Result<(), &'static str> {
        let client = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let client = client.ok_or("away")?;
        timeout(PATIENCE, self.publish(&client, letters)).await.map_err(|_| "slow")??;
        // What was taken after it had ended goes nowhere.
        if client.connection_state() == State::Connected { Ok(()) } else { Err("cut") }
    }

    async fn publish(&self, client: &Client, letters: &[String]) -> Result<(), &'static str> {
        for letter in letters {
            client.publish(self.name.clone(), letter.clone().into()).await.map_err(|_| "cut")?;
        }
        client.flush().await.map_err(|_| "cut")
    }

    fn set(&self, client: Option<Client>) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = client;
    }
}

impl Line {
    /// The next letter; none when the connection has ended, also where another one took its place at once.
    pub async fn next(&mut self) -> Option<String> {
        tokio::select! {
            biased;
            _ = self.has_ended.wait_for(|ended| *ended) => None,
            letter = self.letters.next() => Some(String::from_utf8_lossy(&letter?.payload).into_owned()),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.subject.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_servers_and_nobody() {
        for fine in ["nats://127.0.0.1", "tls://nats.example.org:4443", "nats://a.example.org, tls://b.example.org"] {
            assert!(Nats::at(fine).is_some(), "{fine}");
        }
        for wrong in ["", "a.example.org", "ws://a.example.org", "nats://ann:secret@a.example.org", "nats://a,http://b"]
        {
            assert!(Nats::at(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn what_leaves_the_machine_unencrypted_is_not_private() {
        for (addresses, is_private) in [
            ("nats://127.0.0.1:4222,nats://localhost,nats://[::1]", true),
            ("tls://a.example.org", true),
            ("tls://a.example.org,nats://b.example.org", false),
        ] {
            assert_eq!(Nats::at(addresses).unwrap().is_private(), is_private, "{addresses}");
        }
    }
}
