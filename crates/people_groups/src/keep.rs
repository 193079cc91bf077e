//! Who is in a group: asked of the directory, and kept there as a principal.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use directory::{Among, FieldId, FieldRules};
use kernel::{MemberId, Result, Tx};

use crate::events::PeopleGroupsChanged;
use crate::model::{MadeBy, Rule};
use crate::rule::problem_of;
use crate::stored::{self, Stored};

/// What stands in the fields that rules name.
type Known = HashMap<MemberId, BTreeMap<FieldId, String>>;

/// Whoever makes groups, or changes what they name, says so: of `among`, or of everybody, those are in these groups whom
/// they mean. Whoever calls holds them (`stored::hold`). The fields are read once, however many groups ask.
pub async fn follow(tx: &mut Tx, groups: &[Stored], among: Option<&[MemberId]>) -> Result<()> {
    if groups.is_empty() || among.is_some_and(<[MemberId]>::is_empty) {
        return Ok(());
    }
    let meant = meant(tx, groups, among).await?;
    let mut is_other = false;
    for (group, members) in groups.iter().zip(&meant) {
        is_other |= directory::keep_people_group(tx, group.id, members, among).await?;
    }
    if is_other { tx.emit(&PeopleGroupsChanged {}) } else { Ok(()) }
}

/// Whom each of the groups means, of `among` or of everybody.
pub async fn meant(tx: &mut Tx, groups: &[Stored], among: Option<&[MemberId]>) -> Result<Vec<Vec<MemberId>>> {
    let rules = FieldRules::load(tx).await?;
    let ids: Vec<_> = groups.iter().map(|group| group.id).collect();
    let mut listed = stored::listed(tx, &ids, among).await?;
    let mut meant = Vec::with_capacity(groups.len());
    let (mut asked, mut fields) = (BTreeSet::new(), BTreeSet::new());
    for group in groups {
        let people = match &group.written.made_by {
            MadeBy::Hand(hand) => {
                let mut named = hand.member_ids.clone();
                named.extend(listed.remove(&group.id).unwrap_or_default());
                by_hand(tx, &named, &group.written.made_by, among).await?
            }
            MadeBy::Rule(rule) => candidates(tx, rule, &rules, among).await?,
        };
        if !group.written.made_by.conditions().is_empty() {
            asked.extend(people.iter().copied());
            fields.extend(group.written.made_by.conditions().iter().map(|one| one.field_id));
        }
        meant.push(people);
    }
    let known = known(tx, asked, fields).await?;
    let nothing = BTreeMap::new();
    for (group, people) in groups.iter().zip(&mut meant) {
        if let MadeBy::Rule(rule) = &group.written.made_by {
            people.retain(|member| rule.means(known.get(member).unwrap_or(&nothing)));
        }
    }
    Ok(meant)
}

async fn by_hand(
    tx: &mut Tx,
    named: &[MemberId],
    made_by: &MadeBy,
    among: Option<&[MemberId]>,
) -> Result<Vec<MemberId>> {
    let is_asked = |member: &MemberId| among.is_none_or(|among| among.contains(member));
    let named: Vec<MemberId> = named.iter().copied().filter(is_asked).collect();
    let mut people = directory::meant(tx, Among { only: Some(&named), ..Among::default() }).await?;
    if !made_by.departments().is_empty() {
        let inside = Among { departments: Some(made_by.departments()), includes_below: true, only: among };
        people.extend(directory::meant(tx, inside).await?);
        people.sort_unstable();
        people.dedup();
    }
    Ok(people)
}

/// Those whom the rule asks for what stands in their fields. Nobody, as long as one of these is not collected, or not seen by
/// whoever writes rules: nobody is let in by what the organisation does not keep or does not show.
async fn candidates(tx: &mut Tx, rule: &Rule, rules: &FieldRules, among: Option<&[MemberId]>) -> Result<Vec<MemberId>> {
    if rule.conditions.iter().any(|condition| problem_of(rules, condition.field_id).is_some()) {
        return Ok(Vec::new());
    }
    let departments = Some(rule.department_ids.as_slice()).filter(|departments| !departments.is_empty());
    directory::meant(tx, Among { departments, includes_below: rule.includes_below, only: among }).await
}

async fn known(tx: &mut Tx, people: BTreeSet<MemberId>, fields: BTreeSet<FieldId>) -> Result<Known> {
    let (people, fields): (Vec<_>, Vec<_>) = (people.into_iter().collect(), fields.into_iter().collect());
    directory::field_values(tx, &people, &fields).await
}
