//! Fields beside those that have a column of their own: some built-in ones, and those of the organisation's own making (`DIR-02`).

use profiles::{BuiltIn, FieldId, Names};

use super::titles::OTHERWISE;

/// Such a field, by what it is called.
pub struct OwnField {
    /// Which.
    pub id: FieldId,
    /// In every language in which it has a name; nothing when its column is not to be guessed.
    pub names: Vec<String>,
}

const BUILT_IN: [BuiltIn; 6] =
    [BuiltIn::Post, BuiltIn::Signature, BuiltIn::Birthday, BuiltIn::Gender, BuiltIn::WorkAddress, BuiltIn::Remark];

/// All such fields: the built-in ones, whose columns are guessed when `is_written` by a list; those that the organisation
/// `made`; and what else the built-in ones are called, which counts last.
pub fn own_fields(made: impl Iterator<Item = (FieldId, Names)>, is_written: impl Fn(BuiltIn) -> bool) -> Vec<OwnField> {
    let called = |one: BuiltIn, titles: &[&str]| {
        let titles = titles.iter().filter(|_| is_written(one));
        OwnField { id: one.id(), names: titles.map(|title| (*title).to_owned()).collect() }
    };
    let mut made: Vec<OwnField> = made
        .map(|(id, Names { zh_cn, zh_tw, en })| OwnField {
            id,
            names: [zh_cn, zh_tw, en].into_iter().flatten().collect(),
        })
        .collect();
    made.sort_by_key(|field| field.id);
    let mut fields: Vec<OwnField> = BUILT_IN.into_iter().map(|one| called(one, one.titles())).collect();
    fields.append(&mut made);
    fields.extend(OTHERWISE.iter().map(|&(one, titles)| called(one, titles)));
    fields
}
