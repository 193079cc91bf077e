//! Who leads the departments of a list of departments, as it names them (`DIR-04`).

use std::collections::HashMap;

use access::DepartmentId;
use kernel::MemberId;
use lists::{Draft, Field, Place};
use texts::{contact, fold, unspaced};

use crate::acts::{Act, Placement};
use crate::departments::PlannedDepartments;

/// What a text may be that names a person for sure, the surest first.
pub fn forms(text: &str, region: &str) -> Vec<(Field, String)> {
    let forms = [
        (Field::UserId, contact::user_id(text).ok()),
        (Field::StaffNumber, Some(text.to_owned())),
        (Field::Phone, contact::phone(text, region).ok()),
        (Field::Email, contact::email(text).ok()),
    ];
    forms.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

/// How people who are here are found.
pub struct Directory<'a> {
    /// Where the organisation is.
    pub region: &'a str,
    /// By what names them for sure.
    pub by_code: &'a dyn Fn(Field, &str) -> Option<MemberId>,
    /// By name, as it is folded.
    pub called: &'a dyn Fn(&str) -> Vec<MemberId>,
}

/// Somebody whom a text may mean.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Meant {
    /// By their place in the draft.
    Row(usize),
    /// Somebody who is here and in no row.
    Member(MemberId),
}

struct Cell {
    node: usize,
    /// Each with its place in [`Leaders::meant`].
    texts: Vec<(String, usize)>,
}

/// Whom the lists of departments name as leaders.
pub struct Leaders<'a> {
    cells: Vec<Cell>,
    /// All whom a text may mean. Namesakes are here once, however many cells name them.
    meant: Vec<Vec<Meant>>,
    matches: &'a [Option<MemberId>],
}

impl<'a> Leaders<'a> {
    /// People of the list of people go by what it says of them, everybody else by what is known here.
    pub fn find(draft: &Draft, matches: &'a [Option<MemberId>], here: &Directory<'_>) -> Self {
        let mut cells = Vec::new();
        let mut finder: Option<Finder<'_>> = None;
        for (node, named) in draft.tree.nodes.iter().enumerate().filter(|(_, node)| !node.leaders.is_empty()) {
            let finder = finder.get_or_insert_with(|| Finder::of(draft, matches, here));
            let texts = named.leaders.iter().map(|text| (text.clone(), finder.meant(text))).collect();
            cells.push(Cell { node, texts });
        }
        let meant = finder.map(|finder| finder.found).unwrap_or_default();
        Self { cells, meant, matches }
    }

    /// Those in no row who may be meant.
    pub fn members(&self) -> Vec<MemberId> {
        let member = |one: &Meant| if let Meant::Member(member) = one { Some(*member) } else { None };
        self.meant.iter().flatten().filter_map(member).collect()
    }

    /// The departments of which a list says who leads them.
    pub fn departments(&self, planned: &PlannedDepartments) -> Vec<DepartmentId> {
        let of = |cell: &Cell| planned.all.get(cell.node)?.as_ref().map(|planned| planned.id);
        self.cells.iter().filter_map(of).collect()
    }

    /// Those whom a department's cell names lead it, and with them whoever leads it by a row of their own; who else led it
    /// does not any more. A cell of which anything cannot be understood changes nothing.
    pub fn apply(&self, draft: &mut Draft, acts: &mut Vec<Act>, (planned, around): (&PlannedDepartments, &Around<'_>)) {
        if self.cells.is_empty() {
            return;
        }
        let mut desk = Desk::of(acts, self.matches, around);
        let standings: Vec<Standing> = self.meant.iter().map(|meant| desk.standing(meant)).collect();
        for cell in &self.cells {
            let Some(Some(department)) = planned.all.get(cell.node) else { continue };
            let (id, at) = (department.id, Place::department(draft.tree.nodes[cell.node].row, Field::Leaders));
            match desk.leaders((cell, &standings), id) {
                Ok(leaders) if !desk.turn(draft, id, &leaders) => draft.problems.warn(at, "not_allowed", None),
                Ok(_) => {}
                Err(wrong) => wrong.into_iter().for_each(|(code, text)| draft.problems.warn(at, code, Some(&text))),
            }
        }
    }
}

/// Where [`Finder::found`] has nobody.
const NOBODY: usize = 0;

/// Finds whom a text means.
struct Finder<'a> {
    by_code: HashMap<(Field, String), usize>,
    called: HashMap<String, Vec<usize>>,
    rows: HashMap<MemberId, usize>,
    here: &'a Directory<'a>,
    found: Vec<Vec<Meant>>,
    /// Where they are in `found`: somebody by a code of theirs, and all who have a name.
    alone: HashMap<Meant, usize>,
    namesakes: HashMap<String, usize>,
}

impl<'a> Finder<'a> {
    fn of(draft: &Draft, matches: &[Option<MemberId>], here: &'a Directory<'a>) -> Self {
        let mut finder = Self {
            by_code: HashMap::new(),
            called: HashMap::new(),
            rows: HashMap::new(),
            here,
            found: vec![Vec::new()],
            alone: HashMap::new(),
            namesakes: HashMap::new(),
        };
        for (place, person) in draft.people.iter().enumerate() {
            for (field, value) in person.names() {
                finder.by_code.entry((field, value.to_lowercase())).or_insert(place);
            }
            finder.called.entry(fold(&unspaced(&person.name))).or_default().push(place);
            if let Some(Some(member)) = matches.get(place) {
                finder.rows.entry(*member).or_insert(place);
            }
        }
        finder
    }

    /// `张三`, `zhangsan`, or both of them: `张三(zhangsan)`. Where in `found` those are whom it may mean.
    fn meant(&mut self, text: &str) -> usize {
        if let Some(one) = self.coded(text) {
            return self.alone(one);
        }
        let called = self.called(text);
        if called != NOBODY {
            return called;
        }
        let inside = text.split_once('(').and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
        inside.and_then(|code| self.coded(code.trim())).map_or(NOBODY, |one| self.alone(one))
    }

    fn alone(&mut self, one: Meant) -> usize {
        let Self { found, alone, .. } = self;
        *alone.entry(one).or_insert_with(|| {
            found.push(vec![one]);
            found.len() - 1
        })
    }

    fn coded(&self, text: &str) -> Option<Meant> {
        let forms = forms(text, self.here.region);
        let row = forms.iter().find_map(|(field, value)| self.by_code.get(&(*field, value.to_lowercase())).copied());
        let member = || forms.iter().find_map(|(field, value)| (self.here.by_code)(*field, value));
        let of = |member: MemberId| self.rows.get(&member).map_or(Meant::Member(member), |row| Meant::Row(*row));
        row.map(Meant::Row).or_else(|| member().map(of))
    }

    fn called(&mut self, text: &str) -> usize {
        let name = fold(&unspaced(text));
        if let Some(known) = self.namesakes.get(&name) {
            return *known;
        }
        let rows = self.called.get(&name).into_iter().flatten().map(|row| Meant::Row(*row));
        let others = (self.here.called)(&name).into_iter().filter(|one| !self.rows.contains_key(one));
        let meant: Vec<Meant> = rows.chain(others.map(Meant::Member)).collect();
        if meant.is_empty() {
            return NOBODY;
        }
        self.found.push(meant);
        self.namesakes.insert(name, self.found.len() - 1);
        self.found.len() - 1
    }
}

/// What else it takes to say who leads.
pub struct Around<'a> {
    /// Somebody who is here and in no row, as they are; `None` for those on the way out.
    pub as_they_are: &'a dyn Fn(MemberId) -> Option<Act>,
    /// Whether the caller may say what they lead.
    pub may_place: &'a dyn Fn(MemberId) -> bool,
    /// Whether the caller may have them lead something they do not lead.
    pub may_lead: &'a dyn Fn(MemberId) -> bool,
    /// Whether they may have somebody lead who comes with the list.
    pub may_new_lead: bool,
    /// Who leads these departments now.
    pub leading: &'a [(DepartmentId, MemberId)],
}

/// Somebody who will be here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Person {
    /// Something is done about them already.
    Of(usize),
    /// They are in no row.
    Here(MemberId),
}

/// How many of those whom a text may mean will be here, and who of them in which department.
struct Standing {
    people: usize,
    inside: HashMap<DepartmentId, Vec<Meant>>,
}

struct Desk<'a> {
    acts: &'a mut Vec<Act>,
    by_member: HashMap<MemberId, usize>,
    matches: &'a [Option<MemberId>],
    around: &'a Around<'a>,
}

impl<'a> Desk<'a> {
    fn of(acts: &'a mut Vec<Act>, matches: &'a [Option<MemberId>], around: &'a Around<'a>) -> Self {
        let member = |act: &Act| match act {
            Act::Update(update) => Some(update.member),
            Act::Leave(leaver) => Some(leaver.member),
            _ => None,
        };
        let by_member = acts.iter().enumerate().filter_map(|(at, act)| Some((member(act)?, at))).collect();
        Self { acts, by_member, matches, around }
    }

    /// As it stays whoever leads.
    fn standing(&self, meant: &[Meant]) -> Standing {
        let mut standing = Standing { people: 0, inside: HashMap::new() };
        for one in meant {
            let Some(place) = self.person(*one).and_then(|person| self.place(person)) else { continue };
            standing.people += 1;
            for department in place.departments {
                standing.inside.entry(department).or_default().push(*one);
            }
        }
        standing
    }

    /// Who the cell says leads; or every text of it that names nobody, somebody of several, or nobody of the department.
    fn leaders(
        &self,
        (cell, standings): (&Cell, &[Standing]),
        department: DepartmentId,
    ) -> Result<Vec<Person>, Vec<(&'static str, String)>> {
        let (mut leaders, mut wrong) = (Vec::new(), Vec::new());
        for (text, meant) in &cell.texts {
            match self.leader(&standings[*meant], department) {
                Ok(leader) if leaders.contains(&leader) => {}
                Ok(leader) => leaders.push(leader),
                Err(code) => wrong.push((code, text.clone())),
            }
        }
        if wrong.is_empty() { Ok(leaders) } else { Err(wrong) }
    }

    fn leader(&self, standing: &Standing, department: DepartmentId) -> Result<Person, &'static str> {
        let inside = standing.inside.get(&department).map(Vec::as_slice).unwrap_or_default();
        match (inside, standing.people) {
            ([one], _) => self.person(*one).ok_or("not_a_person"),
            (_, 0) => Err("not_a_person"),
            ([], 1) => Err("leader_elsewhere"),
            _ => Err("person_ambiguous"),
        }
    }

    /// Whoever stands in a row that is left out is as they are.
    fn person(&self, meant: Meant) -> Option<Person> {
        match meant {
            Meant::Row(place) if !matches!(self.acts[place], Act::LeaveOut) => Some(Person::Of(place)),
            Meant::Row(place) => self.matches[place].map(|member| self.here(member)),
            Meant::Member(member) => Some(self.here(member)),
        }
    }

    fn here(&self, member: MemberId) -> Person {
        self.by_member.get(&member).map_or(Person::Here(member), |at| Person::Of(*at))
    }

    /// Where they will be; `None` when they will not be here.
    fn place(&self, person: Person) -> Option<Placement> {
        let of = |act: &Act| match act {
            Act::Create { places, .. } | Act::Invite { places, .. } => Some(places.clone()),
            Act::Update(update) => Some(update.place().clone()),
            Act::Leave(_) | Act::LeaveOut => None,
        };
        match person {
            Person::Of(at) => of(&self.acts[at]),
            Person::Here(member) => of(&(self.around.as_they_are)(member)?),
        }
    }

    /// Whoever leads the department, is not named, and does not lead it by a row of their own.
    fn former(&self, draft: &Draft, department: DepartmentId, leaders: &[Person]) -> Vec<Person> {
        let led = self.around.leading.iter().filter(|(led, _)| *led == department);
        let people = led.map(|(_, member)| self.here(*member)).filter(|one| !leaders.contains(one));
        let by_row = |one: &Person| match one {
            Person::Of(at) => draft.people.get(*at).is_some_and(|row| row.leads.is_some()),
            Person::Here(_) => false,
        };
        people.filter(|one| !by_row(one) && self.leads(*one, department)).collect()
    }

    fn leads(&self, person: Person, department: DepartmentId) -> bool {
        self.place(person).is_some_and(|place| place.leads.contains(&department))
    }

    /// Has these lead the department and nobody else; whether the caller may say so of each of them.
    fn turn(&mut self, draft: &Draft, department: DepartmentId, leaders: &[Person]) -> bool {
        let former = self.former(draft, department, leaders);
        let new: Vec<Person> = leaders.iter().copied().filter(|one| !self.leads(*one, department)).collect();
        let may_all = |these: &[Person], may: &dyn Fn(MemberId) -> bool| these.iter().all(|one| self.may(*one, may));
        let (may_place, may_lead) = (self.around.may_place, self.around.may_lead);
        let is_new = |one: &Person| matches!(one, Person::Of(at) if matches!(self.acts[*at], Act::Create { .. }));
        let may_new = self.around.may_new_lead || !new.iter().any(is_new);
        if !(may_new && may_all(&new, may_place) && may_all(&new, may_lead) && may_all(&former, may_place)) {
            return false;
        }
        new.into_iter().for_each(|one| self.change(one, |place| place.leads.push(department)));
        former.into_iter().for_each(|one| self.change(one, |place| place.leads.retain(|led| *led != department)));
        true
    }

    fn may(&self, person: Person, may: &dyn Fn(MemberId) -> bool) -> bool {
        match person {
            Person::Here(member) => may(member),
            Person::Of(at) => match &self.acts[at] {
                Act::Update(update) => may(update.member),
                _ => true,
            },
        }
    }

    fn change(&mut self, person: Person, change: impl FnOnce(&mut Placement)) {
        let at = match person {
            Person::Of(at) => at,
            Person::Here(member) => {
                let Some(act) = (self.around.as_they_are)(member) else { return };
                self.by_member.insert(member, self.acts.len());
                self.acts.push(act);
                self.acts.len() - 1
            }
        };
        match &mut self.acts[at] {
            Act::Create { places, .. } | Act::Invite { places, .. } => change(places),
            Act::Update(update) => {
                let mut then = update.place().clone();
                change(&mut then);
                update.places = (!then.is_same(&update.was)).then_some(then);
            }
            Act::Leave(_) | Act::LeaveOut => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use kernel::MemberId;
    use lists::Draft;

    use super::{Directory, Leaders};

    fn id(n: u128) -> MemberId {
        MemberId(format!("{n:032x}").parse().unwrap_or_default())
    }

    #[test]
    fn namesakes_are_looked_for_and_kept_once_however_many_cells_name_them() {
        let mut draft = Draft::default();
        for row in 2..202 {
            let node = draft.tree.child(None, &format!("Department {row}"), row);
            draft.tree.nodes[node].leaders = vec!["Zhang Wei".into(), "ZHANG WEI".into(), "u1".into(), "U1".into()];
        }
        let namesakes: Vec<MemberId> = (2..1_002).map(id).collect();
        let asked = Cell::new(0);
        let called = |name: &str| {
            asked.set(asked.get() + 1);
            if name == "zhang wei" { namesakes.clone() } else { Vec::new() }
        };
        let by_code = |_: lists::Field, code: &str| code.eq_ignore_ascii_case("u1").then(|| id(1));
        let leaders = Leaders::find(&draft, &[], &Directory { region: "CN", by_code: &by_code, called: &called });
        let mut members = leaders.members();
        members.sort_unstable();
        assert_eq!(members, (1..1_002).map(id).collect::<Vec<_>>());
        assert_eq!(asked.get(), 1);
    }
}
