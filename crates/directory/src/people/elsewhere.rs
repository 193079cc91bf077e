//! People who were changed on another node: this node's index reads them anew.

use kernel::{Actor, App, Hear, Heard, MemberId, OrgId, Result};

use super::index::{self, Indexes};

/// People of one word; an import changes thousands.
const MOST: usize = 150;

/// What the module registers.
pub(crate) const HEARS: (&str, Hear) = (KIND, hear);
const KIND: &str = "directory.people";

/// Tells the other nodes, after the commit.
pub(super) fn tell(app: &App, org: OrgId, ids: &[MemberId]) {
    for some in ids.chunks(MOST) {
        app.tell_nodes(KIND, org, &some);
    }
}

fn hear(app: &App, heard: &Heard<'_>) {
    let Some(ids) = heard.read::<Vec<MemberId>>() else { return };
    if !app.state::<Indexes>().is_used(heard.org) {
        return;
    }
    let (program, org) = (app.clone(), heard.org);
    app.follow_up("directory.people", async move {
        if let Err(error) = renew(&program, org, &ids).await {
            tracing::warn!(code = error.code(), "people of another node cannot be read");
            program.state::<Indexes>().forget_all();
        }
    });
}

async fn renew(app: &App, org: OrgId, ids: &[MemberId]) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    index::renew(&mut tx, ids).await?;
    tx.commit().await
}

/// Nothing that is remembered of people may be relied on any more.
pub(crate) fn missed(app: &App) {
    app.state::<Indexes>().forget_all();
}
