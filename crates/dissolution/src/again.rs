//! After an older database was put back: organisations whose key was destroyed since go again.

use directory::every_organisation;
use kernel::{Actor, App, Result};

use crate::erase;

/// Ends each organisation whose key is destroyed and that the database knows nothing of, as far as the time of one turn goes: the
/// job goes on with the rest. Before anybody is served; says how many.
pub async fn again(app: &App) -> Result<usize> {
    let mut gone = every_organisation(app).await?;
    gone.retain(|org| app.vault().is_organisation_destroyed(org.0));
    for org in &gone {
        let mut tx = app.begin(*org, Actor::System).await?;
        hosting::end_again(&mut tx).await?;
        tx.commit().await?;
    }
    if !gone.is_empty() {
        erase::turn(app).await?;
    }
    Ok(gone.len())
}
