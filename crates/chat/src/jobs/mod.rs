//! What chat does by itself: forget in time, and make ready what the next days need.

mod expire;
mod prepare;

use std::time::Duration;

use kernel::{Class, Job};

use crate::activity;

/// The jobs of chat.
pub fn jobs() -> Vec<Job> {
    vec![
        Job {
            name: "chat.expire_messages",
            class: Class::Heavy,
            every: Some(Duration::from_secs(3600)),
            run: |cx| Box::pin(async move { expire::expire_all(&cx.app).await }),
        },
        Job {
            name: "chat.prepare_partitions",
            class: Class::Light,
            every: Some(Duration::from_secs(6 * 3600)),
            run: |cx| Box::pin(async move { prepare::partitions(&cx.app).await }),
        },
        Job {
            name: "chat.prepare_keys",
            class: Class::Light,
            every: Some(Duration::from_secs(3600)),
            run: |cx| Box::pin(async move { prepare::keys(&cx.app).await }),
        },
        Job {
            name: "chat.notify_mentions",
            class: Class::Light,
            every: Some(Duration::from_secs(600)),
            run: |cx| Box::pin(async move { prepare::mentions(&cx.app).await }),
        },
        Job {
            name: "chat.count_activity",
            class: Class::Heavy,
            every: Some(Duration::from_secs(3600)),
            run: |cx| {
                Box::pin(
                    async move { activity::count_all(&cx.app, directory::every_organisation(&cx.app).await?).await },
                )
            },
        },
        Job {
            name: "chat.index_messages",
            class: Class::Light,
            every: Some(Duration::from_secs(60)),
            run: |cx| Box::pin(async move { prepare::index(&cx.app).await }),
        },
    ]
}
