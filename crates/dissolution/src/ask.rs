//! Ask to dissolve the organisation: with its name, the password again, and a second (`ORG-09`).

use axum::http::StatusCode;
use directory::{Assured, NewAct, Organisation, SensitiveAct};
use kernel::{Cx, Error, Json, Result, SessionId, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::policy::Owner;

/// What a second approves.
pub const KIND: &str = "dissolution.dissolve_organisation";

/// That it is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DissolveOrganisation {
    /// One of the names of the organisation, as it is written; signs that turn text around do not count.
    pub name: String,
}

/// What the second sees of it.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    /// How many people belong to it.
    pub people: i64,
}

/// Ask to dissolve the organisation
///
/// It needs the password again and a second administrator, or a day where there is none. From then on nobody comes in, and sixty
/// days later everything is gone; until then any owner may bring it back.
#[utoipa::path(
    post, path = "/v1/organisation/dissolution", tag = "dissolution", operation_id = "dissolveOrganisation",
    request_body = DissolveOrganisation,
    responses((status = 202, description = "It waits", body = SensitiveAct)),
    extensions(
        ("x-access" = json!("owner of the organisation")),
        ("x-errors" = json!(["forbidden", "directory.act_is_open", "hosting.dissolving_already", "identity.prove_again"])),
    ),
)]
pub async fn dissolve_organisation(
    cx: Cx,
    Json(input): Json<DissolveOrganisation>,
) -> Result<(StatusCode, Json<SensitiveAct>)> {
    let mut tx = cx.begin().await?;
    let by = Owner::load(&mut tx).await?;
    let act = ask(&mut tx, &by, &input.name, cx.session).await?;
    tx.commit().await?;
    Ok((StatusCode::ACCEPTED, Json(act)))
}

/// Asks; `Invalid` when the name is not one of the organisation's, `Blocked` when the password was not typed again.
async fn ask(tx: &mut Tx, _by: &Owner, name: &str, session: SessionId) -> Result<SensitiveAct> {
    let Organisation { name: shown, name_zh, name_en, .. } = directory::organisation(tx).await?;
    let (names, name) = ([Some(shown), name_zh, name_en], plain(name));
    if names.iter().flatten().all(|one| plain(one) != name) {
        return Err(Error::Invalid { field: "name", why: "not_its_name" });
    }
    if hosting::dissolves_at(tx).await?.is_some() {
        return Err(Error::Conflict("hosting.dissolving_already"));
    }
    let assured = Assured::load(tx, session).await?;
    let people = directory::people_count(tx).await?;
    directory::ask(tx, &assured, NewAct { kind: KIND, about: None, params: Asked { people } }).await
}

/// Without the signs that turn text around by force: the client shows a name within some, and takes others out of it.
fn plain(name: &str) -> String {
    let is_turning = |sign: char| matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    name.replace(is_turning, "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_counts_as_it_is_read_and_not_as_it_is_turned() {
        assert_eq!(plain("\u{2068}Acme\u{2069} "), "Acme");
        assert_eq!(plain("A\u{202E}cme"), plain(" Acme"));
        assert_ne!(plain("Acme"), plain("acme"));
    }
}
