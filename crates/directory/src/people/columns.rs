//! Many profiles at once, as the columns of one statement.

use kernel::{MemberId, Result, Tx};

use profiles::LookUp;

use super::profile::taken;
use crate::model::Profile;

/// Profiles, sealed, with their look-up codes.
#[derive(Default)]
pub(crate) struct Columns {
    pub members: Vec<MemberId>,
    pub profiles: Vec<Vec<u8>>,
    pub user_ids: Vec<Option<Vec<u8>>>,
    pub phones: Vec<Option<Vec<u8>>>,
    pub emails: Vec<Option<Vec<u8>>>,
    pub staff_numbers: Vec<Option<Vec<u8>>>,
}

impl Columns {
    pub fn of(tx: &Tx, people: &[(MemberId, &Profile)]) -> Result<Self> {
        let mut columns = Self::default();
        for &(member, profile) in people {
            let LookUp { user_id, phone, email, staff_number } = profile.look_up(tx);
            columns.members.push(member);
            columns.profiles.push(profile.seal(tx, member)?);
            columns.user_ids.push(user_id);
            columns.phones.push(phone);
            columns.emails.push(email);
            columns.staff_numbers.push(staff_number);
        }
        Ok(columns)
    }
}

/// Seals the profiles of people who are here anew. Tells nobody: whoever calls it does.
pub(crate) async fn rewrite(tx: &mut Tx, people: &[(MemberId, &Profile)]) -> Result<()> {
    let columns = Columns::of(tx, people)?;
    if columns.members.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update directory.member m set profile = n.profile, revision = m.revision + 1, user_id_hmac = n.user_id,
                phone_hmac = n.phone, email_hmac = n.email, staff_number_hmac = n.staff_number
         from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[])
              as n (id, profile, user_id, phone, email, staff_number)
         where m.id = n.id",
    )
    .bind(&columns.members)
    .bind(&columns.profiles)
    .bind(&columns.user_ids)
    .bind(&columns.phones)
    .bind(&columns.emails)
    .bind(&columns.staff_numbers)
    .execute(tx.db())
    .await
    .map_err(taken)?;
    Ok(())
}

/// Lets go of what these people are found by, for others who are found by it from now on: each of them is written anew in the same
/// transaction.
pub(crate) async fn let_go(tx: &mut Tx, members: &[MemberId]) -> Result<()> {
    sqlx::query(
        "update directory.member set user_id_hmac = null, phone_hmac = null, email_hmac = null, staff_number_hmac = null
         where id = any($1)",
    )
    .bind(members)
    .execute(tx.db())
    .await?;
    Ok(())
}
