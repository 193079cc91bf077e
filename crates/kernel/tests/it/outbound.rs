//! Nothing leaves for a host that is not declared.

use kernel::{Module, Outbound};
use testkit::TestApp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::notes;

const MAP: &str = r#"
[function."notes.print"]
names = { en = "Printing", "zh-CN" = "打印", "zh-TW" = "列印" }
kind = "extended"
[purpose."notes.print"]
sentence = { en = "so that notes come on paper", "zh-CN" = "以便打印", "zh-TW" = "以便列印" }
function = "notes.print"
role = "processor"
ground = { cn = "contract_or_hr_necessity", eu = "contract" }
restricted = "own_act"
[recipient.printer]
name = { en = "Printer", "zh-CN" = "打印机", "zh-TW" = "印表機" }
contact = { en = "the operator", "zh-CN" = "运维人员", "zh-TW" = "維運人員" }
region = { en = "here", "zh-CN" = "此地", "zh-TW" = "此地" }
method = { en = "by wire", "zh-CN" = "有线", "zh-TW" = "有線" }
kinds = { en = "notes", "zh-CN" = "笔记", "zh-TW" = "筆記" }
purpose = "notes.print"
[host.printer]
recipient = "printer"
sends = ["content"]
function = "notes.print"
[host.fixed]
address = "paper.example"
recipient = "printer"
sends = ["content"]
function = "notes.print"
"#;

#[tokio::test]
async fn only_declared_hosts_are_called_and_redirects_are_not_followed() {
    let t = TestApp::with(vec![Module { data_map: MAP, ..notes::module() }]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let map = t.app.data_map();
    assert!(Outbound::to(map, "undeclared", &origin).is_err());
    assert!(Outbound::demand(map, "undeclared").is_err());
    assert_eq!(Outbound::demand(map, "printer").unwrap().recipient, "printer");
    assert!(Outbound::to(map, "fixed", &origin).is_err());
    let printer = Outbound::to(map, "printer", &origin).unwrap();
    assert!(printer.request(reqwest::Method::GET, "http://elsewhere.example/").is_err());
    assert!(printer.client_for("http://elsewhere.example/paper").is_err());
    assert!(printer.client_for(&format!("{origin}/paper?sheet=1")).is_ok());

    let answer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = [0; 1024];
        let read = stream.read(&mut asked).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.2/\r\ncontent-length: 0\r\n\r\n")
            .await
            .unwrap();
        String::from_utf8_lossy(&asked[..read]).into_owned()
    };
    let ask = async { printer.request(reqwest::Method::GET, "/paper").unwrap().send().await.unwrap().status() };
    let (asked, status) = tokio::join!(answer, ask);
    assert!(asked.starts_with("GET /paper HTTP/1.1"));
    assert_eq!(status, 302);
}
