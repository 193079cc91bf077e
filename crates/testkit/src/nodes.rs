//! Several nodes of one installation in one process.

use std::sync::Arc;

use kernel::Module;

use crate::database::{self, Database};
use crate::{Ground, TestApp, people};

impl TestApp {
    /// Another node beside this one, of the same modules: the same database, keys and time, and whoever has signed in so
    /// far. What it remembers is its own.
    pub async fn beside(&self, modules: Vec<Module>) -> Self {
        let mut modules = Self::complete(modules);
        for module in &mut modules {
            module.authenticate = None;
        }
        modules[0].authenticate = Some(people::authenticate);
        let ground = Ground {
            database: Database {
                app: database::pool(self.app.direct_options(), 8).await,
                owner: self.admin.clone(),
                cluster_dir: self.cluster_dir.clone(),
            },
            files: Arc::clone(&self.files),
            vault: Arc::clone(&self.vault),
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
        };
        let node = Self::on(ground, modules);
        people::let_in(&self.app, &node.app);
        node
    }

    /// From now on this node hears what the other says. No network is between them.
    pub fn hear(&self, other: &Self) {
        other.app.words().open();
        let (hearer, speaker) = (self.app.clone(), other.app.clone());
        self.app.spawn("testkit.link", async move {
            loop {
                tokio::select! {
                    () = hearer.stopped() => return,
                    (words, _) = speaker.words().take() => {
                        for word in &words {
                            hearer.heard(speaker.node(), word);
                        }
                    }
                }
            }
        });
    }
}
