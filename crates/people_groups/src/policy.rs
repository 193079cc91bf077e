//! Who manages groups of people, and who sees one.

use directory::{FieldRules, PeopleGroupId, Permission, Permitted};
use kernel::{Error, Result, Tx};

use crate::model::PeopleGroupCan;
use crate::rule::is_for_everyone;
use crate::stored::{self, Stored};

/// Somebody who puts groups together.
pub struct Manager(());

impl Manager {
    /// Who manages the departments of the whole organisation and sees everybody in it: a rule asks about everybody.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let by = Permitted::everywhere(tx, Permission::DepartmentsManage).await?;
        if by.also_holds(Permission::PeopleSee) { Ok(Self(())) } else { Err(Error::Forbidden) }
    }
}

/// How the caller stands to groups.
pub struct Reader {
    /// Whether they manage them.
    pub manages: bool,
    /// What holds for the fields that rules name.
    pub fields: FieldRules,
}

impl Reader {
    /// Whoever manages groups sees all of them; everybody else those that are shown and whose rule names no field that not
    /// everybody sees: who is in one would tell what stands there (`DIR-03`).
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let manages = match Manager::load(tx).await {
            Ok(_) => true,
            Err(Error::Forbidden) => false,
            Err(other) => return Err(other),
        };
        Ok(Self { manages, fields: FieldRules::load(tx).await? })
    }

    /// Whether they see the group and who is in it.
    pub fn sees(&self, group: &Stored) -> bool {
        let written = &group.written;
        self.manages || (written.is_shown && is_for_everyone(&self.fields, &written.made_by))
    }

    /// What they may do to a group they see.
    pub fn can(&self) -> PeopleGroupCan {
        PeopleGroupCan { edit: self.manages }
    }
}

/// A group the caller sees.
pub struct VisibleGroup {
    /// How they stand to it.
    pub reader: Reader,
    /// The group.
    pub group: Stored,
}

impl VisibleGroup {
    /// `NotFound` when there is none that the caller sees.
    pub async fn load(tx: &mut Tx, id: PeopleGroupId) -> Result<Self> {
        let reader = Reader::load(tx).await?;
        let group = stored::one(tx, id).await?;
        if reader.sees(&group) { Ok(Self { reader, group }) } else { Err(Error::NotFound("people_group")) }
    }
}
