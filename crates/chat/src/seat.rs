//! A conversation together with one member's place in it: the row that nearly everything starts from.

use chrono::{DateTime, Utc};
use kernel::{MemberId, Result, Tx};

use crate::model::{Can, ConversationId, History, Kind, Role};

/// One member's place in a conversation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Seat {
    /// The conversation.
    pub id: ConversationId,
    pub kind: Kind,
    pub name: Option<Vec<u8>>,
    pub history: History,
    /// Rises when it is called something else or shows newcomers something else.
    pub revision: i64,
    pub member_count: i32,
    pub created_at: DateTime<Utc>,
    pub dissolved_at: Option<DateTime<Utc>>,
    pub last_seq: i64,
    pub last_n: i64,
    pub last_at: DateTime<Utc>,
    pub expired_seq: i64,
    pub expired_n: i64,
    /// Whose place it is.
    pub member_id: MemberId,
    pub role: Role,
    pub start_seq: i64,
    pub start_n: i64,
    pub read_seq: i64,
    pub read_n: i64,
    pub hidden_seq: i64,
    pub is_marked_unread: bool,
    pub is_muted: bool,
    pub is_pinned: bool,
}

impl Seat {
    /// The place of `member`, or none for whoever is not in it.
    pub async fn load(tx: &mut Tx, id: ConversationId, member: MemberId) -> Result<Option<Self>> {
        Ok(sqlx::query_as(
            "select c.id, c.kind, c.name, c.history, c.member_count, c.created_at, c.dissolved_at, c.last_seq, c.last_n, c.last_at,
                    c.expired_seq, c.expired_n, m.member_id, m.role, m.start_seq, m.start_n, m.read_seq, m.read_n, m.hidden_seq,
                    c.revision, m.is_marked_unread, m.is_muted, m.is_pinned
             from chat.conversation c join chat.member m on m.conversation_id = c.id
             where c.id = $1 and m.member_id = $2",
        )
        .bind(id)
        .bind(member)
        .fetch_optional(tx.db())
        .await?)
    }

    /// The same with the conversation locked: nothing is sent, and nobody comes or goes, until the transaction ends.
    pub async fn lock(tx: &mut Tx, id: ConversationId, member: MemberId) -> Result<Option<Self>> {
        // A statement of its own: the next one sees what earlier holders of the lock have committed.
        sqlx::query("select from chat.conversation where id = $1 for update").bind(id).execute(tx.db()).await?;
        Self::load(tx, id, member).await
    }

    /// The number from which on the member sees messages, as far as they are still kept.
    pub fn hidden_until(&self) -> i64 {
        self.start_seq.max(self.expired_seq)
    }

    /// Messages not read yet: derived, never stored, so that it cannot drift.
    pub fn unread(&self) -> i64 {
        (self.last_n - self.read_n.max(self.start_n).max(self.expired_n)).max(0)
    }

    /// Out of the list until something is said.
    pub fn is_hidden(&self) -> bool {
        self.hidden_seq >= self.last_seq
    }

    /// What the member may do; the rules are those of `policy.rs`.
    pub fn can(&self) -> Can {
        let is_open = self.dissolved_at.is_none();
        let is_group = is_open && self.kind == Kind::Group;
        let looks_after = is_group && self.role >= Role::Administrator;
        let owns = is_group && self.role == Role::Owner;
        Can {
            send: is_open,
            rename: looks_after,
            add: is_group,
            remove: looks_after,
            transfer: owns,
            dissolve: owns,
            leave: is_group && !owns,
            mention_all: looks_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seat;
    use crate::model::{ConversationId, History, Kind, Role};
    use chrono::DateTime;
    use kernel::MemberId;
    use uuid::Uuid;

    fn seat(role: Role) -> Seat {
        Seat {
            id: ConversationId(Uuid::nil()),
            kind: Kind::Group,
            name: None,
            history: History::Joining,
            revision: 0,
            member_count: 3,
            created_at: DateTime::UNIX_EPOCH,
            dissolved_at: None,
            last_seq: 12,
            last_n: 10,
            last_at: DateTime::UNIX_EPOCH,
            expired_seq: 0,
            expired_n: 0,
            member_id: MemberId(Uuid::nil()),
            role,
            start_seq: 0,
            start_n: 0,
            read_seq: 0,
            read_n: 0,
            hidden_seq: -1,
            is_marked_unread: false,
            is_muted: false,
            is_pinned: false,
        }
    }

    #[test]
    fn what_one_never_saw_or_what_has_expired_is_not_unread() {
        assert_eq!(seat(Role::Member).unread(), 10);
        assert_eq!(Seat { start_n: 4, ..seat(Role::Member) }.unread(), 6);
        assert_eq!(Seat { start_n: 4, read_n: 7, ..seat(Role::Member) }.unread(), 3);
        assert_eq!(Seat { read_n: 2, expired_n: 9, ..seat(Role::Member) }.unread(), 1);
        assert_eq!(Seat { read_n: 2, expired_n: 10, ..seat(Role::Member) }.unread(), 0);
    }

    #[test]
    fn a_hidden_conversation_comes_back_with_the_next_message() {
        let hidden = Seat { hidden_seq: 12, ..seat(Role::Member) };
        assert!(hidden.is_hidden());
        assert!(!Seat { last_seq: 13, ..hidden }.is_hidden());
    }

    #[test]
    fn the_owner_cannot_leave_and_nobody_does_anything_in_a_dissolved_group() {
        assert!(!seat(Role::Owner).can().leave && seat(Role::Owner).can().dissolve);
        assert!(seat(Role::Administrator).can().leave && !seat(Role::Administrator).can().dissolve);
        assert!(seat(Role::Member).can().add && !seat(Role::Member).can().rename);
        let ended = Seat { dissolved_at: Some(DateTime::UNIX_EPOCH), ..seat(Role::Owner) }.can();
        assert!(!ended.send && !ended.add && !ended.remove && !ended.transfer && !ended.mention_all);
    }
}
