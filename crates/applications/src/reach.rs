//! To whom an application is open, asked by what names people who do not ask themselves: whoever is told of something, or
//! counted.

use std::collections::HashSet;

use directory::{Principal, members_of_principal};
use kernel::{MemberId, Result, Tx};

use crate::setting::Setting;
use crate::stored::settings;

/// To whom of the people who are let in an application is open.
pub struct Reach {
    setting: Setting,
    /// Whoever is in one of its departments or below it.
    named: HashSet<MemberId>,
}

impl Reach {
    /// Whether it is open to them.
    pub fn has(&self, member: MemberId) -> bool {
        self.setting.is_open_when(self.named.contains(&member))
    }
}

/// To whom the application is open now.
pub async fn reach(tx: &mut Tx, key: &str) -> Result<Reach> {
    let setting = settings(tx).await?.get(key).cloned().unwrap_or(Setting::usual());
    let mut named = HashSet::new();
    for department in &setting.department_ids {
        named.extend(members_of_principal(tx, Principal::Department(*department)).await?);
    }
    Ok(Reach { setting, named })
}
