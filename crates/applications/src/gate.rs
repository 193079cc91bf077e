//! Whether an application is open to whoever asks: the one place where a switch holds.

use directory::{DepartmentId, Principal, principals};
use kernel::{Actor, App, BoxFuture, Error, MemberId, OrgId, Result, Tx};

use crate::setting::{OpenTo, Setting};
use crate::stored::{known, settings};

/// 403, whoever asks: administrators too work with what they left on.
const OFF: Error = Error::Blocked("applications.off");

/// What the kernel asks before every operation that names an application.
pub fn gate(app: App, key: String, org: OrgId, actor: Actor) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let known = known(&app, org, app.now());
        let is_for_all = |setting: &Setting| setting.open_to == OpenTo::Everybody;
        // Most are open to everybody, and that needs no database.
        if known.is_some_and(|settings| settings.get(&key).is_none_or(is_for_all)) {
            return Ok(());
        }
        let mut tx = app.begin(org, actor).await?;
        // While it is being dissolved only owners come, to take away what they may: nobody is left who could switch it on for them.
        if hosting::dissolves_at(&mut tx).await?.is_none() {
            check(&mut tx, &key).await?;
        }
        tx.commit().await
    })
}

/// `Blocked("applications.off")` when the application is not open to whoever runs the transaction: for what has no
/// operation in the document, such as CardDAV.
pub async fn check(tx: &mut Tx, key: &str) -> Result<()> {
    if is_open(tx, key).await? { Ok(()) } else { Err(OFF) }
}

/// Whether the application is open to whoever runs the transaction: for what shows a part of it among other things.
pub async fn is_open(tx: &mut Tx, key: &str) -> Result<bool> {
    let Some(setting) = settings(tx).await?.get(key).cloned() else { return Ok(true) };
    let departments = if setting.open_to.names_departments() { departments(tx).await? } else { Vec::new() };
    Ok(setting.is_open_in(&departments))
}

/// Whether the application is open to this member, whoever asks.
pub async fn is_open_to(tx: &mut Tx, key: &str, member: MemberId) -> Result<bool> {
    let Some(setting) = settings(tx).await?.get(key).cloned() else { return Ok(true) };
    let departments = if setting.open_to.names_departments() { departments_of(tx, member).await? } else { Vec::new() };
    Ok(setting.is_open_in(&departments))
}

/// Whether the application is open to anybody of the organisation. Whatever collects for it in the background asks this,
/// and catches up by itself once it is (`ORG-12`).
pub async fn is_open_to_anybody(tx: &mut Tx, key: &str) -> Result<bool> {
    Ok(settings(tx).await?.get(key).is_none_or(Setting::is_open_to_anybody))
}

/// Those of whoever runs the transaction, with all above them; a program is in none.
pub async fn departments(tx: &mut Tx) -> Result<Vec<DepartmentId>> {
    let Actor::Member(member) = tx.actor() else { return Ok(Vec::new()) };
    departments_of(tx, member).await
}

async fn departments_of(tx: &mut Tx, member: MemberId) -> Result<Vec<DepartmentId>> {
    let department = |principal| match principal {
        Principal::Department(id) => Some(id),
        _ => None,
    };
    Ok(principals(tx, member).await?.into_iter().filter_map(department).collect())
}
