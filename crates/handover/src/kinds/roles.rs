//! Roles, each for its department or for the whole organisation.

use directory::{HeldRole, Principal, RoleGrantId};
use kernel::{BoxFuture, Error, MemberId, Result, Tx};

use crate::kind::{Kind, Thing};
use crate::policy::Passing;

/// Roles besides the owner's, which two give and take.
pub fn roles() -> Kind {
    Kind { name: "directory.role", things, pass }
}

fn things(tx: &mut Tx, member: MemberId) -> BoxFuture<'_, Result<Vec<Thing>>> {
    Box::pin(async move {
        let held = directory::roles_of(tx, member).await?;
        let thing = |held: HeldRole| Thing {
            id: held.id.0,
            name: None,
            department: held.department,
            role: Some(held.role),
            count: None,
            candidates: vec![Principal::Everyone],
            proposed: None,
            can_pass: held.can_pass,
        };
        Ok(held.into_iter().map(thing).collect())
    })
}

fn pass<'a>(tx: &'a mut Tx, passing: &'a Passing) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        // By the rule for giving: nothing one does not hold, and nothing to oneself.
        if tx.member()? == passing.to() {
            return Err(Error::Forbidden);
        }
        directory::pass_role(tx, RoleGrantId(passing.thing()), passing.to()).await
    })
}
