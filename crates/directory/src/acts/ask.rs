//! Ask for something that one alone does not do.

use kernel::{Error, Result, Tx};
use serde::Serialize;
use serde_json::json;

use super::assurance::Assured;
use super::model::{About, Needs, SensitiveAct, SensitiveActId, WAITS, apart, lock, seal, seconds};
use super::settle::SETTLE;
use crate::events::SensitiveActAsked;
use crate::policy::Acting;

/// What is asked for. The parameters are ids and settings; everybody may read them while it waits.
pub struct NewAct<P> {
    /// `domain.verb_noun`, stable: whoever owns the kind does it.
    pub kind: &'static str,
    /// What it concerns; one act of a kind is open about one thing.
    pub about: About,
    /// What it takes to do it: an object.
    pub params: P,
}

/// Asks in the name of the member of `tx`. Whoever calls this has checked that they may do the thing itself.
///
/// `Conflict` with `directory.act_is_open` while another one of the kind about the same is open.
pub async fn ask<P: Serialize>(tx: &mut Tx, _assured: &Assured, new: NewAct<P>) -> Result<SensitiveAct> {
    let acting = Acting::load(tx).await?;
    let (id, now) = (SensitiveActId(tx.new_id()), tx.now());
    let seconds = seconds(tx, apart(acting.id, new.kind, new.about), now).await?;
    let needs = if seconds.is_empty() { Needs::Time } else { Needs::Second };
    let (params, due_at) = (seal(tx, id, &new.params)?, now + WAITS);
    sqlx::query(
        "insert into directory.sensitive_act (id, kind, about, params, needs, state, asked_by, asked_at, due_at)
         values ($1, $2, $3, $4, $5, 'open', $6, $7, $8)",
    )
    .bind(id)
    .bind(new.kind)
    .bind(new.about)
    .bind(params)
    .bind(needs)
    .bind(acting.id)
    .bind(now)
    .bind(due_at)
    .execute(tx.db())
    .await
    .map_err(|error| {
        let is_open = kernel::violates(&error, "sensitive_act_open");
        if is_open { Error::Conflict("directory.act_is_open") } else { error.into() }
    })?;
    tx.schedule(SETTLE, json!({ "act": id }), due_at).await?;
    let kind = new.kind.to_owned();
    tx.emit(&SensitiveActAsked { act: id, kind, asked_by: acting.id, seconds: seconds.clone() })?;
    lock(tx, id).await?.shown(tx, &acting, &seconds)
}
