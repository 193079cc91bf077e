//! Proofs of who may do what to the organisation and its people: keys that only this file can cut, by the rule of the crate
//! `access` and by where people stand.

mod importing;
mod signing_in;
mod turning;

pub use self::importing::Importer;
pub use self::turning::{OverseenMember, ResettableMember, RestrictableMember, TurnableMember};

use access::{Belonging, Held, Holder, Holdings, Lineage, OrganisationCan, Permission, Refusal, State, Vantage};
use kernel::{Actor, Error, MemberId, Result, Tx};

use crate::departments::{pass, tree};
use crate::fields::{Audience, Rules};
use crate::model::DepartmentId;
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

/// Where somebody was, and is.
type Departments<'a> = (&'a [DepartmentId], &'a [DepartmentId]);

/// Who is calling, what they hold, and where they are.
#[derive(Debug, Clone)]
pub(crate) struct Acting {
    pub id: MemberId,
    pub holdings: Holdings,
    pub places: Vec<DepartmentId>,
    /// Whether they decide who sees which field; of a program, whether whoever made its token does.
    opens: bool,
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
        let holdings = held.unwrap_or_default();
        let opens = holdings.everywhere().has(Permission::OrganisationEdit);
        Ok(Self { id: me, holdings, places, opens })
    }

    pub fn holder(&self) -> Holder<'_> {
        Holder { id: self.id, holdings: &self.holdings, places: &self.places }
    }

    /// What one sees of others follows from where one is and what one leads. Nobody comes to be in a department or to lead
    /// one by their own hand, but whoever decides who sees which field: they could open the fields as well (`ORG-03`).
    pub fn check_belonging(&self, who: MemberId, before: &Belonging, after: &Belonging) -> Result<()> {
        let is_refused = who == self.id && !self.opens && after.exceeds(before);
        if is_refused { Err(Error::Blocked("directory.own_place_forbidden")) } else { Ok(()) }
    }

    /// The same of others: nobody brings them by their own hand where one sees more of them, as a colleague or as a leader.
    pub fn check_brought(&self, who: MemberId, vantage: &Vantage, (before, after): Departments<'_>) -> Result<()> {
        let is_refused = who != self.id && vantage.gains(before, after);
        if is_refused { Err(Error::Blocked("directory.own_place_forbidden")) } else { Ok(()) }
    }

    /// Where they see more of others than elsewhere; nowhere when they decide who sees which field.
    pub async fn vantage(&self, tx: &mut Tx) -> Result<Vantage> {
        let mut vantage = Vantage::default();
        if self.opens {
            return Ok(vantage);
        }
        let rules = Rules::load(tx).await?;
        if rules.name(Audience::Department) {
            vantage.near.extend(&self.places);
        }
        if rules.name(Audience::Leaders) {
            let led = self.closed(tx).await?;
            vantage.led.extend(tree::all_below(tx, &led).await?);
        }
        Ok(vantage)
    }

    /// The departments below which they bring nothing that is not there: those they lead.
    async fn closed(&self, tx: &mut Tx) -> Result<Vec<DepartmentId>> {
        if self.opens { Ok(Vec::new()) } else { pass::led_by(tx, self.id).await }
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

    /// `Blocked` while what is known of the person is kept and not used otherwise (`DSR-04`), unless it is one's own. What somebody
    /// may do is no part of that.
    fn check_used(&self, tx: &Tx) -> Result<()> {
        let is_own = tx.member().is_ok_and(|me| me == self.person.id);
        if is_own || self.person.restricted_at.is_none() {
            Ok(())
        } else {
            Err(Error::Blocked("directory.is_restricted"))
        }
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

    /// Whoever looks after the profile changes it. `Blocked` while the person's data is restricted.
    pub(crate) fn check_profile(&self, tx: &mut Tx) -> Result<()> {
        self.0.rest_on(tx, Permission::PeopleEdit)?;
        self.0.check_used(tx)
    }

    pub(crate) fn by(&self) -> &Acting {
        &self.0.by
    }

    /// One places people where one may place them, and hands over no more than one holds. `Blocked` as above.
    pub(crate) async fn check_places(&self, tx: &mut Tx, to: &[DepartmentId]) -> Result<()> {
        let Pair { person, theirs, by, .. } = &self.0;
        let delegated = holding::delegated(tx).await?;
        let departments: Vec<_> = person.department_ids.iter().chain(to).copied().chain(scopes(theirs)).collect();
        let lineage = holding::lineage(tx, departments).await?;
        access::may_place(&by.holder(), &self.0.target(), to, &delegated, &lineage).map_err(|_| Error::Forbidden)?;
        tx.rest_on(Permission::PeoplePlace.name());
        self.0.check_used(tx)
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

    /// The same, for what is then told of it.
    pub(crate) fn rest_on_sight(&self, tx: &mut Tx) -> Result<()> {
        self.check_sight()?;
        tx.rest_on(Permission::OrganisationEdit.name());
        Ok(())
    }

    pub(crate) fn by(&self) -> &Acting {
        &self.acting
    }

    /// One hangs it below what one manages, and hands over no more than one holds; below what one leads only what one leads.
    pub(crate) async fn check_parent(&self, tx: &mut Tx, parent: Option<DepartmentId>) -> Result<()> {
        let delegated: Vec<Held> = holding::delegated(tx).await?;
        let lineage = holding::lineage(tx, parent.into_iter().chain([self.department])).await?;
        access::may_hang(&self.acting.holder(), self.department, parent, &delegated, &lineage)
            .map_err(|_| Error::Forbidden)?;
        let closed = self.acting.closed(tx).await?;
        let is_led = |one: DepartmentId| closed.iter().any(|top| lineage.is_below(one, *top));
        let is_gained = parent.is_some_and(is_led) && !is_led(self.department);
        if is_gained { Err(Error::Blocked("directory.own_place_forbidden")) } else { Ok(()) }
    }

    /// One brings the people of it into no other where one sees more of them.
    pub(crate) async fn check_merge(&self, tx: &mut Tx, into: DepartmentId) -> Result<()> {
        let is_gained = self.acting.vantage(tx).await?.gains(&[self.department], &[into]);
        if is_gained { Err(Error::Blocked("directory.own_place_forbidden")) } else { Ok(()) }
    }
}
