//! Who asks, who follows a request, and who answers it.

use directory::{Permission, Permitted, org_by_slug_or_id};
use kernel::{Actor, App, Error, MemberId, Rates, Result, SystemTx, Tx, Visitor, household};
use tokens::LinkToken;

use crate::model::{State, SubjectRequestCan, SubjectRequestId};
use crate::stored::{self, Stored};

/// So many of one address in a day, of strangers.
const MOST_A_DAY: u32 = 20;
/// So many of one colleague who is signed in.
const MOST_OF_A_COLLEAGUE: u32 = 50;
const DAY_S: u32 = 86_400;

/// Somebody who asks an organisation for something.
pub struct Applicant(Option<MemberId>);

impl Applicant {
    /// Anybody, of any organisation that is not erased, by its handle or id; a member who is signed in there is known, also while
    /// they are let in no further. `RateLimited` for an address, or a colleague, that asks without end.
    pub async fn load(visitor: &Visitor, organisation: &str) -> Result<(Tx, Self)> {
        let app = visitor.app();
        let handle = organisation.trim().to_lowercase();
        let is_handle = handle.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let mut system = SystemTx::begin(app).await?;
        let org = if is_handle { org_by_slug_or_id(&mut system, &handle).await? } else { None };
        let org = org.ok_or(Error::NotFound("organisation"))?;
        let member = visitor.caller.as_ref().and_then(|caller| caller.member).filter(|of| of.0 == org).map(|of| of.1);
        let (rates, now) = (app.state::<Rates>(), app.now());
        let (is_let, most) = match member {
            Some(by) => (rates.take(("requests.make", by), DAY_S, MOST_OF_A_COLLEAGUE, now), MOST_OF_A_COLLEAGUE),
            None => (
                rates.take(("requests.make", household(visitor.address.to_canonical())), DAY_S, MOST_A_DAY, now),
                MOST_A_DAY,
            ),
        };
        if !is_let {
            return Err(Error::RateLimited { retry_after_s: DAY_S / most });
        }
        let tx = system.enter(org, member.map_or(Actor::Visitor, Actor::Member)).await?;
        Ok((tx, Self(member)))
    }

    /// Who, where that is known.
    pub fn member(&self) -> Option<MemberId> {
        self.0
    }
}

/// A request in the hands of whoever made it.
pub struct OwnedRequest(Stored);

impl OwnedRequest {
    /// The member who made it, or of whom the desk found out that they did; `NotFound` for everybody else.
    pub async fn load(tx: &mut Tx, id: SubjectRequestId) -> Result<Self> {
        let by = tx.member()?;
        let request = stored::lock(tx, id).await?;
        if request.member_id == Some(by) { Ok(Self(request)) } else { Err(Error::NotFound("subject_request")) }
    }

    /// Whoever holds the link.
    pub async fn follow(app: &App, token: &str) -> Result<(Tx, Self)> {
        let not_found = || Error::NotFound("subject_request");
        let token = LinkToken::parse(token).ok_or_else(not_found)?;
        let mut tx = app.begin(token.org, Actor::Visitor).await?;
        let id: Option<SubjectRequestId> =
            sqlx::query_scalar("select id from requests.subject_request where token_hash = $1 for update")
                .bind(token.hash())
                .fetch_optional(tx.db())
                .await?;
        let request = stored::one(&mut tx, id.ok_or_else(not_found)?).await?;
        Ok((tx, Self(request)))
    }

    /// As it was loaded; nobody changes it until the transaction ends.
    pub fn request(&self) -> &Stored {
        &self.0
    }
}

/// Somebody who answers requests: who may change what is known of people, everywhere. Requests are about nobody's department.
pub struct Desk(Permitted);

impl Desk {
    /// What somebody has to hold.
    pub const PERMISSION: Permission = Permission::PeopleEdit;

    /// Who holds it for the whole organisation.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Ok(Self(Permitted::everywhere(tx, Self::PERMISSION).await?))
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0.id()
    }
}

/// A request that somebody of the desk deals with.
pub struct HandledRequest {
    /// Who.
    pub by: Desk,
    /// As it was loaded; nobody else changes it until the transaction ends.
    pub request: Stored,
}

impl HandledRequest {
    /// Any of the organisation.
    pub async fn load(tx: &mut Tx, id: SubjectRequestId) -> Result<Self> {
        let by = Desk::load(tx).await?;
        Ok(Self { by, request: stored::lock(tx, id).await? })
    }

    /// `Conflict` unless this may be done to it as it stands.
    pub fn check(&self, may: impl FnOnce(SubjectRequestCan) -> bool) -> Result<()> {
        if may(can(self.request.state)) { Ok(()) } else { Err(Error::Conflict("requests.wrong_state")) }
    }
}

/// What may be done next: first who asks, then the work, then the end. What is somebody else's to decide goes there at once, since they
/// are to find out who asks.
pub fn can(state: State) -> SubjectRequestCan {
    let is_open = matches!(state, State::Received | State::IdentityChecked | State::InWork);
    SubjectRequestCan {
        check_identity: state == State::Received,
        take_up: state == State::IdentityChecked,
        explain_delay: is_open,
        answer: state == State::InWork,
        refuse_unproven: state == State::Received,
        forward: is_open,
    }
}
