//! What this domain tells the rest of the program: ids and states, never what an organisation is called or whom it shows.

use directory::{DepartmentId, PeopleGroupId, Principal};
use kernel::{Audience, Event, MemberId, OrgId};
use serde::{Deserialize, Serialize};

use crate::model::PeerState;

/// Something about peers is not what it was: for windows. What, not everybody may know.
#[derive(Debug, Serialize, Deserialize)]
pub struct PeersChanged {}

impl Event for PeersChanged {
    const NAME: &'static str = "peers.peers_changed";
    fn is_audited(&self) -> bool {
        false
    }
    fn audience(&self) -> Audience {
        Audience::Org
    }
}

/// A connection stands differently. Both organisations have this event, each from its side.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionChanged {
    /// With whom.
    pub peer: OrgId,
    /// Where it stood; absent when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<PeerState>,
    /// Where it stands; absent when there is none any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<PeerState>,
}

impl Event for ConnectionChanged {
    const NAME: &'static str = "peers.connection_changed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// A peer is shown somebody else to ask for, or nobody any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactChanged {
    /// Which peer.
    pub peer: OrgId,
    /// Whether it is shown anybody.
    pub is_shown: bool,
}

impl Event for ContactChanged {
    const NAME: &'static str = "peers.contact_changed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Who is meant in the list of speakers: one of these, or everyone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Meant {
    /// A person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    /// A department with what lies below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// A group of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<PeopleGroupId>,
    /// Everybody here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_everyone: bool,
}

impl From<Principal> for Meant {
    /// Roles are never on the list.
    fn from(principal: Principal) -> Self {
        let nobody = Self { member: None, department: None, group: None, is_everyone: false };
        match principal {
            Principal::Member(member) => Self { member: Some(member), ..nobody },
            Principal::Department(department) => Self { department: Some(department), ..nobody },
            Principal::PeopleGroup(group) => Self { group: Some(group), ..nobody },
            Principal::Everyone | Principal::Role(_) => Self { is_everyone: true, ..nobody },
        }
    }
}

/// Somebody may speak with peers from now on.
#[derive(Debug, Serialize, Deserialize)]
pub struct SpeakerAdded {
    /// Who.
    #[serde(flatten)]
    pub speaker: Meant,
}

impl Event for SpeakerAdded {
    const NAME: &'static str = "peers.speaker_added";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}

/// Somebody is on the list no more.
#[derive(Debug, Serialize, Deserialize)]
pub struct SpeakerRemoved {
    /// Who.
    #[serde(flatten)]
    pub speaker: Meant,
}

impl Event for SpeakerRemoved {
    const NAME: &'static str = "peers.speaker_removed";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
