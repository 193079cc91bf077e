//! Random organisations in which a group of people calls whatever there is to call (`ORG-03`, `ADM-01`, B.2): together with
//! everybody they add or take over, they reach nothing that they did not reach before. What they reach is counted here, out
//! of the tables, without the code that decides.

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
    grants: Vec<(Uuid, Vec<String>, Option<Uuid>)>,
}

impl Snapshot {
    async fn of(t: &TestApp, org: OrgId) -> Self {
        let mut tx = t.app.begin(org, Actor::System).await.unwrap();
        let parents: Vec<(Uuid, Option<Uuid>)> =
            sqlx::query_as("select id, parent_id from directory.department").fetch_all(tx.db()).await.unwrap();
        let places: Vec<(Uuid, Vec<Uuid>)> = sqlx::query_as(
            "select m.id, array(select p.department_id from directory.department_member p where p.member_id = m.id)
             from directory.member m",
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
        let named = |role: RoleId| {
            let role = BuiltIn::of(role).expect("a built-in role");
            role.permissions().iter().map(|one| one.name().to_owned()).collect()
        };
        let grants = grants.into_iter().map(|(who, role, place, own)| (who, own.unwrap_or_else(|| named(role)), place));
        Self { parents: parents.into_iter().collect(), places: places.into_iter().collect(), grants: grants.collect() }
    }

    fn has(&self, group: &BTreeSet<Uuid>, permission: &str, place: Option<Uuid>) -> bool {
        let mut above = vec![None];
        let mut at = place;
        while let Some(department) = at {
            above.push(Some(department));
            at = self.parents[&department];
        }
        let mut theirs = self.grants.iter().filter(|(who, ..)| group.contains(who));
        theirs.any(|(_, permissions, scope)| permissions.iter().any(|one| one == permission) && above.contains(scope))
    }

    /// What the group may do, together, to the people and departments of `first`.
    fn reach(&self, group: &BTreeSet<Uuid>, first: &Self) -> BTreeSet<(&'static str, Option<Uuid>)> {
        let mut reach = BTreeSet::new();
        for permission in Permission::ALL {
            let has = |place| self.has(group, permission.name(), place);
            if has(None) {
                reach.insert((permission.name(), None));
            }
            reach
                .extend(first.parents.keys().filter(|one| has(Some(**one))).map(|one| (permission.name(), Some(*one))));
            // Whoever is nowhere is the organisation's.
            let wholly = |places: &[Uuid]| match places {
                [] => has(None),
                some => some.iter().all(|place| has(Some(*place))),
            };
            reach.extend(
                first.places.keys().filter(|one| wholly(&self.places[*one])).map(|one| (permission.name(), Some(*one))),
            );
        }
        reach
    }
}

struct World {
    t: TestApp,
    org: OrgId,
    ann: Person,
    people: Vec<Person>,
    departments: Vec<String>,
    roles: Vec<String>,
}

impl World {
    async fn new(dice: &mut Dice) -> Self {
        let t = TestApp::with(vec![privacy::module(), identity::module()]).await;
        let org = t.org("Acme").await;
        let ann = t.member(org, "Ann").await;
        let mut world = Self { t, org, ann, people: Vec::new(), departments: Vec::new(), roles: Vec::new() };
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
        world.roles.extend(BuiltIn::ALL.map(|role| role.id().to_string()));
        for n in 0..6 {
            let person = world.t.member(org, &format!("Nr{n}")).await;
            let places: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&world.departments)).collect();
            world.anns("PATCH", &format!("/v1/members/{}", person.id), json!({ "department_ids": places })).await;
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

    /// Something to try.
    async fn attempt(&self, dice: &mut Dice) -> (&'static str, String, Value) {
        let everybody: Vec<MemberId> = self.people.iter().map(|one| one.id).chain([self.ann.id]).collect();
        let who = *dice.one(&everybody);
        let place = dice.one(&self.departments).clone();
        let below = (dice.below(4) > 0).then(|| dice.one(&self.departments).clone());
        let role = dice.one(&self.roles).clone();
        match dice.below(13) {
            0 | 1 => {
                let to: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&self.departments)).collect();
                ("PATCH", format!("/v1/members/{who}"), json!({ "department_ids": to }))
            }
            2 => ("PATCH", format!("/v1/departments/{place}"), json!({ "parent_id": below })),
            3 | 4 => {
                let new = json!({ "member_id": who, "role_id": role, "department_id": below });
                ("POST", "/v1/role-grants".into(), new)
            }
            5 => {
                let (_, grants) = self.t.call(&self.ann, "GET", "/v1/role-grants", Value::Null).await;
                let grants = grants["items"].as_array().unwrap().clone();
                ("DELETE", format!("/v1/role-grants/{}", dice.one(&grants)["id"].as_str().unwrap()), Value::Null)
            }
            6 => ("PATCH", format!("/v1/roles/{role}"), json!({ "permissions": dice.permissions(6) })),
            7 => ("POST", "/v1/roles".into(), json!({ "name": "Mine", "permissions": dice.permissions(4) })),
            8 => ("POST", format!("/v1/members/{who}/initial-password"), Value::Null),
            9 => {
                let name = format!("n{}", dice.below(1_000_000_000));
                let role = *dice.one(&["member", "member", "administrator", "owner"]);
                let new = json!({ "name": name, "user_id": name, "role": role, "department_ids": [place] });
                ("POST", "/v1/members".into(), new)
            }
            10 => (
                "PATCH",
                format!("/v1/members/{who}"),
                json!({ "role": *dice.one(&["administrator", "owner", "member"]) }),
            ),
            11 => ("POST", format!("/v1/members/{who}/suspend"), json!({})),
            _ => ("POST", format!("/v1/members/{who}/resume"), Value::Null),
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
        if path == "/v1/roles" {
            self.roles.push(answer["id"].as_str().unwrap().to_owned());
        }
        let taken = path.strip_prefix("/v1/members/").and_then(|rest| rest.strip_suffix("/initial-password"));
        group.extend(taken.map(|id| id.parse::<Uuid>().unwrap()));
    }
}

/// One call of somebody of the group; what it was when it was let.
async fn try_one(w: &mut World, dice: &mut Dice, group: &mut BTreeSet<Uuid>) -> Option<(String, String)> {
    let members: Vec<Person> = w.people.iter().filter(|one| group.contains(&one.id.0)).cloned().collect();
    let by = dice.one(&members).clone();
    let (method, path, body) = w.attempt(dice).await;
    let (status, answer) = w.t.call(&by, method, &path, body.clone()).await;
    assert!(!status.is_server_error(), "{method} {path} {body}: {answer}");
    if !status.is_success() {
        return None;
    }
    w.take_in(group, &path, &answer);
    let kind = format!("{method} {}", path.split('/').nth(2).unwrap());
    Some((kind, format!("{method} {path} {body} by {}", by.id)))
}

#[tokio::test]
async fn org_03_no_sequence_of_calls_reaches_more_than_its_callers_held() {
    let mut done: BTreeSet<String> = BTreeSet::new();
    for seed in 0..10 {
        let mut dice = Dice(seed * 7_919 + 17);
        let mut w = World::new(&mut dice).await;
        let mut group: BTreeSet<Uuid> = (0..2 + dice.below(3)).map(|_| dice.one(&w.people).id.0).collect();
        let first = Snapshot::of(&w.t, w.org).await;
        let before = first.reach(&group, &first);
        for _ in 0..90 {
            let made = try_one(&mut w, &mut dice, &mut group).await;
            done.extend(made.iter().map(|(kind, _)| kind.clone()));
            let now = Snapshot::of(&w.t, w.org).await.reach(&group, &first);
            let more: Vec<_> = now.difference(&before).collect();
            assert!(more.is_empty(), "seed {seed}: {made:?} reaches {more:?}");
        }
        let mut tx = w.t.app.begin(w.org, Actor::System).await.unwrap();
        assert!(directory::administrators(&mut tx).await.unwrap().contains(&w.ann.id), "the owner is still there");
    }
    // A test in which everything is refused would prove nothing.
    for what in ["PATCH members", "PATCH departments", "POST role-grants", "POST members", "POST roles"] {
        assert!(done.contains(what), "{what} was never let: {done:?}");
    }
}
