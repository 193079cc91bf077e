//! What an answer may begin as, in the language of whoever asked: the desk changes it before anybody reads it.

use kernel::{Cx, Json, Path, Result, Tx};
use serde::Serialize;
use texts::Text;
use utoipa::ToSchema;
use workdays::zone;

use crate::model::{Kind, SubjectRequestId};
use crate::policy::HandledRequest;
use crate::stored::Stored;

/// Texts to begin with.
#[derive(Serialize, ToSchema)]
pub struct SubjectRequestDrafts {
    /// That it was done.
    pub answered: String,
    /// That it is not.
    pub refused: String,
    /// That somebody else has it.
    pub forwarded: String,
    /// That it takes longer.
    pub delayed: String,
}

/// Show texts to begin an answer with
#[utoipa::path(
    get, path = "/v1/subject-requests/{subject_request}/drafts", tag = "requests",
    operation_id = "showSubjectRequestDrafts",
    params(("subject_request" = SubjectRequestId, Path)),
    responses((status = 200, body = SubjectRequestDrafts)),
    extensions(
        ("x-access" = json!("holder of people.edit, for the whole organisation")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_subject_request_drafts(
    cx: Cx,
    Path(subject_request): Path<SubjectRequestId>,
) -> Result<Json<SubjectRequestDrafts>> {
    let mut tx = cx.begin().await?;
    let by = HandledRequest::load(&mut tx, subject_request).await?;
    let drafts = drafts(&mut tx, &by).await?;
    tx.commit().await?;
    Ok(Json(drafts))
}

async fn drafts(tx: &mut Tx, by: &HandledRequest) -> Result<SubjectRequestDrafts> {
    let request = &by.request;
    let (name, settings) = (directory::organisation(tx).await?.name, directory::settings(tx).await?);
    let received = request.received_at;
    let day = zone::named(&settings.time_zone).map_or(received.date_naive(), |place| zone::day_of(received, place));
    let written = |middle: Text| {
        let whole = [OPENING, middle, CLOSING].map(|words| request.language.of(words)).join("\n\n");
        whole.replace("{number}", &request.number).replace("{day}", &day.to_string()).replace("{name}", &name)
    };
    Ok(SubjectRequestDrafts {
        answered: written(done(request)),
        refused: written(REFUSED),
        forwarded: written(FORWARDED),
        delayed: written(DELAYED),
    })
}

const OPENING: Text = [
    "你好！这是关于你于 {day} 提交的请求（编号 {number}）的回复。",
    "你好！這是關於你於 {day} 提出的請求（編號 {number}）的回覆。",
    "Hello, this is about your request {number} of {day}.",
];

const CLOSING: Text = [
    "如果你对处理结果有异议，可以回复我们的联系人，也可以向有管辖权的个人信息保护监管部门投诉。\n\n{name}",
    "如果你對處理結果有異議，可以聯絡我們的聯絡人，也可以向有管轄權的個資保護主管機關申訴。\n\n{name}",
    "If you do not agree, you can write to our contact, or complain to the authority that supervises data protection.\n\n{name}",
];

const REFUSED: Text = [
    "很抱歉，我们无法满足该请求。原因如下：",
    "很抱歉，我們無法滿足這項請求。原因如下：",
    "We cannot do what you asked. The reason is:",
];

const FORWARDED: Text = [
    "这些数据由另一方决定如何处理，我们只是受其委托。我们已把你的请求转交给对方，由其直接答复你。",
    "這些資料由另一方決定如何處理，我們只是受其委託。我們已把你的請求轉交給對方，由其直接答覆你。",
    "Somebody else decides about this data; we only act for them. We have passed your request on to them, and they will answer you.",
];

const DELAYED: Text = [
    "处理需要更多时间。原因如下：",
    "處理需要更多時間。原因如下：",
    "It takes us longer than we meant. The reason is:",
];

/// What was done, by what was asked for. Copies and erasures are made where everybody finds them, not here; who has no account
/// finds nothing there.
fn done(request: &Stored) -> Text {
    match request.kind {
        Kind::Access if request.member_id.is_none() => [
            "我们保存的关于你的数据，已按以下方式提供给你：",
            "我們保存的關於你的資料，已依以下方式提供給你：",
            "We have given you a copy of what we hold of you, in this way:",
        ],
        Kind::Access => [
            "你可以自行查看并取走我们保存的关于你的全部数据：登录后打开“设置”中的“隐私”，选择“取走副本”。",
            "你可以自行查看並取走我們保存的關於你的全部資料：登入後開啟「設定」中的「隱私」，選擇「取走副本」。",
            "You can see and take away all we hold of you yourself: sign in, open Settings, Privacy, and ask for a copy of your data.",
        ],
        Kind::Correction => [
            "我们已按你的要求更正了数据，并通知了收到过这些数据的各方。",
            "我們已依你的要求更正資料，並通知了收到過這些資料的各方。",
            "We have put the data right as you asked, and told those to whom we had given it.",
        ],
        Kind::Deletion => [
            "我们已开始删除。数据在十四天后彻底清除；之后你可以凭删除凭证核实。",
            "我們已開始刪除。資料在十四天後徹底清除；之後你可以憑刪除憑證核實。",
            "We have begun to delete. Fourteen days from then the data is gone for good, which a certificate of erasure proves.",
        ],
        Kind::Restriction => [
            "自即日起，我们不再使用这些数据，仅予以保存。",
            "自即日起，我們不再使用這些資料，僅予以保存。",
            "From today on we do not use this data; we only keep it.",
        ],
        Kind::Objection => [
            "自即日起，我们不再将你的数据用于你反对的目的。",
            "自即日起，我們不再將你的資料用於你反對的目的。",
            "From today on we do not use your data for what you object to.",
        ],
        Kind::Explanation => [
            "我们对你所问的处理说明如下：",
            "我們對你所問的處理說明如下：",
            "This is why and how we use the data you ask about:",
        ],
        Kind::Withdrawal => [
            "你的同意已撤回。此后不再进行相关处理；此前的处理不受影响。",
            "你的同意已撤回。此後不再進行相關處理；此前的處理不受影響。",
            "Your consent holds no more. What rested on it has ended; what was done before stays lawful.",
        ],
        Kind::Deceased => [
            "我们已核对你与逝者的关系，并按其生前的安排处理如下：",
            "我們已核對你與逝者的關係，並依其生前的安排處理如下：",
            "We have checked that you are a close relative, and did the following, as far as they had not arranged otherwise:",
        ],
        Kind::Complaint => [
            "我们已查明你反映的问题，结果如下：",
            "我們已查明你反映的問題，結果如下：",
            "We have looked into what you complain about. This is what we found:",
        ],
    }
}
