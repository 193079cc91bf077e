//! Does what a plan says, in one transaction and in steps of a thousand people.

use kernel::{AccountId, Bucket, Error, MemberId, Result, Tx};

use super::plan::Plan;
use super::{lines, write_departments};
use crate::events::{MemberAdded, PeopleImported};
use crate::fields::Rules;
use crate::model::{DepartmentId, Profile};
use crate::people::columns::{insert, let_go, rewrite};
use crate::people::handles::{self, NewHandle};
use crate::people::{index, memberships, person};
use crate::principals;
use access::State;
use import_plans::{Act, Deed, Done, GivenUp, Outcome, Placement, Update};

/// People a step.
const STEP: usize = 1_000;

/// A person as they were written.
pub struct Written {
    /// The first row they stand in.
    pub row: u32,
    /// What is known of them.
    pub profile: Profile,
    /// What became of them.
    pub outcome: Outcome,
    /// The account made for them, or asked.
    pub account: Option<AccountId>,
    /// Who they are here.
    pub member: Option<MemberId>,
}

/// A plan on its way into the database.
pub struct Writing {
    plan: Plan,
    rules: Rules,
    accounts: std::vec::IntoIter<AccountId>,
    at: usize,
    written: Vec<Written>,
    members: Vec<MemberId>,
    done: Vec<Done>,
}

/// What a step adds to the columns of its statements.
#[derive(Default)]
struct Batch {
    new: Vec<Line>,
    changed: Vec<Line>,
    places: Vec<(MemberId, Placement)>,
    handles: Vec<NewHandle>,
}

struct Line {
    member: MemberId,
    account: AccountId,
    state: State,
    profile: Profile,
}

impl Writing {
    /// Writes the departments. `accounts` are those that were made for the people who are new, in any order.
    pub async fn begin(tx: &mut Tx, plan: Plan, accounts: Vec<AccountId>) -> Result<Self> {
        drop(index::load(tx).await?);
        write_departments::write(tx, &plan.departments).await?;
        free(tx, &plan.given_up).await?;
        let (people, done) = (plan.acts.len(), import_plans::department_deeds(&plan.existing, &plan.departments));
        lines::tell_departments(tx, done.iter().map(|one| &one.deed))?;
        Ok(Self {
            plan,
            rules: Rules::load(tx).await?,
            accounts: accounts.into_iter(),
            at: 0,
            written: Vec::with_capacity(people),
            members: Vec::with_capacity(people),
            done,
        })
    }

    /// Writes the next people; how many are done, or `None` when all were.
    pub async fn step(&mut self, tx: &mut Tx) -> Result<Option<usize>> {
        if self.at >= self.plan.acts.len() {
            return Ok(None);
        }
        let end = (self.at + STEP).min(self.plan.acts.len());
        let mut batch = Batch::default();
        for place in self.at..end {
            self.take(tx, place, &mut batch)?;
        }
        let buckets: Vec<Bucket> = batch.new.iter().map(|line| Bucket::Member(line.member.0)).collect();
        tx.app().vault().ensure(tx.org().0, &buckets)?;
        hold(tx, &batch).await?;
        create(tx, &batch.new).await?;
        rewrite(tx, &profiles(&batch.changed)).await?;
        place(tx, &batch.places).await?;
        handles::set(tx, &batch.handles).await?;
        self.at = end;
        Ok(Some(end))
    }

    /// Tells the index and everybody else, once; the people as they were written, and what was done to whom. That those leave who
    /// do is left to the caller, in the same transaction.
    pub async fn finish(self, tx: &mut Tx) -> Result<(Vec<Written>, Vec<Done>)> {
        memberships::check_room(tx).await?;
        index::follow(tx, &self.members).await?;
        principals::follow_members(tx, &self.members).await?;
        let counts = self.plan.counts();
        tx.emit(&PeopleImported {
            created: counts.created,
            invited: counts.invited,
            changed: counts.changed,
            moved: counts.moved,
            left: counts.left,
            departments_created: counts.departments_created,
            departments_changed: counts.departments_changed,
        })?;
        Ok((self.written, self.done))
    }

    fn take(&mut self, tx: &mut Tx, place: usize, batch: &mut Batch) -> Result<()> {
        let act = std::mem::replace(&mut self.plan.acts[place], Act::LeaveOut);
        let mut written = Written {
            row: self.plan.draft.people.get(place).map_or(0, lists::DraftPerson::row),
            profile: Profile::default(),
            outcome: act.outcome(),
            account: None,
            member: None,
        };
        match act {
            Act::LeaveOut => written.profile.name.clone_from(&self.plan.draft.people[place].name),
            Act::Create { profile, places } => {
                let account = self.accounts.next().ok_or_else(|| anyhow::anyhow!("an account for each new person"))?;
                self.add(tx, (account, State::Active), (profile, places), &mut written, batch)?;
            }
            Act::Invite { account, profile, places } => {
                self.add(tx, (account, State::Invited), (profile, places), &mut written, batch)?;
            }
            Act::Leave(leaver) => {
                written.member = Some(leaver.member);
                written.profile.name.clone_from(&leaver.name);
                self.done.push(Done::left(leaver, tx.now()));
            }
            Act::Update(update) => {
                written.member = Some(update.member);
                written.profile = update.profile.clone();
                self.done.extend(Done::of_update(&update));
                lines::tell_profile(tx, &self.rules, update.member, (&update.old, &update.profile))?;
                lines::tell_place(tx, update.member, (&update.was, update.place()))?;
                batch.update(*update);
            }
        }
        if !matches!(written.outcome, Outcome::Unchanged | Outcome::Wrong | Outcome::Left) {
            self.members.extend(written.member);
        }
        self.written.push(written);
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a new person is made of exactly these")]
    fn add(
        &mut self,
        tx: &mut Tx,
        (account, state): (AccountId, State),
        (profile, places): (Profile, Placement),
        written: &mut Written,
        batch: &mut Batch,
    ) -> Result<()> {
        let member = batch.add(tx, account, state, profile.clone(), places.clone());
        written.account = Some(account);
        written.member = Some(member);
        written.profile = profile.clone();
        let name = profile.name.clone();
        self.done.push(Done { name, deed: Deed::Added { member, account, state, profile, places } });
        tx.record(&MemberAdded { member })
    }
}

impl Batch {
    #[expect(clippy::too_many_arguments, reason = "a new person is made of exactly these")]
    fn add(&mut self, tx: &Tx, account: AccountId, state: State, profile: Profile, places: Placement) -> MemberId {
        let member = MemberId(tx.new_id());
        if state == State::Active {
            self.handles.extend(NewHandle::of(account, member, &profile));
        }
        self.places.push((member, places));
        self.new.push(Line { member, account, state, profile });
        member
    }

    fn update(&mut self, update: Update) {
        let Update { member, account, profile, is_changed, names_follow, places, .. } = update;
        if let Some(places) = places {
            self.places.push((member, places));
        }
        if is_changed {
            if names_follow {
                self.handles.extend(NewHandle::of(account, member, &profile));
            }
            self.changed.push(Line { member, account, state: State::Active, profile });
        }
    }
}

/// What somebody gives up for somebody else of the list is free before anybody is written: uniqueness is checked row by row.
async fn free(tx: &mut Tx, given_up: &[GivenUp]) -> Result<()> {
    let_go(tx, &given_up.iter().map(|one| one.member).collect::<Vec<_>>()).await?;
    let old = given_up.iter().filter(|one| one.names_follow).filter_map(|one| {
        let kind = handles::kind_of(one.field)?;
        Some(NewHandle { kind, account: one.account, member: one.member, value: None })
    });
    handles::set(tx, &old.collect::<Vec<_>>()).await
}

/// Nobody else changes those whom it changes. `Blocked` when the data of one of them was restricted since the plan was made.
async fn hold(tx: &mut Tx, batch: &Batch) -> Result<()> {
    let changed = batch.changed.iter().map(|line| line.member).chain(batch.places.iter().map(|(member, _)| *member));
    let changed: Vec<MemberId> = changed.collect();
    const HELD: &str =
        "select restricted_at is not null from directory.member where id = any($1) order by id for update";
    let restricted: Vec<bool> = sqlx::query_scalar(HELD).bind(changed).fetch_all(tx.db()).await?;
    if restricted.contains(&true) { Err(Error::Blocked("directory.is_restricted")) } else { Ok(()) }
}

fn profiles(lines: &[Line]) -> Vec<(MemberId, &Profile)> {
    lines.iter().map(|line| (line.member, &line.profile)).collect()
}

async fn create(tx: &mut Tx, lines: &[Line]) -> Result<()> {
    let people: Vec<(AccountId, State)> = lines.iter().map(|line| (line.account, line.state)).collect();
    insert(tx, &profiles(lines), &people).await?;
    let (org, now) = (tx.org(), tx.now());
    let (accounts, members): (Vec<AccountId>, Vec<MemberId>) =
        lines.iter().map(|line| (line.account, line.member)).unzip();
    sqlx::query(
        "insert into directory.membership (account_id, org_id, member_id, created_at)
         select n.account_id, $1, n.member_id, $4 from unnest($2::uuid[], $3::uuid[]) as n (account_id, member_id)",
    )
    .bind(org)
    .bind(&accounts)
    .bind(&members)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Puts people there and nowhere else.
pub(super) async fn place(tx: &mut Tx, places: &[(MemberId, Placement)]) -> Result<()> {
    if places.is_empty() {
        return Ok(());
    }
    let members: Vec<MemberId> = places.iter().map(|(member, _)| *member).collect();
    sqlx::query("delete from directory.department_member where member_id = any($1)")
        .bind(&members)
        .execute(tx.db())
        .await?;
    person::touch(tx, &members).await?;
    let mut rows: (Vec<DepartmentId>, Vec<MemberId>, Vec<i32>, Vec<bool>) = Default::default();
    for (member, placement) in places {
        for (position, department) in (1..).zip(&placement.departments) {
            rows.0.push(*department);
            rows.1.push(*member);
            rows.2.push(position);
            rows.3.push(placement.leads.contains(department));
        }
    }
    sqlx::query(
        "insert into directory.department_member (department_id, member_id, position, is_leader)
         select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::boolean[])",
    )
    .bind(&rows.0)
    .bind(&rows.1)
    .bind(&rows.2)
    .bind(&rows.3)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Has the database count what was added, so that plans know of it.
pub async fn count(tx: &mut Tx) -> Result<()> {
    sqlx::query("select directory.count_rows()").execute(tx.db()).await?;
    Ok(())
}
