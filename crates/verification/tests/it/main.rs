//! Verification through its API, on a real database (`ORG-05`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod documents;
mod office;
mod standing;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![verification::module()]).await;
}
