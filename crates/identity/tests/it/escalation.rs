//! Random organisations in which a group of people calls whatever there is to call (`ORG-03`, `ADM-01`, B.2): together with
//! everybody they add or take over, they reach nothing that they did not reach before; and whoever calls sees of nobody what
//! they did not see, unless they decide who sees which field (`DIR-03`). What they reach and see is counted here, out of the
//! tables, without the code that decides.

use std::collections::{BTreeMap, BTreeSet};

use directory::{BuiltIn, Permission, RoleId};
use kernel::{AccountId, Actor, MemberId, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};
use uuid::Uuid;

/// A small generator, so that every run tries the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    fn permissions(&mut self, most: usize) -> Vec<&'static str> {
        (0..self.below(most + 1)).map(|_| self.one(&Permission::ALL).name()).collect()
    }
}

/// Who has which role for which department, and its permissions where it is not built in.
type Grant = (Uuid, RoleId, Option<Uuid>, Option<Vec<String>>);

/// What stands in the tables.
struct Snapshot {
    parents: BTreeMap<Uuid, Option<Uuid>>,
    places: BTreeMap<Uuid, Vec<Uuid>>,
    /// Who leads which departments, from inside or from outside.
    leads: BTreeSet<(Uuid, Uuid)>,
    grants: Vec<(Uuid, Vec<String>, Option<Uuid>)>,
    /// Who sees which field.
    fields: BTreeMap<Uuid, Vec<String>>,
}

impl Snapshot {
    async fn of(t: &TestApp, org: OrgId) -> Self {
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
        let named = |role: RoleId| {
            let role = BuiltIn::of(role).expect("a built-in role");
            role.permissions().iter().map(|one| one.name().to_owned()).collect()
        };
        let grants = grants.into_iter().map(|(who, role, place, own)| (who, own.unwrap_or_else(|| named(role)), place));
        Self {
            parents: parents.into_iter().collect(),
            places: places.into_iter().collect(),
            leads: leads.into_iter().collect(),
            grants: grants.collect(),
            fields: fields.into_iter().collect(),
        }
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
    fn has_wholly(&self, group: &BTreeSet<Uuid>, permission: &str, places: &[Uuid]) -> bool {
        match places {
            [] => self.has(group, permission, None),
            some => some.iter().all(|place| self.has(group, permission, Some(*place))),
        }
    }

    /// What the group may do, together, to the people and departments of `first`.
    fn reach(&self, group: &BTreeSet<Uuid>, first: &Self) -> BTreeSet<(&'static str, Option<Uuid>)> {
        let mut reach = BTreeSet::new();
        for permission in Permission::ALL {
            let name = permission.name();
            let has = |place| self.has(group, name, place);
            if has(None) {
                reach.insert((name, None));
            }
            reach.extend(first.parents.keys().filter(|one| has(Some(**one))).map(|one| (name, Some(*one))));
            let wholly = |one: &&Uuid| self.has_wholly(group, name, &self.places[*one]);
            reach.extend(first.places.keys().filter(wholly).map(|one| (name, Some(*one))));
        }
        reach
    }

    /// Whether they decide who sees which field.
    fn opens(&self, who: Uuid) -> bool {
        self.has(&BTreeSet::from([who]), "organisation.edit", None)
    }

    /// Which fields of which others somebody sees: as a colleague, as a leader, and as who looks after them.
    fn sees(&self, who: Uuid) -> BTreeSet<(Uuid, Uuid)> {
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

/// A method, an address and a body.
type Call = (&'static str, String, Value);

struct World {
    t: TestApp,
    org: OrgId,
    ann: Person,
    people: Vec<Person>,
    departments: Vec<String>,
    roles: Vec<String>,
    fields: Vec<String>,
    /// How often somebody was kept from putting themselves somewhere.
    kept_out: u32,
}

impl World {
    async fn new(dice: &mut Dice) -> Self {
        let t = TestApp::with(vec![privacy::module(), identity::module()]).await;
        let org = t.org("Acme").await;
        let ann = t.member(org, "Ann").await;
        let (people, departments, roles, fields) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut world = Self { t, org, ann, people, departments, roles, fields, kept_out: 0 };
        for n in 0..6 {
            let above = (n > 0).then(|| dice.one(&world.departments).clone());
            let made =
                world.anns("POST", "/v1/departments", json!({ "name": format!("D{n}"), "parent_id": above })).await;
            world.departments.push(made["id"].as_str().unwrap().to_owned());
        }
        for n in 0..4 {
            // Two that fit departments, two of whatever; strong enough that much is let.
            let mut permissions = dice.permissions(30);
            permissions.retain(|one| {
                let permission = Permission::named(one).expect("a permission");
                *one != "organisation.own" && (n > 1 || permission.fits_departments())
            });
            let made =
                world.anns("POST", "/v1/roles", json!({ "name": format!("R{n}"), "permissions": permissions })).await;
            world.roles.push(made["id"].as_str().unwrap().to_owned());
        }
        for seen_by in ["leaders", "department"] {
            let new = json!({ "kind": "text", "names": { "en": format!("For {seen_by}") }, "seen_by": [seen_by, "oneself"], "edited_by": ["oneself"] });
            let made = world.anns("POST", "/v1/fields", new).await;
            world.fields.push(made["id"].as_str().unwrap().to_owned());
        }
        world.roles.extend(BuiltIn::ALL.map(|role| role.id().to_string()));
        for n in 0..6 {
            let person = world.t.member(org, &format!("Nr{n}")).await;
            let places: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&world.departments)).collect();
            let here =
                json!({ "department_ids": places, "leads": places.iter().take(dice.below(2)).collect::<Vec<_>>() });
            world.anns("PATCH", &format!("/v1/members/{}", person.id), here).await;
            for _ in 0..=dice.below(3) {
                let place = (dice.below(3) > 0).then(|| dice.one(&world.departments));
                let role = &world.roles[dice.below(4)];
                let new = json!({ "member_id": person.id, "role_id": role, "department_id": place });
                let _may_be_refused = world.t.call(&world.ann, "POST", "/v1/role-grants", new).await;
            }
            world.people.push(person);
        }
        world
    }

    async fn anns(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.t.call(&self.ann, method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {answer}");
        answer
    }

    fn somebody(&self, dice: &mut Dice, by: MemberId) -> MemberId {
        let everybody: Vec<MemberId> = self.people.iter().map(|one| one.id).chain([self.ann.id]).collect();
        if dice.below(3) == 0 { by } else { *dice.one(&everybody) }
    }

    /// Something to try.
    async fn attempt(&self, dice: &mut Dice, by: MemberId) -> Call {
        match dice.below(3) {
            0 => self.attempt_about_people(dice, by),
            1 => self.attempt_about_departments(dice, by),
            _ => self.attempt_about_rights(dice, by).await,
        }
    }

    /// Somebody is added, changed, placed, shut out or let in again.
    fn attempt_about_people(&self, dice: &mut Dice, by: MemberId) -> Call {
        let (who, place) = (self.somebody(dice, by), dice.one(&self.departments).clone());
        let card = format!("/v1/members/{who}");
        match dice.below(12) {
            0..=2 => {
                let to: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&self.departments)).collect();
                ("PATCH", card, json!({ "department_ids": to }))
            }
            3 => ("PATCH", card, json!({ "department_ids": [place], "leads": [place] })),
            4 => ("PATCH", card, json!({ "leads": [place] })),
            5 => ("PATCH", card, json!({ "user_id": format!("u{}", dice.below(1_000_000_000)) })),
            6 => {
                let name = format!("n{}", dice.below(1_000_000_000));
                let role = *dice.one(&["member", "member", "administrator", "owner"]);
                let new = json!({ "name": name, "user_id": name, "role": role, "department_ids": [place] });
                ("POST", "/v1/members".into(), new)
            }
            7 => ("POST", format!("{card}/suspend"), json!({})),
            8 => ("POST", format!("{card}/disable"), json!({ "months": 1 })),
            9 => ("POST", format!("{card}/remove"), Value::Null),
            _ => ("POST", format!("{card}/resume"), Value::Null),
        }
    }

    /// A department is made, hung elsewhere, merged, led, hidden, taken out of use, or deleted.
    fn attempt_about_departments(&self, dice: &mut Dice, by: MemberId) -> Call {
        let (place, other) = (dice.one(&self.departments).clone(), dice.one(&self.departments).clone());
        let below = (dice.below(4) > 0).then_some(other.clone());
        let path = format!("/v1/departments/{place}");
        match dice.below(10) {
            0 | 1 => ("PATCH", path, json!({ "parent_id": below })),
            2 | 3 => ("PATCH", path, json!({ "dotted_leader_ids": [self.somebody(dice, by)] })),
            4 => ("POST", format!("{path}/merge"), json!({ "into": other })),
            5 => ("DELETE", path, Value::Null),
            6 => ("PATCH", path, json!({ "is_archived": dice.below(3) == 0 })),
            7 => ("PATCH", path, json!({ "is_hidden": dice.below(2) == 0, "sees": *dice.one(&["own", "everyone"]) })),
            8 => ("POST", "/v1/invitations".into(), json!({ "department_id": below })),
            _ => {
                let name = format!("D{}", dice.below(1_000_000_000));
                ("POST", "/v1/departments".into(), json!({ "name": name, "parent_id": below }))
            }
        }
    }

    /// Roles are written, given and taken, a password is made, it is decided who sees a field.
    async fn attempt_about_rights(&self, dice: &mut Dice, by: MemberId) -> Call {
        let (who, role) = (self.somebody(dice, by), dice.one(&self.roles).clone());
        let below = (dice.below(4) > 0).then(|| dice.one(&self.departments).clone());
        match dice.below(9) {
            0..=2 => {
                let new = json!({ "member_id": who, "role_id": role, "department_id": below });
                ("POST", "/v1/role-grants".into(), new)
            }
            3 => {
                let (_, grants) = self.t.call(&self.ann, "GET", "/v1/role-grants", Value::Null).await;
                let grants = grants["items"].as_array().unwrap().clone();
                ("DELETE", format!("/v1/role-grants/{}", dice.one(&grants)["id"].as_str().unwrap()), Value::Null)
            }
            4 => ("PATCH", format!("/v1/roles/{role}"), json!({ "permissions": dice.permissions(6) })),
            5 => ("POST", "/v1/roles".into(), json!({ "name": "Mine", "permissions": dice.permissions(4) })),
            6 => ("POST", format!("/v1/members/{who}/initial-password"), Value::Null),
            7 => {
                let seen_by = *dice.one(&["everyone", "department", "leaders", "administrators"]);
                ("PATCH", format!("/v1/fields/{}", dice.one(&self.fields)), json!({ "seen_by": [seen_by, "oneself"] }))
            }
            _ => {
                let role = *dice.one(&["administrator", "owner", "member"]);
                ("PATCH", format!("/v1/members/{who}"), json!({ "role": role }))
            }
        }
    }

    /// Whoever was added or got a new password is one's own from now on.
    fn take_in(&mut self, group: &mut BTreeSet<Uuid>, path: &str, answer: &Value) {
        if path == "/v1/members" {
            let id = MemberId(answer["member"]["id"].as_str().unwrap().parse().unwrap());
            let account = AccountId(self.t.app.new_id());
            self.people.push(self.t.sign_in(self.org, id, account));
            group.insert(id.0);
        }
        if path == "/v1/departments" {
            self.departments.push(answer["id"].as_str().unwrap().to_owned());
        }
        if path == "/v1/roles" {
            self.roles.push(answer["id"].as_str().unwrap().to_owned());
        }
        let taken = path.strip_prefix("/v1/members/").and_then(|rest| rest.strip_suffix("/initial-password"));
        group.extend(taken.map(|id| id.parse::<Uuid>().unwrap()));
    }
}

/// A call that was let.
struct Done {
    by: Uuid,
    kind: String,
    /// For whoever reads why the test failed.
    said: String,
}

/// One call of somebody of the group; what it was when it was let.
async fn try_one(w: &mut World, dice: &mut Dice, group: &mut BTreeSet<Uuid>) -> Option<Done> {
    let members: Vec<Person> = w.people.iter().filter(|one| group.contains(&one.id.0)).cloned().collect();
    let by = dice.one(&members).clone();
    let (method, path, body) = w.attempt(dice, by.id).await;
    if path.ends_with("/remove") {
        let mut tx = w.t.app.begin(w.org, Actor::Member(by.id)).await.unwrap();
        directory::assure(&mut tx, by.session).await.unwrap();
        tx.commit().await.unwrap();
    }
    let (status, answer) = w.t.call(&by, method, &path, body.clone()).await;
    assert!(!status.is_server_error(), "{method} {path} {body}: {answer}");
    w.kept_out += u32::from(answer["code"] == "directory.own_place_forbidden");
    if !status.is_success() {
        return None;
    }
    w.take_in(group, &path, &answer);
    let kind = format!("{method} {}", path.split('/').nth(2).unwrap());
    Some(Done { by: by.id.0, kind, said: format!("{method} {path} {body} by {}", by.id) })
}

/// A company and a group of it, who try what the dice say; what they were let, and how often somebody was kept out of a place of their own.
async fn play(seed: u64) -> (BTreeSet<String>, u32) {
    let mut kinds = BTreeSet::new();
    let mut dice = Dice(seed * 7_919 + 17);
    let mut w = World::new(&mut dice).await;
    let mut group: BTreeSet<Uuid> = (0..2 + dice.below(3)).map(|_| dice.one(&w.people).id.0).collect();
    let first = Snapshot::of(&w.t, w.org).await;
    let before = first.reach(&group, &first);
    let mut last = Snapshot::of(&w.t, w.org).await;
    for _ in 0..110 {
        let Some(done) = try_one(&mut w, &mut dice, &mut group).await else { continue };
        let now = Snapshot::of(&w.t, w.org).await;
        let reach = now.reach(&group, &first);
        let more: Vec<_> = reach.difference(&before).collect();
        assert!(more.is_empty(), "seed {seed}: {} reaches {more:?}", done.said);
        // Where others are is for whoever may place them; where one is oneself is for somebody else.
        let (shown, seen) = (now.sees(done.by), last.sees(done.by));
        let stays = |at: &&(Uuid, Uuid)| last.places.get(&at.0) == now.places.get(&at.0);
        let more: Vec<_> = shown.difference(&seen).filter(stays).collect();
        assert!(more.is_empty() || last.opens(done.by), "seed {seed}: {} shows {more:?}", done.said);
        kinds.insert(done.kind);
        last = now;
    }
    let mut tx = w.t.app.begin(w.org, Actor::System).await.unwrap();
    assert!(directory::administrators(&mut tx).await.unwrap().contains(&w.ann.id), "the owner is still there");
    (kinds, w.kept_out)
}

#[tokio::test]
async fn org_03_no_sequence_of_calls_reaches_or_shows_more_than_its_callers_held() {
    let (mut kinds, mut kept_out) = (BTreeSet::new(), 0);
    for seed in 0..10 {
        let (let_through, refused) = play(seed).await;
        kinds.extend(let_through);
        kept_out += refused;
    }
    // A test in which everything is refused would prove nothing, nor one in which nobody tried to put themselves somewhere.
    for what in ["PATCH members", "PATCH departments", "POST role-grants", "POST members", "POST departments"] {
        assert!(kinds.contains(what), "{what} was never let: {kinds:?}");
    }
    assert!(kept_out > 0, "nobody tried to put themselves anywhere");
}
