//! A list of departments alone, as paths from the top down (`DIR-04`).

use serde_json::json;

use super::{counts, import, problems, tree, upload};
use crate::browser::{Browser, ann, app};

async fn paths(by: &mut Browser<'_>) -> Vec<String> {
    tree(by).await.into_iter().map(|(_, path)| path).collect()
}

#[tokio::test]
async fn dir_04_departments_come_by_their_paths_and_a_second_time_nothing_changes() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let list = "部门路径,排序\nAcme/研发中心/后端,50\nAcme/研发中心,100\nAcme/市场部,200\n";
    let tried = upload(&mut ann, list).await;
    assert_eq!(tried["lists"][0]["mapping"]["kind"], "departments");
    assert_eq!(counts(&tried), json!({ "departments_created": 3 }));
    let done = import(&mut ann, list).await;
    assert_eq!(counts(&done), json!({ "departments_created": 3 }));
    let mut found = paths(&mut ann).await;
    found.sort();
    assert_eq!(found, ["市场部", "研发中心", "研发中心/后端"]);
    assert_eq!(counts(&import(&mut ann, list).await), json!({}), "found again, not doubled");
    let deeper = import(&mut ann, "Path\n法务部/合规/数据\n").await;
    assert_eq!(counts(&deeper), json!({ "departments_created": 3 }), "with what only a path names");
}

#[tokio::test]
async fn dir_04_by_their_ids_departments_in_a_list_of_paths_are_moved() {
    let t = app().await;
    let mut ann = ann(&t).await;
    import(&mut ann, "Path,ID\nResearch,2\nResearch/Backend,3\nSales,4\n").await;
    let moved = import(&mut ann, "Path,ID\nResearch,2\nSales,4\nSales/Backend,3\n").await;
    assert_eq!(counts(&moved), json!({ "departments_changed": 1 }));
    let mut found = paths(&mut ann).await;
    found.sort();
    assert_eq!(found, ["Research", "Sales", "Sales/Backend"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_path_is_named_by_row_and_column() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let deep = (0..21).map(|n| format!("d{n}")).collect::<Vec<_>>().join("/");
    let list = format!("Order,Path,ID\n1,Research,2\n2,Research,3\n3,Sales,2\n4,{deep},5\nx,Care,6\n,,7\n");
    let tried = upload(&mut ann, list).await;
    let wrong = |code: &str, row: u64, column: &str| (code.to_owned(), row, column.to_owned());
    assert_eq!(
        problems(&mut ann, &tried).await,
        [
            wrong("department_twice", 3, "B"),
            wrong("department_twice", 4, "C"),
            wrong("too_deep", 5, "B"),
            wrong("is_empty", 7, "B"),
            wrong("order_not_a_number", 6, "A"),
        ]
    );
}
