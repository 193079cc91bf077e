//! A running application made of just the modules a test asks for, on a real PostgreSQL, with a clock that is set by hand.
//!
//! People have names and stay who they are: Ann owns, Bob is a member, Eve is a colleague without access, Mal is in
//! another organisation.

mod contract;
mod database;
mod documented;
mod example;
mod nats;
mod people;
mod ports;
mod socket;
mod time;
mod weed;

pub use contract::contract;
pub use nats::TestNats;
pub use people::Person;
pub use ports::free_port;
pub use socket::TestSocket;
pub use time::{Hand, Seeded};
pub use weed::Weed;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use kernel::{App, Module, OrgId, Parts, Settings};
use serde_json::Value;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tower::ServiceExt;
use vault::Vault;

/// The application under test.
pub struct TestApp {
    /// The program.
    pub app: App,
    /// The database as its owner sees it: without row security's eyes it sees nothing of an organisation either, so
    /// statements set `app.org` first or read the catalogue.
    pub admin: PgPool,
    /// Now, moved by hand.
    pub clock: Arc<Hand>,
    /// The document of these modules.
    pub openapi: Value,
    /// Operations anybody may call.
    pub public_routes: Vec<(&'static str, &'static str)>,
    /// Where the database keeps its files: for tests that look for what must not be there.
    pub cluster_dir: PathBuf,
    router: Router,
    ground: Ground,
}

/// An installation as it was at some time, but for its keys: what a backup has.
pub struct TestCopy {
    database: String,
    files: Arc<tempfile::TempDir>,
}

/// What an installation stands on, however many nodes it has.
#[derive(Clone)]
struct Ground {
    pool: PgPool,
    admin: PgPool,
    cluster_dir: PathBuf,
    clock: Arc<Hand>,
    random: Arc<Seeded>,
    vault: Arc<Vault>,
    files: Arc<tempfile::TempDir>,
}

impl TestApp {
    /// The kernel, the directory and these modules; callers are proven by testkit, not by identity.
    pub async fn with(modules: Vec<Module>) -> Self {
        Self::of(people::proving(Self::complete(modules))).await
    }

    /// The same, but callers are proven by the module that knows sessions: for tests of signing in.
    pub async fn with_sign_in(modules: Vec<Module>) -> Self {
        Self::of(Self::complete(modules)).await
    }

    /// Another node of the same installation, made as [`TestApp::with`] makes the first: one database, one key ring, one
    /// clock. It hears nothing of the first one but what the database says.
    pub fn beside(&self, modules: Vec<Module>) -> Self {
        Self::on(self.ground.clone(), people::proving(Self::complete(modules)))
    }

    /// The database and the files as they are now. Nothing may be under way.
    pub async fn copy(&self) -> TestCopy {
        let files = tempfile::tempdir().expect("a folder for temporary files");
        let from = self.ground.files.path().join("files");
        if from.exists() {
            let copied = Command::new("cp").arg("-a").arg(from).arg(files.path()).status().expect("files are copied");
            assert!(copied.success(), "files are copied");
        }
        TestCopy { database: database::copied(&self.ground.pool, &self.ground.admin).await, files: Arc::new(files) }
    }

    /// The copy put back as an installation of its own: at the time that it is here now, and with the keys that there still are here.
    pub async fn restored(&self, copy: &TestCopy, modules: Vec<Module>) -> Self {
        let database = database::open(&copy.database).await;
        let (pool, admin, files) = (database.app, database.owner, Arc::clone(&copy.files));
        Self::on(Ground { pool, admin, files, ..self.ground.clone() }, people::proving(Self::complete(modules)))
    }

    /// How a node reaches the database by a connection of its own.
    pub fn line(&self) -> PgConnectOptions {
        PgConnectOptions::clone(&self.ground.pool.connect_options())
    }

    fn complete(modules: Vec<Module>) -> Vec<Module> {
        let mut all = vec![kernel::module()];
        if modules.iter().all(|m| m.name != "directory") {
            all.push(directory::module());
        }
        if modules.iter().all(|m| m.name != "hosting") {
            all.push(hosting::module());
        }
        // The directory asks what programs were lent.
        if modules.iter().all(|m| m.name != "tokens") {
            all.push(tokens::module());
        }
        let names_organisations = modules.iter().any(|m| m.name == "identity");
        if names_organisations && modules.iter().all(|m| m.name != "verification") {
            all.push(verification::module());
        }
        all.extend(modules);
        all
    }

    async fn of(modules: Vec<Module>) -> Self {
        let files = tempfile::tempdir().expect("a folder for temporary files");
        let database = database::fresh(&modules).await;
        let vault =
            Vault::open_dir(&files.path().join("keys"), &files.path().join("master.key")).expect("a fresh vault");
        let ground = Ground {
            pool: database.app,
            admin: database.owner,
            cluster_dir: database.cluster_dir,
            clock: Arc::new(Hand::new()),
            random: Arc::new(Seeded::default()),
            vault: Arc::new(vault),
            files: Arc::new(files),
        };
        Self::on(ground, modules)
    }

    fn on(ground: Ground, modules: Vec<Module>) -> Self {
        let app = App::new(Parts {
            pool: ground.pool.clone(),
            clock: ground.clock.clone(),
            random: ground.random.clone(),
            ids: ground.random.clone(),
            vault: Arc::clone(&ground.vault),
            settings: Settings {
                public_url: "http://127.0.0.1:8080".into(),
                is_tls: false,
                program: "/nowhere/tulou".into(),
                data_dir: ground.files.path().into(),
                trusted_proxies: Vec::new(),
                limits_rates: false,
                hashes_cheaply: true,
                is_pooled: false,
            },
        });
        let composed = kernel::compose(&app, modules).expect("modules that fit together");
        Self {
            router: composed.router,
            openapi: serde_json::to_value(&composed.openapi).expect("the document is JSON"),
            public_routes: composed.public_routes,
            app,
            admin: ground.admin.clone(),
            clock: Arc::clone(&ground.clock),
            cluster_dir: ground.cluster_dir.clone(),
            ground,
        }
    }

    /// Calls an operation as somebody, or as nobody.
    pub async fn call(
        &self,
        who: impl Into<Option<&Person>>,
        method: &str,
        path: &str,
        body: Value,
    ) -> (StatusCode, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (status, bytes) = self.send(who.into(), method, path, body, &[]).await;
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// Sends exactly these bytes with these headers besides; where an edition is asked for and none of them says which, whatever is there.
    #[expect(clippy::too_many_arguments, reason = "a request is made of exactly these")]
    pub async fn send(
        &self,
        who: Option<&Person>,
        method: &str,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> (StatusCode, Vec<u8>) {
        let response = self.answer(who, method, path, body, headers).await;
        let status = response.status();
        let body = response.into_body().collect().await.expect("a body").to_bytes().to_vec();
        documented::check(&self.openapi, method, path, &body);
        (status, body)
    }

    /// The same with the headers of the answer.
    #[expect(clippy::too_many_arguments, reason = "a request is made of exactly these")]
    pub async fn answer(
        &self,
        who: Option<&Person>,
        method: &str,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> axum::response::Response {
        let says = headers.iter().any(|(name, _)| *name == "if-match");
        let is_silent = !says && documented::takes_an_edition(&self.openapi, method, path);
        let whatever = is_silent.then_some(("if-match", "*"));
        let headers: Vec<_> = headers.iter().copied().chain(whatever).collect();
        self.exactly(who, method, path, body, &headers).await
    }

    /// The same with no other headers than these: `If-Match` is missing where they do not have it.
    #[expect(clippy::too_many_arguments, reason = "a request is made of exactly these")]
    pub async fn exactly(
        &self,
        who: Option<&Person>,
        method: &str,
        path: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> axum::response::Response {
        let mut request = Request::builder().method(method).uri(path);
        if headers.iter().all(|(name, _)| *name != "content-type") {
            request = request.header("content-type", "application/json");
        }
        if let Some(person) = who {
            request = request
                .header("authorization", format!("Bearer {}", person.token))
                .header("tulou-organisation", person.org.to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.request(request.body(Body::from(body)).expect("a request that can be sent")).await
    }

    /// Sends a request as it is, and gives the whole answer.
    pub async fn request(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.expect("the router answers")
    }

    /// The names of the events of an organisation, oldest first.
    pub async fn events(&self, org: OrgId) -> Vec<String> {
        let mut tx = self.app.begin(org, kernel::Actor::System).await.expect("a transaction");
        sqlx::query_scalar("select name from kernel.outbox order by pos").fetch_all(tx.db()).await.expect("events")
    }

    /// Lets every subscriber see what has happened.
    pub async fn run_subscribers(&self) {
        self.app.run_subscribers().await.expect("subscribers run");
    }

    /// Does every job that is due.
    pub async fn run_jobs(&self) {
        self.app.run_due_jobs().await.expect("jobs run");
    }
}
