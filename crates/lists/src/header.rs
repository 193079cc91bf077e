//! Which row says what the columns are: WeCom, DingTalk, Feishu and English spreadsheets are read without help.

use profiles::{BuiltIn, FieldId};
use unicode_normalization::UnicodeNormalization;

use super::field::{Field, Kind};
use super::own::OwnField;
use super::sheet::{Cell, Row, Sheet};
use super::titles::{DEPARTMENTS, PEOPLE, SUPERVISORS};

/// Explanations above the header are not longer.
const LOOKED_AT: usize = 20;

/// The header of a sheet.
pub struct Header {
    pub kind: Kind,
    /// Which of the sheet's rows it is.
    pub place: usize,
    pub product: Product,
}

/// Who wrote the list; departments are written in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    DingTalk,
    Other,
}

/// A title without marks, brackets, spaces, case and width: `*手机号（必填）` is `手机号`.
pub fn plain(title: &str) -> String {
    let folded: String = title.nfkc().collect::<String>().to_lowercase();
    let end = folded.find(['(', '[', ':', '【', '\n']).unwrap_or(folded.len());
    folded[..end].chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether the column says whom each person reports to: nobody keeps that here but in a field of the organisation's own.
pub fn is_supervisor(title: &str) -> bool {
    SUPERVISORS.contains(&plain(title).as_str())
}

/// The row that names most columns, if any row does.
pub fn find(sheet: &Sheet) -> Option<Header> {
    let rows = sheet.rows.iter().enumerate().take(LOOKED_AT);
    let headers = rows.filter_map(|(place, row)| {
        let (kind, known) = recognise(row)?;
        Some((known, Header { kind, place, product: product(row) }))
    });
    // The first of the best: people are called like titles at times.
    headers.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, header)| header)
}

/// What the row would be the header of, and how many columns it names; `None` when it does not look like one.
fn recognise(row: &Row) -> Option<(Kind, usize)> {
    let titles = titles(row);
    let departments = fields(&titles, DEPARTMENTS);
    let has = |fields: &[Option<Field>], field| fields.contains(&Some(field));
    if has(&departments, Field::Name) && has(&departments, Field::DepartmentId) && has(&departments, Field::ParentId) {
        return Some((Kind::Departments, departments.iter().flatten().count()));
    }
    let people = fields(&titles, PEOPLE);
    let names_people =
        [Field::UserId, Field::Phone, Field::Email, Field::StaffNumber].iter().any(|one| has(&people, *one));
    if has(&departments, Field::Path) && !names_people {
        return Some((Kind::Departments, departments.iter().flatten().count()));
    }
    let known = people.iter().flatten().count();
    (has(&people, Field::Name) && known >= 2).then_some((Kind::People, known))
}

fn titles(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| plain(&cell.text)).collect()
}

/// The fields of a row that is a header. What a built-in field is called that the list fills in means nothing else: 岗位 is the
/// post where that is collected, and may be the position elsewhere.
pub fn fields_of(row: &Row, kind: Kind, own: &[OwnField]) -> Vec<Option<Field>> {
    let mut titles = titles(row);
    if kind == Kind::Departments {
        return fields(&titles, DEPARTMENTS);
    }
    let built_in = own.iter().filter(|one| BuiltIn::of(one.id).is_some());
    let taken: Vec<String> = built_in.flat_map(|one| &one.names).map(|name| plain(name)).collect();
    titles.iter_mut().filter(|title| taken.contains(title)).for_each(String::clear);
    fields(&titles, PEOPLE)
}

/// Whether somebody stands in the row, not titles: it has a telephone number or an e-mail address.
pub fn is_data(row: &Row) -> bool {
    row.cells.iter().any(|cell| is_email(&cell.text) || is_phone(&cell.text))
}

/// What the columns of a list without titles look like: only what cannot be mistaken, the rest is for the administrator to say.
pub fn fields_by_sight(row: &Row) -> Vec<Option<Field>> {
    let sight = |cell: &Cell| match cell.text.as_str() {
        text if is_email(text) => Some(Field::Email),
        text if is_phone(text) => Some(Field::Phone),
        text if is_name(text) => Some(Field::Name),
        _ => None,
    };
    let mut fields: Vec<Option<Field>> = Vec::new();
    for seen in row.cells.iter().map(sight) {
        // The first of a kind is it; what comes after is something else.
        fields.push(seen.filter(|_| !fields.contains(&seen)));
    }
    fields
}

fn is_email(text: &str) -> bool {
    text.trim().split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// Seven digits are the shortest number of a person, eleven the usual one here; a mark or a space between them is none.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.trim().chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
}

/// A name has no digit; the first column without one is most often it.
fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().all(|c| c.is_alphabetic() || " ·.'-".contains(c))
}

/// The columns that are called like such fields and are nothing else.
pub fn own_fields(row: &Row, fields: &[Option<Field>], own: &[OwnField]) -> Vec<Option<FieldId>> {
    let mut found: Vec<Option<FieldId>> = vec![None; fields.len()];
    for one in own {
        let names: Vec<String> = one.names.iter().map(|name| plain(name)).filter(|name| !name.is_empty()).collect();
        let is_it = |column: &usize| {
            fields[*column].is_none() && found[*column].is_none() && names.contains(&plain(row.text(*column)))
        };
        let column = (0..fields.len()).find(is_it).filter(|_| !found.contains(&Some(one.id)));
        if let Some(column) = column {
            found[column] = Some(one.id);
        }
    }
    found
}

fn fields(titles: &[String], known: &[(Field, &[&str])]) -> Vec<Option<Field>> {
    let mut fields = vec![None; titles.len()];
    for (field, names) in known {
        let place = names.iter().find_map(|name| {
            titles.iter().enumerate().position(|(place, title)| title == name && fields[place].is_none())
        });
        if let Some(place) = place {
            fields[place] = Some(*field);
        }
    }
    fields
}

pub fn product(row: &Row) -> Product {
    let marks = ["员工userid", "是否此部门主管"];
    let is_ding_talk = row.cells.iter().any(|cell| marks.contains(&plain(&cell.text).as_str()));
    if is_ding_talk { Product::DingTalk } else { Product::Other }
}

#[cfg(test)]
mod tests {
    use profiles::{BuiltIn, FieldId, Names};

    use super::{find, plain};
    use crate::field::{Field, Kind};
    use crate::own_fields;
    use crate::sheet;

    fn fields(header: &str) -> (Kind, Vec<Option<Field>>) {
        let sheet = sheet::read(format!("{header}\n").as_bytes()).unwrap().remove(0);
        let header = find(&sheet).unwrap();
        (header.kind, super::fields_of(&sheet.rows[header.place], header.kind, &[]))
    }

    /// Each column as it is guessed where these built-in fields are filled in by lists.
    fn guessed(header: &str, written: &[BuiltIn]) -> Vec<Option<String>> {
        let row = sheet::read(format!("{header}\n").as_bytes()).unwrap().remove(0).rows.remove(0);
        let made = Names { zh_cn: Some("地址".into()), ..Names::default() };
        let id: FieldId = "01890000-0000-7000-8000-000000000007".parse().unwrap();
        let made = std::iter::once((id, made));
        let own = own_fields(made, |one| written.contains(&one));
        let fields = super::fields_of(&row, Kind::People, &own);
        let by_id = super::own_fields(&row, &fields, &own);
        let name = |id: FieldId| BuiltIn::of(id).map_or("made", BuiltIn::name).to_owned();
        let known = |field: Field| format!("{field:?}").to_lowercase();
        fields.into_iter().zip(by_id).map(|(field, id)| field.map(known).or(id.map(name))).collect()
    }

    #[test]
    fn dir_02_a_post_is_no_position_where_posts_are_collected() {
        let is = |names: &[Option<&str>]| -> Vec<Option<String>> {
            names.iter().map(|name| name.map(str::to_owned)).collect()
        };
        for post in ["岗位", "岗位名称", "崗位", "崗位名稱", "職位", "Post"] {
            let found = guessed(&format!("姓名,{post},职务"), &[BuiltIn::Post]);
            assert_eq!(found, is(&[Some("name"), Some("post"), Some("position")]), "{post}");
        }
        assert_eq!(guessed("姓名,岗位", &[BuiltIn::Post]), is(&[Some("name"), Some("post")]));
        assert_eq!(guessed("姓名,岗位", &[]), is(&[Some("name"), Some("position")]));
        assert_eq!(guessed("姓名,岗位,职务", &[]), is(&[Some("name"), None, Some("position")]));
        for position in ["职务", "職務", "職稱", "Position"] {
            let found = guessed(&format!("姓名,{position},岗位"), &[BuiltIn::Post]);
            assert_eq!(found, is(&[Some("name"), Some("position"), Some("post")]), "{position}");
        }
    }

    #[test]
    fn dir_02_built_in_fields_are_guessed_where_lists_fill_them_in_and_ones_own_goes_before_another_word_for_one() {
        use BuiltIn::{Birthday, Gender, Remark, Signature, WorkAddress};
        let all = [Birthday, Gender, Remark, Signature, WorkAddress];
        let found = guessed("姓名,个性签名,出生日期,性別,辦公地點,備註,地址", &all);
        let expected = ["name", "signature", "birthday", "gender", "work_address", "remark", "made"];
        assert_eq!(found, expected.map(|name| Some(name.to_owned())));
        assert_eq!(guessed("姓名,性别,备注", &[])[1..], [None, None]);
    }

    #[test]
    fn a_title_is_known_with_marks_brackets_and_in_any_width() {
        assert_eq!(plain("*手机号（必填）"), "手机号");
        assert_eq!(plain("是否此部门主管(是/否)"), "是否此部门主管");
        assert_eq!(plain("Ｅ-mail Address"), "emailaddress");
    }

    #[test]
    fn the_headers_of_the_known_products_are_recognised() {
        use Field::{
            Departments, Email, IsDisabled, Leads, Name, Order, ParentId, Phone, Position, StaffNumber, UserId,
        };
        let (kind, wecom) = fields(
            "姓名,帐号,手机号,邮箱,所在部门,职位,性别,是否部门内领导,排序,别名,地址,座机,禁用,禁用项说明：(0-启用;1-禁用)",
        );
        assert_eq!(kind, Kind::People);
        let start = [Name, UserId, Phone, Email, Departments, Position].map(Some);
        assert_eq!(wecom[..6], start);
        assert_eq!(wecom[6..], [None, Some(Leads), None, None, None, None, Some(IsDisabled), None]);
        let (kind, departments) = fields("部门名称,部门ID,父部门ID,排序");
        assert_eq!(kind, Kind::Departments);
        assert_eq!(departments, [Name, Field::DepartmentId, ParentId, Order].map(Some));
        let (kind, led) = fields("部门名称,部门ID,父部门ID,部门主管");
        assert_eq!((kind, led.last()), (Kind::Departments, Some(&Some(Field::Leaders))));
        assert!(
            super::is_supervisor("直属上级") && super::is_supervisor("Line Manager") && !super::is_supervisor("主管")
        );
        let (_, ding) =
            fields("员工UserID,*部门,职位,*姓名,性别,工号,是否此部门主管(是/否),*手机号,邮箱,分机号,办公地点,备注");
        let expected = [Some(UserId), Some(Departments), Some(Position), Some(Name), None, Some(StaffNumber)];
        assert_eq!(ding[..6], expected);
        assert_eq!(ding[6..9], [Leads, Phone, Email].map(Some));
        let (_, feishu) = fields("姓名,手机号码,邮箱,部门,人员类型,工号,城市,职务,直属上级,性别,入职时间");
        let named: Vec<Field> = feishu.into_iter().flatten().collect();
        assert_eq!(named, [Name, Phone, Email, Departments, StaffNumber, Position]);
        let (_, english) = fields("Name;Email;Phone;Department;Title;Employee ID;Manager");
        let named: Vec<Field> = english.into_iter().flatten().collect();
        assert_eq!(named, [Name, Email, Phone, Departments, Position, StaffNumber]);
    }

    #[test]
    fn a_list_without_titles_is_recognised_by_what_stands_in_it() {
        let row = |text: &str| sheet::read(text.as_bytes()).unwrap().remove(0).rows.remove(0);
        let person = row("张伟,+86 138-0013-8000,研发部,zhang.wei@example.com\n");
        assert!(super::is_data(&person) && !super::is_data(&row("员工,联络方式,单位\n")));
        let seen = super::fields_by_sight(&person);
        assert_eq!(seen, [Some(Field::Name), Some(Field::Phone), None, Some(Field::Email)]);
    }

    #[test]
    fn explanations_above_the_header_are_passed_over() {
        let text = "填写须知：,,\n1. 姓名必填,,\n\n姓名,手机号,部门\n张伟,13800138000,研发部\n";
        let sheet = sheet::read(text.as_bytes()).unwrap().remove(0);
        assert_eq!(sheet.rows[find(&sheet).unwrap().place].number, 4);
    }
}
