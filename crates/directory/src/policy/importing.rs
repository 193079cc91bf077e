//! Who brings lists of people in, and what of what they say they may.

use access::{Belonging, Holder, Holdings, Lineage, Permission, Sight, Vantage};
use import_plans::{MayHang, Placement};
use kernel::{Error, MemberId, Result, Tx};

use super::Acting;
use crate::departments::tree;
use crate::model::DepartmentId;
use crate::people::person::Person;
use crate::roles::holding;

/// Somebody who brings lists of people in.
pub struct Importer {
    acting: Acting,
    may_move: bool,
    /// Whether they may hang departments elsewhere: that may let people out of a hidden or limited one.
    may_hang: bool,
    /// Below these they hang nothing that is not there already: they lead them.
    closed: Vec<DepartmentId>,
    /// Where they see more of others: nobody else is brought there.
    vantage: Vantage,
    /// How far they see: nobody whose password they make sees more.
    sight: Sight,
}

impl Importer {
    /// Who may import for the whole organisation, and everything an import does.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let acting = Acting::load(tx).await?;
        let everywhere = acting.holdings.everywhere();
        let needed = [
            Permission::PeopleImport,
            Permission::PeopleAdd,
            Permission::PeopleEdit,
            Permission::PeoplePlace,
            Permission::DepartmentsManage,
        ];
        if !needed.into_iter().all(|permission| everywhere.has(permission)) {
            return Err(Error::Forbidden);
        }
        // Whoever is moved is handed to those who look after the new place: one holds all that anybody was given for places.
        let given = holding::delegated(tx).await?;
        tx.rest_on(Permission::PeopleImport.name());
        let may_move = given.iter().all(|held| held.permissions.without(everywhere).is_empty());
        let may_hang = may_move && (acting.organisation_can().edit || !tree::hides(tx).await?);
        let (closed, vantage) = (acting.closed(tx).await?, acting.vantage(tx).await?);
        let sight = acting.sight(tx, &vantage).await?;
        Ok(Self { acting, may_move, may_hang, closed, vantage, sight })
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.acting.id
    }

    /// What follows rests on the right to import again, whatever it rested on meanwhile.
    pub fn rest_on(&self, tx: &mut Tx) {
        tx.rest_on(Permission::PeopleImport.name());
    }

    /// What they may hang elsewhere.
    pub(crate) fn hangs(&self) -> MayHang<'_> {
        MayHang { anything: self.may_hang, closed: &self.closed }
    }

    /// Whether they may move people and departments that are here.
    pub(crate) fn may_move(&self) -> bool {
        self.may_move
    }

    /// Whether they may have somebody be there who was elsewhere: see [`Acting::check_belonging`].
    pub(crate) fn may_place(&self, who: MemberId, before: &Placement, after: &Placement) -> bool {
        let (before, after) = (Belonging::from(before), Belonging::from(after));
        let is_let_see = self.acting.check_sight_of(who, &self.sight, &before, &after).is_ok();
        is_let_see && self.acting.check_belonging(who, &before, &after).is_ok()
    }

    /// Whether they may have somebody come, and be there.
    pub(crate) fn may_add(&self, there: &Placement) -> bool {
        !self.sight.is_exceeded(&Belonging::default(), &there.into())
    }

    /// Whether they may have somebody be in these departments who was in those, of those that are here already: see
    /// [`Acting::check_brought`].
    pub(crate) fn may_bring(&self, who: MemberId, before: &[DepartmentId], after: &[DepartmentId]) -> bool {
        self.acting.check_brought(who, &self.vantage, (before, after)).is_ok()
    }

    /// Whether they may have somebody lead what they do not lead.
    pub(crate) fn may_lead(&self, who: MemberId) -> bool {
        self.may_have_new_lead() && (who != self.acting.id || self.acting.opens)
    }

    /// Whether they may have somebody lead who comes with the list.
    pub(crate) fn may_have_new_lead(&self) -> bool {
        self.sight.led.is_none()
    }

    /// Whether they may have somebody leave who holds this.
    pub(crate) fn may_remove(&self, person: &Person, theirs: Option<&Holdings>, lineage: &Lineage) -> bool {
        let nothing = Holdings::default();
        let target = Holder { id: person.id, holdings: theirs.unwrap_or(&nothing), places: &person.department_ids };
        access::may_act(&self.acting.holder(), Permission::PeopleRemove, &target, lineage).is_ok()
    }

    /// Whether they may change somebody who holds this.
    pub(crate) fn may_change(&self, theirs: Option<&Holdings>, lineage: &Lineage) -> bool {
        theirs.is_none_or(|theirs| self.acting.holdings.hold_all_of(theirs, lineage))
    }
}
