//! A random company, and who of it tries what.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono::TimeDelta;
use directory::{BuiltIn, Permission};
use kernel::{AccountId, Actor, MemberId, Module, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};
use uuid::Uuid;

use super::snapshot::Snapshot;

/// People whom lists and other programs know: `p0` with the staff number `s0` is called Nr0.
pub const STAFF: usize = 8;
/// Of them these are shut out.
const GONE: usize = 2;
/// Departments that lists and other programs know: `d0` with the number 10 is called D0.
pub const KNOWN: usize = 6;

/// What a role needs for ways that take several permissions at once; everything else is thrown.
const FOR_WAYS: [&[&str]; 4] = [
    &["people.import", "people.add", "people.edit", "people.place", "departments.manage"],
    &["departments.manage", "people.see", "tokens.manage", "people.place", "people.suspend"],
    &[
        "people.remove",
        "people.suspend",
        "people.add",
        "people.reset_password",
        "people.see",
        "people.place",
        "roles.give",
        "roles.edit",
        "departments.manage",
    ],
    &["acts.decide", "content.retention", "organisation.edit"],
];

/// A small generator, so that every run tries the same.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    pub fn permissions(&mut self, most: usize) -> Vec<&'static str> {
        (0..self.below(most + 1)).map(|_| self.one(&Permission::ALL).name()).collect()
    }

    /// Of those that programs can hold, some of them twice.
    pub fn lent(&mut self) -> Vec<&'static str> {
        let all: Vec<&str> =
            Permission::ALL.into_iter().filter(|one| one.fits_tokens()).map(Permission::name).collect();
        (0..3 + self.below(4)).map(|_| *self.one(&all)).collect()
    }

    /// A name that nobody has.
    pub fn name(&mut self, letter: char) -> String {
        format!("{letter}{}", self.below(1_000_000_000))
    }
}

/// A method, an address and a body.
pub type Call = (&'static str, String, Value);

/// What whoever did it must have held just before, and where; for the whole organisation where nothing is named.
pub struct Need {
    pub who: Uuid,
    pub permission: &'static str,
    pub places: Vec<Uuid>,
}

/// Something that was let.
pub struct Done {
    /// Who comes to see nobody better by it.
    pub by: Option<Uuid>,
    pub kind: String,
    /// For whoever reads why the test failed.
    pub said: String,
    pub needs: Vec<Need>,
}

impl Done {
    pub fn new(by: &Person, kind: &str, said: impl std::fmt::Display) -> Self {
        let said = format!("{kind}: {said} by {}", by.id);
        Self { by: Some(by.id.0), kind: kind.to_owned(), said, needs: Vec::new() }
    }

    pub fn needing(mut self, who: Uuid, permission: &'static str, places: &[Uuid]) -> Self {
        self.needs.push(Need { who, permission, places: places.to_vec() });
        self
    }
}

/// A program of the group: what it shows, and which token that is.
#[derive(Clone)]
pub struct Program {
    pub id: Uuid,
    pub secret: String,
}

pub struct World {
    pub t: TestApp,
    pub org: OrgId,
    pub ann: Person,
    pub people: Vec<Person>,
    pub departments: Vec<String>,
    pub roles: Vec<String>,
    pub fields: Vec<String>,
    pub programs: Vec<Program>,
    /// Imports that were written, and whose each is.
    pub imports: Vec<(MemberId, String)>,
    pub people_groups: Vec<String>,
    /// Everybody who acts together, and the tokens they have.
    pub group: BTreeSet<Uuid>,
    /// Those who did from the beginning.
    founders: Vec<Person>,
    /// How often somebody was kept from putting themselves somewhere.
    pub kept_out: u32,
    /// How often somebody was told that they may not.
    pub forbidden: u32,
}

pub fn modules() -> Vec<Module> {
    let kinds =
        vec![chat::groups_to_hand_over(), handover::leadership(), handover::roles(), contacts::shared_contacts()];
    vec![
        applications::module(server::modules::switchable()),
        chat::module(),
        contacts::module(),
        files::module(),
        handover::module(kinds),
        identity::module(),
        inbox::module(),
        people_exports::module(),
        people_groups::module(),
        personal_exports::module(),
        privacy::module(),
        provisioning::module(),
        receipts::module(),
        retention::module(),
        search::module(),
        tokens::module(),
    ]
}

impl World {
    /// `way` says what most of the group can.
    pub async fn new(dice: &mut Dice, way: usize) -> Self {
        let t = TestApp::with(modules()).await;
        let org = t.org("Acme").await;
        let ann = t.member(org, "Ann").await;
        let (people, departments, roles, fields) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (programs, imports, people_groups, group) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
        let (founders, kept_out, forbidden) = (Vec::new(), 0, 0);
        let mut world = Self {
            t,
            org,
            ann,
            people,
            departments,
            roles,
            fields,
            programs,
            imports,
            people_groups,
            group,
            founders,
            kept_out,
            forbidden,
        };
        world.prove(&world.ann).await;
        world.hang(dice).await;
        world.write_roles(dice).await;
        // Where everybody sees them, whoever makes passwords sees no less than anybody.
        let also = ["everyone", "administrators", "oneself"][way % 3];
        for seen_by in ["leaders", "department"] {
            let seen_by_all = BTreeSet::from([seen_by, also, "oneself"]);
            let new = json!({ "kind": "text", "names": { "en": format!("For {seen_by}") }, "seen_by": seen_by_all, "edited_by": ["oneself"] });
            let made = world.anns("POST", "/v1/fields", new).await;
            world.fields.push(made["id"].as_str().unwrap().to_owned());
        }
        world.limit(dice).await;
        for n in 0..STAFF {
            world.hire(dice, n).await;
        }
        world.gather(dice, way).await;
        // Who decides of acts has done so for a day.
        world.t.clock.advance(TimeDelta::hours(25));
        world.t.run_jobs().await;
        world.t.run_subscribers().await;
        world.lend(dice).await;
        world
    }

    /// A tree, known to lists and other programs.
    async fn hang(&mut self, dice: &mut Dice) {
        let above: Vec<Option<usize>> = (0..KNOWN).map(|n| (n > 0).then(|| dice.below(n))).collect();
        let one = |n: usize| json!({ "external_id": format!("d{n}"), "name": format!("D{n}"), "parent_external_id": above[n].map(|m| format!("d{m}")) });
        let rows: Vec<Value> = (0..KNOWN).map(one).collect();
        let made = self.anns("POST", "/v1/provisioning/upsert", json!({ "departments": rows })).await;
        let mut known: Vec<(String, String)> = made["departments"].as_array().unwrap().iter().map(named).collect();
        known.sort();
        self.departments = known.into_iter().map(|(_, id)| id).collect();
        let number = |m: Option<usize>| m.map_or(1, |m| 10 + m);
        let rows = (0..KNOWN).map(|n| format!("D{n},{},{}\n", 10 + n, number(above[n])));
        let list = format!("部门名称,部门ID,父部门ID\n{}", rows.collect::<String>());
        let ann = self.ann.clone();
        let told = self.import(&ann, list).await.expect("Ann imports");
        assert_eq!(told["report"]["counts"]["departments_created"], 0, "{told}");
    }

    /// The people of some departments see no further than these; another one is hidden at times.
    async fn limit(&self, dice: &mut Dice) {
        for _ in 0..dice.below(3) {
            let path = format!("/v1/departments/{}", dice.one(&self.departments));
            self.anns("PATCH", &path, json!({ "sees": "own", "is_hidden": dice.below(3) == 0 })).await;
        }
    }

    async fn write_roles(&mut self, dice: &mut Dice) {
        for n in 0..4 + FOR_WAYS.len() {
            // Two that fit departments, two of whatever; strong enough that much is let.
            let mut permissions = dice.permissions(30);
            permissions.retain(|one| {
                let permission = Permission::named(one).expect("a permission");
                *one != "organisation.own" && (n > 1 || permission.fits_departments())
            });
            if let Some(way) = n.checked_sub(4) {
                permissions.truncate(dice.below(4));
                permissions.extend(FOR_WAYS[way]);
                // Lists move people only for whoever holds all that was given for departments.
                let fits = |one: &Permission| way == 0 && one.fits_departments();
                permissions.extend(Permission::ALL.into_iter().filter(fits).map(Permission::name));
            }
            let made =
                self.anns("POST", "/v1/roles", json!({ "name": format!("R{n}"), "permissions": permissions })).await;
            self.roles.push(made["id"].as_str().unwrap().to_owned());
        }
        self.roles.extend(BuiltIn::ALL.map(|role| role.id().to_string()));
    }

    /// Somebody with a place or two and roles.
    async fn hire(&mut self, dice: &mut Dice, n: usize) {
        let person = self.t.member(self.org, &format!("Nr{n}")).await;
        let row = json!({ "external_id": format!("p{n}"), "name": format!("Nr{n}"), "user_id": format!("nr{n}"), "staff_number": format!("s{n}") });
        self.anns("POST", "/v1/provisioning/upsert", json!({ "people": [row] })).await;
        let places: Vec<&String> = (0..dice.below(3)).map(|_| dice.one(&self.departments)).collect();
        let here = json!({ "department_ids": places, "leads": places.iter().take(dice.below(2)).collect::<Vec<_>>() });
        self.anns("PATCH", &format!("/v1/members/{}", person.id), here).await;
        for _ in 0..=dice.below(3) {
            let place = (dice.below(3) > 0).then(|| dice.one(&self.departments));
            let role = &self.roles[dice.below(4 + FOR_WAYS.len())];
            self.give(person.id, role, place).await;
        }
        self.people.push(person);
    }

    /// As Ann. What is about the whole organisation is given for no department.
    async fn give(&self, member: MemberId, role: &str, place: Option<&String>) {
        let new = json!({ "member_id": member, "role_id": role, "department_id": place });
        let _may_be_refused = self.t.call(&self.ann, "POST", "/v1/role-grants", new).await;
    }

    /// Some of them act together, and most of these can what some way takes. Others are shut out.
    async fn gather(&mut self, dice: &mut Dice, way: usize) {
        for n in STAFF - GONE..STAFF {
            let path = format!("/v1/members/{}/suspend", self.people[n].id);
            self.anns("POST", &path, json!({})).await;
        }
        self.group = (0..2 + dice.below(3)).map(|_| dice.one(&self.people[..STAFF - GONE]).id.0).collect();
        self.founders = self.people.iter().filter(|one| self.group.contains(&one.id.0)).cloned().collect();
        for member in self.group.clone() {
            if dice.below(4) > 0 {
                self.give(MemberId(member), &self.roles[4 + way % FOR_WAYS.len()], None).await;
            }
        }
    }

    /// They have a program or two that Ann lent something to.
    async fn lend(&mut self, dice: &mut Dice) {
        self.prove(&self.ann).await;
        for _ in 0..=dice.below(2) {
            let places: Vec<&String> = (0..=dice.below(3)).map(|_| dice.one(&self.departments)).collect();
            let wanted =
                json!({ "name": "HR", "permissions": dice.lent(), "department_ids": places, "expires_in_days": 30 });
            let made = self.anns("POST", "/v1/service-tokens", wanted).await;
            self.take_program(&made);
        }
    }

    /// They have just typed their password again.
    pub async fn prove(&self, who: &Person) {
        let mut tx = self.t.app.begin(self.org, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn anns(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.t.call(&self.ann, method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {answer}");
        answer
    }

    /// Calls it as somebody of the group; the answer when it was let.
    pub async fn ask(&mut self, by: &Person, (method, path, body): &Call) -> Option<Value> {
        let (status, answer) = self.t.call(by, method, path, body.clone()).await;
        let answer = self.judged(status, answer, &format!("{method} {path} {body}"))?;
        if path == "/v1/roles" {
            self.roles.push(answer["id"].as_str().unwrap().to_owned());
        }
        // Whoever got a new password is one's own from now on.
        let taken = path.strip_prefix("/v1/members/").and_then(|rest| rest.strip_suffix("/initial-password"));
        self.group.extend(taken.map(|id| id.parse::<Uuid>().unwrap()));
        Some(answer)
    }

    pub fn judged(&mut self, status: StatusCode, answer: Value, said: &str) -> Option<Value> {
        assert!(!status.is_server_error(), "{said}: {answer}");
        self.kept_out += u32::from(answer["code"] == "directory.own_place_forbidden");
        self.forbidden += u32::from(status == StatusCode::FORBIDDEN);
        status.is_success().then_some(answer)
    }

    /// The program is one's own from now on.
    pub fn take_program(&mut self, made: &Value) {
        let id: Uuid = made["token"]["id"].as_str().unwrap().parse().unwrap();
        self.programs.push(Program { id, secret: made["secret"].as_str().unwrap().to_owned() });
        self.group.insert(id);
    }

    /// Whoever was brought in is one's own too, however that was done; and there are other departments by now.
    pub fn take_in(&mut self, last: &Snapshot, now: &Snapshot) {
        for id in now.places.keys().filter(|one| !last.places.contains_key(one)) {
            let account = AccountId(self.t.app.new_id());
            self.people.push(self.t.sign_in(self.org, MemberId(*id), account));
            self.group.insert(*id);
        }
        let new = now.parents.keys().filter(|one| !last.parents.contains_key(one));
        self.departments.extend(new.map(Uuid::to_string));
    }

    /// Somebody of the group: whom it was made of more often than whom it took in.
    pub fn caller(&self, dice: &mut Dice) -> Person {
        if dice.below(5) > 0 {
            return dice.one(&self.founders).clone();
        }
        let members: Vec<&Person> = self.people.iter().filter(|one| self.group.contains(&one.id.0)).collect();
        (*dice.one(&members)).clone()
    }

    /// Somebody who is here: oneself rather often.
    pub fn somebody(&self, dice: &mut Dice, by: MemberId) -> MemberId {
        let everybody: Vec<MemberId> = self.people.iter().map(|one| one.id).chain([self.ann.id]).collect();
        if dice.below(3) == 0 { by } else { *dice.one(&everybody) }
    }
}

fn named(row: &Value) -> (String, String) {
    (row["external_id"].as_str().unwrap().to_owned(), row["id"].as_str().unwrap().to_owned())
}
