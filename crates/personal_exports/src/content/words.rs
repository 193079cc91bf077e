//! The words of the readable part: simplified, traditional, English. What has none here stands in `data.json` under its own name.

use directory::BuiltIn;
use kernel::data_map::{AFTER_END, Names};
use texts::{Language, Text};

/// A text of the data map.
pub fn named(language: Language, names: &Names) -> &str {
    language.of([&names.zh_cn, &names.zh_tw, &names.en])
}

pub const TITLE: Text = ["关于我的数据", "關於我的資料", "What is kept of me"];
pub const CONTENTS: Text = ["目录", "目錄", "Contents"];
pub const ASKED: Text = ["申请时间", "申請時間", "Asked for"];
pub const PERSON: Text = ["姓名", "姓名", "Name"];
pub const ORGANISATION: Text = ["企业", "企業", "Organisation"];
pub const RECORDS: Text = ["记录数", "記錄數", "Records"];
pub const PURPOSE: Text = ["处理目的", "處理目的", "What for"];
pub const KEPT: Text = ["保存期限", "保存期限", "Kept for"];
pub const PLACE: Text = ["位置", "位置", "Place"];
pub const NOTHING: Text = ["没有记录。", "沒有記錄。", "Nothing is kept here."];
pub const BACK: Text = ["返回目录", "返回目錄", "Back to the contents"];
pub const NEXT: Text = ["下一页", "下一頁", "Next page"];
pub const YES: Text = ["是", "是", "yes"];
pub const NO: Text = ["否", "否", "no"];
pub const FILES: Text = [
    "你上传的文件在 files 文件夹中；你转发的他人文件不在其中。",
    "你上傳的檔案在 files 資料夾中；你轉傳的他人檔案不在其中。",
    "The files you uploaded are in the folder “files”; those of others that you forwarded are not in it.",
];
pub const LASTS: Text = [
    "副本保存七天。这期间在别处删除的内容，在副本中最多仍会保留到那时。",
    "副本保存七天。這段期間在別處刪除的內容，在副本中最多仍會保留到那時。",
    "A copy lives up to seven days: what is deleted elsewhere meanwhile stays in it until then.",
];
pub const PROGRAMS: Text = [
    "data.json 中是同样的内容，供程序读取，包括此处未列出的技术字段。",
    "data.json 中是同樣的內容，供程式讀取，包括此處未列出的技術欄位。",
    "The same is in data.json for programs, with the technical fields that are not shown here.",
];
pub const OTHERS: Text = [
    "他人只以你在通讯录中看到的名字出现；他们写的内容（包括你转发的）以及他们的电话和邮箱不在其中。密码与密钥不会导出。",
    "他人只以你在通訊錄中看到的名字出現；他們寫的內容（包括你轉傳的）以及他們的電話和電子郵件不在其中。密碼與金鑰不會匯出。",
    "Others appear only by the names you see in the directory; what they wrote, also where you forwarded it, their numbers and addresses are not in it. Passwords and keys never leave.",
];

/// For how long a place is kept, by the rule of the data map; a rule without words here stands for itself.
pub fn kept(language: Language, rule: &str, chat_days: i32) -> String {
    let days = |words: Text, days: &str| language.of(words).replace("{n}", days);
    let period = |rule: &str| rule.strip_prefix('P')?.strip_suffix('D').map(ToOwned::to_owned);
    if let Some(n) = rule.strip_prefix(AFTER_END).and_then(period) {
        return days(["结束后 {n} 天", "結束後 {n} 天", "{n} days after its end"], &n);
    }
    if let Some(n) = period(rule) {
        return days(["{n} 天", "{n} 天", "{n} days"], &n);
    }
    let words = match rule {
        "RET-04" => ["5 年", "5 年", "Five years"],
        "RET-08" | "membership" => ["你在企业期间", "你在企業期間", "As long as you are in the organisation"],
        "RET-09" => return days(["{n} 天", "{n} 天", "{n} days"], &chat_days.to_string()),
        "RET-17" => ["最近 20 条", "最近 20 筆", "The last 20"],
        "organisation" => ["企业存续期间", "企業存續期間", "As long as the organisation is here"],
        "account" => ["你的账号存续期间", "你的帳號存續期間", "As long as your account is here"],
        "session" => ["直到登录结束", "直到登入結束", "Until the sign-in ends"],
        "conversation" => ["会话存续期间", "對話存續期間", "As long as the conversation is here"],
        other => return other.to_owned(),
    };
    language.of(words).to_owned()
}

/// What a role is called that every organisation has.
pub fn role(role: BuiltIn) -> Text {
    match role {
        BuiltIn::Owner => ["所有者", "擁有者", "Owner"],
        BuiltIn::Administrator => ["管理员", "管理員", "Administrator"],
        BuiltIn::PeopleAdministrator => ["人员管理员", "人員管理員", "People administrator"],
        BuiltIn::ContentAdministrator => ["内容管理员", "內容管理員", "Content administrator"],
        BuiltIn::SecurityAdministrator => ["安全管理员", "安全管理員", "Security administrator"],
        BuiltIn::Auditor => ["审计员", "稽核員", "Auditor"],
    }
}

/// What a place of the data map is called.
pub fn place(id: &str) -> Option<Text> {
    Some(match id {
        "announcements.announcement" => ["我发布的公告", "我發布的公告", "Announcements I wrote"],
        "announcements.reading" => ["我读过的公告", "我讀過的公告", "Announcements I read"],
        "chat.conversation" => ["会话", "對話", "Conversations"],
        "chat.draft" => ["草稿", "草稿", "Drafts"],
        "chat.member" => ["我在会话中的设置", "我在對話中的設定", "My place in conversations"],
        "chat.mention" => ["提到我的消息", "提及我的訊息", "Where I was mentioned"],
        "chat.message" => ["我写的消息", "我寫的訊息", "Messages I wrote"],
        "chat.message_version" => ["我改过的消息的旧版本", "我改過的訊息的舊版本", "Earlier words of my messages"],
        "consents.consent" => ["我的同意", "我的同意", "What I consented to"],
        "contacts.app_password" => {
            ["通讯录专用密码（不含密码本身）", "通訊錄專用密碼（不含密碼本身）", "Devices that read the address book"]
        }
        "contacts.contact" => ["我的外部联系人", "我的外部聯絡人", "My contacts"],
        "directory.avatar" => ["我的头像", "我的頭像", "My picture"],
        "directory.department_member" => ["我的部门", "我的部門", "My departments"],
        "directory.dotted_leader" => ["我虚线负责的部门", "我虛線負責的部門", "Departments I also look after"],
        "directory.member" => ["我的资料", "我的個人資料", "My profile"],
        "directory.membership" => ["我的账号与企业", "我的帳號與企業", "My account in the organisation"],
        "directory.reveal" => ["谁查看过我的隐藏信息", "誰查看過我的隱藏資訊", "Who looked at what is masked of me"],
        "directory.role_grant" => ["我的角色", "我的角色", "My roles"],
        "files.file" => ["我上传的文件", "我上傳的檔案", "Files I uploaded"],
        "handover.decision" => ["工作交接", "工作交接", "Hand-over of my things"],
        "identity.account" => ["我的账号", "我的帳號", "My account"],
        "identity.account_invitation" => ["我收到的邀请", "我收到的邀請", "Invitations I got"],
        "identity.ended_hint" => ["我看过的提示", "我看過的提示", "Hints I have read"],
        "identity.session" => ["登录与设备", "登入與裝置", "Sign-ins and devices"],
        "identity.sign_in" => ["登录记录", "登入記錄", "History of sign-ins"],
        "inbox.notification" => ["通知", "通知", "Notifications"],
        "inbox.setting" => ["通知设置", "通知設定", "How I like to be told"],
        "kernel.audit_entry" => ["关于我的审计日志", "關於我的稽核日誌", "Lines of the audit log about me"],
        "kernel.outbox" => ["我最近的操作", "我最近的操作", "What I did lately"],
        "privacy.acceptance" => ["我接受的隐私声明", "我接受的隱私聲明", "Privacy statements I accepted"],
        "privacy.attestation" => ["我的声明", "我的聲明", "What I declared"],
        "provisioning.link" => ["其他程序对我的称呼", "其他程式對我的稱呼", "What another program calls me"],
        "requests.subject_request" => ["我的个人信息权利请求", "我的個資權利請求", "My privacy requests"],
        "restrictions.restriction" => ["我的数据冻结", "我的資料凍結", "When my data was frozen"],
        "search.refusal" => ["不保留搜索词", "不保留搜尋字詞", "That no searches are kept"],
        "search.word" => ["最近搜索", "最近搜尋", "Recent searches"],
        "tokens.token" => {
            ["我创建的服务令牌（不含令牌本身）", "我建立的服務權杖（不含權杖本身）", "Service tokens I made"]
        }
        _ => return None,
    })
}

/// What a column is called.
pub fn column(name: &str) -> Option<Text> {
    Some(match name {
        "actor" | "actor_id" | "author_id" | "decided_by" | "given_by" | "inviter_id" | "made_by" | "placed_by"
        | "revealed_by" => ["由谁", "由誰", "By"],
        "address" => ["网络地址", "網路位址", "Address"],
        "answer" => ["答复", "答覆", "Answer"],
        "announcement_id" => ["公告", "公告", "Announcement"],
        "birthday" => ["生日", "生日", "Birthday"],
        "body" | "text" | "written" => ["内容", "內容", "Text"],
        "card" => ["名片", "名片", "Card"],
        "code" => ["拒绝原因", "拒絕原因", "Refused because"],
        "conversation_id" => ["会话", "對話", "Conversation"],
        "data" | "payload" => ["详情", "詳情", "Facts"],
        "delay" => ["延迟的理由", "延遲的理由", "Why it took longer"],
        "department_id" => ["部门", "部門", "Department"],
        "desktop" => ["桌面提醒", "桌面提醒", "On the desktop"],
        "device" => ["设备", "裝置", "Device"],
        "email" => ["邮箱", "電子郵件", "E-mail"],
        "ended_as" => ["结束原因", "結束原因", "Ended because"],
        "ended_by" => ["由谁结束", "由誰結束", "Ended by"],
        "ended_device" => ["结束时的设备", "結束時的裝置", "Ended from"],
        "expires_at" | "state_until" | "until_at" => ["截止时间", "截止時間", "Until"],
        "external" => ["外部标识", "外部識別碼", "External id"],
        "field_id" => ["字段", "欄位", "Field"],
        "gender" => ["性别", "性別", "Gender"],
        "hint" => ["提示", "提示", "Hint"],
        "is_leader" => ["部门负责人", "部門主管", "Leads it"],
        "is_muted" => ["免打扰", "靜音", "Muted"],
        "is_new_device" => ["新设备", "新裝置", "From a new device"],
        "is_pinned" => ["置顶", "置頂", "Pinned"],
        "is_remembered" => ["保持登录", "保持登入", "Stays signed in"],
        "kind" => ["种类", "種類", "Kind"],
        "language" => ["语言", "語言", "Language"],
        "media_type" => ["文件类型", "檔案類型", "Type"],
        "member_count" => ["人数", "人數", "People"],
        "mentions_only" => ["仅提及我时", "僅提及我時", "Only mentions"],
        "name" => ["名称", "名稱", "Name"],
        "outcome" => ["结果", "結果", "Outcome"],
        "path" => ["文件", "檔案", "File"],
        "permissions" => ["权限", "權限", "Permissions"],
        "phone" => ["手机", "手機", "Phone"],
        "picture" | "avatar" => ["图片", "圖片", "Picture"],
        "post" => ["岗位", "職位", "Post"],
        "profile" => ["资料", "個人資料", "Profile"],
        "purpose" => ["处理目的", "處理目的", "What for"],
        "reason" => ["原因", "原因", "Reason"],
        "remark" => ["备注", "備註", "Remark"],
        "role" | "role_id" => ["角色", "角色", "Role"],
        "rule" => ["依据的权限", "依據的權限", "By the right"],
        "said" => ["你写的内容", "你寫的內容", "What you wrote"],
        "shows_text" => ["显示内容", "顯示內容", "Shows the text"],
        "signature" => ["个性签名", "簽名檔", "Signature"],
        "size" => ["大小（字节）", "大小（位元組）", "Bytes"],
        "sound" => ["声音", "聲音", "Sound"],
        "staff_number" => ["工号", "員工編號", "Staff number"],
        "state" => ["状态", "狀態", "State"],
        "since" | "state_at" => ["起始时间", "起始時間", "Since"],
        "successor_id" => ["接手人", "接手人", "Successor"],
        "text_version" | "version" => ["版本", "版本", "Version"],
        "user_id" => ["用户名", "使用者名稱", "User ID"],
        "way" => ["方式", "方式", "How"],
        "way_back" => ["谁可重新准入", "誰可重新准入", "Who lets in again"],
        "work_address" => ["办公地点", "辦公地點", "Work address"],
        "trace" => ["来源", "來源", "From where"],
        _ => return moment(name),
    })
}

/// What a column with a time in it is called.
fn moment(name: &str) -> Option<Text> {
    Some(match name {
        "accepted_at" | "attested_at" | "given_at" | "confirmed_at" => ["确认时间", "確認時間", "Agreed"],
        "at" | "revealed_at" | "decided_at" => ["时间", "時間", "Time"],
        "attached_at" | "sent_at" => ["发送时间", "傳送時間", "Sent"],
        "changed_at" | "updated_at" | "edited_at" => ["修改时间", "修改時間", "Changed"],
        "created_at" | "made_at" | "written_at" => ["创建时间", "建立時間", "Made"],
        "dissolved_at" => ["解散时间", "解散時間", "Dissolved"],
        "lifts_at" => ["解冻时间", "解凍時間", "Ends"],
        "ended_at" | "revoked_at" | "withdrawn_at" => ["结束时间", "結束時間", "Ended"],
        "joined_at" => ["加入时间", "加入時間", "Joined"],
        "last_at" => ["最后一条消息", "最後一則訊息", "Last message"],
        "last_seen_at" | "last_used_at" | "used_at" => ["最近使用", "最近使用", "Last used"],
        "restricted_at" => ["冻结起始时间", "凍結起始時間", "Frozen since"],
        "read_at" => ["阅读时间", "閱讀時間", "Read"],
        "received_at" => ["收到时间", "收到時間", "Received"],
        _ => return None,
    })
}
