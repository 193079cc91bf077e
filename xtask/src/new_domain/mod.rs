//! The skeleton of a domain.
pub fn run(_root: &std::path::Path, _name: &str) -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
