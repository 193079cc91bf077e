//! People go when their time is over, and with them whatever the data map says about them: nothing else lists what is
//! erased, so that the statement and the program cannot differ (`DEL-01`, `DEL-02`).
//!
//! Owns the schema `erasure`.

mod again;
mod clocks;
pub mod events;
mod finish;
mod plan;

pub use again::again;
pub use finish::{destroy_left_keys, forget_account};

use std::time::Duration;

use directory::events::PeopleTakenOut;
use kernel::{Class, Job, Module, subscriber};
use utoipa_axum::router::OpenApiRouter;

/// How often is looked whose time is over: nobody stays longer than that, twice, past their second.
const EVERY: Duration = Duration::from_secs(600);

/// The domain: no routes, a schema, a data map and the one job.
pub fn module() -> Module {
    let job = Job {
        name: "erasure.run_out",
        class: Class::Light,
        every: Some(EVERY),
        run: |cx| Box::pin(async move { clocks::turn(&cx.app).await }),
    };
    // Somebody may have written to them, or kept something about them, before their import was taken back.
    let taken_out = subscriber::<PeopleTakenOut>("erasure.taken_out", |tx, event| {
        Box::pin(async move {
            for (member, account) in event.people {
                finish::begin(tx, member, account).await?;
            }
            Ok(())
        })
    });
    Module {
        jobs: vec![job],
        subscribers: vec![taken_out],
        ..Module::new("erasure", OpenApiRouter::new(), sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
