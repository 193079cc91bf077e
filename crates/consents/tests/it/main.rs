//! Consents through their API, on a real database.

mod asking;
mod past;
mod proof;

use std::sync::LazyLock;

use kernel::Module;
use sqlx::migrate::Migrator;
use utoipa_axum::router::OpenApiRouter;

/// A purpose that rests on consent, of a module that keeps nothing of its own.
struct Listening;

impl consents::Purpose for Listening {
    const ID: &'static str = "notes.listen";
}

const FIRST: &str = r#"
[function."notes.listening"]
names = { en = "Listening", "zh-CN" = "收听", "zh-TW" = "收聽" }
kind = "extended"
default_on = false

[purpose."notes.listen"]
sentence = { en = "so that you hear", "zh-CN" = "以便你收听", "zh-TW" = "讓你收聽" }
function = "notes.listening"
role = "processor"
ground = { cn = "consent", eu = "consent" }
restricted = "own_act"

[purpose."notes.listen".consent]
version = "1"
method = { en = "by ear", "zh-CN" = "用耳朵", "zh-TW" = "用耳朵" }
kinds = ["biometric", "activity"]
kept_in = "consents.consent"
withdrawal = { en = "nothing more is heard", "zh-CN" = "不再收听", "zh-TW" = "不再收聽" }
otherwise = { en = "you read", "zh-CN" = "可以阅读", "zh-TW" = "可以閱讀" }

[purpose."notes.read"]
sentence = { en = "so that you read", "zh-CN" = "以便你阅读", "zh-TW" = "讓你閱讀" }
function = "notes.listening"
role = "processor"
ground = { cn = "contract_or_hr_necessity", eu = "contract" }
restricted = "own_act"
"#;

/// The same, asked in other words.
static SECOND: LazyLock<String> = LazyLock::new(|| FIRST.replace("version = \"1\"", "version = \"2\""));

fn notes(map: &'static str) -> Vec<Module> {
    let notes = Module::new("notes", OpenApiRouter::new(), Migrator::DEFAULT, map);
    vec![notes, consents::module()]
}

#[tokio::test]
async fn contract() {
    testkit::contract(notes(FIRST)).await;
}
