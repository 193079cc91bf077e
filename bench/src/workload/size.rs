//! How big what is shipped is.

use std::path::Path;

use crate::measure::Results;
use crate::peer::tulou::program;

pub fn run(results: &mut Results) -> anyhow::Result<()> {
    let mib = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    results.say("size", "program", (mib(std::fs::metadata(program())?.len()), "MiB"), 1)?;
    results.say("size", "client_unpacked", (mib(bytes(Path::new("web/dist"))?), "MiB"), 1)
}

fn bytes(folder: &Path) -> anyhow::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}
