//! The set-up code: printed by the server, kept as a keyed hash, good once.

use kernel::{App, Error, Result, SystemTx};

use crate::device::Device;
use crate::secrets;
use crate::sign_in::throttle::{Guesser, Throttle};

/// Twelve readable characters: 59 bits.
const GROUPS: usize = 3;

/// Whether there is an organisation already.
pub async fn is_set_up(app: &App) -> Result<bool> {
    Ok(organisation_count(app).await? > 0)
}

/// How many organisations share the server: with several a user id alone may not say whose it is.
pub async fn organisation_count(app: &App) -> Result<i64> {
    directory::organisation_count(&mut SystemTx::begin(app).await?).await
}

/// A code to set up a fresh server with, in the place of the one before; `None` when it is set up.
pub async fn setup_code(app: &App) -> Result<Option<String>> {
    if is_set_up(app).await? {
        return Ok(None);
    }
    new_setup_code(app).await.map(Some)
}

/// A code to found an organisation with, whether there is one or not: an act of the operator.
pub async fn new_setup_code(app: &App) -> Result<String> {
    let code = tokens::readable(GROUPS, || app.random::<32>());
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    sqlx::query(
        "with old as (delete from identity.setup_code where used_at is null)
         insert into identity.setup_code (hash, created_at) values ($1, $2)",
    )
    .bind(hash(app, &code).as_slice())
    .bind(now)
    .execute(tx.db())
    .await?;
    tx.commit().await?;
    Ok(code)
}

/// Refuses a wrong code, and after a few of them everything from that network for a while.
pub async fn check(app: &App, device: &Device, code: &str) -> Result<()> {
    let (key, guesser) = (app.vault().lookup("identity.setup_code", None, ""), Guesser::Alone(device.address));
    let throttle = app.state::<Throttle>();
    throttle.take(key, guesser, app.now())?;
    let mut tx = SystemTx::begin(app).await?;
    let is_right: bool =
        sqlx::query_scalar("select exists (select from identity.setup_code where hash = $1 and used_at is null)")
            .bind(hash(app, code).as_slice())
            .fetch_one(tx.db())
            .await?;
    if !is_right {
        return Err(wrong());
    }
    throttle.was_right(key, guesser, app.now());
    Ok(())
}

/// Uses the code up; of two who do it at once, one is refused.
pub async fn spend(tx: &mut SystemTx, code: &str) -> Result<()> {
    let (hash, now) = (hash(tx.app(), code), tx.now());
    let spent = sqlx::query("update identity.setup_code set used_at = $2 where hash = $1 and used_at is null")
        .bind(hash.as_slice())
        .bind(now)
        .execute(tx.db())
        .await?;
    if spent.rows_affected() == 1 { Ok(()) } else { Err(wrong()) }
}

fn wrong() -> Error {
    Error::Blocked("identity.setup_code_wrong")
}

fn hash(app: &App, code: &str) -> [u8; 32] {
    app.vault().lookup("identity.setup_code", None, &secrets::normalise(code))
}
