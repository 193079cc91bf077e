//! Whether somebody is seen as an administrator: the built-in roles, as a profile names them.

use access::Scope;
use kernel::{Error, Result, Tx};

use super::give::check;
use super::take;
use super::written;
use crate::model::Role;
use crate::people::person::Person;
use crate::policy::Acting;

/// Gives or takes the role behind it. Owners are made and unmade by two: `Conflict` for whoever owns, `Forbidden` for
/// everybody else.
pub(crate) async fn change(tx: &mut Tx, person: &Person, to: Role) -> Result<()> {
    let acting = Acting::load(tx).await?;
    if person.role == Role::Owner || to == Role::Owner {
        let owns = acting.holdings.has(access::Permission::OrganisationOwn);
        return Err(if owns { Error::Conflict("directory.owner_needs_second") } else { Error::Forbidden });
    }
    // Checked for either way below.
    tx.rest_on(access::Permission::RolesGive.name());
    if let Some(role) = to.built_in() {
        check(tx, &acting, person, role.id(), None).await?.map_err(|_| Error::Forbidden)?;
        written::insert(tx, person.id, role.id(), None).await?;
    }
    if let Some(role) = person.role.built_in() {
        take::check(tx, &acting, person).await?;
        for grant in written::grants(tx, Some(role.id()), Some(&[person.id])).await? {
            debug_assert_eq!(Scope::from(grant.department_id), Scope::Organisation);
            written::delete(tx, &grant).await?;
        }
    }
    Ok(())
}
