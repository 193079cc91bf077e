//! Acts of the operator, on the server's own machine: the operating system decides who may.

use std::fmt::Write;

use anyhow::{Context, ensure};
use backups::Depth;
use kernel::{Actor, App, SystemTx};
use operators::Acting;

use crate::cli::{AdminCommand, AuditCommand, Listed};
use crate::config::{Config, KeyRing, own_url};
use crate::control;
use crate::operate;
use crate::start::{self, Prepared};

/// `tulou admin …`: the running server does it, and where none runs, this program.
pub async fn run(config: &Config, command: AdminCommand) -> anyhow::Result<()> {
    let is_document = operate::is_document(&command);
    if let Some(said) = control::ask(&config.data, &command).await? {
        return operate::print(&said, is_document);
    }
    // Whoever forgot where the data is must not be given a second installation.
    let data = config.data.display();
    ensure!(
        config.key_ring == KeyRing::Bucket || config.data.join("keys").exists(),
        "there is no installation in {data} yet: is that the data directory (--data, TULOU_DATA)? `tulou serve` begins one"
    );
    crate::backup::demand_whole(&config.data)?;
    let public_url = if config.public_url.is_empty() { own_url(config.listen) } else { config.public_url.clone() };
    let Prepared { app, database, .. } = start::prepare(config, &public_url).await?;
    let outcome = act(&app, command).await;
    app.stop().await;
    database.stop().await?;
    operate::print(&outcome?, is_document)
}

/// Does it, and gives what there is to say about it.
pub async fn act(app: &App, command: AdminCommand) -> anyhow::Result<String> {
    match command {
        AdminCommand::SetupCode => {
            let code = Acting::on_the_machine(app).founding_code().await?;
            Ok(format!("{code}\nOpen {}/setup and enter it there.", app.settings().public_url))
        }
        AdminCommand::ResetOwnerPassword { organisation } => {
            let password = identity::reset_owner_password(app, &organisation)
                .await
                .with_context(|| format!("the owner of {organisation} cannot be given a new password"))?;
            Ok(format!(
                "One-time password of the owner: {password}\nIt must be changed at the next sign-in; every other sign-in has ended."
            ))
        }
        AdminCommand::Operator(command) => operate::operator(app, command).await,
        AdminCommand::Organisation(command) => operate::organisation(app, command).await,
        AdminCommand::Verification(command) => operate::verification(app, command).await,
        AdminCommand::Audit(AuditCommand::Verify { organisation, noted }) => {
            crate::audit::verify(app, organisation.as_deref(), noted.as_deref()).await
        }
        AdminCommand::Verify { all } => {
            crate::verify::installation(app, if all { Depth::All } else { Depth::Some }).await
        }
        AdminCommand::Drifts { now } => crate::drifts::say(app, now).await,
        AdminCommand::List(Listed::Organisations) => {
            let mut tx = SystemTx::begin(app).await?;
            let mut list = String::new();
            for org in directory::organisations(&mut tx).await? {
                let mut inside = app.begin(org, Actor::Operator).await?;
                let organisation = directory::organisation(&mut inside).await?;
                writeln!(list, "{org}  {:<24} {}", organisation.slug, organisation.name)?;
            }
            Ok(list.trim_end().to_owned())
        }
    }
}
