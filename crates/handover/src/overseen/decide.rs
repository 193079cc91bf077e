//! Hand one thing over, or leave it as it is.

use axum::Extension;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::show::hand_over;
use crate::events::{ThingPassed, ThingSkipped};
use crate::kind::{Kinds, Thing};
use crate::model::{HandOver, Outcome};
use crate::policy::Leaver;
use crate::react;

/// What is to become of what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideHandOver {
    /// What kind of thing.
    pub kind: String,
    /// Which one of its kind.
    pub thing_id: Uuid,
    /// Who is to have it; nobody when absent: it stays as it is, and can still be handed over.
    pub successor_id: Option<MemberId>,
}

/// Hand something over
///
/// What is not theirs any more is `not_found`: somebody else was quicker.
#[utoipa::path(
    post, path = "/v1/hand-overs/{member}/decisions", tag = "handover", operation_id = "decideHandOver",
    params(("member" = MemberId, Path)), request_body = DecideHandOver,
    responses((status = 200, body = HandOver)),
    extensions(
        ("x-access" = json!("holder of people.remove, of whoever holds no more; of what each kind asks besides")),
        ("x-errors" = json!([
            "forbidden", "directory.own_place_forbidden", "directory.sight_exceeded", "directory.is_let_in", "directory.not_active", "directory.owner_needs_second", "contacts.too_many"
        ])),
    ),
)]
pub async fn decide_hand_over(
    cx: Cx,
    Path(member): Path<MemberId>,
    Extension(kinds): Extension<Kinds>,
    Json(input): Json<DecideHandOver>,
) -> Result<Json<HandOver>> {
    let mut tx = cx.begin().await?;
    let leaver = Leaver::load_held(&mut tx, member).await?;
    decide(&mut tx, &kinds, &leaver, input).await?;
    let shown = hand_over(&mut tx, &kinds, &leaver).await?;
    tx.commit().await?;
    Ok(Json(shown))
}

/// The successor has it, or it stays; the decision is kept and told.
pub async fn decide(tx: &mut Tx, kinds: &Kinds, leaver: &Leaver, input: DecideHandOver) -> Result<()> {
    let (member, by) = (leaver.person().id, tx.member()?);
    let DecideHandOver { kind, thing_id, successor_id } = input;
    let kind = kinds.named(&kind)?;
    let theirs = (kind.things)(tx, member).await?;
    let thing = theirs.into_iter().find(|one| one.id == thing_id).ok_or(Error::NotFound("thing"))?;
    match successor_id {
        Some(successor) => {
            let passing = leaver.pass(tx, &thing, successor).await?;
            (kind.pass)(tx, &passing).await?;
            react::tell_successor(tx, kind.name, &thing, successor).await?;
            let name = kind.name.to_owned();
            tx.emit(&ThingPassed { member, kind: name, thing: thing_id, successor, by })?;
        }
        None => tx.emit(&ThingSkipped { member, kind: kind.name.to_owned(), thing: thing_id, by })?,
    }
    keep(tx, (member, by), (kind.name, &thing), successor_id).await
}

async fn keep(
    tx: &mut Tx,
    (member, by): (MemberId, MemberId),
    (kind, thing): (&str, &Thing),
    successor: Option<MemberId>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into handover.decision (member_id, kind, thing_id, outcome, successor_id, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint decision_pkey do update set outcome = excluded.outcome,
             successor_id = excluded.successor_id, decided_by = excluded.decided_by, decided_at = excluded.decided_at",
    )
    .bind(member)
    .bind(kind)
    .bind(thing.id)
    .bind(if successor.is_some() { Outcome::Done } else { Outcome::Skipped })
    .bind(successor)
    .bind(by)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}
