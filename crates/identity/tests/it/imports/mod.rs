//! People out of spreadsheets, through the API (`ACC-06`, `DIR-02`, `DIR-04`, `ORG-14`).

mod exchanges;
mod formats;
mod irregular;
mod keeping;
mod leaders;
mod leaving;
mod own_fields;
mod paths;
mod told;
mod undoing;
mod who_is_meant;
mod writing;

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use rust_xlsxwriter::{Workbook, Worksheet};
use serde_json::{Value, json};
use testkit::TestApp;

use crate::browser::Browser;

/// Sends bytes as they are and gives the whole answer.
pub async fn send(by: &mut Browser<'_>, path: &str, bytes: impl Into<Body>) -> (u16, Vec<u8>) {
    send_named(by, path, bytes, None).await
}

/// The same, with what the file is called.
pub async fn send_named(
    by: &mut Browser<'_>,
    path: &str,
    bytes: impl Into<Body>,
    name: Option<&str>,
) -> (u16, Vec<u8>) {
    let response = answer(by, path, bytes, name).await;
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

/// The same answer, with its headers.
pub async fn answer(
    by: &mut Browser<'_>,
    path: &str,
    bytes: impl Into<Body>,
    name: Option<&str>,
) -> axum::response::Response {
    let cookies = by.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header(header::COOKIE, cookies)
        .extension(ConnectInfo(SocketAddr::new(by.address, 40_000)));
    if let Some(organisation) = &by.organisation {
        request = request.header("tulou-organisation", organisation);
    }
    if let Some(name) = name {
        request = request.header("tulou-file-name", name);
    }
    by.t.request(request.body(bytes.into()).unwrap()).await
}

/// Uploads a list; what it would do.
pub async fn upload(by: &mut Browser<'_>, bytes: impl Into<Vec<u8>>) -> Value {
    let (status, answer) = send(by, "/v1/imports", bytes.into()).await;
    assert_eq!(status, 201, "{}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).unwrap()
}

/// Adds a list to one that is uploaded.
pub async fn add_list(by: &mut Browser<'_>, import: &Value, bytes: impl Into<Vec<u8>>) -> Value {
    let (status, answer) = send(by, &format!("{}/files", path(import)), bytes.into()).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).unwrap()
}

/// Confirms, lets the program work, and says how it stands then.
pub async fn write(by: &mut Browser<'_>, import: &Value) -> Value {
    let (status, answer) =
        by.post(&format!("{}/confirm", path(import)), json!({ "leaves_out_wrong_rows": true })).await;
    assert_eq!(status, 202, "{answer}");
    by.t.run_jobs().await;
    by.get(&path(import)).await.1
}

/// Uploads and writes.
pub async fn import(by: &mut Browser<'_>, bytes: impl Into<Vec<u8>>) -> Value {
    let import = upload(by, bytes).await;
    let written = write(by, &import).await;
    assert_eq!(written["state"], "done", "{written}");
    written
}

/// The rows of the result, without its header; cells without quotes.
pub async fn result(by: &mut Browser<'_>, import: &Value) -> Vec<Vec<String>> {
    let (status, answer) = send(by, &format!("{}/result?language=en", path(import)), Vec::new()).await;
    assert_eq!(status, 200);
    let text = String::from_utf8(answer).unwrap();
    let inside = |line: &str| line.strip_prefix('"').unwrap().strip_suffix('"').unwrap().to_owned();
    let row = |line: String| line.split("\",\"").map(str::to_owned).collect();
    text.lines().skip(1).map(inside).map(row).collect()
}

pub fn path(import: &Value) -> String {
    format!("/v1/imports/{}", import["id"].as_str().unwrap())
}

/// `(code, row, column)` of every problem.
pub async fn problems(by: &mut Browser<'_>, import: &Value) -> Vec<(String, u64, String)> {
    let (_, page) = by.get(&format!("{}/problems?limit=200", path(import))).await;
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let items = page["items"].as_array().unwrap().iter();
    items.map(|one| (text(&one["code"]), one["row"].as_u64().unwrap(), text(&one["column"]))).collect()
}

/// The counts that are not zero.
pub fn counts(import: &Value) -> Value {
    let counts = import["report"]["counts"].as_object().unwrap().iter();
    Value::Object(counts.filter(|(_, count)| **count != 0).map(|(name, count)| (name.clone(), count.clone())).collect())
}

/// Name, and the departments by name with a star for those led, of everybody, sorted.
pub async fn everybody(by: &mut Browser<'_>) -> Vec<(String, Vec<String>)> {
    let departments = tree(by).await;
    let (_, page) = by.get("/v1/members?limit=200").await;
    let mut people: Vec<(String, Vec<String>)> = Vec::new();
    for member in page["items"].as_array().unwrap() {
        let leads = member["leads"].as_array().unwrap();
        let named = member["department_ids"].as_array().unwrap().iter().map(|id| {
            let path = departments.iter().find(|(own, _)| own == id).unwrap().1.clone();
            if leads.contains(id) { format!("{path}*") } else { path }
        });
        people.push((member["name"].as_str().unwrap().to_owned(), named.collect()));
    }
    people.sort();
    people
}

/// Every department by its id, as a path.
pub async fn tree(by: &mut Browser<'_>) -> Vec<(Value, String)> {
    let (_, departments) = by.get("/v1/departments").await;
    let items = departments["items"].as_array().unwrap().clone();
    let path = |item: &Value| {
        let (mut path, mut at) = (item["name"].as_str().unwrap().to_owned(), item.clone());
        while let Some(parent) = items.iter().find(|other| other["id"] == at["parent_id"]) {
            path = format!("{}/{path}", parent["name"].as_str().unwrap());
            at = parent.clone();
        }
        path
    };
    items.iter().map(|item| (item["id"].clone(), path(item))).collect()
}

/// The first sheet of a workbook; what looks like a number is one.
pub fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    workbook(&[("Sheet1", rows)])
}

/// A workbook of these sheets.
pub fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        fill(book.add_worksheet().set_name(*name).unwrap(), rows);
    }
    book.save_to_buffer().unwrap()
}

fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
}

/// How many rows a table of the organisation has, as its owner counts.
pub async fn rows(t: &TestApp, by: &Browser<'_>) -> i64 {
    let mut tx = t.app.begin(by.person().org, kernel::Actor::System).await.unwrap();
    sqlx::query_scalar("select count(*) from directory.member").fetch_one(tx.db()).await.unwrap()
}
