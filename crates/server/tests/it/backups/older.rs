//! A cluster that an older version made, before there was a role that copies: the next start brings it to what a backup needs.

use std::fs;

use serde_json::Value;

use super::{back_up, done, other_machine, refused, say};
use crate::database::{program, single_user_in};
use crate::house::House;
use crate::people::in_touch;

#[tokio::test]
async fn a_cluster_from_before_backups_is_backed_up_after_its_next_start() {
    let house = House::new();
    let folder = house.path("backups");
    let running = house.start();
    let (ann, bob, conversation) = in_touch(&running, "Bob").await;
    say(&ann, &conversation, "from before").await;
    assert!(running.stop().0.success());

    let cluster = house.data().join("cluster");
    let postgres = program(&cluster);
    for database in ["tulou", "template1"] {
        single_user_in(&postgres, &cluster, (database, "drop schema amcheck cascade"));
    }
    single_user_in(&postgres, &cluster, ("postgres", "drop role tulou_backup"));
    // As long as the program believes that nothing is missing, nobody copies.
    refused(&house, &["backup", folder.to_str().unwrap()], "role \"tulou_backup\" does not exist");
    let running = house.start();
    assert!(done(&house, &["verify"]).contains("tables and indexes: not looked at"));
    assert!(running.stop().0.success());

    // An older version never said that anything was complete.
    fs::remove_file(house.data().join("cluster-configuration/complete")).unwrap();
    let running = house.start();
    let (id, _) = back_up(&house, &folder, &[]);
    assert!(done(&house, &["verify"]).contains("structure: "));
    assert!(running.stop().0.success());
    let other = other_machine(&house);
    assert!(done(&other, &["restore", folder.to_str().unwrap()]).contains(&format!("backup {id} is whole")));
    let running = other.start();
    let path = format!("/v1/conversations/{conversation}/messages");
    assert!(bob.at(&running).done("GET", &path, Value::Null).await.to_string().contains("from before"));
    assert!(running.stop().0.success());
}
