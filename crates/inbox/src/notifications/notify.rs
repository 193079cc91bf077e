//! Tell people something.

use kernel::{Actor, Bucket, Error, MemberId, Result, Tx};

use crate::events::NotificationAdded;
use crate::model::{Kind, NotificationId, Target};

/// How a notification's text is bound to its place.
pub(crate) const TEXT: &str = "inbox.notification";
/// Longer texts are cut: this is a hint, not a copy.
const LONGEST_TEXT: usize = 300;
const LONGEST_REF_KIND: usize = 64;

/// What they are told.
#[derive(Clone)]
pub struct New {
    /// What it is about.
    pub kind: Kind,
    /// Where it leads.
    pub target: Option<Target>,
    /// Who caused it; they are not told themselves.
    pub actor: Option<MemberId>,
    /// What to show; sealed under each recipient's key, cut after 300 characters.
    pub text: String,
}

/// Tells those of `members` who are active here and have not caused it themselves, each once.
pub async fn notify(tx: &mut Tx, members: &[MemberId], new: New) -> Result<()> {
    let mut members = directory::only_active_members(tx, members).await?;
    members.retain(|member| Some(*member) != new.actor);
    if members.is_empty() {
        return Ok(());
    }
    if new.target.as_ref().is_some_and(|target| target.kind.len() > LONGEST_REF_KIND) {
        return Err(Error::Invalid { field: "ref", why: "is_too_long" });
    }
    let text: String = new.text.chars().take(LONGEST_TEXT).collect();
    let (mut ids, mut texts) = (Vec::with_capacity(members.len()), Vec::with_capacity(members.len()));
    for member in &members {
        let id = NotificationId(tx.new_id());
        texts.push(tx.seal(Bucket::Member(member.0), TEXT, id.0, text.as_bytes())?);
        ids.push(id);
    }
    let now = tx.now();
    sqlx::query(
        "insert into inbox.notification (member_id, id, text, kind, ref_kind, ref_id, ref_seq, actor_id, created_at)
         select t.member_id, t.id, t.text, $4, $5, $6, $7, $8, $9
         from unnest($1::uuid[], $2::uuid[], $3::bytea[]) as t (member_id, id, text)",
    )
    .bind(&members)
    .bind(ids)
    .bind(texts)
    .bind(new.kind)
    .bind(new.target.as_ref().map(|target| target.kind.as_str()))
    .bind(new.target.as_ref().map(|target| target.id))
    .bind(new.target.as_ref().and_then(|target| target.seq))
    .bind(new.actor)
    .bind(now)
    .execute(tx.db())
    .await?;
    tx.emit(&NotificationAdded { members, kind: new.kind })
}

impl New {
    /// A notification that whoever runs the transaction causes.
    pub fn by_actor(tx: &Tx, kind: Kind, target: Option<Target>, text: String) -> Self {
        let actor = match tx.actor() {
            Actor::Member(member) => Some(member),
            _ => None,
        };
        Self { kind, target, actor, text }
    }
}
