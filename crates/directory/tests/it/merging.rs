//! Departments that are merged, archived, ordered, led from outside, and changed by two at once (`DIR-04`).

use serde_json::{Value, json};

use crate::world::{World, text};

#[tokio::test]
async fn dir_04_a_department_is_merged_with_its_people_and_what_lies_below_it() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.north]).await, w.person("Eve", &[&w.sales, &w.lab]).await);
    let lead = json!({"leads": [w.sales]});
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", eve.id)), lead, 200).await;
    let merge = format!("/v1/departments/{}/merge", w.sales);
    for (into, field) in [(&w.sales, "into"), (&w.north, "into")] {
        let (status, answer) = w.t.call(&w.ann, "POST", &merge, json!({"into": into})).await;
        assert_eq!((status.as_u16(), &answer["field"], &answer["why"]), (422, &json!(field), &json!("is_below_it")));
    }
    assert_eq!(w.status(&bob, "POST", &merge, json!({"into": w.lab})).await, 403);
    w.ask(&w.ann, ("POST", &merge), json!({"into": w.lab}), 204).await;
    let tree = w.ask(&w.ann, ("GET", "/v1/departments"), Value::Null, 200).await;
    let of = |id: &str| tree["items"].as_array().unwrap().iter().find(|one| one["id"] == id).cloned();
    assert!(of(&w.sales).is_none());
    assert_eq!(
        (of(&w.north).unwrap()["parent_id"].clone(), of(&w.lab).unwrap()["member_count"].clone()),
        (json!(w.lab), json!(2))
    );
    assert_eq!(of(&w.lab).unwrap()["leader_ids"], json!([eve.id]));
    let seen = w.ask(&w.ann, ("GET", &format!("/v1/members/{}", eve.id)), Value::Null, 200).await;
    assert_eq!((&seen["department_ids"], &seen["leads"]), (&json!([w.lab]), &json!([w.lab])));
    let mut tx = w.t.app.begin(w.acme, kernel::Actor::System).await.unwrap();
    let lab = directory::Principal::Department(w.lab.parse().unwrap());
    let mut expected = vec![bob.id, eve.id];
    expected.sort_unstable();
    assert_eq!(directory::members_of_principal(&mut tx, lab).await.unwrap(), expected);
    assert_eq!(w.t.events(w.acme).await.last().unwrap(), "directory.department_merged");
}

#[tokio::test]
async fn nobody_merges_what_would_hand_over_more_than_they_hold() {
    let w = World::new().await;
    let dan = w.person("Dan", &[&w.sales]).await;
    let role = w.role(&["departments.manage", "people.place"]).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let merge = |id: &str| format!("/v1/departments/{id}/merge");
    assert_eq!(w.status(&dan, "POST", &merge(&w.lab), json!({"into": w.north})).await, 403, "not theirs");
    assert_eq!(w.status(&dan, "POST", &merge(&w.north), json!({"into": w.lab})).await, 403, "into what is not theirs");
    assert_eq!(
        w.status(&w.ann, "POST", &merge(&w.sales), json!({"into": w.lab})).await,
        409,
        "somebody has a role for it"
    );
    assert_eq!(w.status(&dan, "POST", &merge(&w.north), json!({"into": w.south})).await, 204);
}

#[tokio::test]
async fn dir_04_an_archived_department_takes_nobody_in_until_it_is_back() {
    let w = World::new().await;
    let bob = w.person("Bob", &[&w.north]).await;
    let (north, sales) = (format!("/v1/departments/{}", w.north), format!("/v1/departments/{}", w.sales));
    let archive = |is_archived: bool| json!({ "is_archived": is_archived });
    for full in [&north, &sales] {
        assert_eq!(w.ask(&w.ann, ("PATCH", full), archive(true), 409).await["code"], "directory.department_not_empty");
    }
    let member = format!("/v1/members/{}", bob.id);
    w.ask(&w.ann, ("PATCH", &member), json!({"department_ids": []}), 200).await;
    w.ask(&w.ann, ("PATCH", &format!("/v1/departments/{}", w.south)), archive(true), 200).await;
    w.ask(&w.ann, ("PATCH", &north), archive(true), 200).await;
    // What is out of use concerns those alone who may bring it back.
    for (by, count, opens) in [(&bob, 2, false), (&w.ann, 4, true)] {
        let tree = w.ask(by, ("GET", "/v1/departments"), Value::Null, 200).await;
        assert_eq!(
            (tree["items"].as_array().unwrap().len(), &tree["items"][0]["has_children"]),
            (count, &json!(opens))
        );
    }
    let seen = w.ask(&w.ann, ("PATCH", &sales), archive(true), 200).await;
    assert_eq!((&seen["is_archived"], &seen["can"]["add_people"]), (&json!(true), &json!(false)));
    let (status, answer) = w.t.call(&w.ann, "PATCH", &member, json!({"department_ids": [w.north]})).await;
    assert_eq!((status.as_u16(), &answer["why"]), (422, &json!("is_archived")));
    assert_eq!(w.status(&w.ann, "POST", "/v1/departments", json!({"name": "x", "parent_id": w.sales})).await, 422);
    assert_eq!(
        w.status(&w.ann, "PATCH", &format!("/v1/departments/{}", w.lab), json!({"parent_id": w.sales})).await,
        422
    );
    assert_eq!(w.ask(&w.ann, ("PATCH", &north), archive(false), 409).await["code"], "directory.department_archived");
    w.ask(&w.ann, ("PATCH", &sales), archive(false), 200).await;
    w.ask(&w.ann, ("PATCH", &north), archive(false), 200).await;
    w.ask(&w.ann, ("PATCH", &member), json!({"department_ids": [w.north]}), 200).await;
}

#[tokio::test]
async fn dir_04_siblings_stand_in_the_order_somebody_gave_them() {
    let w = World::new().await;
    let order = async || -> Vec<String> {
        let tree = w.ask(&w.ann, ("GET", "/v1/departments"), Value::Null, 200).await;
        let below = tree["items"].as_array().unwrap().iter().filter(|one| one["parent_id"] == json!(w.sales));
        below.map(|one| text(&one["name"])).collect()
    };
    let place =
        async |id: &str, change: Value| w.status(&w.ann, "PATCH", &format!("/v1/departments/{id}"), change).await;
    assert_eq!(order().await, ["North", "South"]);
    assert_eq!(place(&w.south, json!({"before": w.north})).await, 200);
    assert_eq!(order().await, ["South", "North"]);
    assert_eq!(place(&w.lab, json!({"parent_id": w.sales, "before": w.north})).await, 200);
    assert_eq!(order().await, ["South", "Lab", "North"]);
    assert_eq!(place(&w.south, json!({"before": null})).await, 200);
    assert_eq!(order().await, ["Lab", "North", "South"]);
    assert_eq!(place(&w.south, json!({"before": w.sales})).await, 422, "no sibling");
}

#[tokio::test]
async fn dir_04_somebody_leads_from_outside() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.north]).await, w.person("Eve", &[&w.lab]).await);
    let field = json!({"kind": "text", "names": {"en": "Goal"}, "seen_by": ["leaders", "administrators"], "edited_by": ["administrators"]});
    let field = text(&w.ask(&w.ann, ("POST", "/v1/fields"), field, 201).await["id"]);
    let card = format!("/v1/members/{}", bob.id);
    w.ask(&w.ann, ("PATCH", &card), json!({"values": {&field: "1"}}), 200).await;
    let values = async || w.ask(&eve, ("GET", &card), Value::Null, 200).await["values"].clone();
    assert_eq!(values().await, json!([]));
    let path = format!("/v1/departments/{}", w.sales);
    let seen = w.ask(&w.ann, ("PATCH", &path), json!({"dotted_leader_ids": [eve.id]}), 200).await;
    assert_eq!((&seen["dotted_leader_ids"], &seen["leader_ids"]), (&json!([eve.id]), &json!([])));
    assert_eq!(values().await[0]["value"], "1", "a dotted line sees what leaders see");
    w.ask(&w.ann, ("PATCH", &path), json!({"dotted_leader_ids": []}), 200).await;
    assert_eq!(values().await, json!([]));
    let nobody = json!({"dotted_leader_ids": ["01890000-0000-7000-8000-00000000dead"]});
    assert_eq!(w.status(&w.ann, "PATCH", &path, nobody).await, 422);
}

#[tokio::test]
async fn the_second_administrator_of_a_department_is_told_of_the_first() {
    let w = World::new().await;
    let path = format!("/v1/departments/{}", w.lab);
    let tree = w.ask(&w.ann, ("GET", "/v1/departments"), Value::Null, 200).await;
    let lab = tree["items"].as_array().unwrap().iter().find(|one| one["id"] == json!(w.lab)).unwrap();
    let edition = format!("\"{}\"", lab["revision"]);
    let send = async |method: &str, path: &str, body: Value| {
        let headers = [("if-match", edition.as_str())];
        w.t.send(Some(&w.ann), method, path, body.to_string().into_bytes(), &headers).await.0.as_u16()
    };
    assert_eq!(send("PATCH", &path, json!({"name": "Laboratory"})).await, 200);
    assert_eq!(send("PATCH", &path, json!({"parent_id": w.sales})).await, 412);
    assert_eq!(send("POST", &format!("{path}/merge"), json!({"into": w.sales})).await, 412);
}

#[tokio::test]
async fn dir_04_a_tree_of_fifty_thousand_departments_is_opened_page_by_page() {
    let w = World::new().await;
    let mut tx = w.t.app.begin(w.acme, kernel::Actor::System).await.unwrap();
    let bucket = kernel::Bucket::Organisation;
    let (mut ids, mut parents, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..50_000_usize {
        let id = tx.new_id();
        // Five hundred below Lab, the others below those, ninety-nine each.
        let parent = if n < 500 { w.lab.parse().unwrap() } else { ids[n % 500] };
        names.push(tx.seal(bucket, "directory.department.name", id, format!("D{n}").as_bytes()).unwrap());
        ids.push(id);
        parents.push(parent);
    }
    sqlx::query(
        "insert into directory.department (id, parent_id, name, position, created_at)
         select n.id, n.parent, n.name, n.place, now()
         from unnest($1::uuid[], $2::uuid[], $3::bytea[]) with ordinality as n (id, parent, name, place)",
    )
    .bind(&ids)
    .bind(&parents)
    .bind(&names)
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let children = async |parent: &str, after: &str| {
        let path = format!("/v1/departments/children?limit=200&parent={parent}{after}");
        w.ask(&w.ann, ("GET", &path), Value::Null, 200).await
    };
    let (mut seen, mut after, mut sizes) = (Vec::new(), String::new(), Vec::new());
    loop {
        let page = children(&w.lab, &after).await;
        let items = page["items"].as_array().unwrap();
        sizes.push(items.len());
        assert!(items.iter().all(|one| one["has_children"] == true));
        seen.extend(items.iter().map(|one| text(&one["id"])));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(sizes, [200, 200, 100]);
    assert_eq!(seen, ids[..500].iter().map(ToString::to_string).collect::<Vec<_>>(), "without gap or double, in order");
    let below = children(&seen[7], "").await;
    assert_eq!((below["items"].as_array().unwrap().len(), &below["next"]), (99, &Value::Null));
    let top = w.ask(&w.ann, ("GET", "/v1/departments/children?limit=1"), Value::Null, 200).await;
    assert_eq!((top["items"].as_array().unwrap().len(), &top["items"][0]["name"]), (1, &json!("Sales")));
    // What is moved among so many is still checked against all that hangs on it.
    let lab = format!("/v1/departments/{}", w.lab);
    assert_eq!(w.status(&w.ann, "PATCH", &lab, json!({"parent_id": seen[499]})).await, 422);
}
