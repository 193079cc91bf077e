//! A department that is named and is gone: what was decided goes on about the one it went into, or without it.

use directory::events::{DepartmentChanged, DepartmentMerged, PeopleTakenOut};
use directory::{DepartmentId, department_exists};
use kernel::{Result, Subscriber, Tx, subscriber};

use crate::setting::Setting;
use crate::stored;

pub fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber::<DepartmentMerged>("applications.department_merged", |tx, event| {
            Box::pin(async move { replace(tx, event.department, Some(event.into)).await })
        }),
        subscriber::<DepartmentChanged>("applications.department_changed", |tx, event| {
            Box::pin(async move {
                if department_exists(tx, event.department).await? {
                    return Ok(());
                }
                replace(tx, event.department, None).await
            })
        }),
        subscriber::<PeopleTakenOut>("applications.people_taken_out", |tx, event| {
            Box::pin(async move {
                for department in &event.departments {
                    replace(tx, *department, None).await?;
                }
                Ok(())
            })
        }),
    ]
}

/// `only` without a department is open to nobody, as it was to nobody in the one that is gone.
async fn replace(tx: &mut Tx, gone: DepartmentId, with: Option<DepartmentId>) -> Result<()> {
    let all = stored::load(tx).await?;
    let mut named: Vec<_> = all.into_iter().filter(|(_, one)| one.department_ids.contains(&gone)).collect();
    // Always in one order, so that two who change several wait for each other.
    named.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (key, _) in named {
        let before = stored::lock(tx, &key).await?;
        // Somebody decided anew in the meantime.
        if !before.department_ids.contains(&gone) {
            continue;
        }
        let mut after: Vec<_> = before.department_ids.iter().copied().filter(|id| *id != gone).chain(with).collect();
        after.sort_unstable();
        after.dedup();
        let after = Setting { department_ids: after, ..before.clone() };
        stored::write(tx, &key, before, after).await?;
    }
    Ok(())
}
