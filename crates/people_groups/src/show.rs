//! Show a group: to whoever manages groups also what makes it and what is wrong with it.

use std::collections::HashSet;

use axum::http::HeaderMap;
use directory::{Among, DepartmentId, FieldId, FieldRules, PeopleGroupId, Principal};
use kernel::{Cx, Json, Path, Result, Tx};

use crate::model::{MadeBy, ManagedPeopleGroup, PeopleGroup, PeopleGroupProblem, ProblemKind};
use crate::policy::{Reader, VisibleGroup};
use crate::rule::{is_for_everyone, problem_of};
use crate::stored::{self, Stored};

/// Show a group of people
#[utoipa::path(
    get, path = "/v1/people-groups/{group}", tag = "people_groups", operation_id = "showPeopleGroup",
    params(("group" = PeopleGroupId, Path)),
    responses((status = 200, body = PeopleGroup)),
    extensions(("x-access" = json!("member of the organisation; one that is not shown to everybody, holder of departments.manage and people.see"))),
)]
pub async fn show_people_group(cx: Cx, Path(group): Path<PeopleGroupId>) -> Result<(HeaderMap, Json<PeopleGroup>)> {
    let mut tx = cx.begin().await?;
    shown(&mut tx, group).await
}

/// The group as the caller sees it, with its edition.
pub async fn shown(tx: &mut Tx, id: PeopleGroupId) -> Result<(HeaderMap, Json<PeopleGroup>)> {
    let VisibleGroup { reader, group } = VisibleGroup::load(tx, id).await?;
    let members = directory::members_of_principal(tx, Principal::PeopleGroup(id)).await?;
    let seen = directory::seen_members(tx, members).await?.len();
    let mut made_by = group.written.made_by.clone();
    if let MadeBy::Hand(hand) = &mut made_by {
        let listed = stored::listed(tx, &[id], None).await?.remove(&id).unwrap_or_default();
        hand.member_ids = directory::meant(tx, Among { only: Some(&listed), ..Among::default() }).await?;
    }
    let departments = if reader.manages { directory::department_ids(tx).await? } else { Vec::new() };
    let mut answer = answer(group, &reader, &departments.into_iter().collect());
    answer.member_count = Some(i64::try_from(seen).unwrap_or(i64::MAX));
    if let Some(managed) = &mut answer.managed {
        managed.made_by = Some(made_by);
    }
    Ok((directory::edition_tag(answer.revision), Json(answer)))
}

/// Without the count, and without what makes it.
pub fn answer(group: Stored, reader: &Reader, departments: &HashSet<DepartmentId>) -> PeopleGroup {
    let made_by = &group.written.made_by;
    let managed = reader.manages.then(|| ManagedPeopleGroup {
        kind: made_by.kind(),
        made_by: None,
        is_shown: group.written.is_shown,
        is_withheld: group.written.is_shown && !is_for_everyone(&reader.fields, made_by),
        problems: problems(made_by, &reader.fields, departments),
    });
    PeopleGroup {
        id: group.id,
        name: group.written.name,
        note: group.written.note,
        member_count: None,
        managed,
        revision: group.revision,
        can: reader.can(),
    }
}

fn problems(made_by: &MadeBy, fields: &FieldRules, there: &HashSet<DepartmentId>) -> Vec<PeopleGroupProblem> {
    let gone = made_by.departments().iter().filter(|one| !there.contains(*one));
    let gone = gone.map(|DepartmentId(id)| PeopleGroupProblem { kind: ProblemKind::DepartmentGone, id: *id });
    let named = made_by.conditions().iter().map(|condition| condition.field_id);
    let of_field = |field: FieldId| Some(PeopleGroupProblem { kind: problem_of(fields, field)?, id: field.0 });
    let mut problems: Vec<PeopleGroupProblem> = named.filter_map(of_field).chain(gone).collect();
    let mut seen = HashSet::new();
    problems.retain(|problem| seen.insert(problem.id));
    problems
}
