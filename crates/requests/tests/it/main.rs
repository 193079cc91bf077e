//! The rights desk through its API, on a real database (`DSR-09` to `DSR-13`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asking;
mod ending;
mod house;
mod time;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![inbox::module(), workdays::module(), requests::module()]).await;
}
