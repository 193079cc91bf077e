//! List the contacts one sees, as a phone book does; find them by name, pinyin, initials, company or number (`DIR-05`).

use kernel::{Cx, Error, Json, Limit, Page, Query, Result, Tx};
use serde::Deserialize;
use texts::{Query as NameQuery, Reading};

use super::row::{self, Row};
use crate::model::{Card, ContactId, ContactKind, OutsideContact};
use crate::policy::Keeper;

/// Fewer digits would find nearly every number.
const FEWEST_DIGITS: usize = 3;

/// Which contacts.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedContacts {
    /// Part of the name or company, pinyin, initials, an address, or three digits of a number or more.
    pub query: Option<String>,
    /// Of this kind.
    pub kind: Option<ContactKind>,
    /// The last one of the page before.
    pub after: Option<ContactId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List the contacts
#[utoipa::path(
    get, path = "/v1/contacts", tag = "contacts", operation_id = "listContacts",
    params(WantedContacts),
    responses((status = 200, body = Page<OutsideContact>)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("member of the organisation, of what is theirs or shared with them")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_contacts(cx: Cx, Query(wanted): Query<WantedContacts>) -> Result<Json<Page<OutsideContact>>> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    list(&mut tx, &keeper, &wanted).await.map(Json)
}

/// A page of them. Cards are sealed, so all that are visible are opened and compared.
pub async fn list(tx: &mut Tx, keeper: &Keeper, wanted: &WantedContacts) -> Result<Page<OutsideContact>> {
    let sought = wanted.query.as_deref().filter(|query| !query.trim().is_empty()).map(Sought::parse);
    let mut found: Vec<(String, Row)> = Vec::new();
    for row in row::visible(tx, keeper, None).await? {
        let card = row.open_card(tx)?;
        let name = Reading::of(&card.name);
        let is_wanted = wanted.kind.is_none_or(|kind| kind == row.kind)
            && sought.as_ref().is_none_or(|sought| sought.finds(&name, &card));
        if is_wanted {
            found.push((name.sort, row));
        }
    }
    found.sort_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
    let from = match wanted.after {
        None => 0,
        Some(after) => found
            .iter()
            .position(|(_, row)| row.id == after)
            .map(|at| at + 1)
            .ok_or(Error::Invalid { field: "after", why: "unknown" })?,
    };
    let limit = wanted.limit.get();
    let rows: Vec<Row> = found.into_iter().skip(from).take(limit + 1).map(|(_, row)| row).collect();
    let page = Page::of(rows, limit, |row| row.id.to_string());
    let items = page.items.into_iter().map(|row| row.opened(tx, keeper)).collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}

/// What somebody typed to find a contact.
struct Sought {
    name: NameQuery,
    text: String,
    digits: String,
}

impl Sought {
    fn parse(text: &str) -> Self {
        let is_number = text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
        let digits = if is_number { digits(text) } else { String::new() };
        Self { name: NameQuery::parse(text), text: text.trim().to_lowercase(), digits }
    }

    fn finds(&self, name: &Reading, card: &Card) -> bool {
        let company = card.company.as_deref().unwrap_or_default();
        name.matches(&self.name)
            || self.name.finds(company)
            || card.emails.iter().any(|email| email.address.contains(&self.text))
            || (self.digits.len() >= FEWEST_DIGITS
                && card.phones.iter().any(|phone| digits(&phone.number).contains(&self.digits)))
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
