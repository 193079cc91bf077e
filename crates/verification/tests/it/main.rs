//! Verification through its API, on a real database (`ORG-05`, `ORG-07`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod disclosures;
mod documents;
mod office;
mod standing;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![verification::module()]).await;
}
