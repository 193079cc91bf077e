//! A window that has been let in follows the conversations of its member, and no other.

use std::sync::Arc;

use kernel::{Actor, App, BoxFuture, Result, Socket};
use uuid::Uuid;

/// Has the socket follow its member's conversations.
pub fn attach(app: App, socket: Arc<Socket>) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let before = conversations(&app, &socket).await?;
        app.hub().attach_topics(&socket, &before);
        // Whoever was taken out between the reading and the following is found by reading once more: from here on
        // a removal takes the topic away itself, after its commit.
        let now = conversations(&app, &socket).await?;
        for gone in before.iter().filter(|topic| now.binary_search(topic).is_err()) {
            app.hub().leave(socket.org, *gone, socket.member);
        }
        app.hub().attach_topics(&socket, &now);
        Ok(())
    })
}

async fn conversations(app: &App, socket: &Socket) -> Result<Vec<Uuid>> {
    let mut tx = app.begin(socket.org, Actor::Member(socket.member)).await?;
    let ids =
        sqlx::query_scalar("select conversation_id from chat.member where member_id = $1 order by conversation_id")
            .bind(socket.member)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    Ok(ids)
}
