//! Who may keep the directory in line, and who may let programs do it.

use directory::{Permission, Permitted};
use kernel::{Error, Result, Tx};

/// Somebody, or a program, who may change something of people or departments. What exactly, each row proves.
pub struct Provisioner(());

impl Provisioner {
    /// Who holds one of the permissions an upsert may need, for anything at all.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let any = [
            Permission::DepartmentsManage,
            Permission::PeopleAdd,
            Permission::PeopleEdit,
            Permission::PeoplePlace,
            Permission::PeopleSuspend,
        ];
        for permission in any {
            match Permitted::load(tx, permission).await {
                Ok(_) => return Ok(Self(())),
                Err(Error::Forbidden) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Forbidden)
    }
}
