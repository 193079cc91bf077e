//! Who may keep the directory in line, and who may let programs do it.

use directory::{Permission, Permitted};
use kernel::{Error, Result, Tx};

/// What an upsert may need.
const WRITES: [Permission; 6] = [
    Permission::DepartmentsManage,
    Permission::PeopleAdd,
    Permission::PeopleEdit,
    Permission::PeoplePlace,
    Permission::PeopleSuspend,
    Permission::PeopleRemove,
];

/// Somebody, or a program, who may change something of people or departments. What exactly, each row proves.
pub struct Provisioner(());

impl Provisioner {
    /// Who holds one of the permissions an upsert may need, for anything at all.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        check_any(tx, &WRITES).await.map(Self)
    }
}

/// Somebody, or a program, who may know which fields people have; what of them, the directory says.
pub struct FieldReader(());

impl FieldReader {
    /// Who follows people, or writes them.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let any: Vec<Permission> = [Permission::PeopleSee].into_iter().chain(WRITES).collect();
        check_any(tx, &any).await.map(Self)
    }
}

async fn check_any(tx: &mut Tx, any: &[Permission]) -> Result<()> {
    for permission in any {
        match Permitted::load(tx, *permission).await {
            Ok(_) => return Ok(()),
            Err(Error::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Forbidden)
}
