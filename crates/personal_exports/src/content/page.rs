//! The readable part: a page for each place and one of contents, without scripts, in one language, fit to be printed.

use kernel::data_map::{DataMap, Holds};
use serde_json::{Map, Value};
use texts::Text;

use super::about::Owner;
use super::plan::{Place, Plan};
use super::read::Records;
use super::shown::{self, Shown, escaped};
use super::words;
use crate::model::Row;

/// The place of the contents in the archive.
pub const CONTENTS: &str = "index.html";
/// After the last record of a page.
pub const END: &str = "</main></body></html>\n";

const STYLE: &str = "body{margin:0;background:#f6f5f2;color:#1c2422;font:16px/1.5 system-ui,-apple-system,'Noto Sans SC','Noto Sans TC',sans-serif}\
main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem}a{color:#1f6463}h1{font-size:1.6rem;margin:0 0 .5rem}\
article,table{background:#fff;border:1px solid #dedbd4;border-radius:8px}article{padding:.6rem 1rem;margin:.6rem 0}\
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.15rem 1rem;margin:0}dt{color:#5c6663}\
dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}dd dl{padding-inline-start:.5rem;border-inline-start:2px solid #dedbd4}\
table{width:100%;border-collapse:collapse}th,td{text-align:start;padding:.4rem .7rem;border-bottom:1px solid #ebe8e2;vertical-align:top}\
img{max-width:12rem}p{color:#414a47}@media print{body,article,table{background:#fff;border:0}article{break-inside:avoid}nav{display:none}}\
@media(max-width:32rem){dl{grid-template-columns:1fr}dt{margin-top:.3rem}}";

/// Records of one page: more are slow to open and to print.
const A_PAGE: i64 = 2_000;

/// What is written of a place in one step.
pub struct Sheet<'a> {
    pub map: &'a DataMap,
    pub owner: &'a Owner,
    pub row: &'a Row,
    pub place: &'a Place<'a>,
    pub records: &'a Records,
}

/// Where a page of a place is in the archive, of which the first is page 0.
fn path(place: &Place<'_>, page: i64) -> String {
    if page == 0 { format!("pages/{}.html", place.id) } else { format!("pages/{}-{}.html", place.id, page + 1) }
}

fn title(row: &Row, place: &Place<'_>) -> String {
    words::place(place.id).map_or_else(|| place.id.to_owned(), |title| row.language.of(title).to_owned())
}

fn head(row: &Row, title: &str) -> String {
    let (tag, title) = (row.language.tag(), escaped(title));
    format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
    )
}

fn fact(row: &Row, what: Text, text: &str) -> String {
    format!("<dt>{}</dt><dd>{}</dd>", row.language.of(what), escaped(text))
}

/// What it is for, each sentence once.
fn purposes(map: &DataMap, row: &Row, place: &Place<'_>) -> String {
    let known = place.purposes().into_iter().filter_map(|id| map.purpose.get(id));
    known.map(|purpose| words::named(row.language, &purpose.sentence)).collect::<Vec<_>>().join("; ")
}

/// Some records of a place, with what comes before the first and after the last of them, for each page on which they stand.
pub fn add(sheet: &Sheet<'_>) -> Vec<(String, String)> {
    let Sheet { row, place, records, .. } = sheet;
    let so_far = row.so_far(place.id);
    let all = so_far + i64::try_from(records.rows.len()).unwrap_or(i64::MAX);
    let (page, next) = (so_far / A_PAGE, all / A_PAGE);
    let mut written = if row.cursor.is_empty() { begin(sheet) } else { String::new() };
    let plan = Plan::of(sheet.map);
    for record in &records.rows {
        written.push_str(&article(&plan, sheet, record));
    }
    if records.next.is_none() {
        if all == 0 {
            written.push_str(&format!("<p>{}</p>\n", row.language.of(words::NOTHING)));
        }
        written.push_str(END);
        return vec![(path(place, page), written)];
    }
    if next == page {
        return vec![(path(place, page), written)];
    }
    let name = path(place, next);
    let (link, label) = (name.trim_start_matches("pages/"), row.language.of(words::NEXT));
    written.push_str(&format!("<nav><a href=\"{link}\">{label}</a></nav>\n{END}"));
    vec![(path(place, page), written), (name, begin(sheet))]
}

fn begin(sheet: &Sheet<'_>) -> String {
    let Sheet { map, owner, row, place, .. } = sheet;
    let back = row.language.of(words::BACK);
    let mut written = head(row, &title(row, place));
    written.push_str(&format!("<nav><a href=\"../{CONTENTS}\">{back}</a></nav>\n<dl>"));
    written.push_str(&fact(row, words::PURPOSE, &purposes(map, row, place)));
    written.push_str(&fact(row, words::KEPT, &words::kept(row.language, &place.table.rule, owner.chat_days)));
    written.push_str("</dl>\n");
    written
}

fn article(plan: &Plan<'_>, sheet: &Sheet<'_>, record: &Map<String, Value>) -> String {
    let Sheet { owner, row, place, records, .. } = sheet;
    let shown = Shown { language: row.language, names: record.get("names"), owner: Some(owner) };
    let mut written = match record.get("id").and_then(Value::as_str) {
        Some(id) => format!("<article id=\"{}\"><dl>", escaped(id)),
        None => "<article><dl>".to_owned(),
    };
    for name in &records.columns {
        let value = record.get(name).unwrap_or(&Value::Null);
        let Some(label) = words::column(name).filter(|_| !value.is_null()) else { continue };
        let text = match (value.as_str(), place.opens(name).map(|opens| opens.holds)) {
            (Some(bytes), Some(Holds::Bytes)) => shown::picture(record, bytes),
            (Some(path), _) if name == "path" => format!("<a href=\"../{0}\">{0}</a>", escaped(path)),
            (Some(id), _) if name.ends_with("_id") => shown.reference(plan.named_in(place.id, name), id),
            _ => shown.value(value),
        };
        written.push_str(&format!("<dt>{}</dt><dd>{text}</dd>", row.language.of(label)));
    }
    written.push_str("</dl></article>\n");
    written
}

/// The page of contents: whose copy it is, what is not in it, and how many records each place has.
pub fn contents(map: &DataMap, row: &Row, organisation: &str, owner: &Owner) -> String {
    let language = row.language;
    let mut written = head(row, language.of(words::TITLE));
    written.push_str("<dl>");
    written.push_str(&fact(row, words::PERSON, &owner.name));
    written.push_str(&fact(row, words::ORGANISATION, organisation));
    written.push_str(&fact(row, words::ASKED, &shown::instant(row.asked_at)));
    written.push_str("</dl>\n");
    for text in [words::FILES, words::PROGRAMS, words::OTHERS, words::LASTS] {
        written.push_str(&format!("<p>{}</p>\n", language.of(text)));
    }
    let [place, purpose, kept, count] =
        [words::PLACE, words::PURPOSE, words::KEPT, words::RECORDS].map(|words| language.of(words));
    written.push_str(&format!(
        "<h2>{}</h2>\n<table><thead><tr><th>{place}</th><th>{count}</th><th>{purpose}</th><th>{kept}</th></tr></thead><tbody>\n",
        language.of(words::CONTENTS)
    ));
    for place in Plan::of(map).places() {
        let count = row.so_far(place.id);
        written.push_str(&format!(
            "<tr><td><a href=\"{}\">{}</a></td><td>{count}</td><td>{}</td><td>{}</td></tr>\n",
            path(place, 0),
            escaped(&title(row, place)),
            escaped(&purposes(map, row, place)),
            escaped(&words::kept(language, &place.table.rule, owner.chat_days)),
        ));
    }
    written.push_str("</tbody></table>\n");
    written.push_str(END);
    written
}
