//! W6: does a message cost more when many are stored? Sending and reading with ten thousand messages, then with as many
//! copies as asked for. The copies are rows the server wrote itself, repeated in its database with other numbers: they open.

use std::path::Path;

use anyhow::{Result, ensure};

use super::direct::{self, Way};
use super::{Bench, history};
use crate::database::ask;
use crate::target::tulou::Tulou;

/// What the server writes itself, in one conversation.
const WRITTEN: u32 = 10_000;

/// `rows` more are stored for the second reading. `data` is the server's directory.
pub async fn run(bench: &mut Bench<'_, Tulou>, data: &Path, rows: u64) -> Result<()> {
    history::fill(bench, WRITTEN).await?;
    measure(bench, data, u64::from(WRITTEN)).await?;
    copy(data, rows)?;
    measure(bench, data, rows).await
}

async fn measure(bench: &mut Bench<'_, Tulou>, data: &Path, rows: u64) -> Result<()> {
    history::run(bench, WRITTEN, ("growth", &format!("stored_{rows}_page"))).await?;
    direct::named(bench, Way::Saturated, ("growth", &format!("stored_{rows}_saturated"))).await?;
    direct::named(bench, Way::Paced, ("growth", &format!("stored_{rows}_paced"))).await?;
    for (name, sizes) in [("message_row", "pg_table_size"), ("message_key", "pg_indexes_size")] {
        let size = bytes_each(data, "message", sizes)?;
        bench.results.say("growth", &format!("stored_{rows}_{name}"), (size, "B"), 1)?;
    }
    let size = bytes_each(data, "sent", "pg_total_relation_size")?;
    bench.results.say("growth", &format!("stored_{rows}_remembered_client_id"), (size, "B"), 1)
}

/// Bytes of a table and its partitions, divided by its rows.
fn bytes_each(data: &Path, table: &str, sizes: &str) -> Result<f64> {
    let sum = format!(
        "select sum({sizes}(inhrelid)) / (select count(*) from chat.{table}) from pg_inherits where inhparent = 'chat.{table}'::regclass"
    );
    Ok(ask(data, &sum)?.trim().parse()?)
}

/// Each conversation gets its share; the newest page of the measured one stays what it is.
fn copy(data: &Path, rows: u64) -> Result<()> {
    let measured = "(select conversation_id from chat.message group by 1 order by count(*) desc limit 1)";
    let others = format!("from chat.conversation c where c.id <> {measured} and c.kind = 'direct'");
    let count: u64 = ask(data, &format!("select count(*) {others}"))?.trim().parse()?;
    ensure!(count > 0, "no conversations to copy into");
    let each = rows.div_ceil(count).min(u64::from(WRITTEN));
    ask(
        data,
        &format!(
            "insert into chat.message (org_id, conversation_id, seq, sent_at, n, id, author_id, state, body)
             select m.org_id, o.id, o.last_seq + m.seq, m.sent_at, o.last_n + m.n, m.id, m.author_id, m.state, m.body
             from (select c.id, c.last_seq, c.last_n {others}) o,
                  chat.message m where m.conversation_id = {measured} and m.seq <= {each}"
        ),
    )?;
    ask(
        data,
        &format!(
            "update chat.conversation c set last_seq = last_seq + {each}, last_n = last_n + {each} where c.id <> {measured} and c.kind = 'direct'"
        ),
    )?;
    ask(data, "checkpoint").or_else(|_| Ok::<_, anyhow::Error>(String::new()))?;
    Ok(())
}
