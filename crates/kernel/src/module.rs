//! What a domain hands to the server, and what the kernel makes of all of them.

use std::collections::BTreeMap;

use sqlx::migrate::Migrator;
use utoipa_axum::router::OpenApiRouter;

use crate::http::{Authenticate, AuthenticateService, Gate};
use crate::job::Job;
use crate::socket::{Channel, OnAttach};
use crate::subscriber::Subscriber;
use crate::{App, Error, OrgId, Recorded, Result};

/// A domain: everything the server needs of it.
pub struct Module {
    /// The crate, the schema, the tag.
    pub name: &'static str,
    /// Operations; for signed-in members unless listed in `public_routes`.
    pub routes: OpenApiRouter<App>,
    /// Operations anybody may call, each with the reason why. The list may only shrink.
    pub public_routes: &'static [(&'static str, &'static str)],
    /// Codes of what a caller may have to do before an organisation is open to them: `Caller::must` is one of them.
    pub demands: &'static [&'static str],
    /// The schema's history.
    pub migrations: Migrator,
    /// The text of `data_map.toml`.
    pub data_map: &'static str,
    /// Reactions to events.
    pub subscribers: Vec<Subscriber>,
    /// Work in the background.
    pub jobs: Vec<Job>,
    /// Kinds of socket frames.
    pub channels: Vec<Channel>,
    /// What happens when a socket has been let in.
    pub on_attach: Option<OnAttach>,
    /// Told on every node of every event of the organisations that have windows there, in order; it must not wait.
    pub heard: Option<fn(&App, OrgId, &Recorded)>,
    /// Tasks that live as long as the program.
    pub start: Option<fn(&App)>,
    /// Who is calling; exactly one module knows.
    pub authenticate: Option<Authenticate>,
    /// Which program is calling; exactly one module knows.
    pub services: Option<AuthenticateService>,
    /// Whether what can be switched off is open to somebody; exactly one module knows.
    pub gate: Option<Gate>,
}

impl Module {
    /// A module with routes, a schema and a data map, and nothing else.
    pub fn new(name: &'static str, routes: OpenApiRouter<App>, migrations: Migrator, data_map: &'static str) -> Self {
        Self {
            name,
            routes,
            public_routes: &[],
            demands: &[],
            migrations,
            data_map,
            subscribers: Vec::new(),
            jobs: Vec::new(),
            channels: Vec::new(),
            on_attach: None,
            heard: None,
            start: None,
            authenticate: None,
            services: None,
            gate: None,
        }
    }
}

/// The kernel's own tables and chores.
pub fn module() -> Module {
    Module {
        jobs: crate::chores::jobs(),
        ..Module::new("kernel", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}

/// The one history of the schemas: the migrations of all modules, by version.
pub fn migrator(modules: &[Module]) -> Migrator {
    let mut all: Vec<_> = modules.iter().flat_map(|m| m.migrations.iter().cloned()).collect();
    all.sort_by_key(|m| m.version);
    Migrator { migrations: all.into(), ..Migrator::DEFAULT }
}

/// The composed data map of these modules.
pub fn data_map(modules: &[Module]) -> Result<data_map::DataMap> {
    let parts: Vec<_> = modules.iter().map(|module| (module.name, module.data_map)).collect();
    Ok(data_map::compose(&parts)?)
}

/// What the modules registered, by what it is asked for.
#[derive(Default)]
pub(crate) struct Registry {
    pub subscribers: Vec<Subscriber>,
    pub jobs: BTreeMap<&'static str, Job>,
    pub channels: BTreeMap<&'static str, Channel>,
    pub on_attach: Vec<OnAttach>,
    pub heard: Vec<fn(&App, OrgId, &Recorded)>,
    pub starts: Vec<fn(&App)>,
    pub authenticate: Option<Authenticate>,
    pub services: Option<AuthenticateService>,
    pub gate: Option<Gate>,
    pub data_map: data_map::DataMap,
    pub names: Vec<&'static str>,
}

impl Registry {
    /// Takes everything but the routes out of the modules.
    pub fn take(modules: &mut [Module]) -> Result<Self> {
        let mut registry = Self { data_map: data_map(modules)?, ..Self::default() };
        for module in modules {
            registry.names.push(module.name);
            registry.subscribers.append(&mut module.subscribers);
            registry.jobs.extend(module.jobs.drain(..).map(|job| (job.name, job)));
            registry.channels.extend(module.channels.drain(..).map(|channel| (channel.name, channel)));
            registry.on_attach.extend(module.on_attach);
            registry.heard.extend(module.heard);
            registry.starts.extend(module.start);
            registry.authenticate = registry.authenticate.or(module.authenticate);
            registry.services = registry.services.or(module.services);
            registry.gate = registry.gate.or(module.gate);
        }
        Ok(registry)
    }

    pub fn job(&self, name: &str) -> Result<&Job> {
        self.jobs.get(name).ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no job {name}")))
    }
}

impl App {
    /// The composed data map.
    pub fn data_map(&self) -> &data_map::DataMap {
        &self.registry().data_map
    }

    /// The modules that are there, in the order of the list.
    pub fn modules(&self) -> &[&'static str] {
        &self.registry().names
    }

    /// The channel of this name.
    pub fn channel(&self, name: &str) -> Option<Channel> {
        self.registry().channels.get(name).copied()
    }

    /// Lets a socket follow what its member may follow, in every module.
    pub async fn attached(&self, socket: &std::sync::Arc<crate::Socket>) -> Result<()> {
        for on_attach in &self.registry().on_attach {
            on_attach(self.clone(), std::sync::Arc::clone(socket)).await?;
        }
        Ok(())
    }
}
