//! The proof that an organisation is what it says. Features that are for such organisations alone ask for it.

use kernel::{Result, Tx};

use crate::model::VerificationState;
use crate::stored::Request;

/// Only this crate cuts it.
pub struct Verified(String);

impl Verified {
    /// The organisation of `tx`, as long as what the operator saw holds.
    pub async fn of(tx: &mut Tx) -> Result<Option<Self>> {
        let request = Request::load(tx).await?;
        Ok(request.claim.filter(|_| request.state == VerificationState::Verified).map(|claim| Self(claim.legal_name)))
    }

    /// The full name the operator saw.
    pub fn legal_name(&self) -> &str {
        &self.0
    }
}
