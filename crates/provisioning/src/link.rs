//! External ids: what another program calls a person or a department.

use std::collections::HashMap;

use directory::DepartmentId;
use kernel::{Bucket, Error, MemberId, Result, Tx, violates};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const SEALED: &str = "provisioning.external_id";
const LONGEST: usize = 200;

/// What is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = ProvisionedKind)]
pub enum Kind {
    /// A member.
    Person,
    /// A node of the structure tree.
    Department,
}

impl Kind {
    /// A person's goes with their key.
    fn bucket(self, object: Uuid) -> Bucket {
        match self {
            Self::Person => Bucket::Member(object),
            Self::Department => Bucket::Organisation,
        }
    }
}

/// A link, by the external id it was looked up with.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub object: Uuid,
}

impl Link {
    pub fn member(self) -> MemberId {
        MemberId(self.object)
    }

    pub fn department(self) -> DepartmentId {
        DepartmentId(self.object)
    }
}

/// As it is kept: without blanks around, of a length that makes sense.
pub fn checked(external_id: &str) -> Result<String> {
    let text = external_id.trim();
    let is_right = !text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if is_right { Ok(text.to_owned()) } else { Err(Error::Invalid { field: "external_id", why: "wrong" }) }
}

fn code(tx: &Tx, kind: Kind, external_id: &str) -> Vec<u8> {
    let kind = if kind == Kind::Person { "provisioning.person" } else { "provisioning.department" };
    tx.app().vault().lookup(kind, Some(tx.org().0), external_id).to_vec()
}

/// Those of these external ids that are known.
pub async fn find(tx: &mut Tx, kind: Kind, external_ids: &[String]) -> Result<HashMap<String, Link>> {
    let codes: HashMap<Vec<u8>, &String> = external_ids.iter().map(|id| (code(tx, kind, id), id)).collect();
    const FIND: &str =
        "select external_hmac, object_id from provisioning.link where kind = $1 and external_hmac = any($2)";
    let rows: Vec<(Vec<u8>, Uuid)> =
        sqlx::query_as(FIND).bind(kind).bind(codes.keys().cloned().collect::<Vec<_>>()).fetch_all(tx.db()).await?;
    let named = |(code, object): (Vec<u8>, Uuid)| Some(((*codes.get(&code)?).clone(), Link { object }));
    Ok(rows.into_iter().filter_map(named).collect())
}

/// The external ids of these, of those that have one.
pub async fn external_ids(tx: &mut Tx, kind: Kind, objects: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("select object_id, external from provisioning.link where kind = $1 and object_id = any($2)")
            .bind(kind)
            .bind(objects)
            .fetch_all(tx.db())
            .await?;
    let mut rows = rows;
    // Of somebody who is being erased the key goes first.
    rows.retain(|(object, _)| tx.app().vault().has(tx.org().0, &kind.bucket(*object)).unwrap_or(true));
    let opened = |(object, sealed): (Uuid, Vec<u8>)| {
        let plain = tx.open(kind.bucket(object), SEALED, object, &sealed)?;
        Ok((object, String::from_utf8(plain).map_err(anyhow::Error::from)?))
    };
    rows.into_iter().map(opened).collect()
}

/// Links them from now on.
pub async fn insert(tx: &mut Tx, kind: Kind, external_id: &str, object: Uuid) -> Result<()> {
    let sealed = tx.seal(kind.bucket(object), SEALED, object, external_id.as_bytes())?;
    let code = code(tx, kind, external_id);
    // What the external id meant before is not here any more: whoever calls this looked.
    sqlx::query(
        "insert into provisioning.link (kind, object_id, external_hmac, external) values ($1, $2, $3, $4)
         on conflict on constraint link_external do update
         set object_id = excluded.object_id, external = excluded.external",
    )
    .bind(kind)
    .bind(object)
    .bind(code)
    .bind(sealed)
    .execute(tx.db())
    .await
    .map_err(|error| {
        let is_linked = violates(&error, "link_pkey");
        if is_linked { Error::Taken("external_id", "provisioning.linked_otherwise") } else { error.into() }
    })?;
    Ok(())
}
