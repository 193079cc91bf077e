//! Where from and with what something was done: sealed under the key of whoever did it; of who has not signed in, under the key of
//! whom it concerns; of a program, under the organisation's. Kept of what is done with the rights of a role, of what is refused, and
//! of sign-ins; not of what people do in their own affairs besides.

use ::audit::Trace;
use uuid::Uuid;
use vault::{Bucket, Error as VaultError};

use crate::{Actor, MemberId, Result, Tx};

const KIND: &str = "kernel.trace";

/// Nothing where neither a member nor a program did it, and no member is concerned: there is no key it could die with.
pub(super) fn seal(tx: &Tx, concerns: Option<MemberId>, line: Uuid) -> Result<Option<Vec<u8>>> {
    let holder = match tx.actor() {
        Actor::Application(_) => Some(Bucket::Organisation),
        Actor::Visitor => concerns.map(|member| Bucket::Member(member.0)),
        _ => tx.member().ok().map(|member| Bucket::Member(member.0)),
    };
    let (Some(holder), Some(request)) = (holder, tx.request()) else { return Ok(None) };
    let trace = Trace { address: request.address.to_string(), device: request.device.clone() };
    let plain = serde_json::to_vec(&trace).map_err(anyhow::Error::from)?;
    Ok(Some(tx.seal(holder, KIND, line, &plain)?))
}

/// `None` once the key is gone.
pub(super) fn open(tx: &Tx, holder: Bucket, line: Uuid, sealed: &[u8]) -> Result<Option<Trace>> {
    match tx.app().vault().open(tx.org().0, holder, KIND, line, sealed) {
        Ok(plain) => Ok(Some(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)),
        // Or somebody changed it: the page shows the line, and `verify` says so.
        Err(VaultError::Destroyed | VaultError::Missing | VaultError::Tampered) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
