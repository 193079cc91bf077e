//! The noun: that some kinds of data of somebody stand at a place for a purpose, on a ground, until a rule takes them away.

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{Category, Cn, Column, DataMap, Erasure, Eu, Role, Scope, Stored, Table};
use serde::Serialize;
use utoipa::ToSchema;

use crate::asking::until::Until;
use crate::words::Words;

/// Where data stands or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowPlace {
    /// Rows of the database.
    Table,
    /// Files.
    Blob,
    /// What is derived to find things.
    Index,
    /// Work in the background.
    Queue,
    /// Lines of the logs of the server.
    Log,
    /// Only memory.
    Memory,
    /// Files that people take away.
    Export,
    /// Backups.
    Backup,
    /// A cookie.
    Cookie,
    /// The storage of a browser.
    Browser,
    /// What a browser or device is asked for.
    Permission,
    /// Somebody outside.
    Host,
}

/// Whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowSubject {
    /// A person of the organisation.
    Member,
    /// Whoever has an account, whichever organisations they are in.
    Account,
    /// The people of a conversation together.
    Shared,
    /// Whoever uses this browser or device.
    Visitor,
    /// Whoever is named in it.
    Named,
}

/// A column of a table.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowColumn {
    /// Its name.
    pub name: String,
    /// What kind of data it holds.
    pub category: Category,
    /// Whether it is sealed under a key that is not in the database.
    pub is_sealed: bool,
}

/// One line of the map.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flow {
    /// Where: an id of the data map, such as `chat.message`.
    pub place: String,
    /// What such a place is.
    pub place_kind: FlowPlace,
    /// Whom it is about.
    pub subject: FlowSubject,
    /// The function it serves: an id of the data map.
    pub function: String,
    /// What it is for: an id of the data map.
    pub purpose: String,
    /// Which kinds of data.
    pub categories: Vec<Category>,
    /// Whether the law calls one of them sensitive (CON-03).
    pub is_sensitive: bool,
    /// Of a table: the columns that serve this purpose.
    pub columns: Vec<FlowColumn>,
    /// The rule of retention, such as `RET-09`; none of what is sent away or asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Until when that is, by the settings in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
    /// What becomes of it when the person is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erasure: Option<Erasure>,
    /// Whether it is in the copy of their own data that people take away.
    pub is_in_copies: bool,
    /// Who outside gets it: an id of the data map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<String>,
}

/// What data is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowPurpose {
    /// In plain words.
    pub sentence: Words,
    /// The function it serves.
    pub function: String,
    /// Whose purpose it is.
    pub role: Role,
    /// Its ground by the law of China.
    pub cn: Cn,
    /// Its ground by the law of the European Union.
    pub eu: Eu,
    /// Whether each person is asked first.
    pub needs_consent: bool,
}

/// What a part of the program is called, and which section of the statement speaks of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowFunction {
    /// What people read.
    pub name: Words,
    /// The id of that section, such as `signing_in`; none where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// Somebody outside.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowRecipient {
    /// Who it is.
    pub name: Words,
    /// How to reach them.
    pub contact: Words,
    /// Country or region.
    pub region: Words,
    /// What they get.
    pub kinds: Words,
}

/// Every place personal data stands, by function, purpose and place; what is about nobody is in none.
pub fn flows(map: &DataMap, chat_days: i32) -> Vec<Flow> {
    let rows = map.table.iter().flat_map(|(id, table)| of_table(id, table));
    let stored = [
        (FlowPlace::Blob, &map.blob),
        (FlowPlace::Index, &map.index),
        (FlowPlace::Queue, &map.queue),
        (FlowPlace::Log, &map.log),
        (FlowPlace::Export, &map.export),
        (FlowPlace::Backup, &map.backup),
    ];
    let stored =
        stored.into_iter().flat_map(|(kind, all)| all.iter().filter_map(move |(id, one)| of_stored(kind, id, one)));
    let mut flows: Vec<Flow> = rows.chain(stored).chain(of_devices(map)).chain(of_hosts(map)).collect();
    flows.retain_mut(|flow| {
        let Some(purpose) = map.purpose.get(&flow.purpose) else { return false };
        flow.function.clone_from(&purpose.function);
        flow.until = flow.rule.as_deref().map(|rule| Until::of(rule, chat_days));
        true
    });
    flows.sort_by(|a, b| {
        (&a.function, &a.purpose, a.place_kind, &a.place).cmp(&(&b.function, &b.purpose, b.place_kind, &b.place))
    });
    flows
}

/// With what is known of every place.
fn at(place_kind: FlowPlace, place: &str, subject: FlowSubject, purpose: &str, categories: BTreeSet<Category>) -> Flow {
    Flow {
        place: place.to_owned(),
        place_kind,
        subject,
        function: String::new(),
        purpose: purpose.to_owned(),
        is_sensitive: categories.iter().any(|category| category.is_sensitive()),
        categories: categories.into_iter().collect(),
        columns: Vec::new(),
        rule: None,
        until: None,
        erasure: None,
        is_in_copies: false,
        recipient: None,
    }
}

/// One for each purpose that its columns serve.
fn of_table(id: &str, table: &Table) -> Vec<Flow> {
    let mut by_purpose: BTreeMap<&str, Vec<FlowColumn>> = BTreeMap::new();
    for (name, column) in &table.columns {
        let Column::Personal(personal) = column else { continue };
        let column = FlowColumn { name: name.clone(), category: personal.category, is_sealed: personal.sealed };
        by_purpose.entry(&personal.purpose).or_default().push(column);
    }
    let subject = match table.subject.as_deref() {
        Some("conversation") => FlowSubject::Shared,
        Some(_) if table.scope == Scope::Installation => FlowSubject::Account,
        Some(_) => FlowSubject::Member,
        None => FlowSubject::Named,
    };
    let flow = |(purpose, columns): (&str, Vec<FlowColumn>)| {
        let categories = columns.iter().map(|column| column.category).collect();
        Flow {
            columns,
            rule: Some(table.rule.clone()),
            erasure: Some(table.erasure),
            is_in_copies: table.subject.is_some() && table.export != kernel::data_map::Export::None,
            ..at(FlowPlace::Table, id, subject, purpose, categories)
        }
    };
    by_purpose.into_iter().map(flow).collect()
}

fn of_stored(kind: FlowPlace, id: &str, stored: &Stored) -> Option<Flow> {
    let (purpose, categories) = (stored.purpose.as_deref()?, stored.category.into_iter().collect());
    Some(Flow { rule: Some(stored.rule.clone()), ..at(kind, id, FlowSubject::Named, purpose, categories) })
}

/// What stands in browsers, what they are asked for, and what is only in memory.
fn of_devices(map: &DataMap) -> Vec<Flow> {
    let visitor = FlowSubject::Visitor;
    let cookies = map.cookie.iter().map(|(id, cookie)| {
        let rule = match cookie.kept_for_s {
            0 => "session".to_owned(),
            seconds if seconds % 86_400 == 0 => format!("P{}D", seconds / 86_400),
            seconds => format!("PT{}H", seconds / 3_600),
        };
        Flow { rule: Some(rule), ..at(FlowPlace::Cookie, id, visitor, &cookie.purpose, BTreeSet::new()) }
    });
    let browsers = map.browser.iter().map(|(id, browser)| Flow {
        rule: Some(browser.rule.clone()),
        ..at(FlowPlace::Browser, id, visitor, &browser.purpose, BTreeSet::from([browser.category]))
    });
    let asked = map
        .permission
        .iter()
        .map(|(id, permission)| at(FlowPlace::Permission, id, visitor, &permission.purpose, BTreeSet::new()));
    let memory = map.memory.iter().map(|(id, memory)| Flow {
        rule: Some(memory.rule.clone()),
        ..at(FlowPlace::Memory, id, FlowSubject::Named, &memory.purpose, BTreeSet::from([memory.category]))
    });
    cookies.chain(browsers).chain(asked).chain(memory).collect()
}

fn of_hosts(map: &DataMap) -> Vec<Flow> {
    let sent = map.host.iter().filter_map(|(id, host)| {
        let recipient = map.recipient.get(&host.recipient)?;
        Some(Flow {
            recipient: Some(host.recipient.clone()),
            ..at(FlowPlace::Host, id, FlowSubject::Named, &recipient.purpose, BTreeSet::new())
        })
    });
    sent.collect()
}

impl FlowPlace {
    /// What it is called.
    pub fn words(self) -> kernel::data_map::Words {
        match self {
            Self::Table => ["数据库", "資料庫", "Database"],
            Self::Blob => ["文件存储", "檔案儲存", "Files"],
            Self::Index => ["搜索索引", "搜尋索引", "Search index"],
            Self::Queue => ["后台任务", "背景工作", "Work in the background"],
            Self::Log => ["服务器日志", "伺服器日誌", "Logs of the server"],
            Self::Memory => ["仅内存", "僅記憶體", "Only memory"],
            Self::Export => ["导出的文件", "匯出的檔案", "Files taken away"],
            Self::Backup => ["备份", "備份", "Backups"],
            Self::Cookie => ["Cookie", "Cookie", "Cookies"],
            Self::Browser => ["浏览器存储", "瀏覽器儲存空間", "Storage of the browser"],
            Self::Permission => ["设备权限", "裝置權限", "Asked of the device"],
            Self::Host => ["外部接收方", "外部接收方", "Sent outside"],
        }
    }
}

impl FlowSubject {
    /// What they are called.
    pub fn words(self) -> kernel::data_map::Words {
        match self {
            Self::Member => ["企业成员", "企業成員", "People of the organisation"],
            Self::Account => ["账号持有人", "帳號持有人", "Whoever has an account"],
            Self::Shared => ["会话中的人", "對話中的人", "The people of a conversation"],
            Self::Visitor => ["浏览器或设备的使用者", "瀏覽器或裝置的使用者", "Whoever uses the browser or device"],
            Self::Named => ["其中提到的人", "其中提到的人", "Whoever is named in it"],
        }
    }
}
