//! Who announces to whom, who looks after an announcement, and whom it concerns.

use directory::{DepartmentId, Permission, Permitted, Principal, principals};
use kernel::{Error, MemberId, Result, Tx};

use crate::ANNOUNCEMENTS;
use crate::model::{AnnouncementCan, AnnouncementId, AnnouncerCan, State};
use crate::stored::{self, Stored};

/// Somebody who announces.
pub struct Writer(Permitted);

impl Writer {
    /// Who holds the permission for anything at all; for what, [`Writer::check`] says.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Ok(Self(Permitted::load(tx, Permission::AnnouncementsWrite).await?))
    }

    /// Who.
    pub fn id(&self) -> MemberId {
        self.0.id()
    }

    /// Whether nothing is out of their reach.
    pub fn reaches_everyone(&self) -> bool {
        self.0.holds_everywhere()
    }

    /// `Forbidden` unless they announce to each of these departments; to everyone when there are none.
    pub async fn check(&self, tx: &mut Tx, departments: &[DepartmentId]) -> Result<()> {
        self.0.check_places(tx, departments).await
    }

    /// Those of these departments to which they announce, in the same order.
    pub async fn reached(&self, tx: &mut Tx, departments: Vec<DepartmentId>) -> Result<Vec<DepartmentId>> {
        self.0.reached(tx, departments).await
    }

    /// To whom they may announce something.
    pub async fn can(&self, tx: &mut Tx) -> Result<AnnouncerCan> {
        let there = directory::department_ids(tx).await?;
        Ok(AnnouncerCan { everyone: self.reaches_everyone(), department_ids: self.reached(tx, there).await? })
    }

    /// The same as [`Writer::check`] as a question.
    pub async fn reaches(&self, tx: &mut Tx, departments: &[DepartmentId]) -> Result<bool> {
        match self.check(tx, departments).await {
            Ok(()) => Ok(true),
            Err(Error::Forbidden) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

/// What may be done to one that the caller looks after: what was withdrawn stays as it was.
pub fn can(state: State) -> AnnouncementCan {
    AnnouncementCan { edit: state != State::Withdrawn }
}

/// An announcement that the caller looks after.
pub struct ManageableAnnouncement {
    /// Who.
    pub by: Writer,
    /// As it was loaded.
    pub announcement: Stored,
}

impl ManageableAnnouncement {
    /// Who could have written it: for everyone or for all of its departments. Nobody else changes it until the transaction ends.
    pub async fn load(tx: &mut Tx, id: AnnouncementId) -> Result<Self> {
        let by = Writer::load(tx).await?;
        let announcement = stored::lock(tx, id).await?;
        Self::of(tx, by, announcement).await
    }

    /// The same, to look at it only: others may change it meanwhile.
    pub async fn look(tx: &mut Tx, id: AnnouncementId) -> Result<Self> {
        let by = Writer::load(tx).await?;
        let announcement = stored::one(tx, id).await?;
        Self::of(tx, by, announcement).await
    }

    async fn of(tx: &mut Tx, by: Writer, announcement: Stored) -> Result<Self> {
        if by.reaches(tx, &announcement.department_ids).await? {
            return Ok(Self { by, announcement });
        }
        let is_seen = concerns(tx, by.id(), &announcement).await?;
        Err(if is_seen { Error::Forbidden } else { Error::NotFound("announcement") })
    }
}

/// An announcement that concerns the caller.
pub struct ReadableAnnouncement {
    /// Who.
    pub by: MemberId,
    /// Which.
    pub announcement: Stored,
}

impl ReadableAnnouncement {
    /// Who is active and in one of its departments or below, or anywhere when it is for everyone. Nobody changes it until the
    /// transaction ends: what is said is about what stands there.
    pub async fn load(tx: &mut Tx, id: AnnouncementId) -> Result<Self> {
        let by = tx.member()?;
        let announcement = stored::hold(tx, id).await?.ok_or(Error::NotFound("announcement"))?;
        let is_seen = concerns(tx, by, &announcement).await?;
        if is_seen { Ok(Self { by, announcement }) } else { Err(Error::NotFound("announcement")) }
    }
}

/// To whom announcements are switched off none concerns them.
async fn concerns(tx: &mut Tx, member: MemberId, announcement: &Stored) -> Result<bool> {
    if !applications::is_open_to(tx, ANNOUNCEMENTS, member).await? {
        return Ok(false);
    }
    if announcement.is_for_everyone {
        return Ok(true);
    }
    let departments = departments_of(tx, member).await?;
    Ok(announcement.department_ids.iter().any(|one| departments.contains(one)))
}

/// The departments of somebody, with all above them.
pub async fn departments_of(tx: &mut Tx, member: MemberId) -> Result<Vec<DepartmentId>> {
    let department = |principal| match principal {
        Principal::Department(id) => Some(id),
        _ => None,
    };
    Ok(principals(tx, member).await?.into_iter().filter_map(department).collect())
}
