//! What stands above the columns, in the words which the import knows (crate `lists`).

use directory::State;
use profiles::{BuiltIn, GENDERS, Names};
use serde::{Deserialize, Serialize};
use texts::Language;
use utoipa::ToSchema;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleExportFormat)]
pub enum Format {
    /// UTF-8 with a byte order mark (RFC 4180); no cell is computed.
    Csv,
    /// A workbook with one sheet; every cell is text.
    Xlsx,
}

/// What is written in one language.
#[derive(Clone, Copy)]
pub struct Titles(pub Language);

impl Titles {
    /// Above the names.
    pub fn name(self) -> &'static str {
        self.0.of(["姓名", "姓名", "Name"])
    }

    /// Above the departments.
    pub fn departments(self) -> &'static str {
        self.0.of(["部门", "部門", "Department"])
    }

    /// Above whether one leads each of them.
    pub fn leads(self) -> &'static str {
        self.0.of(["部门负责人", "是否部門主管", "Department head"])
    }

    /// Above where somebody stands.
    pub fn state(self) -> &'static str {
        self.0.of(["状态", "狀態", "Status"])
    }

    pub fn yes_or_no(self, is_so: bool) -> &'static str {
        if is_so { self.0.of(["是", "是", "yes"]) } else { self.0.of(["否", "否", "no"]) }
    }

    /// Above a built-in field.
    pub fn field(self, field: BuiltIn) -> &'static str {
        field.titles().get(self.0 as usize).copied().unwrap_or_default()
    }

    /// One of the built-in choices.
    pub fn gender(self, id: &str) -> &'static str {
        let (_, words) = GENDERS.into_iter().find(|(one, _)| *one == id).unwrap_or(GENDERS[2]);
        self.0.of(words)
    }

    /// Where somebody stands.
    pub fn state_of(self, state: State) -> &'static str {
        self.0.of(match state {
            State::Invited => ["已邀请", "已邀請", "invited"],
            State::Active => ["正常", "正常", "active"],
            State::Suspended => ["已暂停", "已暫停", "suspended"],
            State::Disabled => ["已停用", "已停用", "disabled"],
            State::Leaving => ["离开中", "離開中", "leaving"],
            State::Erased => ["已删除", "已刪除", "erased"],
        })
    }

    /// What the organisation called something of its own, in this language or one that it has.
    pub fn own(self, names: &Names) -> String {
        let Names { zh_cn, zh_tw, en } = names;
        self.0.of_any([zh_cn, zh_tw, en].map(Option::as_ref)).cloned().unwrap_or_default()
    }
}
