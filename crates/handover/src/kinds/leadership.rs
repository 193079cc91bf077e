//! Departments that are led, from inside or from outside.

use directory::{DepartmentId, ManageableDepartment, Permission, Permitted, Principal};
use kernel::{BoxFuture, Error, MemberId, Result, Tx};

use crate::kind::{Kind, Thing};
use crate::policy::Passing;

/// Departments somebody leads.
pub fn leadership() -> Kind {
    Kind { name: "directory.leadership", things, pass }
}

fn things(tx: &mut Tx, member: MemberId) -> BoxFuture<'_, Result<Vec<Thing>>> {
    Box::pin(async move {
        let mut things = Vec::new();
        for department in directory::led_by(tx, member).await? {
            things.push(Thing {
                id: department.0,
                name: None,
                department: Some(department),
                role: None,
                count: None,
                candidates: vec![Principal::Everyone],
                proposed: None,
                can_pass: may_manage(tx, department).await?,
            });
        }
        Ok(things)
    })
}

async fn may_manage(tx: &mut Tx, department: DepartmentId) -> Result<bool> {
    let by = match Permitted::load(tx, Permission::DepartmentsManage).await {
        Ok(by) => by,
        Err(Error::Forbidden) => return Ok(false),
        Err(error) => return Err(error),
    };
    match by.check_places(tx, &[department]).await {
        Ok(()) => Ok(true),
        Err(Error::Forbidden) => Ok(false),
        Err(error) => Err(error),
    }
}

fn pass<'a>(tx: &'a mut Tx, passing: &'a Passing) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let managed = ManageableDepartment::load(tx, DepartmentId(passing.thing())).await?;
        directory::pass_lead(tx, &managed, passing.from(), passing.to()).await
    })
}
