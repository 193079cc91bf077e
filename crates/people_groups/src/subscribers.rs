//! What keeps groups up to date: each event asks only the groups it can change, about the people it can have moved.

use directory::events::{
    DepartmentChanged, DepartmentMerged, FieldDeleted, FieldWritten, ImportUndone, MemberAdded, MemberChanged,
    MemberDetailsChanged, MemberLeaving, MemberResumed, PeopleImported,
};
use directory::{Among, DepartmentId, FieldId};
use kernel::{MemberId, Result, Subscriber, Tx, subscriber};
use profiles::BuiltIn;

use crate::events::PeopleGroupWritten;
use crate::keep::follow;
use crate::stored;

pub fn all() -> Vec<Subscriber> {
    vec![
        subscriber::<MemberAdded>("people_groups.member_added", |tx, event| {
            Box::pin(async move { follow_everywhere(tx, Some(&[event.member])).await })
        }),
        subscriber::<MemberChanged>("people_groups.member_changed", |tx, event| {
            Box::pin(async move { follow_member(tx, event.member, &event.fields).await })
        }),
        subscriber::<MemberDetailsChanged>("people_groups.member_details_changed", |tx, event| {
            Box::pin(async move { follow_member(tx, event.member, &event.fields).await })
        }),
        // Why somebody is gone colleagues need not know: that they are is told by events of its own.
        subscriber::<MemberLeaving>("people_groups.member_leaving", |tx, event| {
            Box::pin(async move { follow_everywhere(tx, Some(&[event.member])).await })
        }),
        subscriber::<MemberResumed>("people_groups.member_resumed", |tx, event| {
            Box::pin(async move { follow_everywhere(tx, Some(&[event.member])).await })
        }),
        subscriber::<DepartmentChanged>("people_groups.department_changed", |tx, event| {
            Box::pin(async move { follow_below(tx, event.department).await })
        }),
        subscriber::<DepartmentMerged>("people_groups.department_merged", |tx, event| {
            Box::pin(async move { follow_merged(tx, event.department, event.into).await })
        }),
        subscriber::<PeopleImported>("people_groups.people_imported", |tx, _| Box::pin(follow_everywhere(tx, None))),
        subscriber::<ImportUndone>("people_groups.import_undone", |tx, _| Box::pin(follow_everywhere(tx, None))),
        subscriber::<FieldWritten>("people_groups.field_written", |tx, event| {
            Box::pin(async move { follow_field(tx, event.field).await })
        }),
        subscriber::<FieldDeleted>("people_groups.field_deleted", |tx, event| {
            Box::pin(async move { follow_field(tx, event.field).await })
        }),
    ]
}

async fn follow_everywhere(tx: &mut Tx, among: Option<&[MemberId]>) -> Result<()> {
    stored::hold(tx).await?;
    let groups = stored::load(tx, None).await?;
    follow(tx, &groups, among).await
}

/// Somebody's state concerns every group, and so does that their data is used again; their departments concern those that name any, a
/// field those that name it.
async fn follow_member(tx: &mut Tx, member: MemberId, fields: &[String]) -> Result<()> {
    let names = |name: &str| fields.iter().any(|field| field == name);
    if names("state") || names("restriction") {
        return follow_everywhere(tx, Some(&[member])).await;
    }
    let changed: Vec<_> = fields.iter().filter_map(|name| field_of(name)).map(|FieldId(id)| id).collect();
    if changed.is_empty() && !names("departments") {
        return Ok(());
    }
    stored::hold(tx).await?;
    let mut groups = stored::naming(tx, &changed).await?;
    if names("departments") {
        groups.extend(stored::naming_departments(tx).await?);
        groups.sort_by_key(|group| group.id);
        groups.dedup_by_key(|group| group.id);
    }
    follow(tx, &groups, Some(&[member])).await
}

/// As events call it: built-in fields by name, the others by id.
fn field_of(name: &str) -> Option<FieldId> {
    let built_in = BuiltIn::ALL.into_iter().find(|one| one.name() == name).map(BuiltIn::id);
    built_in.or_else(|| name.parse().ok())
}

/// Whoever is in the department or below it is in other departments' trees than before; nobody else is.
async fn follow_below(tx: &mut Tx, department: DepartmentId) -> Result<()> {
    stored::hold(tx).await?;
    let groups = stored::naming_departments(tx).await?;
    if groups.is_empty() {
        return Ok(());
    }
    let inside = Among { departments: Some(&[department]), includes_below: true, only: None };
    let people = directory::meant(tx, inside).await?;
    follow(tx, &groups, Some(&people)).await
}

/// What named the department that is gone names the one it went into.
async fn follow_merged(tx: &mut Tx, gone: DepartmentId, into: DepartmentId) -> Result<()> {
    stored::hold(tx).await?;
    for mut group in stored::naming(tx, &[gone.0]).await? {
        let departments = group.written.made_by.departments_mut();
        departments.retain(|one| *one != gone && *one != into);
        departments.push(into);
        stored::write(tx, group.id, &group.written).await?;
        tx.emit(&PeopleGroupWritten { group: group.id, is_new: false, fields: vec!["made_by".into()] })?;
        follow(tx, &[group], None).await?;
    }
    follow_below(tx, into).await
}

async fn follow_field(tx: &mut Tx, field: FieldId) -> Result<()> {
    stored::hold(tx).await?;
    let groups = stored::naming(tx, &[field.0]).await?;
    follow(tx, &groups, None).await
}
