//! What is told of each person, with what was there before.

use access::DepartmentId;
use lists::{Draft, DraftPerson, Field};
use profiles::{BuiltIn, Definition, FieldId, GENDERS, Names, Profile};
use texts::fold;

use crate::acts::{Act, Placement, Update};
use crate::departments::{Existing, PlannedDepartments};
use crate::told::{FieldChange, Paths, PersonChange};

/// A value of a field that has no word among [`Field`] as people read it.
pub type Shown<'a> = &'a dyn Fn(FieldId, &str) -> String;

/// The choice of a field by its name in any language; one that the organisation did not name by the words of files.
pub fn choice(definition: &Definition, text: &str) -> Option<String> {
    let text = fold(text);
    let is_gender = |id: &str| GENDERS.iter().any(|(one, words)| *one == id && words.contains(&text.as_str()));
    let found = definition.choices.iter().find(|choice| {
        let names = [&choice.names.zh_cn, &choice.names.zh_tw, &choice.names.en];
        let is_named = names.into_iter().flatten().any(|name| fold(name) == text);
        is_named || (choice.names == Names::default() && is_gender(&choice.id))
    });
    found.map(|choice| choice.id.clone())
}

/// Everybody but those left out, in the order of the list; then those whom it changes without naming them in a row.
pub fn people(
    draft: &Draft,
    acts: &[Act],
    tree: (&[Existing], &PlannedDepartments),
    shown: Shown<'_>,
) -> Vec<PersonChange> {
    let (before, after) = (Paths::before(tree.0), Paths::after(tree.0, tree.1));
    let told = |(row, act): (u32, &Act)| {
        let (member_id, name, departments, changes) = match act {
            Act::LeaveOut => return None,
            Act::Leave(leaver) => {
                (Some(leaver.member), leaver.name.clone(), before.all(&leaver.departments), Vec::new())
            }
            Act::Create { profile, places } | Act::Invite { profile, places, .. } => {
                let leads = joined(&after.all(&led(places))).map(|led| change(Field::Leads, None, Some(led)));
                (None, profile.name.clone(), after.all(&places.departments), leads.into_iter().collect())
            }
            Act::Update(update) => {
                let places = update.places.as_ref().unwrap_or(&update.was);
                let (places, changes) = (&places.departments, changes(update, (&before, &after), shown));
                (Some(update.member), update.profile.name.clone(), after.all(places), changes)
            }
        };
        Some(PersonChange { row, member_id, name, outcome: act.outcome(), departments, changes })
    };
    draft.people.iter().map(DraftPerson::row).chain(std::iter::repeat(0)).zip(acts).filter_map(told).collect()
}

fn changes(update: &Update, (before, after): (&Paths<'_>, &Paths<'_>), shown: Shown<'_>) -> Vec<FieldChange> {
    let (old, new) = (texts(&update.old), texts(&update.profile));
    let differs = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    let mut changes: Vec<FieldChange> = differs.map(|((field, old), (_, new))| change(field, old, new)).collect();
    changes.extend(own_changes(&update.old, &update.profile, shown));
    if let Some(then) = &update.places {
        if then.departments != update.was.departments {
            let now = joined(&before.all(&update.was.departments));
            changes.push(change(Field::Departments, now, joined(&after.all(&then.departments))));
        }
        let (old, new) = (led(&update.was), led(then));
        if old != new {
            changes.push(change(Field::Leads, joined(&before.all(&old)), joined(&after.all(&new))));
        }
    }
    changes
}

fn change(field: Field, before: Option<String>, after: Option<String>) -> FieldChange {
    FieldChange { field, field_id: None, before, after }
}

fn joined(paths: &[String]) -> Option<String> {
    Some(paths.join("; ")).filter(|text| !text.is_empty())
}

/// Of the departments in which somebody is, in their order, those that they lead.
fn led(place: &Placement) -> Vec<DepartmentId> {
    place.departments.iter().copied().filter(|one| place.leads.contains(one)).collect()
}

fn own_changes(old: &Profile, new: &Profile, shown: Shown<'_>) -> Vec<FieldChange> {
    use BuiltIn::{Email, Phone, Position, StaffNumber, UserId};
    let named = [UserId, Phone, Email, StaffNumber, Position].map(BuiltIn::id);
    let other = new.differing(old).into_iter().filter(|field| !named.contains(field));
    let text = |profile: &Profile, field| profile.get(field).map(|value| shown(field, &value));
    let change = |field: FieldId| FieldChange {
        field: Field::Own,
        field_id: Some(field),
        before: text(old, field),
        after: text(new, field),
    };
    other.map(change).collect()
}

fn texts(profile: &Profile) -> [(Field, Option<String>); 6] {
    [
        (Field::Name, Some(profile.name.clone())),
        (Field::UserId, profile.user_id.clone()),
        (Field::Phone, profile.phone.clone()),
        (Field::Email, profile.email.clone()),
        (Field::StaffNumber, profile.staff_number.clone()),
        (Field::Position, profile.position.clone()),
    ]
}
