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

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use cluster::Cluster;
use database::Database;
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

/// What an installation stands on, however many nodes it has.
#[derive(Clone)]
struct Ground {
    pool: PgPool,
    admin: PgPool,
    cluster_dir: PathBuf,
    /// Where it has one for itself.
    _cluster: Option<Arc<Cluster>>,
    clock: Arc<Hand>,
    random: Arc<Seeded>,
    vault: Arc<Vault>,
    data_dir: PathBuf,
    /// What takes the data directory away where no database lies in it.
    _folder: Option<Arc<tempfile::TempDir>>,
    program: PathBuf,
}

/// Where no program is: for tests that are not about what it is called for.
const NOWHERE: &str = "/nowhere/tulou";

impl Ground {
    /// With the key ring that lies in the data directory, or a new one.
    fn of(database: Database, (data_dir, folder): (PathBuf, Option<Arc<tempfile::TempDir>>), program: &Path) -> Self {
        let vault = Vault::open_dir(&data_dir.join("keys"), &data_dir.join("master.key")).expect("a vault");
        Self {
            pool: database.app,
            admin: database.owner,
            cluster_dir: database.cluster_dir,
            _cluster: database.cluster,
            clock: Arc::new(Hand::new()),
            random: Arc::new(Seeded::default()),
            vault: Arc::new(vault),
            data_dir,
            _folder: folder,
            program: program.to_owned(),
        }
    }
}

impl TestApp {
    /// The kernel, the directory and these modules; callers are proven by testkit, not by identity.
    pub async fn with(modules: Vec<Module>) -> Self {
        Self::of(people::proving(Self::complete(modules)), Path::new(NOWHERE)).await
    }

    /// The same with the program that looks at pictures.
    pub async fn with_program(modules: Vec<Module>, program: &Path) -> Self {
        Self::of(people::proving(Self::complete(modules)), program).await
    }

    /// The same with a database for itself, laid out in the data directory as the program does: what backups are made of.
    pub async fn alone(modules: Vec<Module>, program: &Path) -> Self {
        let modules = people::proving(Self::complete(modules));
        let (database, data_dir) = database::alone(&modules).await;
        Self::on(Ground::of(database, (data_dir, None), program), modules)
    }

    /// The same, but callers are proven by the module that knows sessions: for tests of signing in.
    pub async fn with_sign_in(modules: Vec<Module>) -> Self {
        Self::of(Self::complete(modules), Path::new(NOWHERE)).await
    }

    /// Another node of the same installation, made as [`TestApp::with`] makes the first: one database, one key ring, one
    /// clock. It hears nothing of the first one but what the database says.
    pub fn beside(&self, modules: Vec<Module>) -> Self {
        Self::on(self.ground.clone(), people::proving(Self::complete(modules)))
    }

    /// Another machine, on which a data directory lies into which a backup was put: at the time that it is here now. The folder is one
    /// of [`cluster::temporary_folder`] and goes with the process.
    pub async fn put_back(&self, data_dir: PathBuf, modules: Vec<Module>) -> Self {
        let (clock, random) = (Arc::clone(&self.ground.clock), Arc::clone(&self.ground.random));
        let database = database::within(&data_dir).await;
        let ground = Ground::of(database, (data_dir, None), &self.ground.program);
        Self::on(Ground { clock, random, ..ground }, people::proving(Self::complete(modules)))
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

    async fn of(modules: Vec<Module>, program: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let (data_dir, folder) = (folder.path().to_owned(), Some(Arc::new(folder)));
        let database = database::fresh(&modules).await;
        Self::on(Ground::of(database, (data_dir, folder), program), modules)
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
                program: ground.program.clone(),
                data_dir: ground.data_dir.clone(),
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
