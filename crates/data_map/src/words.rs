//! What the closed lists of the map are called: for files, documents and whoever asks in another language than that of the code.

use crate::{Category, Cn, Erasure, Eu, Restricted, Role};

/// A text in the three languages: simplified, traditional, English.
pub type Words = [&'static str; 3];

impl Category {
    /// The kind of data, as people are told.
    pub fn words(self) -> Words {
        match self {
            Self::Identity => ["身份信息", "身分資訊", "Name, picture, ids"],
            Self::Contact => ["联系方式", "聯絡方式", "Phone and e-mail"],
            Self::Employment => ["任职信息", "任職資訊", "Position and department"],
            Self::Credential => ["密码与密钥", "密碼與金鑰", "Passwords and keys"],
            Self::GovernmentId => ["证件信息", "證件資訊", "Official identity documents"],
            Self::Biometric => ["生物识别信息", "生物辨識資訊", "Biometric data"],
            Self::Location => ["位置与网络地址", "位置與網路位址", "Location and network address"],
            Self::Health => ["健康信息", "健康資訊", "Health"],
            Self::Financial => ["金融账户信息", "金融帳戶資訊", "Financial accounts"],
            Self::MinorUnder14 => ["不满十四周岁未成年人信息", "未滿十四歲未成年人資訊", "Data of children under 14"],
            Self::Religion => ["宗教信仰", "宗教信仰", "Religion"],
            Self::CommunicationContent => ["通信内容", "通訊內容", "What people say to each other"],
            Self::Content => ["文件与文字内容", "檔案與文字內容", "Files and texts"],
            Self::Activity => ["操作及时间", "操作與時間", "Who did what when"],
            Self::Device => ["设备信息", "裝置資訊", "Device"],
            Self::Network => ["网络信息", "網路資訊", "Network"],
            Self::Preference => ["偏好设置", "偏好設定", "Preferences"],
            Self::Log => ["运行日志", "執行日誌", "Logs of operation"],
            Self::Technical => ["技术数据", "技術資料", "Technical data about nobody"],
        }
    }
}

impl Role {
    /// In the words of the law.
    pub fn words(self) -> Words {
        match self {
            Self::Controller => ["个人信息处理者", "個人資料控管者", "Controller"],
            Self::Processor => ["受托处理", "受託處理", "Processor for the organisation"],
        }
    }
}

impl Restricted {
    /// That it stops, or why it does not.
    pub fn words(self) -> Words {
        match self {
            Self::Stops => ["停止", "停止", "Stops"],
            Self::Storage => ["继续：仅为保存", "繼續：僅為保存", "Goes on: no more than keeping"],
            Self::LegalDuty => ["继续：法定义务", "繼續：法定義務", "Goes on: a duty by law"],
            Self::Security => ["继续：安全与审计", "繼續：安全與稽核", "Goes on: security and audit"],
            Self::RightsOfOthers => ["继续：他人的权利", "繼續：他人的權利", "Goes on: the rights of others"],
            Self::OwnAct => ["继续：本人所做或所求", "繼續：本人所做或所求", "Goes on: what the person does or asks"],
        }
    }
}

impl Cn {
    /// The ground with its article.
    pub fn words(self) -> Words {
        match self {
            Self::Consent => {
                ["个人同意（个保法第十三条第一项）", "個人同意（個保法第十三條第一項）", "Consent, PIPL 13 (1)"]
            }
            Self::ContractOrHrNecessity => [
                "履行合同或人力资源管理所必需（个保法第十三条第二项）",
                "履行合約或人力資源管理所必需（個保法第十三條第二項）",
                "Needed for a contract or for managing staff, PIPL 13 (2)",
            ],
            Self::LegalDuty => [
                "履行法定职责或法定义务（个保法第十三条第三项）",
                "履行法定職責或法定義務（個保法第十三條第三項）",
                "Duty by law, PIPL 13 (3)",
            ],
            Self::PublicHealthOrEmergency => [
                "突发公共卫生事件或紧急情况（个保法第十三条第四项）",
                "突發公共衛生事件或緊急情況（個保法第十三條第四項）",
                "Public health or emergency, PIPL 13 (4)",
            ],
            Self::NewsSupervision => [
                "新闻报道、舆论监督（个保法第十三条第五项）",
                "新聞報導、輿論監督（個保法第十三條第五項）",
                "News in the public interest, PIPL 13 (5)",
            ],
            Self::LawfullyPublic => [
                "已合法公开的信息（个保法第十三条第六项）",
                "已合法公開的資訊（個保法第十三條第六項）",
                "Lawfully public already, PIPL 13 (6)",
            ],
            Self::OtherLaw => [
                "法律、行政法规规定的其他情形（个保法第十三条第七项）",
                "法律、行政法規規定的其他情形（個保法第十三條第七項）",
                "Another law, PIPL 13 (7)",
            ],
        }
    }
}

impl Eu {
    /// The ground with its article.
    pub fn words(self) -> Words {
        match self {
            Self::Consent => {
                ["同意（GDPR 第六条第一款 a 项）", "同意（GDPR 第六條第一項 a 款）", "Consent, GDPR 6 (1) (a)"]
            }
            Self::Contract => {
                ["履行合同（GDPR 第六条第一款 b 项）", "履行合約（GDPR 第六條第一項 b 款）", "Contract, GDPR 6 (1) (b)"]
            }
            Self::LegalObligation => [
                "法定义务（GDPR 第六条第一款 c 项）",
                "法定義務（GDPR 第六條第一項 c 款）",
                "Legal obligation, GDPR 6 (1) (c)",
            ],
            Self::Vital => [
                "重大利益（GDPR 第六条第一款 d 项）",
                "重大利益（GDPR 第六條第一項 d 款）",
                "Vital interests, GDPR 6 (1) (d)",
            ],
            Self::PublicTask => [
                "公共任务（GDPR 第六条第一款 e 项）",
                "公共任務（GDPR 第六條第一項 e 款）",
                "Public task, GDPR 6 (1) (e)",
            ],
            Self::LegitimateInterest => [
                "正当利益（GDPR 第六条第一款 f 项）",
                "正當利益（GDPR 第六條第一項 f 款）",
                "Legitimate interest, GDPR 6 (1) (f)",
            ],
        }
    }
}

impl Erasure {
    /// What becomes of it when the person is erased.
    pub fn words(self) -> Words {
        match self {
            Self::Delete => ["随本人删除", "隨本人刪除", "Deleted with the person"],
            Self::AuthorAnonymised => {
                ["保留至到期，作者显示为前成员", "保留至到期，作者顯示為前成員", "Stays until its time, author unknown"]
            }
            Self::Pseudonym => ["仅留假名，无法还原", "僅留假名，無法還原", "Stays under a name nobody can resolve"],
            Self::Keep => ["与个人无关或依法保留", "與個人無關或依法保留", "About nobody, or kept by law"],
        }
    }
}
