//! What a module brings that can be handed over: the whole of the contract.

use std::sync::Arc;

use directory::Principal;
use kernel::{BoxFuture, Error, MemberId, Result, Tx};
use uuid::Uuid;

use crate::policy::Passing;

/// A kind of things that somebody has in an organisation and somebody else may have instead.
pub struct Kind {
    /// `domain.noun`, stable: `chat.group`.
    pub name: &'static str,
    /// What of it the member has now, as far as whoever runs the transaction may know.
    pub things: for<'a> fn(&'a mut Tx, MemberId) -> BoxFuture<'a, Result<Vec<Thing>>>,
    /// Gives the thing to the successor: all of it, or an error and the transaction is dropped. Checks what it needs besides
    /// the proof, and that the member still has it.
    pub pass: for<'a> fn(&'a mut Tx, &'a Passing) -> BoxFuture<'a, Result<()>>,
}

/// One thing somebody has.
#[derive(Debug, Clone)]
pub struct Thing {
    /// Which one of its kind.
    pub id: Uuid,
    /// What it is called, where it has a name of its own.
    pub name: Option<String>,
    /// The department it is about.
    pub department: Option<directory::DepartmentId>,
    /// The role it is.
    pub role: Option<directory::RoleId>,
    /// How many it is, when it is several in one.
    pub count: Option<i64>,
    /// Whoever was let in under one of these names may have it. Nobody: it can only stay as it is.
    pub candidates: Vec<Principal>,
    /// Who is nearest; `None` when the kind does not know better than the directory.
    pub proposed: Option<MemberId>,
    /// Whether whoever runs the transaction may hand it over, apart from to whom.
    pub can_pass: bool,
}

/// All kinds there are.
#[derive(Clone)]
pub struct Kinds(Arc<[Kind]>);

impl Kinds {
    pub(crate) fn of(kinds: Vec<Kind>) -> Self {
        Self(kinds.into())
    }

    /// Everything the member has, kind by kind.
    pub(crate) async fn things(&self, tx: &mut Tx, member: MemberId) -> Result<Vec<(&'static str, Thing)>> {
        let mut all = Vec::new();
        for kind in self.0.iter() {
            let things = (kind.things)(tx, member).await?;
            all.extend(things.into_iter().map(|thing| (kind.name, thing)));
        }
        Ok(all)
    }

    pub(crate) fn named(&self, name: &str) -> Result<&Kind> {
        self.0.iter().find(|kind| kind.name == name).ok_or(Error::Invalid { field: "kind", why: "unknown" })
    }
}
