//! See what somebody had who is shut out, who is proposed to go on with it, and what became of it.

use std::collections::HashSet;

use axum::Extension;
use kernel::{Cx, Json, MemberId, Path, Result, Tx};
use uuid::Uuid;

use crate::kind::{Kinds, Thing};
use crate::model::{HandOver, HandOverCan, HandOverDone, HandOverThing, Leaver, Outcome};
use crate::policy;

/// Show what somebody had
#[utoipa::path(
    get, path = "/v1/hand-overs/{member}", tag = "handover", operation_id = "showHandOver",
    params(("member" = MemberId, Path)),
    responses((status = 200, body = HandOver)),
    extensions(
        ("x-access" = json!("holder of people.remove, of whoever holds no more")),
        ("x-errors" = json!(["forbidden", "directory.is_let_in"])),
    ),
)]
pub async fn show_hand_over(
    cx: Cx,
    Path(member): Path<MemberId>,
    Extension(kinds): Extension<Kinds>,
) -> Result<Json<HandOver>> {
    let mut tx = cx.begin().await?;
    let one = policy::Leaver::load(&mut tx, member).await?;
    let shown = hand_over(&mut tx, &kinds, &one).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

type Things = Vec<(&'static str, Thing)>;

/// How far it is, with what they still have and which of it is skipped.
pub(super) async fn leaver(
    tx: &mut Tx,
    kinds: &Kinds,
    one: &policy::Leaver,
) -> Result<(Leaver, Things, HashSet<(String, Uuid)>)> {
    let person = one.person();
    let things = kinds.things(tx, person.id).await?;
    let skipped: Vec<(String, Uuid)> =
        sqlx::query_as("select kind, thing_id from handover.decision where member_id = $1 and outcome = $2")
            .bind(person.id)
            .bind(Outcome::Skipped)
            .fetch_all(tx.db())
            .await?;
    let skipped: HashSet<_> = skipped.into_iter().collect();
    let is_open = |(kind, thing): &&(&str, Thing)| !skipped.contains(&((*kind).to_owned(), thing.id));
    let open_count = things.iter().filter(is_open).count();
    let leaver = Leaver {
        member_id: person.id,
        name: person.profile.name.clone(),
        state: person.state,
        since: person.state_at,
        until: person.state_until,
        open_count,
    };
    Ok((leaver, things, skipped))
}

/// All of it.
pub(super) async fn hand_over(tx: &mut Tx, kinds: &Kinds, one: &policy::Leaver) -> Result<HandOver> {
    let (leaver, found, skipped) = leaver(tx, kinds, one).await?;
    let nearest = directory::nearest_to(tx, leaver.member_id).await?;
    let mut things = Vec::new();
    for (kind, thing) in found {
        let proposed_id = policy::proposed(tx, &thing, nearest).await?;
        let (kind, thing_id) = (kind.to_owned(), thing.id);
        things.push(HandOverThing {
            is_skipped: skipped.contains(&(kind.clone(), thing_id)),
            kind,
            thing_id,
            name: thing.name,
            department_id: thing.department,
            role_id: thing.role,
            count: thing.count,
            can: HandOverCan { hand_over: thing.can_pass && !thing.candidates.is_empty() },
            candidates: thing.candidates,
            proposed_id,
        });
    }
    let done: Vec<HandOverDone> = sqlx::query_as(
        "select kind, thing_id, successor_id, decided_by, decided_at from handover.decision
         where member_id = $1 and outcome = $2 order by decided_at desc, kind, thing_id",
    )
    .bind(leaver.member_id)
    .bind(Outcome::Done)
    .fetch_all(tx.db())
    .await?;
    Ok(HandOver { leaver, things, done })
}
