//! To whom an application is open, asked by what names people who do not ask themselves: whoever is told of something, or
//! counted.

use std::collections::HashSet;

use directory::{Principal, members_of_principal};
use kernel::{MemberId, Result, Tx};

use crate::setting::OpenTo;
use crate::stored::settings;

/// To whom of the people who are let in an application is open.
pub struct Reach {
    lets_in_named: bool,
    named: HashSet<MemberId>,
}

impl Reach {
    /// Whether it is open to them.
    pub fn has(&self, member: MemberId) -> bool {
        self.named.contains(&member) == self.lets_in_named
    }
}

/// To whom the application is open now.
pub async fn reach(tx: &mut Tx, key: &str) -> Result<Reach> {
    let setting = settings(tx).await?.get(key).cloned();
    let (lets_in_named, departments) = match setting.map(|one| (one.open_to, one.department_ids)) {
        None | Some((OpenTo::Everybody, _)) => (false, Vec::new()),
        Some((OpenTo::Nobody, _)) => (true, Vec::new()),
        Some((OpenTo::Only, departments)) => (true, departments),
        Some((OpenTo::Except, departments)) => (false, departments),
    };
    let mut named = HashSet::new();
    for department in departments {
        named.extend(members_of_principal(tx, Principal::Department(department)).await?);
    }
    Ok(Reach { lets_in_named, named })
}
