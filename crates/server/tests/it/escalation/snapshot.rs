//! What people and programs reach and see, counted out of the tables, without the code that decides.

use std::collections::{BTreeMap, BTreeSet};

use directory::{BuiltIn, Permission, RoleId};
use kernel::{Actor, OrgId};
use testkit::TestApp;
use uuid::Uuid;

/// Who has which role for which department, and its permissions where it is not built in.
type Grant = (Uuid, RoleId, Option<Uuid>, Option<Vec<String>>);

/// Which token, who made it, what it lends, and for which departments.
type Token = (Uuid, Uuid, Vec<String>, Vec<Uuid>);

/// What stands in the tables.
pub struct Snapshot {
    pub parents: BTreeMap<Uuid, Option<Uuid>>,
    pub places: BTreeMap<Uuid, Vec<Uuid>>,
    /// How long chat is kept.
    pub retention: i32,
    /// Who leads which departments, from inside or from outside.
    leads: BTreeSet<(Uuid, Uuid)>,
    /// What people were given, and what tokens lend of it.
    grants: Vec<(Uuid, Vec<String>, Option<Uuid>)>,
    /// Who sees which field.
    fields: BTreeMap<Uuid, Vec<String>>,
    /// What is said of who sees whom.
    sight: BTreeMap<Uuid, Sight>,
}

/// Of a department: whether it is hidden, how far its people see, and what they see besides.
type Sight = (bool, String, Vec<Uuid>);

/// Whoever holds one of these for a department looks after it, and meets its people.
const LOOKING: [&str; 5] = ["people.see", "people.add", "people.edit", "people.place", "departments.manage"];

impl Snapshot {
    pub async fn of(t: &TestApp, org: OrgId) -> Self {
        let mut tx = t.app.begin(org, Actor::System).await.unwrap();
        let parents: Vec<(Uuid, Option<Uuid>)> =
            sqlx::query_as("select id, parent_id from directory.department").fetch_all(tx.db()).await.unwrap();
        let places: Vec<(Uuid, Vec<Uuid>)> = sqlx::query_as(
            "select m.id, array(select p.department_id from directory.department_member p where p.member_id = m.id
                                order by p.department_id)
             from directory.member m",
        )
        .fetch_all(tx.db())
        .await
        .unwrap();
        let leads: Vec<(Uuid, Uuid)> = sqlx::query_as(
            "select member_id, department_id from directory.department_member where is_leader
             union select member_id, department_id from directory.dotted_leader",
        )
        .fetch_all(tx.db())
        .await
        .unwrap();
        let grants: Vec<Grant> = sqlx::query_as(
            "select g.member_id, g.role_id, g.department_id, r.permissions
             from directory.role_grant g left join directory.role r on r.id = g.role_id",
        )
        .fetch_all(tx.db())
        .await
        .unwrap();
        let fields: Vec<(Uuid, Vec<String>)> =
            sqlx::query_as("select id, seen_by from directory.field where is_collected")
                .fetch_all(tx.db())
                .await
                .unwrap();
        let retention: i32 = sqlx::query_scalar("select chat_retention_days from directory.organisation where id = $1")
            .bind(org)
            .fetch_one(tx.db())
            .await
            .unwrap();
        let named = |role: RoleId| {
            let role = BuiltIn::of(role).expect("a built-in role");
            role.permissions().iter().map(|one| one.name().to_owned()).collect()
        };
        let grants = grants.into_iter().map(|(who, role, place, own)| (who, own.unwrap_or_else(|| named(role)), place));
        let mut snapshot = Self {
            parents: parents.into_iter().collect(),
            places: places.into_iter().collect(),
            retention,
            leads: leads.into_iter().collect(),
            grants: grants.collect(),
            fields: fields.into_iter().collect(),
            sight: sight(t, org).await,
        };
        let lent = snapshot.lent(tokens(t, org).await);
        snapshot.grants.extend(lent);
        snapshot
    }

    /// What the tokens lend of what those still hold who made them.
    fn lent(&self, tokens: Vec<Token>) -> Vec<(Uuid, Vec<String>, Option<Uuid>)> {
        let mut lent = Vec::new();
        for (token, maker, permissions, places) in tokens {
            let maker = BTreeSet::from([maker]);
            let whole = places.is_empty().then_some(None);
            for scope in places.into_iter().map(Some).chain(whole) {
                let held = permissions.iter().filter(|one| self.has(&maker, one, scope));
                lent.push((token, held.cloned().collect(), scope));
            }
        }
        lent
    }

    /// The department and everything above it; nothing of one that is gone.
    fn up(&self, place: Uuid) -> impl Iterator<Item = Uuid> {
        let first = self.parents.contains_key(&place).then_some(place);
        std::iter::successors(first, move |at| self.parents[at])
    }

    fn has(&self, group: &BTreeSet<Uuid>, permission: &str, place: Option<Uuid>) -> bool {
        let above: Vec<Option<Uuid>> = place.into_iter().flat_map(|one| self.up(one)).map(Some).chain([None]).collect();
        let mut theirs = self.grants.iter().filter(|(who, ..)| group.contains(who));
        theirs.any(|(_, permissions, scope)| permissions.iter().any(|one| one == permission) && above.contains(scope))
    }

    /// Whether the group holds it wherever somebody is. Whoever is nowhere is the organisation's.
    pub fn has_wholly(&self, group: &BTreeSet<Uuid>, permission: &str, places: &[Uuid]) -> bool {
        match places {
            [] => self.has(group, permission, None),
            some => some.iter().all(|place| self.has(group, permission, Some(*place))),
        }
    }

    /// What the group may do, together, to the people and departments of `first`.
    pub fn reach(&self, group: &BTreeSet<Uuid>, first: &Self) -> BTreeSet<(&'static str, Option<Uuid>)> {
        let mut reach = BTreeSet::new();
        for permission in Permission::ALL {
            let name = permission.name();
            let has = |place| self.has(group, name, place);
            if has(None) {
                reach.insert((name, None));
            }
            reach.extend(first.parents.keys().filter(|one| has(Some(**one))).map(|one| (name, Some(*one))));
            // Who was taken out with an import is reached by nobody.
            let here = first.places.keys().filter_map(|one| Some((*one, self.places.get(one)?)));
            let reached = here.filter(|(_, places)| self.has_wholly(group, name, places));
            reach.extend(reached.map(|(one, _)| (name, Some(one))));
        }
        reach
    }

    /// Whether they decide who sees which field.
    pub fn opens(&self, who: Uuid) -> bool {
        self.has(&BTreeSet::from([who]), "organisation.edit", None)
    }

    /// The department that says how far the people of this one see; none when they see everyone.
    fn limit(&self, place: Uuid) -> Option<Uuid> {
        self.up(place).find(|one| self.sight[one].1 != "inherit").filter(|one| self.sight[one].1 == "own")
    }

    /// Whom somebody meets at all. Whoever is nowhere is met by whoever may act on them, too.
    pub fn meets(&self, who: Uuid) -> BTreeSet<Uuid> {
        let (own, alone) = (self.places.get(&who).cloned().unwrap_or_default(), BTreeSet::from([who]));
        let looks = |place| LOOKING.iter().any(|one| self.has(&alone, one, place));
        let limits: Vec<Option<Uuid>> = own.iter().map(|place| self.limit(*place)).collect();
        let is_limited = !limits.is_empty() && limits.iter().all(Option::is_some);
        let tops: BTreeSet<Uuid> =
            limits.into_iter().flatten().flat_map(|one| self.sight[&one].2.iter().copied().chain([one])).collect();
        let is_seen = |place: Uuid| {
            let is_open = !is_limited || self.up(place).any(|one| tops.contains(&one));
            let is_inside = |hidden: Uuid| own.iter().any(|place| self.up(*place).any(|one| one == hidden));
            let is_shut = self.up(place).any(|one| self.sight[&one].0 && !is_inside(one));
            (is_open && !is_shut) || looks(Some(place))
        };
        let seen: BTreeSet<Uuid> = self.parents.keys().copied().filter(|one| is_seen(*one)).collect();
        let (sees_all, sees_unplaced) = (self.has(&alone, "people.see", None), !is_limited || looks(None));
        let is_met = |places: &[Uuid]| match places {
            _ if sees_all => true,
            [] => sees_unplaced,
            some => some.iter().any(|one| seen.contains(one)),
        };
        self.places.iter().filter(|(_, places)| is_met(places)).map(|(one, _)| *one).collect()
    }

    /// Which fields of which others somebody sees: as a colleague, as a leader, and as who looks after them.
    pub fn sees(&self, who: Uuid) -> BTreeSet<(Uuid, Uuid)> {
        let (own, alone) = (self.places.get(&who).cloned().unwrap_or_default(), BTreeSet::from([who]));
        let mut seen = BTreeSet::new();
        for (person, places) in self.places.iter().filter(|(person, _)| **person != who) {
            let is_near = places.iter().any(|one| own.contains(one));
            let is_led = places.iter().flat_map(|one| self.up(*one)).any(|one| self.leads.contains(&(who, one)));
            let is_looked_after = self.has_wholly(&alone, "people.see", places);
            let is_one = |audience: &String| match audience.as_str() {
                "everyone" => true,
                "department" => is_near,
                "leaders" => is_led,
                "administrators" => is_looked_after,
                _ => false,
            };
            let fields = self.fields.iter().filter(|(_, seen_by)| seen_by.iter().any(&is_one));
            seen.extend(fields.map(|(field, _)| (*person, *field)));
        }
        seen
    }
}

async fn sight(t: &TestApp, org: OrgId) -> BTreeMap<Uuid, Sight> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let rows: Vec<(Uuid, bool, String, Vec<Uuid>)> = sqlx::query_as(
        "select d.id, d.is_hidden, d.sees,
                array(select s.seen_id from directory.department_sight s where s.department_id = d.id)
         from directory.department d",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    rows.into_iter().map(|(id, is_hidden, sees, also)| (id, (is_hidden, sees, also))).collect()
}

/// Those that have not ended, of people who are let in.
async fn tokens(t: &TestApp, org: OrgId) -> Vec<Token> {
    let mut tx = t.app.begin(org, Actor::System).await.unwrap();
    let now = tx.now();
    sqlx::query_as(
        "select t.id, t.made_by, t.permissions, t.department_ids
         from tokens.token t join directory.member m on m.id = t.made_by and m.state = 'active'
         where t.revoked_at is null and t.expires_at > $1",
    )
    .bind(now)
    .fetch_all(tx.db())
    .await
    .unwrap()
}
