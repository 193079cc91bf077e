//! After an older database was put back: who was erased since goes again. The key ring tells who that is: it keeps the names of
//! keys it destroyed, and no list of people has to be kept for it.

use directory::{account_of_member, every_organisation, everybody};
use kernel::{AccountId, Actor, App, Bucket, MemberId, OrgId, Result, SystemTx};

use crate::finish;

/// Erases whoever is in the database as if nothing had happened and whose key is destroyed. Before anybody is served; says how
/// many. It can be cut and begun again. Organisations that have no key themselves are gone through by crate `dissolution`.
pub async fn again(app: &App) -> Result<usize> {
    let mut count = 0;
    for org in every_organisation(app).await? {
        if app.vault().is_organisation_destroyed(org.0) {
            continue;
        }
        for (member, account) in erased(app, org).await? {
            finish::at_once(app, org, member, account).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn erased(app: &App, org: OrgId) -> Result<Vec<(MemberId, AccountId)>> {
    let mut tx = app.begin(org, Actor::System).await?;
    let people = everybody(&mut tx).await?;
    tx.commit().await?;
    let buckets: Vec<Bucket> = people.iter().map(|member| Bucket::Member(member.0)).collect();
    let destroyed = app.vault().destroyed(org.0, &buckets)?;
    let mut outside = SystemTx::begin(app).await?;
    let mut erased = Vec::with_capacity(destroyed.len());
    for member in people.into_iter().filter(|member| destroyed.contains(&Bucket::Member(member.0))) {
        if let Some(account) = account_of_member(&mut outside, org, member).await? {
            erased.push((member, account));
        }
    }
    outside.commit().await?;
    Ok(erased)
}
