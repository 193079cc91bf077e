//! Whether the log of an organisation is what was written: no line changed, missing, put elsewhere or cut off.

use ::audit::{Chain, Fault, Flaw, Head, Line};
use uuid::Uuid;
use vault::{Bucket, Error as VaultError};

use super::expire;
use crate::{MemberId, Result, Tx};

const BATCH: i64 = 2000;

/// What was found.
#[derive(Debug)]
pub struct Verified {
    /// The end of the log.
    pub head: Head,
    /// The first hundred faults; none when the log is what was written.
    pub faults: Vec<Fault>,
}

#[derive(sqlx::FromRow)]
struct Row {
    line: i64,
    link: Vec<u8>,
    #[sqlx(flatten)]
    stored: Line,
}

/// Reads the whole log of the organisation of `tx`, as far as it reaches now. `noted` is a head that was given out before: once the
/// time of its line is over it proves nothing any more.
pub async fn verify(tx: &mut Tx, noted: Option<&Head>) -> Result<Verified> {
    expire::hold(tx).await?;
    let Ends { past, head, oldest, newest } = ends(tx).await?;
    let mut chain = Chain::new(&past, &head, noted);
    loop {
        let rows = rows(tx, chain.line(), head.line).await?;
        let is_last = i64::try_from(rows.len()).unwrap_or(0) < BATCH;
        for row in rows {
            chain.take(row.line, &super::digest(tx.app(), tx.org(), &row.stored), row.link);
        }
        if is_last || chain.is_hopeless() {
            break;
        }
    }
    let mut faults = chain.end();
    if oldest <= past.line && newest > 0 {
        faults.push(Fault { line: oldest, flaw: Flaw::Surplus });
    }
    if newest > head.line {
        faults.push(Fault { line: newest, flaw: Flaw::Surplus });
    }
    if misattributes(tx).await? {
        faults.push(Fault { line: 0, flaw: Flaw::Misattributed });
    }
    Ok(Verified { head, faults })
}

/// Where the log begins and ends; of one instant, since others go on writing.
#[derive(Default)]
struct Ends {
    /// The last line whose time was over, and the end there must be.
    past: Head,
    head: Head,
    /// The first line there is and the last; 0 when there is none.
    oldest: i64,
    newest: i64,
}

type Stored = (i64, Option<Vec<u8>>, i64, Vec<u8>, Vec<u8>, i64, i64);

async fn ends(tx: &mut Tx) -> Result<Ends> {
    let org = tx.org();
    let found: Option<Stored> = sqlx::query_as(
        "select c.line, c.links[array_upper(c.links, 1)], c.past_line, c.past_link, c.past_proof,
                coalesce((select min(e.line) from kernel.audit_entry e where e.org_id = $1), 0),
                coalesce((select max(e.line) from kernel.audit_entry e where e.org_id = $1), 0)
         from kernel.org_clock c where c.org_id = $1",
    )
    .bind(org)
    .fetch_optional(tx.db())
    .await?;
    let Some((line, link, past_line, past_link, proof, oldest, newest)) = found else { return Ok(Ends::default()) };
    let past = Head { line: past_line, link: past_link };
    // A beginning that this installation did not note counts for nothing: what is not there is missing.
    let is_proven = proof == expire::proof(tx.app(), org, &past);
    let past = if is_proven { past } else { Head::default() };
    Ok(Ends { past, head: Head { line, link: link.unwrap_or_default() }, oldest, newest })
}

async fn rows(tx: &mut Tx, after: i64, up_to: i64) -> Result<Vec<Row>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select line, link, id, at, actor_kind, actor, name, target_kind, target, data, code, rule, request_id, trace
         from kernel.audit_entry where org_id = $1 and line > $2 and line <= $3 order by line limit $4",
    )
    .bind(org)
    .bind(after)
    .bind(up_to)
    .bind(BATCH)
    .fetch_all(tx.db())
    .await?)
}

/// Whether somebody was put behind a pseudonym that is not theirs.
async fn misattributes(tx: &mut Tx) -> Result<bool> {
    let org = tx.org();
    let all: Vec<(Uuid, MemberId)> =
        sqlx::query_as("select pseudonym, member_id from kernel.pseudonym where org_id = $1")
            .bind(org)
            .fetch_all(tx.db())
            .await?;
    for (pseudonym, member) in all {
        match tx.app().vault().pseudonym(org.0, Bucket::Member(member.0)) {
            Ok(made) if made == pseudonym => {}
            Err(VaultError::Destroyed) => {}
            Ok(_) | Err(VaultError::Missing) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(false)
}
