//! Columns of the organisation's own making, and built-in ones that are no more than that: each value by the rules of its field
//! (`DIR-02`, `DIR-03`).

use std::collections::{HashMap, HashSet};

use import_plans::Act;
use kernel::{Error, MemberId, Result, Tx};
use lists::{Draft, Field, Kind, OwnField, OwnValue, Place};
use profiles::{Definition, Kind as ValueKind};

use super::existing::{Matched, Members};
use crate::fields::{Audience, BuiltIn, FieldId, Rules, fill, list};

/// The built-in fields that administrators fill in, and those of the organisation's own making, of which those that are
/// switched off too: their columns are named.
pub async fn own_fields(tx: &mut Tx) -> Result<Vec<OwnField>> {
    let (rules, written) = (Rules::load(tx).await?, list::definitions(tx).await?);
    let made = written.into_iter().filter(|(id, _)| BuiltIn::of(*id).is_none());
    let made = made.map(|(id, definition)| (id, definition.names));
    Ok(lists::own_fields(made, |one| not_written(&rules, one.id()).is_none()))
}

/// What it takes to judge a value, and to show it.
pub struct Own {
    definitions: HashMap<FieldId, Definition>,
    kinds: HashMap<FieldId, ValueKind>,
    pub region: String,
    names: HashMap<MemberId, String>,
}

impl Own {
    pub async fn load(tx: &mut Tx, rules: &Rules) -> Result<Self> {
        let (written, region) = (list::definitions(tx).await?, crate::settings(tx).await?.region.clone());
        let definitions = rules.iter().map(|(id, _)| (id, fill::definition(id, &written))).collect();
        let kinds = rules.iter().map(|(id, rule)| (id, rule.kind)).collect();
        Ok(Self { definitions, kinds, region, names: HashMap::new() })
    }

    /// Puts each value into the form it is kept in; what cannot be is a problem of its cell.
    pub async fn check(&self, tx: &mut Tx, rules: &Rules, (draft, members): (&mut Draft, &Members)) -> Result<()> {
        let mut people: Vec<(usize, OwnValue)> = Vec::new();
        for (place, value) in taken(draft) {
            let at = Place::cell(Kind::People, draft.people[place].row(), value.column);
            if let Some(why) = not_written(rules, value.field) {
                draft.problems.note(at, why, None);
                continue;
            }
            match self.kept(tx, &value, members) {
                Ok(text) if self.kinds.get(&value.field) == Some(&ValueKind::Person) => {
                    people.push((place, OwnValue { text, ..value }));
                }
                Ok(text) => draft.people[place].values.push(OwnValue { text, ..value }),
                Err(error) => draft.problems.error(at, lists::why(&error), Some(&value.text)),
            }
        }
        let ids: Vec<MemberId> = people.iter().filter_map(|(_, value)| value.text.parse().ok()).collect();
        let here: HashSet<MemberId> = crate::only_active_members(tx, &ids).await?.into_iter().collect();
        for (place, value) in people {
            if value.text.parse().is_ok_and(|id: MemberId| here.contains(&id)) {
                draft.people[place].values.push(value);
            } else {
                let at = Place::cell(Kind::People, draft.people[place].row(), value.column);
                draft.problems.error(at, "not_a_person", None);
            }
        }
        Ok(())
    }

    fn kept(&self, tx: &Tx, value: &OwnValue, members: &Members) -> Result<String> {
        let nothing = Definition::default();
        let definition = self.definitions.get(&value.field).unwrap_or(&nothing);
        let wrong = |why| Error::Invalid { field: "values", why };
        let kind = self.kinds.get(&value.field).copied().ok_or(wrong("unknown"))?;
        let text = match kind {
            ValueKind::Choice => import_plans::choice(definition, &value.text).ok_or(wrong("not_a_choice"))?,
            ValueKind::Person => self.person(tx, &value.text, members).map_err(wrong)?.to_string(),
            ValueKind::Date => lists::day(&value.text).ok_or(wrong("not_a_date"))?,
            _ => value.text.clone(),
        };
        let kept = profiles::checked(kind, definition, &text, &self.region)?;
        // A day is written so that the later is the greater.
        let is_to_come = value.field == BuiltIn::Birthday.id() && kept > tx.now().date_naive().to_string();
        if is_to_come { Err(wrong("out_of_range")) } else { Ok(kept) }
    }

    /// What is new is one of the list where nothing else may be; what somebody has stays until it is changed.
    pub fn check_listed(&self, draft: &mut Draft, (matches, matched): (&[Option<MemberId>], &Matched)) {
        for (person, member) in draft.people.iter().zip(matches) {
            let old = member.and_then(|id| matched.people.get(&id)).map(|old| &old.profile);
            let at = |column| Place::cell(Kind::People, person.row(), column);
            let values = person.values.iter().map(|one| (one.field, &one.text, at(one.column)));
            let at = Place::person(person.row(), Field::Position);
            let position = person.position.as_ref().map(|text| (BuiltIn::Position.id(), text, at));
            let wrong = values.chain(position).filter(|(field, text, _)| {
                let admits = self.definitions.get(field).is_none_or(|definition| definition.admits(text));
                !admits && old.and_then(|old| old.get(*field)).as_ref() != Some(*text)
            });
            wrong.for_each(|(_, text, at)| draft.problems.error(at, "not_listed", Some(text.as_str())));
        }
    }

    /// By whatever names a person for sure, or by a name that nobody else has.
    fn person(&self, tx: &Tx, text: &str, members: &Members) -> std::result::Result<MemberId, &'static str> {
        let forms = import_plans::forms(text, &self.region);
        let found = forms.iter().find_map(|(field, value)| members.find(tx, *field, value));
        match (found, members.called(text)) {
            (Some(member), _) | (None, &[member]) => Ok(member),
            (None, []) => Err("not_a_person"),
            _ => Err("person_ambiguous"),
        }
    }

    /// Remembers what those are called whom the changes name.
    pub async fn name_people(&mut self, tx: &mut Tx, acts: &[Act]) -> Result<()> {
        let profiles = acts.iter().flat_map(|act| match act {
            Act::Update(update) => vec![&update.old, &update.profile],
            _ => Vec::new(),
        });
        let values = profiles.flat_map(|profile| profile.values.iter());
        let people = values.filter(|(field, _)| self.kinds.get(*field) == Some(&ValueKind::Person));
        let ids: HashSet<MemberId> = people.filter_map(|(_, value)| value.parse().ok()).collect();
        self.names = crate::names(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// As people read it: choices and people by name.
    pub fn shown(&self, field: FieldId, value: &str) -> String {
        let choices = self.definitions.get(&field).map_or(&[][..], |definition| &definition.choices);
        let choice = choices.iter().find(|choice| choice.id == value).map(|choice| choice.names.clone());
        let choice = choice.and_then(|names| names.zh_cn.or(names.zh_tw).or(names.en));
        let person = || self.names.get(&value.parse().ok()?).cloned();
        choice.or_else(person).unwrap_or_else(|| value.to_owned())
    }
}

/// Every value of the draft with the place of its person; what is right is put back.
fn taken(draft: &mut Draft) -> Vec<(usize, OwnValue)> {
    let people = draft.people.iter_mut().enumerate();
    people
        .flat_map(|(place, person)| std::mem::take(&mut person.values).into_iter().map(move |value| (place, value)))
        .collect()
}

/// Why a column comes to nothing: the field is the person's own, or it is switched off.
fn not_written(rules: &Rules, field: FieldId) -> Option<&'static str> {
    match rules.check_write(field, &[Audience::Administrators]) {
        Ok(()) => None,
        Err(Error::Forbidden) => Some("field_of_their_own"),
        Err(_) => Some("field_not_collected"),
    }
}
