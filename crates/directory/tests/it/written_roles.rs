//! Roles of the organisation's own making (`ORG-03`, `ADM-01`).

use access::BuiltIn;
use serde_json::{Value, json};

use crate::world::{World, id, text};

#[tokio::test]
async fn org_03_a_role_is_written_by_whoever_holds_all_of_it_and_has_it_not() {
    let w = World::new().await;
    let eve = w.person("Eve", &[]).await;
    let writers = w.role(&["roles.edit", "people.edit", "people.place"]).await;
    w.give(&eve, &writers, None).await;
    let write = async |permissions: &[&str]| {
        w.status(
            &eve,
            "POST",
            "/v1/roles",
            json!({ "name": format!("Mine {}", w.t.app.new_id()), "permissions": permissions }),
        )
        .await
    };
    assert_eq!(write(&["people.edit"]).await, 201);
    assert_eq!(write(&["people.edit", "audit.read"]).await, 403);
    assert_eq!(write(&["organisation.own"]).await, 403);
    assert_eq!(
        w.status(&w.ann, "POST", "/v1/roles", json!({ "name": "O", "permissions": ["organisation.own"] })).await,
        403
    );
    let own = format!("/v1/roles/{writers}");
    let all = json!({ "permissions": ["roles.edit", "people.edit", "people.place", "audit.read"] });
    assert_eq!(w.status(&eve, "PATCH", &own, all.clone()).await, 403);
    assert_eq!(w.status(&eve, "PATCH", &own, json!({ "permissions": [] })).await, 403, "not even less");
    assert_eq!(w.status(&w.ann, "PATCH", &own, all).await, 200);
    assert_eq!(write(&["audit.read"]).await, 201, "whoever has it holds at once what it holds");
    let owner = format!("/v1/roles/{}", id(BuiltIn::Owner));
    assert_eq!(w.status(&w.ann, "PATCH", &owner, json!({ "name": "Boss" })).await, 404, "built-in ones stay");

    // Somebody stronger has the role: nothing about it is changed from below.
    let (bob, shared) = (w.person("Bob", &[]).await, w.role(&["people.edit"]).await);
    w.give(&bob, &shared, None).await;
    w.give(&bob, &id(BuiltIn::Auditor).to_string(), None).await;
    let path = format!("/v1/roles/{shared}");
    assert_eq!(w.status(&eve, "PATCH", &path, json!({ "permissions": ["people.place"] })).await, 403);
}

#[tokio::test]
async fn adm_01_no_two_roles_are_called_the_same() {
    let w = World::new().await;
    let write = async |name: &str, expected| {
        w.ask(&w.ann, ("POST", "/v1/roles"), json!({ "name": name, "permissions": [] }), expected).await
    };
    let desk = write("Help desk", 201).await;
    let other = text(&write("服务台", 201).await["id"]);
    let taken = (json!("directory.role_name_taken"), json!("name"));
    for name in ["Help desk", " help DESK ", "Ｈelp desk", "Owner", "auditor", "所有者", "安全管理員"] {
        let refused = write(name, 409).await;
        assert_eq!((refused["code"].clone(), refused["field"].clone()), taken, "{name}");
    }
    let rename = async |id: &str, name: &str, expected| {
        w.ask(&w.ann, ("PATCH", &format!("/v1/roles/{id}")), json!({ "name": name }), expected).await
    };
    assert_eq!(rename(&other, "Administrator", 409).await["field"], "name");
    assert_eq!(rename(&other, "Help Desk", 409).await["field"], "name");
    rename(&text(&desk["id"]), "HELP DESK", 200).await;
    rename(&other, "Help desk 2", 200).await;
    write("服务台", 201).await;
}

#[tokio::test]
async fn a_role_that_somebody_has_is_not_deleted_and_stays_fit_for_its_departments() {
    let w = World::new().await;
    let (eve, role) = (w.person("Eve", &[&w.north]).await, w.role(&["people.edit"]).await);
    let grant = w.give(&eve, &role, Some(&w.north)).await;
    let path = format!("/v1/roles/{role}");
    let refused = w.ask(&w.ann, ("PATCH", &path), json!({ "permissions": ["audit.read"] }), 409).await;
    assert_eq!(refused["code"], "directory.role_held_in_departments");
    assert_eq!(w.ask(&w.ann, ("DELETE", &path), Value::Null, 409).await["code"], "directory.role_in_use");
    let again = json!({ "member_id": eve.id, "role_id": role, "department_id": w.north });
    assert_eq!(w.ask(&w.ann, ("POST", "/v1/role-grants"), again, 409).await["code"], "directory.has_role");
    // A department that somebody has a role for is not deleted from under them.
    w.ask(&w.ann, ("PATCH", &format!("/v1/members/{}", eve.id)), json!({ "department_ids": [] }), 200).await;
    let north = format!("/v1/departments/{}", w.north);
    assert_eq!(w.ask(&w.ann, ("DELETE", &north), Value::Null, 409).await["code"], "directory.department_has_roles");
    w.ask(&w.ann, ("DELETE", &format!("/v1/role-grants/{grant}")), Value::Null, 200).await;
    w.ask(&w.ann, ("DELETE", &north), Value::Null, 204).await;
    // Who saw the role before somebody changed it looks at it first.
    w.ask(&w.ann, ("PATCH", &path), json!({ "permissions": ["people.add"] }), 200).await;
    let delete = async |seen: &str| {
        let headers = [("if-match", seen)];
        w.t.send(Some(&w.ann), "DELETE", &path, Vec::new(), &headers).await.0.as_u16()
    };
    assert_eq!(delete("\"0\"").await, 412);
    assert_eq!(delete("\"1\"").await, 204);
    let names = w.t.events(w.acme).await;
    for name in ["directory.role_written", "directory.role_given", "directory.role_taken", "directory.role_deleted"] {
        assert!(names.iter().any(|one| one == name), "{name} is recorded");
    }
}

#[tokio::test]
async fn a_list_of_roles_says_what_the_caller_may_do_with_each() {
    let w = World::new().await;
    let (eve, role) = (w.person("Eve", &[]).await, w.role(&["people.edit"]).await);
    w.ask(&w.ann, ("PATCH", &format!("/v1/roles/{role}")), json!({ "name": "Delegate" }), 200).await;
    let seen = w.ask(&w.ann, ("GET", "/v1/roles"), Value::Null, 200).await;
    assert_eq!(seen["items"].as_array().unwrap().len(), 7);
    assert_eq!((&seen["items"][0]["built_in"], &seen["items"][0]["can"]["give"]), (&json!("owner"), &json!(true)));
    assert_eq!((&seen["items"][6]["name"], &seen["items"][6]["can"]["delete"]), (&json!("Delegate"), &json!(true)));
    assert_eq!(w.status(&eve, "GET", "/v1/roles", Value::Null).await, 403);
    let auditor = id(BuiltIn::Auditor).to_string();
    w.give(&eve, &auditor, None).await;
    let seen = w.ask(&eve, ("GET", "/v1/roles"), Value::Null, 200).await;
    let cans = seen["items"].as_array().unwrap().iter().map(|item| &item["can"]);
    assert!(cans.flat_map(|can| can.as_object().unwrap().values()).all(|can| can == false));
    let grants = w.ask(&eve, ("GET", &format!("/v1/role-grants?role={auditor}")), Value::Null, 200).await;
    assert_eq!(text(&grants["items"][0]["member_id"]), eve.id.to_string());
    assert_eq!(role.len(), 36);
}
