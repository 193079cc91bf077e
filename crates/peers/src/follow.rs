//! A department or a group that is on the list and is gone: the one it went into stands there instead, or nothing.

use directory::events::{DepartmentChanged, DepartmentMerged, PeopleTakenOut};
use directory::{Principal, department_exists};
use kernel::{Result, Subscriber, Tx, subscriber};
use people_groups::events::PeopleGroupDeleted;

use crate::speakers::stored;

pub fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber::<DepartmentMerged>("peers.department_merged", |tx, event| {
            Box::pin(async move {
                let into = Some(Principal::Department(event.into));
                replace(tx, Principal::Department(event.department), into).await
            })
        }),
        subscriber::<DepartmentChanged>("peers.department_changed", |tx, event| {
            Box::pin(async move {
                if department_exists(tx, event.department).await? {
                    return Ok(());
                }
                replace(tx, Principal::Department(event.department), None).await
            })
        }),
        subscriber::<PeopleTakenOut>("peers.people_taken_out", |tx, event| {
            Box::pin(async move {
                for department in &event.departments {
                    replace(tx, Principal::Department(*department), None).await?;
                }
                Ok(())
            })
        }),
        subscriber::<PeopleGroupDeleted>("peers.people_group_deleted", |tx, event| {
            Box::pin(async move { replace(tx, Principal::PeopleGroup(event.group), None).await })
        }),
    ]
}

async fn replace(tx: &mut Tx, gone: Principal, with: Option<Principal>) -> Result<()> {
    // Almost always nobody has it on the list, and then nothing is locked.
    if !stored::load(tx).await?.contains(&gone) {
        return Ok(());
    }
    stored::lock(tx).await?;
    let list = stored::load(tx).await?;
    if !list.contains(&gone) {
        return Ok(());
    }
    let added: Vec<Principal> = with.into_iter().filter(|one| !list.contains(one)).collect();
    stored::write(tx, &added, &[gone]).await
}
