//! How people come in: by a link, or because an administrator asks for their account.

pub mod accept;
pub mod create;
pub mod decline;
pub mod link;
pub mod list;
pub mod personal;
pub mod revoke;
pub mod show;

use directory::Permission;
use kernel::{MemberId, Result, Tx};

/// Who hears what becomes of a link: those who may see all of them, and whoever made it.
pub(crate) async fn onlookers(tx: &mut Tx, maker: Option<MemberId>) -> Result<Vec<MemberId>> {
    let mut told = directory::holders(tx, Permission::PeopleInvite).await?;
    told.extend(maker.filter(|maker| !told.contains(maker)));
    Ok(told)
}
