//! The server from start to stop.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsConfig;
use bus::Ways;
use kernel::App;
use sqlx::postgres::PgConnectOptions;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};

use crate::backup;
use crate::config::{Config, Role, own_url};
use crate::control;
use crate::edge::{self, Stopping};
use crate::modules;
use crate::start::{self, Prepared, port};

/// A stop takes ten seconds at most: this for requests, this for tasks, the rest for the database's checkpoint.
const REQUESTS_END_WITHIN: Duration = Duration::from_secs(3);
const TASKS_END_WITHIN: Duration = Duration::from_secs(2);
/// Time for the first request of a connection, and for the headers of every later one.
const HEADERS_WITHIN: Duration = Duration::from_secs(20);

/// `tulou serve`.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let stop = stop_signal()?;
    // A thread of the allocator's, which only what stays for long has: the process that reads a picture shuts itself in alone.
    if let Err(error) = tikv_jemalloc_ctl::background_thread::write(true) {
        tracing::warn!(%error, "what is free goes back to the system later: the allocator has no thread");
    }
    // Before anything else: it is the commonest mistake, and connections that come early wait instead of failing.
    let listener = port::listen(config.listen)?;
    match config.role {
        Role::Worker => serve(config, listener, stop, announce_worker).await,
        Role::All | Role::Web => serve(config, listener, stop, announce).await,
    }
}

/// Serves on the listener until `stop`; `ready` is called with the address when everything answers.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
    ready: impl AsyncFnOnce(App, SocketAddr),
) -> anyhow::Result<()> {
    backup::demand_whole(&config.data)?;
    let address = listener.local_addr()?;
    let public_url = if config.public_url.is_empty() { own_url(address) } else { config.public_url.clone() };
    let Prepared { app, api, database } = start::prepare(&config, &public_url).await?;
    let stopping = Stopping::default();
    let router = edge::router(&app, api, &config, &public_url, stopping.clone());
    begin(&app, &config, database.line()).map_err(anyhow::Error::new)?;
    let door = control::open(&app, &config.data)?;
    let handle = Handle::new();
    let serving = listen(&config, listener, handle.clone(), router).await?;
    ready(app.clone(), address).await;
    let ended = tokio::select! {
        () = drained(stop, &stopping, config.drain) => Ok(()),
        ended = serving => ended,
        lost = database.lost() => Err(lost),
    };
    drop(door);
    wind_down(&app, &handle).await;
    database.stop().await.context("the database did not stop cleanly; the next start recovers it")?;
    tracing::info!("stopped");
    ended
}

/// Everybody is still answered while whoever asks how this node does is told that it stops.
async fn drained(stop: impl Future<Output = ()>, stopping: &Stopping, drain: Duration) {
    stop.await;
    stopping.begin();
    if !drain.is_zero() {
        tracing::info!(seconds = drain.as_secs(), "draining");
        sleep(drain).await;
    }
}

/// Sets in motion what runs beside requests on this node, and has it hear the others, where there may be some.
fn begin(app: &App, config: &Config, line: Option<PgConnectOptions>) -> kernel::Result<()> {
    if let Some(database) = line {
        bus::start(app, Ways { database, nats: config.nats() }, modules::ears())?;
    }
    if config.role == Role::Web {
        chat::index_elsewhere(app);
        app.start_serving();
    } else {
        app.start();
    }
    Ok(())
}

/// The task that answers requests.
async fn listen(
    config: &Config,
    listener: TcpListener,
    handle: Handle<SocketAddr>,
    router: Router,
) -> anyhow::Result<impl Future<Output = anyhow::Result<()>> + use<>> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let tls = match (&config.tls_certificate, &config.tls_key) {
        (Some(certificate), Some(key)) => {
            let tls = RustlsConfig::from_pem_file(certificate, key)
                .await
                .context("tls.certificate and tls.key cannot be used")?;
            Some((tls, certificate.clone(), key.clone()))
        }
        _ => None,
    };
    listener.set_nonblocking(true)?;
    // What is small is sent at once: waiting for the other side's acknowledgement held a message back for up to 40 ms.
    let at_once = NoDelayAcceptor::new();
    Ok(async move {
        match tls {
            Some((tls, certificate, key)) => {
                let mut server = axum_server::from_tcp_rustls(listener, tls.clone())?
                    .map(|tls| tls.acceptor(at_once))
                    .handle(handle)
                    .first_request_timeout(HEADERS_WITHIN);
                server.http_builder().http1().header_read_timeout(HEADERS_WITHIN);
                tokio::select! {
                    ended = server.serve(service) => Ok(ended?),
                    never = reload(tls, certificate, key) => never,
                }
            }
            None => {
                let mut server = axum_server::from_tcp(listener)?
                    .acceptor(at_once)
                    .handle(handle)
                    .first_request_timeout(HEADERS_WITHIN);
                server.http_builder().http1().header_read_timeout(HEADERS_WITHIN);
                Ok(server.serve(service).await?)
            }
        }
    })
}

/// SIGHUP reads the certificate anew, so that renewing one ends no connection.
async fn reload(tls: RustlsConfig, certificate: std::path::PathBuf, key: std::path::PathBuf) -> anyhow::Result<()> {
    let mut asked = signal(SignalKind::hangup())?;
    loop {
        asked.recv().await;
        match tls.reload_from_pem_file(&certificate, &key).await {
            Ok(()) => tracing::info!("the certificate was read anew"),
            Err(error) => tracing::error!(error = %error, "the new certificate cannot be used; the old one stays"),
        }
    }
}

/// Requests are finished, sockets told to come back, tasks ended.
async fn wind_down(app: &App, handle: &Handle<SocketAddr>) {
    tracing::info!(sockets = app.hub().count(), "stopping");
    handle.graceful_shutdown(Some(REQUESTS_END_WITHIN));
    app.hub().cut_all("restart");
    let all_gone = async {
        while app.hub().count() > 0 || handle.connection_count() > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(REQUESTS_END_WITHIN, all_gone).await.is_err() {
        tracing::warn!(connections = handle.connection_count(), "some connections did not end by themselves");
        handle.shutdown();
    }
    if timeout(TASKS_END_WITHIN, app.stop()).await.is_err() {
        tracing::warn!("some tasks did not end by themselves");
    }
}

async fn announce(app: App, address: SocketAddr) {
    let public_url = app.settings().public_url.as_str();
    let listening = if public_url == own_url(address) { String::new() } else { format!(" (listening on {address})") };
    println!("Tulou {} answers on {public_url}{listening}", crate::VERSION);
    match identity::setup_code(&app).await {
        Ok(Some(code)) => println!("Nobody has set it up yet. Open {public_url}/setup and enter the code {code}"),
        Ok(None) => {}
        Err(error) => tracing::error!(code = error.code(), "the set-up code cannot be read"),
    }
}

async fn announce_worker(_: App, address: SocketAddr) {
    println!("Tulou {} works and answers only whether it does, on http://{address}", crate::VERSION);
}

/// Resolves at the first SIGTERM or SIGINT; the second one ends the process at once.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        hurry(terminate, interrupt);
    })
}

#[expect(clippy::disallowed_methods, reason = "it must outlive the App's tasks: it is there for when they hang")]
fn hurry(mut terminate: tokio::signal::unix::Signal, mut interrupt: tokio::signal::unix::Signal) {
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        std::process::exit(1);
    });
}
