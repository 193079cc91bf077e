//! What the documents are called, and the words of their tables: simplified, traditional, English.

use kernel::data_map::CookieKind;

use super::facts::Place;
use super::model::Kind;
use texts::Text;

pub const NOBODY: Text = ["目前没有。", "目前沒有。", "At present there is none."];
pub const YES: Text = ["是", "是", "yes"];
pub const NO: Text = ["否", "否", "no"];
pub const LIST: Text = ["、", "、", ", "];
pub const FUNCTION: Text = ["功能", "功能", "Function"];
pub const PURPOSE: Text = ["处理目的", "處理目的", "What for"];
pub const KINDS: Text = ["信息种类", "資料種類", "Kinds of data"];
pub const GROUND: Text = ["合法性基础", "合法性基礎", "Legal ground"];
pub const KEPT: Text = ["保存期限", "保存期限", "Kept for"];
pub const WHERE: Text = ["存放位置", "存放位置", "Where"];
pub const RECIPIENT: Text = ["接收方", "接收方", "Recipient"];
pub const CONTACT: Text = ["联系方式", "聯絡方式", "Contact"];
pub const REGION: Text = ["所在地", "所在地", "Region"];
pub const METHOD: Text = ["提供方式", "提供方式", "How"];
pub const PERMISSION: Text = ["权限", "權限", "Permission"];
pub const OTHERWISE: Text =
    ["如何使用，不授权时怎么办", "如何使用，不授權時怎麼辦", "How it is used, and what you do without it"];
pub const COMPONENT: Text = ["组件", "元件", "Component"];
pub const RECEIVES: Text = ["接收的信息", "接收的資料", "Receives"];
pub const NOTHING: Text = ["无", "無", "nothing"];
pub const NAME: Text = ["名称", "名稱", "Name"];
pub const KIND: Text = ["种类", "種類", "Kind"];
pub const READABLE: Text = ["页面脚本可读", "頁面指令碼可讀", "Scripts of the page can read it"];
pub const BROWSER_END: Text = ["关闭浏览器为止", "關閉瀏覽器為止", "until the browser is closed"];
pub const WHAT: Text = ["变更", "變更", "What changed"];
pub const BEFORE: Text = ["此前", "先前", "Before"];
pub const NOW: Text = ["现在", "現在", "Now"];
pub const COOKIE: Text = ["Cookie", "Cookie", "cookie"];
pub const DAYS: Text = ["{n} 天", "{n} 天", "{n} days"];
pub const HOURS: Text = ["{n} 小时", "{n} 小時", "{n} hours"];
pub const FIRST: Text =
    ["这是此处保存的最早版本。", "這是此處保存的最早版本。", "This is the oldest version that is kept here."];
pub const FROM_TO: Text =
    ["{old} → {new}，{day} 起生效", "{old} → {new}，{day} 起生效", "{old} → {new}, in force from {day}"];
pub const MATERIAL: Text = [
    "**重要变更：在你继续使用之前会再次征求同意。**标有 ★ 的是重要变更。",
    "**重大變更：在你繼續使用之前會再次徵求同意。**標有 ★ 的是重大變更。",
    "**Something that matters has changed: you are asked again before you go on.** What matters is marked ★.",
];
pub const EDITORIAL: Text = [
    "没有新的处理目的、信息种类或接收方，没有更长的保存期限，也没有更弱的合法性基础。此前的同意继续有效。",
    "沒有新的處理目的、資料種類或接收方，沒有更長的保存期限，也沒有更弱的合法性基礎。先前的同意繼續有效。",
    "No new purpose, kind of data or recipient, no longer period, no weaker ground. Earlier acceptances stand.",
];

/// The title of a document; that of the statement stands in its clauses.
pub fn title(kind: Kind) -> Text {
    match kind {
        Kind::Statement => ["隐私声明", "隱私聲明", "Privacy statement"],
        Kind::Summary => ["隐私声明摘要", "隱私聲明摘要", "The statement in short"],
        Kind::Changes => ["版本变更说明", "版本變更說明", "What changed between versions"],
        Kind::Collection => ["个人信息收集清单", "個人資料蒐集清單", "What is collected"],
        Kind::Permissions => ["权限申请与使用说明", "權限申請與使用說明", "Permissions that are asked for"],
        Kind::Sharing => ["第三方共享信息清单", "第三方共享資料清單", "Who outside receives something"],
        Kind::Components => ["第三方组件（SDK）列表", "第三方元件（SDK）清單", "Components of others (SDKs)"],
        Kind::Cookies => ["Cookie 与浏览器存储", "Cookie 與瀏覽器儲存", "Cookies and browser storage"],
    }
}

/// Where something stands.
pub fn place(place: Place) -> Text {
    match place {
        Place::Database => ["服务器数据库", "伺服器資料庫", "database of the server"],
        Place::Files => ["服务器上的文件", "伺服器上的檔案", "files on the server"],
        Place::Index => ["搜索索引", "搜尋索引", "search index"],
        Place::Jobs => ["后台任务", "背景工作", "work in the background"],
        Place::Logs => ["服务器日志", "伺服器日誌", "log of the server"],
        Place::Exports => ["导出文件", "匯出檔案", "exported files"],
        Place::Backups => ["备份", "備份", "backups"],
        Place::Memory => ["仅在服务器内存中", "僅在伺服器記憶體中", "only memory of the server"],
        Place::LocalStorage => ["浏览器本地存储", "瀏覽器本機儲存", "local storage of your browser"],
        Place::SessionStorage => {
            ["浏览器会话存储（本窗口）", "瀏覽器工作階段儲存（本視窗）", "session storage of your browser"]
        }
        Place::IndexedDb => ["浏览器数据库", "瀏覽器資料庫", "database of your browser"],
        Place::Cache => ["浏览器缓存", "瀏覽器快取", "cache of your browser"],
    }
}

/// What a cookie is for.
pub fn cookie(kind: CookieKind) -> Text {
    match kind {
        CookieKind::Preference => ["偏好", "偏好", "preference"],
        CookieKind::Authentication => ["登录", "登入", "sign-in"],
        CookieKind::Security => ["安全", "安全", "security"],
    }
}
