//! The beginning of an impact assessment (GDPR 35, PIPL 55 and 56): what the map knows is filled in, what only people know is left to them.

use std::fmt::Write as _;

use super::export::{ANSWERS, About};
use super::record::Record;
use texts::{Language, Text};

const TITLE: Text = ["个人信息保护影响评估", "個人資料保護影響評估", "Impact assessment on personal data"];
const ORGANISATION: Text = ["企业", "企業", "Organisation"];
const CONTACT: Text = ["联系人", "聯絡人", "Contact"];
const MADE: Text = ["生成时间", "產生時間", "Made"];
const AUTHOR: Text = ["评估人", "評估人", "Assessed by"];
const NOTE: Text = [
    "以下表格由数据地图生成，与程序实际执行的一致；标有“待填写”的内容须由评估人填写。",
    "以下表格由資料地圖產生，與程式實際執行的一致；標有「待填寫」的內容須由評估人填寫。",
    "The tables below are made from the data map, which is what the program does; what is marked “to be filled in” is for whoever assesses it.",
];
const BLANK: Text = ["（待填写）", "（待填寫）", "(to be filled in)"];
const PROCESSING: Text = ["1. 处理活动", "1. 處理活動", "1. What is done"];
const PROCESSING_HEAD: [Text; 4] = [
    ["处理目的", "處理目的", "Purpose"],
    ["个人信息主体", "個人資料當事人", "About whom"],
    ["个人信息种类", "個人資料種類", "Kinds of data"],
    ["保存期限", "保存期限", "Kept for"],
];
const NEED: Text = ["2. 合法、正当、必要", "2. 合法、正當、必要", "2. Lawful, fair and needed"];
const NEED_HEAD: [Text; 4] = [
    ["处理目的", "處理目的", "Purpose"],
    ["合法性基础", "合法性基礎", "Legal ground"],
    ["是否征得同意", "是否徵得同意", "Asked first"],
    ["必要性说明", "必要性說明", "Why nothing less will do"],
];
const SENSITIVE: Text = ["3. 敏感个人信息", "3. 敏感個人資料", "3. Sensitive data"];
const SENSITIVE_HEAD: [Text; 4] = [
    ["处理目的", "處理目的", "Purpose"],
    ["敏感种类", "敏感種類", "Sensitive kinds"],
    ["存放位置", "存放位置", "Where it stands"],
    ["对个人的影响", "對個人的影響", "What it could do to people"],
];
const RECIPIENTS: Text = ["4. 接收方与出境", "4. 接收方與出境", "4. Recipients and transfers abroad"];
const RECIPIENTS_HEAD: [Text; 3] = [
    ["处理目的", "處理目的", "Purpose"],
    ["接收方", "接收方", "Recipients"],
    ["协议与出境依据", "協議與出境依據", "Contract, and ground for a transfer"],
];
const NOBODY: Text = ["没有外部接收方。", "沒有外部接收方。", "Nobody outside gets any."];
const MEASURES: Text = ["5. 已有保护措施", "5. 已有保護措施", "5. What protects it already"];
const KNOWN: [Text; 4] = [
    [
        "内容、联系方式和地址在写入数据库之前加密，密钥不在数据库中；到期先销毁密钥，再删除数据。",
        "內容、聯絡方式和位址在寫入資料庫之前加密，金鑰不在資料庫中；到期先銷毀金鑰，再刪除資料。",
        "Contents, contact data and addresses are sealed before they reach the database, under keys that are not in it; when their time is over the key is destroyed first, then the rows.",
    ],
    [
        "数据库按企业隔离每一行，另一家企业无法读取。",
        "資料庫按企業隔離每一列，另一家企業無法讀取。",
        "The database keeps every row within its organisation; another one cannot read it.",
    ],
    [
        "管理员的操作写入无法改动的审计日志；本人可以看到谁查看过自己被隐藏的信息。",
        "管理員的操作寫入無法改動的稽核日誌；本人可以看到誰查看過自己被隱藏的資訊。",
        "What administrators do stands in a log that cannot be changed, and people see who looked at what is masked of them.",
    ],
    [
        "每个人都可以取走关于自己的全部数据；删除有可以离线核验的凭证。",
        "每個人都可以取走關於自己的全部資料；刪除有可以離線核驗的憑證。",
        "Everybody can take away what is kept of them; what is erased has a receipt that can be checked offline.",
    ],
];
const RISKS: Text = ["6. 风险与新增措施", "6. 風險與新增措施", "6. Risks, and what is done about them"];
const RISKS_HEAD: [Text; 4] = [
    ["风险", "風險", "Risk"],
    ["可能性", "可能性", "How likely"],
    ["影响", "影響", "How bad"],
    ["措施", "措施", "What is done about it"],
];
const OPINION: Text = ["7. 结论", "7. 結論", "7. Conclusion"];
const OPINIONS: [Text; 3] = [
    ["个人信息保护负责人意见", "個人資料保護負責人意見", "Opinion of the data protection officer"],
    ["决定", "決定", "Decision"],
    ["下次复核日期", "下次複核日期", "To be looked at again on"],
];

/// The file.
pub fn write(about: &About, language: Language) -> String {
    let say = |words: Text| language.of(words);
    let blank = say(BLANK).to_owned();
    let mut text = format!("# {}\n\n", say(TITLE));
    let made = about.made_at.format("%Y-%m-%d %H:%M UTC").to_string();
    let contact = if about.contact.is_empty() { blank.clone() } else { plain(&about.contact) };
    for (title, value) in
        [(ORGANISATION, plain(&about.organisation)), (CONTACT, contact), (MADE, made), (AUTHOR, blank.clone())]
    {
        let _ = writeln!(text, "- {}: {value}", say(title));
    }
    let _ = writeln!(text, "\n{}", say(NOTE));
    let mut section = |title: Text, body: String| {
        let _ = write!(text, "\n## {}\n\n{body}", say(title));
    };
    let all: Vec<&Record> = about.records.iter().collect();
    section(
        PROCESSING,
        table(language, &PROCESSING_HEAD, &all, |one| {
            vec![one.purpose.clone(), one.subjects.join("; "), one.categories.join("; "), one.kept.join("; ")]
        }),
    );
    section(
        NEED,
        table(language, &NEED_HEAD, &all, |one| {
            let asked = language.of(ANSWERS[usize::from(one.needs_consent)]).to_owned();
            vec![one.purpose.clone(), one.grounds.join("; "), asked, blank.clone()]
        }),
    );
    let sensitive: Vec<&Record> = all.iter().copied().filter(|one| !one.sensitive.is_empty()).collect();
    section(
        SENSITIVE,
        table(language, &SENSITIVE_HEAD, &sensitive, |one| {
            vec![one.purpose.clone(), one.sensitive.join("; "), one.places.join("; "), blank.clone()]
        }),
    );
    let given: Vec<&Record> = all.iter().copied().filter(|one| !one.recipients.is_empty()).collect();
    let recipients = table(language, &RECIPIENTS_HEAD, &given, |one| {
        vec![one.purpose.clone(), one.recipients.join("; "), blank.clone()]
    });
    section(RECIPIENTS, if given.is_empty() { format!("{}\n", say(NOBODY)) } else { recipients });
    section(MEASURES, KNOWN.iter().map(|measure| format!("- {}\n", say(*measure))).collect());
    let risk = format!("| {blank} | | | |\n");
    section(RISKS, format!("{}{risk}", head(language, &RISKS_HEAD)));
    section(OPINION, OPINIONS.iter().map(|opinion| format!("- {}: {blank}\n", say(*opinion))).collect());
    text
}

fn head(language: Language, titles: &[Text]) -> String {
    let titles: Vec<&str> = titles.iter().map(|title| language.of(*title)).collect();
    format!("| {} |\n|{}\n", titles.join(" | "), " --- |".repeat(titles.len()))
}

fn table(language: Language, titles: &[Text], records: &[&Record], cells: impl Fn(&Record) -> Vec<String>) -> String {
    let rows = records.iter().map(|record| {
        let cells: Vec<String> = cells(record).iter().map(|cell| plain(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    });
    format!("{}{}", head(language, titles), rows.collect::<String>())
}

/// A text as it is: nothing in it becomes markup, or the end of a cell.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#' | '!' | '&' => {
                written.push('\\');
                written.push(character);
            }
            character if character.is_control() => written.push(' '),
            character => written.push(character),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_somebody_wrote_becomes_markup_or_another_cell() {
        assert_eq!(plain("a|b\n<c> [d](e)"), "a\\|b \\<c\\> \\[d\\](e)");
        assert_eq!(plain("云坞集团, 7 %"), "云坞集团, 7 %");
    }
}
