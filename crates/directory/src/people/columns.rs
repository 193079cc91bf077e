//! Many profiles at once, as the columns of one statement.

use kernel::{AccountId, MemberId, Result, Tx};

use access::State;
use profiles::LookUp;

use super::profile::taken;
use crate::model::Profile;

/// Profiles, sealed, with their look-up codes.
#[derive(Default)]
struct Columns {
    members: Vec<MemberId>,
    profiles: Vec<Vec<u8>>,
    user_ids: Vec<Option<Vec<u8>>>,
    phones: Vec<Option<Vec<u8>>>,
    emails: Vec<Option<Vec<u8>>>,
    staff_numbers: Vec<Option<Vec<u8>>>,
}

impl Columns {
    fn of(tx: &Tx, people: &[(MemberId, &Profile)]) -> Result<Self> {
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

/// Writes people who are new, `Invited` or `Active`, with the accounts in the same order. Tells nobody: whoever calls it does.
pub(crate) async fn insert(
    tx: &mut Tx,
    people: &[(MemberId, &Profile)],
    accounts: &[(AccountId, State)],
) -> Result<()> {
    let (columns, now) = (Columns::of(tx, people)?, tx.now());
    let state = |state: State| if state == State::Invited { "invited" } else { "active" };
    let (accounts, states): (Vec<AccountId>, Vec<&str>) = accounts.iter().map(|one| (one.0, state(one.1))).unzip();
    sqlx::query(
        "insert into directory.member (id, account_id, role, state, state_at, joined_at, profile,
             user_id_hmac, phone_hmac, email_hmac, staff_number_hmac)
         select n.id, n.account_id, 'member', n.state, $9, $9, n.profile, n.user_id, n.phone, n.email, n.staff_number
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])
              as n (id, account_id, state, profile, user_id, phone, email, staff_number)",
    )
    .bind(&columns.members)
    .bind(&accounts)
    .bind(&states)
    .bind(&columns.profiles)
    .bind(&columns.user_ids)
    .bind(&columns.phones)
    .bind(&columns.emails)
    .bind(&columns.staff_numbers)
    .bind(now)
    .execute(tx.db())
    .await
    .map_err(taken)?;
    Ok(())
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
