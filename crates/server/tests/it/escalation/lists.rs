//! Lists of people and departments are brought in, and taken back: upload, dry run and write are one step.

use serde_json::{Value, json};
use testkit::Person;

use super::world::{Call, Dice, Done, KNOWN, STAFF, World};

/// What it takes, for the whole organisation.
const NEEDED: [&str; 5] = ["people.import", "people.add", "people.edit", "people.place", "departments.manage"];

pub async fn attempt(w: &mut World, dice: &mut Dice, by: &Person) -> Option<Done> {
    let own: Vec<String> = w.imports.iter().filter(|(who, _)| *who == by.id).map(|(_, id)| id.clone()).collect();
    if !own.is_empty() && dice.below(3) == 0 {
        let import = dice.one(&own).clone();
        return undo(w, by, &import).await;
    }
    let list = if dice.below(3) == 0 { departments(dice) } else { people(dice) };
    let told = w.import(by, list.clone()).await?;
    let counts = &told["report"]["counts"];
    let is_something = ["created", "changed", "moved", "left", "departments_created", "departments_changed"]
        .iter()
        .any(|one| counts[one].as_i64().is_some_and(|count| count > 0));
    w.imports.push((by.id, told["id"].as_str().unwrap().to_owned()));
    let kind = if is_something { "import written" } else { "import without effect" };
    let done = NEEDED.into_iter().fold(Done::new(by, kind, list), |done, one| done.needing(by.id.0, one, &[]));
    Some(done)
}

async fn undo(w: &mut World, by: &Person, import: &str) -> Option<Done> {
    let path = format!("/v1/imports/{import}");
    w.ask(by, &("POST", format!("{path}/undo"), json!({}))).await?;
    w.t.run_jobs().await;
    let told = w.ask(by, &("GET", path, Value::Null)).await?;
    let undone: i64 = told["deeds"].as_array()?.iter().filter_map(|one| one["undone"].as_i64()).sum();
    let kind = if undone > 0 { "import undone" } else { "import stayed" };
    Some(Done::new(by, kind, import))
}

impl World {
    /// Uploads a list, has it written, and says what became of it; `None` when it was refused on the way.
    pub async fn import(&mut self, by: &Person, list: String) -> Option<Value> {
        let octets = [("content-type", "application/octet-stream")];
        let (status, answer) = self.t.send(Some(by), "POST", "/v1/imports", list.clone().into_bytes(), &octets).await;
        let answer = serde_json::from_slice(&answer).unwrap_or_default();
        let tried = self.judged(status, answer, &list)?;
        let path = format!("/v1/imports/{}", tried["id"].as_str().unwrap());
        let all = json!({ "leaves_out_wrong_rows": true, "lets_many_leave": true });
        let confirm: Call = ("POST", format!("{path}/confirm"), all);
        self.ask(by, &confirm).await?;
        self.t.run_jobs().await;
        self.ask(by, &("GET", path, Value::Null)).await.filter(|told| told["state"] == "done")
    }
}

/// One to three of the staff, elsewhere or gone, and at times somebody new.
fn people(dice: &mut Dice) -> String {
    let mut list = String::from("姓名,账号,工号,部门,是否部门负责人,职务,状态\n");
    for _ in 0..=dice.below(3) {
        let n = dice.below(STAFF);
        let places: Vec<usize> = (0..dice.below(3)).map(|_| dice.below(KNOWN)).collect();
        let numbers: Vec<String> = places.iter().map(|place| (10 + place).to_string()).collect();
        let leads: Vec<&str> = places.iter().map(|_| *dice.one(&["是", "否"])).collect();
        let (position, state) = (dice.name('t'), *dice.one(&["在职", "在职", "在职", "离职"]));
        list += &format!("Nr{n},,s{n},{},{},{position},{state}\n", numbers.join(";"), leads.join(";"));
    }
    if dice.below(4) == 0 {
        let name = dice.name('n');
        list += &format!("{name},{name},,{},,,在职\n", 10 + dice.below(KNOWN));
    }
    list
}

/// One or two departments that hang elsewhere, or are led by others, or are new.
fn departments(dice: &mut Dice) -> String {
    let mut list = String::from("部门名称,部门ID,父部门ID,部门主管\n");
    for _ in 0..=dice.below(2) {
        let (n, above) = (dice.below(KNOWN + 1), 10 + dice.below(KNOWN));
        let name = if n == KNOWN { dice.name('d') } else { format!("D{n}") };
        let number = if n == KNOWN { 1000 + dice.below(1000) } else { 10 + n };
        let leader = if dice.below(2) == 0 { String::new() } else { format!("s{}", dice.below(STAFF)) };
        list += &format!("{name},{number},{above},{leader}\n");
    }
    list
}
