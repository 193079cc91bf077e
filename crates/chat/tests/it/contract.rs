//! What every domain promises.

#[tokio::test]
async fn chat_keeps_the_promises_of_every_domain() {
    testkit::contract(vec![inbox::module(), files::module(), search::module(), chat::module()]).await;
}
