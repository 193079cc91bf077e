//! What every domain promises.

#[tokio::test]
async fn contract() {
    testkit::contract(vec![inbox::module()]).await;
}
