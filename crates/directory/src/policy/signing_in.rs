//! Whoever makes passwords can sign in as somebody: they have nobody see more than they see themselves (`ORG-03`).

use std::collections::HashSet;

use access::{Belonging, Permission, Sight, Vantage};
use kernel::{Error, MemberId, Result, Tx};

use super::Acting;
use crate::departments::tree;
use crate::fields::{Audience, Rules};
use crate::model::DepartmentId;
use crate::roles::holding;

impl Acting {
    /// How far they see through where one is; without limit for whoever makes no passwords, or decides who sees which field.
    pub async fn sight(&self, tx: &mut Tx, vantage: &Vantage) -> Result<Sight> {
        let makes_passwords = [Permission::PeopleAdd, Permission::PeopleResetPassword];
        if self.opens || !makes_passwords.into_iter().any(|one| self.holdings.has(one)) {
            return Ok(Sight::default());
        }
        let rules = Rules::load(tx).await?;
        Ok(Sight {
            near: self.limit(tx, &rules, (Audience::Department, &vantage.near)).await?,
            led: self.limit(tx, &rules, (Audience::Leaders, &vantage.led)).await?,
        })
    }

    /// Where these see no more than they do, who see it at those places anyway.
    async fn limit(
        &self,
        tx: &mut Tx,
        rules: &Rules,
        (audience, own): (Audience, &HashSet<DepartmentId>),
    ) -> Result<Option<HashSet<DepartmentId>>> {
        let is_closed = |seen_by: &[Audience]| seen_by.contains(&audience) && !seen_by.contains(&Audience::Everyone);
        let closed: Vec<_> = rules.in_order().into_iter().filter(|(_, rule)| is_closed(&rule.seen_by)).collect();
        let are_administrators = closed.iter().all(|(_, rule)| rule.seen_by.contains(&Audience::Administrators));
        if closed.is_empty() || (are_administrators && self.holdings.everywhere().has(Permission::PeopleSee)) {
            return Ok(None);
        }
        let mut seen = own.clone();
        if are_administrators {
            let tops: Vec<_> = self.holdings.departments(Permission::PeopleSee).collect();
            let part = tree::all_below(tx, &tops).await?;
            seen.extend(wholly(tx, part).await?);
        }
        Ok(Some(seen))
    }

    /// `Blocked` when somebody else, as whom they can sign in, would see there what they do not.
    pub(crate) fn check_sight_of(&self, who: MemberId, sight: &Sight, was: &Belonging, is: &Belonging) -> Result<()> {
        let is_refused = who != self.id && sight.is_exceeded(was, is);
        if is_refused { Err(Error::Blocked("directory.sight_exceeded")) } else { Ok(()) }
    }

    /// The same of somebody who is there and gets a password.
    pub(crate) async fn check_sign_in_as(&self, tx: &mut Tx, who: MemberId, there: &Belonging) -> Result<()> {
        let vantage = self.vantage(tx).await?;
        let sight = self.sight(tx, &vantage).await?;
        self.check_sight_of(who, &sight, &Belonging::default(), there)
    }
}

/// Those of these departments in and below which nobody is who is elsewhere too: of such a person one does not see it all.
async fn wholly(tx: &mut Tx, mut part: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
    let mixed: Vec<DepartmentId> = sqlx::query_scalar(
        "select distinct here.department_id from directory.department_member here
         join directory.department_member there using (member_id)
         where here.department_id = any($1) and there.department_id <> all($1)",
    )
    .bind(&part)
    .fetch_all(tx.db())
    .await?;
    let lineage = holding::lineage(tx, mixed.iter().copied()).await?;
    part.retain(|one| !mixed.iter().any(|other| lineage.is_below(*other, *one)));
    Ok(part)
}
