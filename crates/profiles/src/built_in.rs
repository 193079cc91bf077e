//! The fields every organisation has from its beginning, and what holds for each until somebody decides (`DIR-02`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Audience, FieldId, Kind, Rule};

/// A field that is there from the beginning. A person's name and departments are no fields: they are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BuiltInField)]
pub enum BuiltIn {
    /// What one signs in with.
    UserId,
    /// Unique in the organisation.
    StaffNumber,
    /// With country code.
    Phone,
    /// In lower case.
    Email,
    /// What one is called: 职务.
    Position,
    /// What one does: 岗位.
    Post,
    /// One line about oneself.
    Signature,
    /// A picture of oneself.
    Avatar,
    /// A day.
    Birthday,
    /// `female`, `male` or `other`.
    Gender,
    /// Where one works.
    WorkAddress,
    /// What those who look after people note.
    Remark,
}

/// The choices of [`BuiltIn::Gender`] by their ids, as files call them in Simplified Chinese, Traditional Chinese and English.
pub const GENDERS: [(&str, [&str; 3]); 3] =
    [("female", ["女", "女", "female"]), ("male", ["男", "男", "male"]), ("other", ["其他", "其他", "other"])];

impl BuiltIn {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::UserId,
        Self::StaffNumber,
        Self::Phone,
        Self::Email,
        Self::Position,
        Self::Post,
        Self::Signature,
        Self::Avatar,
        Self::Birthday,
        Self::Gender,
        Self::WorkAddress,
        Self::Remark,
    ];

    /// The same in every organisation.
    pub fn id(self) -> FieldId {
        FieldId(Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0100 + self as u128))
    }

    /// The built-in field of this id.
    pub fn of(id: FieldId) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// As it stands in the events: `staff_number`.
    pub fn name(self) -> &'static str {
        match self {
            Self::UserId => "user_id",
            Self::StaffNumber => "staff_number",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Position => "position",
            Self::Post => "post",
            Self::Signature => "signature",
            Self::Avatar => "avatar",
            Self::Birthday => "birthday",
            Self::Gender => "gender",
            Self::WorkAddress => "work_address",
            Self::Remark => "remark",
        }
    }

    /// What it is called: in files in Simplified Chinese, Traditional Chinese and English, then otherwise on the screen.
    pub fn titles(self) -> &'static [&'static str] {
        match self {
            Self::UserId => &["用户名", "使用者名稱", "User id"],
            Self::StaffNumber => &["工号", "工號", "Staff number", "員工編號"],
            Self::Phone => &["手机号", "手機號碼", "Phone", "手机", "手機"],
            Self::Email => &["邮箱", "電子郵件", "E-mail", "Email"],
            Self::Position => &["职务", "職務", "Position"],
            Self::Post => &["岗位名称", "崗位名稱", "Post", "岗位", "職位"],
            Self::Signature => &["签名", "簽名", "Signature", "个性签名", "簽名檔"],
            Self::Avatar => &["头像", "頭像", "Picture", "大頭貼"],
            Self::Birthday => &["生日", "生日", "Birthday"],
            Self::Gender => &["性别", "性別", "Gender"],
            Self::WorkAddress => &["办公地点", "辦公地點", "Work address"],
            Self::Remark => &["备注", "備註", "Remark"],
        }
    }

    /// What its values are.
    pub fn kind(self) -> Kind {
        match self {
            Self::Phone => Kind::Phone,
            Self::Avatar => Kind::Picture,
            Self::Birthday => Kind::Date,
            Self::Gender => Kind::Choice,
            _ => Kind::Text,
        }
    }

    /// What holds until somebody decides: no more is collected than it takes to find and reach colleagues.
    pub fn rule(self) -> Rule {
        use Audience::{Administrators, Everyone, Oneself};
        let (seen_by, edited_by) = match self {
            Self::UserId => (vec![Administrators, Oneself], vec![Administrators]),
            Self::StaffNumber | Self::Position | Self::Post | Self::WorkAddress => {
                (vec![Everyone, Administrators, Oneself], vec![Administrators])
            }
            Self::Phone | Self::Email => (vec![Everyone, Administrators, Oneself], vec![Administrators, Oneself]),
            Self::Signature | Self::Avatar => (vec![Everyone, Administrators, Oneself], vec![Oneself]),
            Self::Birthday => (vec![Oneself], vec![Oneself]),
            Self::Gender => (vec![Administrators, Oneself], vec![Oneself]),
            Self::Remark => (vec![Administrators], vec![Administrators]),
        };
        let is_collected = !matches!(self, Self::Post | Self::Gender | Self::WorkAddress | Self::Remark);
        Rule {
            kind: self.kind(),
            position: self as i32,
            is_collected,
            seen_by,
            edited_by,
            is_masked: false,
            revision: 0,
        }
    }

    /// Whether one signs in with it.
    pub fn signs_in(self) -> bool {
        matches!(self, Self::UserId | Self::Phone | Self::Email)
    }

    /// Whether the organisation may say what is offered for it.
    pub fn has_list(self) -> bool {
        matches!(self, Self::Position | Self::Post)
    }

    /// Whether its values stand among those of the organisation's own fields, not in a place of their own.
    pub fn is_among_values(self) -> bool {
        matches!(self, Self::Post | Self::Gender | Self::WorkAddress | Self::Remark)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Audience, BuiltIn};

    #[test]
    fn dir_03_whoever_changes_a_field_sees_it_and_ids_are_their_own() {
        for (place, field) in BuiltIn::ALL.into_iter().enumerate() {
            let rule = field.rule();
            assert!(rule.edited_by.iter().all(|editor| rule.seen_by.contains(editor)), "{field:?}");
            assert_eq!(BuiltIn::of(field.id()), Some(field));
            assert_eq!(field as usize, place);
            assert!(!rule.seen_by.contains(&Audience::Everyone) || rule.seen_by.len() > 1, "{field:?}");
        }
    }
}
