//! Pages of what is kept of an import as one sealed value: by place, since nothing of it changes.

use kernel::{Error, Page, Result};

/// The items from `after`, a page's `next`, on.
pub fn page<T>(items: impl Iterator<Item = T>, after: Option<&str>, limit: usize) -> Result<Page<T>> {
    let from: usize = match after {
        Some(after) => after.parse().map_err(|_| Error::Invalid { field: "after", why: "not_a_page" })?,
        None => 0,
    };
    let mut items: Vec<T> = items.skip(from).take(limit + 1).collect();
    let has_more = items.len() > limit;
    items.truncate(limit);
    Ok(Page { items, next: has_more.then(|| (from + limit).to_string()) })
}
