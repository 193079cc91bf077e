//! The index was erased, as the organisation said when it switched search in messages off: once that is on again, what is
//! there is indexed from the beginning (`ORG-12`).

use kernel::{Result, Subscriber, Tx, subscriber_to};
use serde::Deserialize;

/// As much of `applications.kept_erased` as is needed here.
#[derive(Deserialize)]
struct KeptErased {
    application: String,
}

pub fn subscriber() -> Subscriber {
    subscriber_to("chat.index_again", "applications.kept_erased", |tx, erased| Box::pin(begin_again(tx, erased)))
}

/// What was indexed again in the meantime is only looked at once more. Emits nothing: nobody sees a difference.
async fn begin_again(tx: &mut Tx, erased: KeptErased) -> Result<()> {
    if erased.application != search::MESSAGE_SEARCH {
        return Ok(());
    }
    sqlx::query("update chat.indexed set seq = 0 where seq > 0").execute(tx.db()).await?;
    Ok(())
}
