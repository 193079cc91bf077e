//! Whom announcements concern, of those to whom they are open, and who of them has read one.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use applications::Reach;
use directory::{DepartmentId, Principal, members_of_principal};
use kernel::{MemberId, Result, Tx};

use crate::ANNOUNCEMENTS;
use crate::model::AnnouncementId;
use crate::stored::Stored;

/// The active people whom an announcement concerns, without whoever wrote it.
pub struct Audience {
    /// In the order of their ids; one list for all that name the same.
    all: Arc<[MemberId]>,
    author: MemberId,
    /// To whom the organisation leaves announcements open.
    open: Arc<Reach>,
}

impl Audience {
    /// Whether it concerns them.
    pub fn has(&self, member: MemberId) -> bool {
        member != self.author && self.open.has(member) && self.all.binary_search(&member).is_ok()
    }

    /// Those of them who are counted: nobody whose data is restricted (`DSR-04`), in the order of their ids.
    pub fn counted(&self, restricted: &HashSet<MemberId>) -> impl Iterator<Item = MemberId> {
        self.members().filter(|member| !restricted.contains(member))
    }

    /// In the order of their ids.
    pub fn members(&self) -> impl Iterator<Item = MemberId> {
        self.all.iter().copied().filter(move |member| *member != self.author && self.open.has(*member))
    }
}

/// The people behind what announcements name, each asked once.
#[derive(Default)]
pub struct Audiences {
    /// Of everyone, and of a department.
    behind: HashMap<Principal, Arc<[MemberId]>>,
    /// Of several departments together.
    together: HashMap<Vec<DepartmentId>, Arc<[MemberId]>>,
    open: Option<Arc<Reach>>,
}

impl Audiences {
    /// Whom it concerns now.
    pub async fn of(&mut self, tx: &mut Tx, announcement: &Stored) -> Result<Audience> {
        let all = match announcement.department_ids.as_slice() {
            _ if announcement.is_for_everyone => self.behind(tx, Principal::Everyone).await?,
            [department] => self.behind(tx, Principal::Department(*department)).await?,
            several => self.together(tx, several).await?,
        };
        Ok(Audience { all, author: announcement.author_id, open: self.open(tx).await? })
    }

    async fn open(&mut self, tx: &mut Tx) -> Result<Arc<Reach>> {
        if let Some(known) = &self.open {
            return Ok(Arc::clone(known));
        }
        let open = Arc::new(applications::reach(tx, ANNOUNCEMENTS).await?);
        self.open = Some(Arc::clone(&open));
        Ok(open)
    }

    async fn behind(&mut self, tx: &mut Tx, principal: Principal) -> Result<Arc<[MemberId]>> {
        if let Some(known) = self.behind.get(&principal) {
            return Ok(Arc::clone(known));
        }
        let members: Arc<[MemberId]> = members_of_principal(tx, principal).await?.into();
        self.behind.insert(principal, Arc::clone(&members));
        Ok(members)
    }

    async fn together(&mut self, tx: &mut Tx, departments: &[DepartmentId]) -> Result<Arc<[MemberId]>> {
        if let Some(known) = self.together.get(departments) {
            return Ok(Arc::clone(known));
        }
        let mut all: Vec<MemberId> = Vec::new();
        for department in departments {
            all.extend_from_slice(&self.behind(tx, Principal::Department(*department)).await?);
        }
        all.sort_unstable();
        all.dedup();
        let members: Arc<[MemberId]> = all.into();
        self.together.insert(departments.to_vec(), Arc::clone(&members));
        Ok(members)
    }
}

/// Who has read each of these, in the order of their ids, and whether they confirmed that; whomever they concern now.
pub async fn readings(tx: &mut Tx, ids: &[AnnouncementId]) -> Result<HashMap<AnnouncementId, Vec<(MemberId, bool)>>> {
    let rows: Vec<(AnnouncementId, MemberId, bool)> = sqlx::query_as(
        "select announcement_id, member_id, confirmed_at is not null from announcements.reading
         where announcement_id = any($1) order by member_id",
    )
    .bind(ids)
    .fetch_all(tx.db())
    .await?;
    let mut read: HashMap<AnnouncementId, Vec<(MemberId, bool)>> = HashMap::new();
    for (announcement, member, is_confirmed) in rows {
        read.entry(announcement).or_default().push((member, is_confirmed));
    }
    Ok(read)
}
