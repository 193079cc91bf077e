//! Whose account it is: by e-mail address, phone number, or user id in an organisation (`ACC-01`).

use directory::HandleKind;
use kernel::{AccountId, Actor, App, OrgId, Result, SystemTx};

/// Organisations that are looked through for a user id when none was named.
const MOST_ASKED: i64 = 20;

/// What somebody typed to say who they are.
pub struct Login {
    text: String,
    organisation: Option<String>,
}

impl Login {
    pub fn new(text: &str, organisation: Option<&str>) -> Self {
        let clean = |text: &str| text.trim().chars().take(320).collect::<String>().to_lowercase();
        Self { text: clean(text), organisation: organisation.map(clean).filter(|text| !text.is_empty()) }
    }

    /// Guesses are counted under it; nobody can tell from it what was typed.
    pub fn key(&self, app: &App) -> [u8; 32] {
        let organisation = self.organisation.as_deref().unwrap_or_default();
        app.vault().lookup("identity.login", None, &format!("{organisation} {}", self.text))
    }

    /// The short name or id of the organisation somebody claims to belong to.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_deref()
    }
}

/// The account, if there is one.
pub async fn find(mut tx: SystemTx, login: &Login) -> Result<(SystemTx, Option<AccountId>)> {
    if login.text.contains('@') {
        let account = directory::account_of_handle(&mut tx, HandleKind::Email, &login.text).await?;
        return Ok((tx, account));
    }
    let by_phone = directory::account_of_handle(&mut tx, HandleKind::Phone, &login.text).await?;
    if by_phone.is_some() {
        return Ok((tx, by_phone));
    }
    let places = organisations(&mut tx, login).await?;
    let mut found = Vec::new();
    for org in places {
        let mut inside = tx.enter(org, Actor::Visitor).await?;
        found.extend(directory::member_by_user_id(&mut inside, &login.text).await?.map(|(_, account)| account));
        tx = inside.leave().await?;
    }
    // One account may be in several of them.
    found.sort_unstable();
    found.dedup();
    Ok((tx, if let [only] = found[..] { Some(only) } else { None }))
}

/// The one claimed, or all there are, as long as they are few: more than that, and one has to say which.
async fn organisations(tx: &mut SystemTx, login: &Login) -> Result<Vec<OrgId>> {
    match &login.organisation {
        Some(named) => Ok(directory::org_by_slug_or_id(tx, named).await?.into_iter().collect()),
        None if directory::organisation_count(tx).await? > MOST_ASKED => Ok(Vec::new()),
        None => directory::organisations(tx).await,
    }
}
