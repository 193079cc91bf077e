//! The bell rings for those whom an announcement concerns, and its notification goes with it.

use applications::events::ApplicationChanged;
use directory::events::DepartmentMerged;
use inbox::{Kind, New, Target};
use kernel::{MemberId, Result, Subscriber, Tx, subscriber};

use crate::ANNOUNCEMENTS;
use crate::audience::{Audiences, readings};
use crate::events::{AnnouncementEdited, AnnouncementPublished, AnnouncementsChanged};
use crate::model::{AnnouncementId, State};
use crate::stored::{self, Stored};

/// So many at once: an event names those who are told.
const AT_ONCE: usize = 2_000;
/// The place in it that one has read to: there is only one.
const WHOLE: i64 = 1;

pub fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber::<AnnouncementPublished>("announcements.published", |tx, event| {
            Box::pin(tell(tx, event.announcement))
        }),
        subscriber::<AnnouncementEdited>("announcements.edited", |tx, event| Box::pin(follow(tx, event))),
        subscriber::<DepartmentMerged>("announcements.department_merged", |tx, event| Box::pin(replace(tx, event))),
        subscriber::<ApplicationChanged>("announcements.application_changed", |tx, event| Box::pin(quieten(tx, event))),
    ]
}

fn target(id: AnnouncementId, seq: Option<i64>) -> Target {
    Target { kind: "announcements.announcement".into(), id: id.0, seq }
}

/// Tells all whom it concerns, instead of what they were told of it before. What it says stands in no notification: it may change.
async fn tell(tx: &mut Tx, id: AnnouncementId) -> Result<()> {
    take_back(tx, id).await?;
    let Some(announcement) = stored::load(tx, &[id]).await?.pop() else { return Ok(()) };
    if announcement.state(tx.now()) != State::Shown {
        return Ok(());
    }
    let audience: Vec<MemberId> = Audiences::default().of(tx, &announcement).await?.members().collect();
    ring(tx, &announcement, &audience).await
}

/// Who is asked again is told again; whom it concerns from now on is told, and who does not find it any more is not.
async fn follow(tx: &mut Tx, edited: AnnouncementEdited) -> Result<()> {
    if edited.asks_again {
        return tell(tx, edited.announcement).await;
    }
    let is_for_others = edited.fields.iter().any(|field| field == "departments" || field == "until");
    if is_for_others { settle(tx, edited.announcement).await } else { Ok(()) }
}

/// The bell as it is now: whom it concerns and who has neither been told nor read it is told, and who finds it no more has
/// nothing of it left there.
pub async fn settle(tx: &mut Tx, id: AnnouncementId) -> Result<()> {
    let Some(announcement) = stored::hold(tx, id).await? else { return Ok(()) };
    let is_shown = announcement.state(tx.now()) == State::Shown;
    let audience = Audiences::default().of(tx, &announcement).await?;
    let read = readings(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let told = inbox::told(tx, &target(id, None)).await?;
    let (lost, new): (Vec<MemberId>, Vec<MemberId>) = {
        let has_read = |member: &MemberId| read.binary_search_by_key(member, |one| one.0).is_ok();
        let finds = |member: &MemberId| audience.has(*member) && (is_shown || has_read(member));
        let is_new = |member: &MemberId| is_shown && told.binary_search(member).is_err() && !has_read(member);
        (told.iter().copied().filter(|member| !finds(member)).collect(), audience.members().filter(is_new).collect())
    };
    inbox::retract_from(tx, &target(id, None), &lost).await?;
    ring(tx, &announcement, &new).await
}

/// To whom they are switched off no bell leads to one; once they are on again they stand on the pages.
async fn ring(tx: &mut Tx, announcement: &Stored, members: &[MemberId]) -> Result<()> {
    let text = if announcement.must_be_confirmed { "announced_to_confirm" } else { "announced" };
    let new = New {
        kind: Kind::System,
        target: Some(target(announcement.id, Some(WHOLE))),
        actor: Some(announcement.author_id),
        text: text.into(),
    };
    for some in members.chunks(AT_ONCE) {
        inbox::notify(tx, some, new.clone()).await?;
    }
    Ok(())
}

/// To whom they are open no more has nothing of any left in the bell.
async fn quieten(tx: &mut Tx, changed: ApplicationChanged) -> Result<()> {
    if changed.application != ANNOUNCEMENTS {
        return Ok(());
    }
    let all: Vec<AnnouncementId> =
        sqlx::query_scalar("select id from announcements.announcement order by id").fetch_all(tx.db()).await?;
    let open = applications::reach(tx, ANNOUNCEMENTS).await?;
    for id in all {
        let mut lost = inbox::told(tx, &target(id, None)).await?;
        lost.retain(|member| !open.has(*member));
        inbox::retract_from(tx, &target(id, None), &lost).await?;
    }
    Ok(())
}

/// Takes back what people were told of it.
pub async fn take_back(tx: &mut Tx, id: AnnouncementId) -> Result<()> {
    inbox::retract(tx, &target(id, None)).await
}

/// Somebody has read it: so they have what they were told of it.
pub async fn has_read(tx: &mut Tx, member: MemberId, id: AnnouncementId) -> Result<()> {
    inbox::read_target(tx, member, &target(id, Some(WHOLE))).await
}

/// What named the department that is gone names the one it went into: another revision, which concerns others.
async fn replace(tx: &mut Tx, merged: DepartmentMerged) -> Result<()> {
    // Locked before what they name, as by whoever changes one.
    let named: Vec<AnnouncementId> = sqlx::query_scalar(
        "select a.id from announcements.announcement a
         where exists (
             select from announcements.addressed_department d
             where d.announcement_id = a.id and d.department_id = $1)
         order by a.id for update",
    )
    .bind(merged.department)
    .fetch_all(tx.db())
    .await?;
    if named.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "with gone as (
             delete from announcements.addressed_department where department_id = $1 returning announcement_id)
         insert into announcements.addressed_department (announcement_id, department_id)
         select announcement_id, $2 from gone on conflict on constraint addressed_department_pkey do nothing",
    )
    .bind(merged.department)
    .bind(merged.into)
    .execute(tx.db())
    .await?;
    sqlx::query("update announcements.announcement set revision = revision + 1 where id = any($1)")
        .bind(&named)
        .execute(tx.db())
        .await?;
    for id in named {
        settle(tx, id).await?;
    }
    tx.emit(&AnnouncementsChanged {})
}
