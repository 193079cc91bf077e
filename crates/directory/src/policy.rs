//! Proofs of who may do what to the organisation and its people: keys that only this file can cut, by the rule of the crate
//! `access` and by where people stand.

mod turning;

pub use self::turning::{OverseenMember, ResettableMember, TurnableMember};

use access::{Held, Holder, Holdings, Lineage, Permission, Refusal, State};
use kernel::{Actor, Error, MemberId, Result, Tx};

use crate::departments::tree;
use crate::model::DepartmentId;
use crate::organisation::show::OrganisationCan;
use crate::people::person::{self, Person};
use crate::roles::holding::{self, scopes};

/// Somebody who is active here, changing what is their own.
pub struct Myself(Person);

impl Myself {
    /// Everybody who is active here has a profile of their own.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let me = tx.member()?;
        person::lock(tx, me).await?;
        let person = person::load(tx, me).await?;
        if person.state == State::Active { Ok(Self(person)) } else { Err(Error::Forbidden) }
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0
    }
}

/// Who is calling, what they hold, and where they are.
#[derive(Debug, Clone)]
pub(crate) struct Acting {
    pub id: MemberId,
    pub holdings: Holdings,
    pub places: Vec<DepartmentId>,
}

impl Acting {
    /// A member, or a program that a member lent rights to: it holds what of them the member still holds. Whoever is neither
    /// is `Forbidden`; whoever is not active holds nothing.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let Actor::Application(token) = tx.actor() else {
            let me = tx.member()?;
            return Self::of(tx, me).await;
        };
        let lent = tokens::lent(tx, token).await?.ok_or(Error::Forbidden)?;
        let maker = Self::of(tx, lent.maker).await?;
        let scopes: Vec<_> = scopes(&Holdings::of(lent.held.iter().copied())).collect();
        let lineage = holding::lineage(tx, scopes).await?;
        Ok(Self { holdings: maker.holdings.narrowed(&lent.held, &lineage), ..maker })
    }

    async fn of(tx: &mut Tx, me: MemberId) -> Result<Self> {
        let found: Option<(State, Vec<DepartmentId>)> = sqlx::query_as(
            "select m.state, array(select d.department_id from directory.department_member d where d.member_id = m.id)
             from directory.member m where m.id = $1",
        )
        .bind(me)
        .fetch_optional(tx.db())
        .await?;
        let (state, places) = found.ok_or(Error::Forbidden)?;
        let held = if state == State::Active { holding::holdings(tx, &[me]).await?.remove(&me) } else { None };
        Ok(Self { id: me, holdings: held.unwrap_or_default(), places })
    }

    pub fn holder(&self) -> Holder<'_> {
        Holder { id: self.id, holdings: &self.holdings, places: &self.places }
    }

    /// What they may do to the organisation itself.
    pub fn organisation_can(&self) -> OrganisationCan {
        let has = |permission| self.holdings.everywhere().has(permission);
        OrganisationCan { edit: has(Permission::OrganisationEdit), edit_periods: has(Permission::ContentRetention) }
    }
}

/// An active person who holds a permission.
pub struct Permitted {
    acting: Acting,
    permission: Permission,
}

impl Permitted {
    /// Who holds the permission for anything at all; for what, [`Permitted::check_places`] says.
    pub async fn load(tx: &mut Tx, permission: Permission) -> Result<Self> {
        let acting = Acting::load(tx).await?;
        if !acting.holdings.has(permission) {
            return Err(Error::Forbidden);
        }
        tx.rest_on(permission.name());
        Ok(Self { acting, permission })
    }

    /// Who holds the permission for the whole organisation.
    pub async fn everywhere(tx: &mut Tx, permission: Permission) -> Result<Self> {
        let by = Self::load(tx, permission).await?;
        if by.holds_everywhere() { Ok(by) } else { Err(Error::Forbidden) }
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.acting.id
    }

    /// Whether they hold it for the whole organisation.
    pub fn holds_everywhere(&self) -> bool {
        self.acting.holdings.everywhere().has(self.permission)
    }

    /// Whether they hold this one too, for the whole organisation.
    pub fn also_holds(&self, permission: Permission) -> bool {
        self.acting.holdings.everywhere().has(permission)
    }

    /// `Forbidden` unless they may lend this to a program (crate `access`).
    pub async fn check_lends(&self, tx: &mut Tx, lent: &[Held]) -> Result<()> {
        let lineage = holding::lineage(tx, scopes(&Holdings::of(lent.iter().copied())).collect::<Vec<_>>()).await?;
        access::may_lend(&self.acting.holder(), lent, &lineage).map_err(|_| Error::Forbidden)
    }

    /// `Forbidden` unless they hold it for each of these departments; for the whole organisation when there are none.
    pub async fn check_places(&self, tx: &mut Tx, places: &[DepartmentId]) -> Result<()> {
        let lineage = holding::lineage(tx, places.iter().copied()).await?;
        if self.acting.holdings.reach(self.permission, places, &lineage) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Those of these departments for which they hold it, in the same order.
    pub async fn reached(&self, tx: &mut Tx, mut places: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
        let lineage = holding::lineage(tx, places.iter().copied()).await?;
        places.retain(|place| self.acting.holdings.reach(self.permission, &[*place], &lineage));
        Ok(places)
    }

    pub(crate) fn acting(&self) -> &Acting {
        &self.acting
    }
}

/// Somebody who brings lists of people in.
pub struct Importer {
    acting: Acting,
    may_move: bool,
    /// Whether they may hang departments elsewhere: that may let people out of a hidden one.
    pub(crate) may_hang: bool,
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
        Ok(Self { acting, may_move, may_hang })
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.acting.id
    }

    /// What follows rests on the right to import again, whatever it rested on meanwhile.
    pub fn rest_on(&self, tx: &mut Tx) {
        tx.rest_on(Permission::PeopleImport.name());
    }

    /// Whether they may move people and departments that are here.
    pub(crate) fn may_move(&self) -> bool {
        self.may_move
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

/// Somebody who changes something of the organisation itself.
pub struct OrganisationEditor(OrganisationCan);

impl OrganisationEditor {
    /// Who may change the organisation, or how long messages are kept; which of the two, [`OrganisationEditor::can`] says.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let can = Acting::load(tx).await?.organisation_can();
        let rule = match (can.edit, can.edit_periods) {
            (true, _) => Permission::OrganisationEdit,
            (false, true) => Permission::ContentRetention,
            (false, false) => return Err(Error::Forbidden),
        };
        tx.rest_on(rule.name());
        Ok(Self(can))
    }

    /// What they may change.
    pub fn can(&self) -> OrganisationCan {
        self.0
    }
}

/// A person, what they hold, and who acts on them.
struct Pair {
    person: Person,
    theirs: Holdings,
    by: Acting,
    lineage: Lineage,
}

impl Pair {
    async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        let by = Acting::load(tx).await?;
        let person = person::load(tx, id).await?;
        let theirs = holding::holdings(tx, &[id]).await?.remove(&id).unwrap_or_default();
        let departments: Vec<_> = person.department_ids.iter().copied().chain(scopes(&theirs)).collect();
        let lineage = holding::lineage(tx, departments).await?;
        Ok(Self { person, theirs, by, lineage })
    }

    fn target(&self) -> Holder<'_> {
        Holder { id: self.person.id, holdings: &self.theirs, places: &self.person.department_ids }
    }

    fn may(&self, permission: Permission) -> Result<(), Refusal> {
        access::may_act(&self.by.holder(), permission, &self.target(), &self.lineage)
    }

    fn check(&self, permission: Permission) -> Result<()> {
        self.may(permission).map_err(|_| Error::Forbidden)
    }

    /// The same, for what is then done on the strength of it.
    fn rest_on(&self, tx: &mut Tx, permission: Permission) -> Result<()> {
        self.check(permission)?;
        tx.rest_on(permission.name());
        Ok(())
    }

    fn check_other(&self) -> Result<()> {
        if self.by.id == self.person.id { Err(Error::Forbidden) } else { Ok(()) }
    }
}

/// A person of whom the caller may change something.
pub struct EditableMember(Pair);

impl EditableMember {
    /// Who may change a person's profile, place them, or give them roles, and holds whatever they hold (`ORG-03`).
    pub async fn load(tx: &mut Tx, id: MemberId) -> Result<Self> {
        // Two changes of one profile wait for each other.
        person::lock(tx, id).await?;
        let pair = Pair::load(tx, id).await?;
        let any = [Permission::PeopleEdit, Permission::PeoplePlace, Permission::RolesGive];
        let held = any.into_iter().find(|permission| pair.may(*permission).is_ok()).ok_or(Error::Forbidden)?;
        tx.rest_on(held.name());
        Ok(Self(pair))
    }

    /// The same, to place them or give them roles: nobody hangs departments elsewhere or gives roles meanwhile.
    pub async fn load_held(tx: &mut Tx, id: MemberId) -> Result<Self> {
        tree::lock(tx).await?;
        Self::load(tx, id).await
    }

    /// The person.
    pub fn person(&self) -> &Person {
        &self.0.person
    }

    /// Whoever looks after the profile changes it.
    pub(crate) fn check_profile(&self) -> Result<()> {
        self.0.check(Permission::PeopleEdit)
    }

    /// One places people where one may place them, and hands over no more than one holds.
    pub(crate) async fn check_places(&self, tx: &mut Tx, to: &[DepartmentId]) -> Result<()> {
        let Pair { person, theirs, by, .. } = &self.0;
        let delegated = holding::delegated(tx).await?;
        let departments: Vec<_> = person.department_ids.iter().chain(to).copied().chain(scopes(theirs)).collect();
        let lineage = holding::lineage(tx, departments).await?;
        access::may_place(&by.holder(), &self.0.target(), to, &delegated, &lineage).map_err(|_| Error::Forbidden)
    }
}

/// A department the caller may change.
pub struct ManageableDepartment {
    acting: Acting,
    department: DepartmentId,
}

impl ManageableDepartment {
    /// Who manages it or something above it. Nobody else changes the tree or gives roles until the transaction ends.
    pub async fn load(tx: &mut Tx, department: DepartmentId) -> Result<Self> {
        tree::lock(tx).await?;
        let by = Permitted::load(tx, Permission::DepartmentsManage).await?;
        if !tree::exists(tx, department).await? {
            return Err(Error::NotFound("department"));
        }
        by.check_places(tx, &[department]).await?;
        Ok(Self { acting: by.acting, department })
    }

    /// Which.
    pub fn id(&self) -> DepartmentId {
        self.department
    }

    /// Who sees whom is said by whoever changes the organisation: it is about everybody.
    pub(crate) fn check_sight(&self) -> Result<()> {
        if self.acting.organisation_can().edit { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// One hangs it below what one manages, and hands over no more than one holds.
    pub(crate) async fn check_parent(&self, tx: &mut Tx, parent: Option<DepartmentId>) -> Result<()> {
        let delegated: Vec<Held> = holding::delegated(tx).await?;
        let lineage = holding::lineage(tx, parent.into_iter().chain([self.department])).await?;
        access::may_hang(&self.acting.holder(), self.department, parent, &delegated, &lineage)
            .map_err(|_| Error::Forbidden)
    }
}
