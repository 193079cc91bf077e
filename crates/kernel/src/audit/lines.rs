//! Lines on their way into the log: people get their pseudonyms, address and device are sealed, digests are made.

use std::collections::BTreeMap;

use ::audit::{Line, PEOPLE, Said};
use aws_lc_rs::digest::{SHA256, digest as hash};
use serde_json::Value;
use uuid::Uuid;
use vault::{Bucket, Error as VaultError};

use super::trace;
use crate::{Actor, App, MemberId, OrgId, Result, Tx};

/// The lines of one transaction, as the columns of the one statement that writes them.
#[derive(Default)]
pub(crate) struct Lines {
    pub ids: Vec<Uuid>,
    pub names: Vec<String>,
    pub target_kinds: Vec<Option<String>>,
    pub targets: Vec<Option<Uuid>>,
    pub data: Vec<String>,
    pub codes: Vec<Option<String>>,
    pub rules: Vec<Option<&'static str>>,
    pub traces: Vec<Option<Vec<u8>>>,
    pub digests: Vec<Vec<u8>>,
    /// What all lines have in common.
    pub actor_kind: String,
    pub actor: Option<Uuid>,
    pub request_id: Option<Uuid>,
    /// Who stands behind the pseudonyms in them.
    pub members: Vec<MemberId>,
    pub pseudonyms: Vec<Uuid>,
}

impl Lines {
    /// Makes them in the name of whoever the transaction runs for.
    pub fn make(tx: &Tx, said: Vec<Said>) -> Result<Self> {
        let mut lines = Self::default();
        if said.is_empty() {
            return Ok(lines);
        }
        let mut known = BTreeMap::new();
        let written = serde_json::to_value(tx.actor()).map_err(anyhow::Error::from)?;
        lines.actor_kind = written["kind"].as_str().unwrap_or_default().to_owned();
        lines.actor = match tx.actor() {
            Actor::Member(member) => pseudonym(tx, &mut known, member, true)?,
            _ => written["id"].as_str().and_then(|id| id.parse().ok()),
        };
        lines.request_id = tx.request().map(|request| request.id);
        for one in said {
            lines.add(tx, &mut known, one)?;
        }
        (lines.members, lines.pseudonyms) = known.into_iter().unzip();
        Ok(lines)
    }

    fn add(&mut self, tx: &Tx, known: &mut BTreeMap<MemberId, Uuid>, mut said: Said) -> Result<()> {
        let mut concerns = None;
        for (field, person) in said.people() {
            // Whose key is gone stands in no line any more; who is refused names whom they like, and makes nobody a key.
            let stands = pseudonym(tx, known, MemberId(person), said.code.is_none())?;
            concerns = concerns.or(stands.filter(|_| field == PEOPLE[0]).map(|_| MemberId(person)));
            said.data.insert(field.to_owned(), stands.map_or(Value::Null, |stands| Value::String(stands.to_string())));
        }
        let (target_kind, target) = said.take_target().unzip();
        let line = Line {
            trace: if said.keeps_trace() { trace::seal(tx, concerns, said.id)? } else { None },
            id: said.id,
            at: tx.now(),
            actor_kind: self.actor_kind.clone(),
            actor: self.actor,
            name: said.name,
            target_kind,
            target,
            data: Value::Object(said.data).to_string(),
            code: said.code.map(str::to_owned),
            rule: said.rule.map(str::to_owned),
            request_id: self.request_id,
        };
        self.digests.push(digest(tx.app(), tx.org(), &line));
        self.ids.push(line.id);
        self.names.push(line.name);
        self.target_kinds.push(line.target_kind);
        self.targets.push(line.target);
        self.data.push(line.data);
        self.codes.push(line.code);
        self.rules.push(said.rule);
        self.traces.push(line.trace);
        Ok(())
    }
}

/// Keyed by the installation: whoever reaches the database alone cannot make one.
pub(super) fn digest(app: &App, org: OrgId, line: &Line) -> Vec<u8> {
    let hash: String = hash(&SHA256, &line.bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    app.vault().lookup("kernel.audit", Some(org.0), &hash).to_vec()
}

fn pseudonym(tx: &Tx, known: &mut BTreeMap<MemberId, Uuid>, member: MemberId, is_made: bool) -> Result<Option<Uuid>> {
    let (vault, org, bucket) = (tx.app().vault(), tx.org().0, Bucket::Member(member.0));
    let found = match vault.pseudonym(org, bucket) {
        // The first line about somebody.
        Err(VaultError::Missing) if is_made => vault.ensure(org, &[bucket]).and_then(|()| vault.pseudonym(org, bucket)),
        found => found,
    };
    match found {
        Ok(made) => {
            known.insert(member, made);
            Ok(Some(made))
        }
        Err(VaultError::Destroyed | VaultError::Missing) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
