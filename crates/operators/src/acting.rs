//! Who may do something to an organisation from outside: an operator at the console, or whoever has the machine.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use directory::Edition;
use hosting::{Limits, OperatorAct, OperatorId};
use kernel::{Actor, App, Error, OrgId, Result, SystemTx, Tx};
use verification::{Asked, DocumentId, OpenDocument, RecordDisclosure};

use crate::acts::{self, Act};
use crate::signed_in::SignedIn;

/// The proof; each act is one transaction, and stands in the organisation's audit log.
pub struct Acting {
    app: App,
    operator: Option<OperatorId>,
    /// Where from, at the console.
    address: Option<IpAddr>,
}

impl FromRequestParts<App> for Acting {
    type Rejection = Error;

    /// `Blocked` while the password is one for one time.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let found = SignedIn::from_request_parts(parts, app).await?;
        if found.must_change {
            return Err(Error::Blocked("operators.change_password"));
        }
        Ok(Self { app: app.clone(), operator: Some(found.operator), address: Some(found.address) })
    }
}

impl Acting {
    /// For `tulou admin`: the operating system has decided who may.
    pub fn on_the_machine(app: &App) -> Self {
        Self { app: app.clone(), operator: None, address: None }
    }

    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// A code to found a further organisation with; that it is made is written down first.
    pub async fn founding_code(&self) -> Result<String> {
        let mut tx = SystemTx::begin(&self.app).await?;
        acts::note(&mut tx, Act::FoundingCodeMade, self.operator, self.address).await?;
        tx.commit().await?;
        identity::new_setup_code(&self.app).await
    }

    /// Inside an organisation, in the operator's name; `NotFound` when there is none of this short name or id.
    pub async fn enter(&self, organisation: &str) -> Result<(Tx, OperatorAct)> {
        let mut tx = SystemTx::begin(&self.app).await?;
        let org = directory::org_by_slug_or_id(&mut tx, organisation).await?.ok_or(Error::NotFound("organisation"))?;
        let (tx, by) = self.enter_from(tx, org).await?;
        Ok((tx, by))
    }

    /// The same out of a transaction that is there, for whoever goes from one to the next.
    pub(crate) async fn enter_from(&self, tx: SystemTx, org: OrgId) -> Result<(Tx, OperatorAct)> {
        let tx = tx.enter(org, Actor::Operator).await?;
        let by = OperatorAct::of(&tx, self.operator)?;
        Ok((tx, by))
    }

    /// Shuts it; sessions and sockets end with the commit, on other nodes half a second later.
    pub async fn suspend(&self, organisation: &str, reason: &str) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        hosting::suspend(&mut tx, &by, reason).await?;
        identity::close_organisation(&mut tx).await?;
        tx.commit().await
    }

    /// Opens it again.
    pub async fn resume(&self, organisation: &str) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        hosting::resume(&mut tx, &by).await?;
        identity::open_organisation(&mut tx).await?;
        tx.commit().await
    }

    /// Says how much it may have, instead of what was seen.
    pub async fn limit(&self, organisation: &str, seen: &Edition, limits: Limits) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        seen.check(hosting::locked_limits(&mut tx).await?.revision)?;
        hosting::limit(&mut tx, &by, limits).await?;
        tx.commit().await
    }

    /// Says how much more or less than before, and gives what is in force then.
    pub async fn change_limits(&self, organisation: &str, change: impl FnOnce(Limits) -> Limits) -> Result<Limits> {
        let (mut tx, by) = self.enter(organisation).await?;
        let after = change(hosting::locked_limits(&mut tx).await?.limits);
        hosting::limit(&mut tx, &by, after).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// What it says it is, and what it shows for it.
    pub async fn asked(&self, organisation: &str) -> Result<Asked> {
        let (mut tx, by) = self.enter(organisation).await?;
        verification::asked(&mut tx, &by).await
    }

    /// Opens a document it shows.
    pub async fn open_document(&self, organisation: &str, document: DocumentId) -> Result<OpenDocument> {
        let (mut tx, by) = self.enter(organisation).await?;
        let document = verification::open_document(&mut tx, &by, document).await?;
        tx.commit().await?;
        Ok(document)
    }

    /// It is what it says, in the request that was seen.
    pub async fn verify(&self, organisation: &str, seen: &Edition) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        verification::verify(&mut tx, &by, seen).await?;
        tx.commit().await
    }

    /// It has not shown that it is.
    pub async fn refuse(&self, organisation: &str, seen: &Edition, reason: &str) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        verification::refuse(&mut tx, &by, seen, reason).await?;
        tx.commit().await
    }

    /// Writes down what was handed to an authority.
    pub async fn record_disclosure(&self, organisation: &str, disclosure: RecordDisclosure) -> Result<()> {
        let (mut tx, by) = self.enter(organisation).await?;
        verification::record_disclosure(&mut tx, &by, disclosure).await?;
        tx.commit().await
    }
}
