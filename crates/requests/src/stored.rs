//! A request as the database holds it.

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result, Tx};
use texts::Language;

use crate::clock::Clock;
use crate::model::{Ground, Kind, OwnSubjectRequest, Proof, State, SubjectRequest, SubjectRequestId, Told};
use crate::policy::can;
use crate::written::{ANSWER, Answer, DELAY, SAID, Said, open, open_text};

/// A request, still sealed.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub id: SubjectRequestId,
    pub number: String,
    pub kind: Kind,
    pub language: Language,
    pub state: State,
    pub member_id: Option<MemberId>,
    pub handler_id: Option<MemberId>,
    pub identity_how: Option<Proof>,
    said: Vec<u8>,
    delay: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    ground: Option<Ground>,
    pub received_at: DateTime<Utc>,
    pub identity_at: Option<DateTime<Utc>>,
    taken_at: Option<DateTime<Utc>>,
    pub delay_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    goes_at: DateTime<Utc>,
}

impl Stored {
    /// What whoever asks wrote.
    pub fn said(&self, tx: &Tx) -> Result<Said> {
        open(tx, self.id, SAID, &self.said)
    }

    /// For whoever made it.
    pub fn to_applicant(&self, tx: &Tx, clock: &Clock, organisation: &str) -> Result<OwnSubjectRequest> {
        let said = self.said(tx)?;
        Ok(OwnSubjectRequest {
            id: self.id,
            number: self.number.clone(),
            organisation: organisation.to_owned(),
            kind: self.kind,
            state: self.state,
            words: said.words,
            received_at: self.received_at,
            identity_at: self.identity_at,
            taken_at: self.taken_at,
            ended_at: self.ended_at,
            due: clock.due(self, tx.now()),
            told: self.told(tx)?,
            can_withdraw: self.ended_at.is_none(),
            goes_at: self.goes_at,
        })
    }

    /// For the desk.
    pub fn to_desk(&self, tx: &Tx, clock: &Clock) -> Result<SubjectRequest> {
        let said = self.said(tx)?;
        Ok(SubjectRequest {
            id: self.id,
            number: self.number.clone(),
            kind: self.kind,
            language: self.language,
            state: self.state,
            member_id: self.member_id,
            name: said.name,
            contact: said.contact,
            words: said.words,
            identity_how: self.identity_how,
            handler_id: self.handler_id,
            received_at: self.received_at,
            identity_at: self.identity_at,
            ended_at: self.ended_at,
            due: clock.due(self, tx.now()),
            told: self.told(tx)?,
            can: can(self.state),
        })
    }

    fn told(&self, tx: &Tx) -> Result<Told> {
        let delay = self.delay.as_ref().map(|sealed| open_text(tx, self.id, DELAY, sealed)).transpose()?;
        let answer = self.answer.as_ref().map(|sealed| open::<Answer>(tx, self.id, ANSWER, sealed)).transpose()?;
        let (answer, forwarded_to) = answer.map_or((None, None), |answer| (Some(answer.text), answer.forwarded_to));
        Ok(Told { delay, answer, ground: self.ground, forwarded_to })
    }
}

/// These requests, the newest first, without those whose time of being kept is over.
pub async fn load(tx: &mut Tx, ids: &[SubjectRequestId]) -> Result<Vec<Stored>> {
    let now = tx.now();
    Ok(sqlx::query_as(
        "select id, number, kind, language, state, member_id, handler_id, identity_how, said, delay, answer, ground,
                received_at, identity_at, taken_at, delay_at, ended_at, goes_at
         from requests.subject_request where id = any($1) and goes_at > $2 order by id desc",
    )
    .bind(ids)
    .bind(now)
    .fetch_all(tx.db())
    .await?)
}

/// The request; `NotFound` when there is none.
pub async fn one(tx: &mut Tx, id: SubjectRequestId) -> Result<Stored> {
    load(tx, &[id]).await?.pop().ok_or(Error::NotFound("subject_request"))
}

/// The same; two who change it wait for each other.
pub async fn lock(tx: &mut Tx, id: SubjectRequestId) -> Result<Stored> {
    sqlx::query("select from requests.subject_request where id = $1 for update").bind(id).execute(tx.db()).await?;
    one(tx, id).await
}
