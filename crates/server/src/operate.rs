//! `tulou admin operator`, `organisation` and `verification`: what the operator's console does, on the server's own machine.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use directory::Edition;
use hosting::Limits;
use kernel::{Actor, App, OrgId};
use operators::Acting;
use serde_json::json;
use verification::{Asked, DisclosedKind, RecordDisclosure, VerificationState};

use crate::cli::{AdminCommand, Most, OperatorCommand, OrganisationCommand, VerificationCommand};

const GIB: i64 = 1 << 30;

/// A document is no text: the server says it in Base64, and it is written as it was.
pub fn is_document(command: &AdminCommand) -> bool {
    matches!(command, AdminCommand::Verification(VerificationCommand::Document { .. }))
}

/// What came of a command.
pub fn print(said: &str, is_document: bool) -> anyhow::Result<()> {
    if is_document {
        std::io::stdout().write_all(&STANDARD.decode(said)?)?;
    } else {
        println!("{said}");
    }
    Ok(())
}

pub async fn operator(app: &App, command: OperatorCommand) -> anyhow::Result<String> {
    match command {
        OperatorCommand::Add { name } => {
            let password = operators::add(app, &name).await.context("the operator cannot be added")?;
            let address = format!("{}/operator", app.settings().public_url);
            Ok(format!("One-time password: {password}\nSign in at {address} within 14 days; it must be changed there."))
        }
        OperatorCommand::List => {
            let mut list = String::new();
            for operator in operators::all(app).await? {
                let state = if operator.expires_at.is_some() { "has a one-time password" } else { "" };
                let since = operator.created_at.format("%Y-%m-%d");
                writeln!(list, "{}  {:<24} {since}  {state}", operator.id, operator.name)?;
            }
            Ok(or_nothing(&list, "There is no operator: `tulou admin operator add NAME` adds one."))
        }
        OperatorCommand::Remove { name } => {
            operators::remove(app, &name).await.with_context(|| format!("{name} cannot be removed"))?;
            Ok(format!("{name} is removed; what they had open has ended."))
        }
        OperatorCommand::Log => {
            let mut list = String::new();
            for done in operators::log(app).await? {
                let id = done.operator.map(|id| id.to_string()).or_else(|| done.about.map(|id| id.to_string()));
                let who = done.name.or(id).unwrap_or_default();
                let (at, from) = (done.at.format("%Y-%m-%d %H:%M:%S"), done.address.unwrap_or_default());
                let line = format!("{at}  {:<20} {who:<24} {from}", done.act.words());
                writeln!(list, "{}", line.trim_end())?;
            }
            Ok(or_nothing(&list, "Nothing was done in the last 180 days."))
        }
    }
}

pub async fn organisation(app: &App, command: OrganisationCommand) -> anyhow::Result<String> {
    let acting = Acting::on_the_machine(app);
    match command {
        OrganisationCommand::Suspend { organisation, reason } => {
            let failed = || format!("{organisation} cannot be suspended");
            acting.suspend(&organisation, &reason).await.with_context(failed)?;
            Ok(format!("{organisation} is suspended; what its people had open has ended."))
        }
        OrganisationCommand::Resume { organisation } => {
            let failed = || format!("{organisation} cannot be resumed");
            acting.resume(&organisation).await.with_context(failed)?;
            Ok(format!("{organisation} is open again."))
        }
        OrganisationCommand::Limit { organisation, people, storage_gib } => {
            let change = |before: Limits| Limits {
                most_people: people.map_or(before.most_people, Most::limit),
                most_bytes: storage_gib.map_or(before.most_bytes, |most| most.limit().map(|gib| i64::from(gib) * GIB)),
            };
            let failed = || format!("{organisation} cannot be limited");
            let after = acting.change_limits(&organisation, change).await.with_context(failed)?;
            let people = after.most_people.map_or_else(no_limit, |most| most.to_string());
            let storage = after.most_bytes.map_or_else(no_limit, gib);
            Ok(format!("{organisation}: people {people}, storage {storage}"))
        }
        OrganisationCommand::Certificate { organisation } => certificate(app, &organisation).await,
    }
}

/// Of an organisation that is gone: it has no name any more, and nobody in it who could ask.
async fn certificate(app: &App, organisation: &str) -> anyhow::Result<String> {
    let org: OrgId = organisation.parse().context("an organisation that is gone is named by its id")?;
    let mut tx = app.begin(org, Actor::Operator).await?;
    let certificate = receipts::certificate_of_end(&mut tx).await?;
    let certificate = certificate.with_context(|| format!("there is no receipt of the end of {organisation}"))?;
    Ok(serde_json::to_string_pretty(&certificate)?)
}

pub async fn verification(app: &App, command: VerificationCommand) -> anyhow::Result<String> {
    let acting = Acting::on_the_machine(app);
    match command {
        VerificationCommand::List => list(app, &acting).await,
        VerificationCommand::Show { organisation } => show(&acting, &organisation).await,
        VerificationCommand::Document { organisation, number } => {
            let documents = acting.asked(&organisation).await.with_context(|| organisation.clone())?.documents;
            let index = number.checked_sub(1).context("documents are counted from 1")?;
            let document = documents.get(index).with_context(|| format!("{organisation} has no document {number}"))?;
            Ok(STANDARD.encode(acting.open_document(&organisation, document.id).await?.bytes))
        }
        VerificationCommand::Verify { organisation } => {
            let failed = || format!("{organisation} cannot be verified");
            acting.verify(&organisation, &Edition::any()).await.with_context(failed)?;
            Ok(format!("{organisation} is verified."))
        }
        VerificationCommand::Refuse { organisation, reason } => {
            let failed = || format!("{organisation} cannot be refused");
            acting.refuse(&organisation, &Edition::any(), &reason).await.with_context(failed)?;
            Ok(format!("{organisation} is refused; it reads why."))
        }
        VerificationCommand::Disclose { organisation, to, ground, what, on, corrects } => {
            let kinds: Vec<DisclosedKind> =
                serde_json::from_value(json!(what)).context("claim, documents or contact")?;
            let disclosure = RecordDisclosure { recipient: to, ground, kinds, disclosed_on: on, corrects };
            let failed = || format!("nothing is written down for {organisation}");
            acting.record_disclosure(&organisation, disclosure).await.with_context(failed)?;
            Ok(format!("Written down; {organisation} reads it under Verification."))
        }
    }
}

fn no_limit() -> String {
    "no limit".to_owned()
}

/// The console takes bytes as exactly as it is told.
fn gib(bytes: i64) -> String {
    if bytes % GIB == 0 { format!("{} GiB", bytes / GIB) } else { format!("{bytes} bytes") }
}

async fn list(app: &App, acting: &Acting) -> anyhow::Result<String> {
    let mut list = String::new();
    for org in directory::organisations(&mut kernel::SystemTx::begin(app).await?).await? {
        let (mut tx, by) = acting.enter(&org.to_string()).await?;
        if verification::state(&mut tx).await? != VerificationState::Asked {
            continue;
        }
        let Asked { claim, asked_at, .. } = verification::asked(&mut tx, &by).await?;
        let (Some(claim), Some(at)) = (claim, asked_at) else { continue };
        let slug = directory::organisation(&mut tx).await?.slug;
        writeln!(list, "{slug:<24} {}  {}", at.format("%Y-%m-%d %H:%M"), claim.legal_name)?;
    }
    Ok(or_nothing(&list, "No organisation waits for a decision."))
}

async fn show(acting: &Acting, organisation: &str) -> anyhow::Result<String> {
    let asked = acting.asked(organisation).await.with_context(|| organisation.to_owned())?;
    let (mut tx, _) = acting.enter(organisation).await?;
    let named = directory::organisation(&mut tx).await?;
    drop(tx);
    let state = match asked.state {
        VerificationState::None => "has not asked",
        VerificationState::Asked => "asks to be verified",
        VerificationState::Verified => "is verified",
        VerificationState::Refused => "is refused",
    };
    let mut text = format!("{} {state}\nName: {}\n", named.slug, named.name);
    if let Some(claim) = asked.claim {
        writeln!(text, "Legal name: {}\nRegistration number: {}", claim.legal_name, claim.registration_number)?;
    }
    if let Some(reason) = asked.reason {
        writeln!(text, "Reason: {reason}")?;
    }
    for (number, document) in asked.documents.iter().enumerate() {
        writeln!(text, "{}. {} ({}, {} bytes)", number + 1, document.name, document.media_type, document.size)?;
    }
    for one in asked.disclosures {
        let (on, to, ground, id) = (one.disclosed_on, one.recipient, one.ground, one.id);
        let what = one.kinds.into_iter().map(kind).collect::<Vec<_>>().join(", ");
        let corrects = one.corrects.map_or_else(String::new, |earlier| format!(", corrects {earlier}"));
        writeln!(text, "Disclosed on {on} to {to}: {ground}; {what} ({id}{corrects})")?;
    }
    Ok(text.trim_end().to_owned())
}

/// As `--what` says it.
fn kind(kind: DisclosedKind) -> &'static str {
    match kind {
        DisclosedKind::Claim => "claim",
        DisclosedKind::Documents => "documents",
        DisclosedKind::Contact => "contact",
    }
}

fn or_nothing(list: &str, nothing: &str) -> String {
    if list.is_empty() { nothing.to_owned() } else { list.trim_end().to_owned() }
}
