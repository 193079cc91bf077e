//! What every domain promises.

#[tokio::test]
async fn contract() {
    testkit::contract(vec![privacy::module()]).await;
}
