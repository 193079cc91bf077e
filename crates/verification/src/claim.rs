//! What an organisation says it is.

use kernel::{Bucket, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::one_line;
use utoipa::ToSchema;

const KIND: &str = "verification.claim";

/// Full legal name and registration number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// As it stands in the register, at most 200 characters.
    pub legal_name: String,
    /// The number it has there, at most 64 characters.
    pub registration_number: String,
}

impl Claim {
    pub fn checked(self) -> Result<Self> {
        let line = |field, text: &str, most| {
            one_line(field, text, most)?.ok_or(kernel::Error::Invalid { field, why: "is_empty" })
        };
        Ok(Self {
            legal_name: line("legal_name", &self.legal_name, 200)?,
            registration_number: line("registration_number", &self.registration_number, 64)?,
        })
    }

    pub fn seal(&self, tx: &Tx) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(anyhow::Error::from)?;
        tx.seal(Bucket::Organisation, KIND, tx.org().0, &plain)
    }

    pub fn open(tx: &Tx, sealed: &[u8]) -> Result<Self> {
        let plain = tx.open(Bucket::Organisation, KIND, tx.org().0, sealed)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }
}
