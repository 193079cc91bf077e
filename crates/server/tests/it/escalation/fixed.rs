//! Ways out of a part of the organisation that were tried on purpose (`ORG-03`), each with what is let beside it.

use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::world::modules;

struct House {
    t: TestApp,
    ann: Person,
    bob: Person,
    eve: Person,
}

impl House {
    async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let acme = t.org("Acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let house = Self { t, ann, bob, eve };
        house.prove(&house.ann).await;
        house
    }

    async fn prove(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What Ann is let do.
    async fn anns(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.t.call(&self.ann, method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {answer}");
        answer
    }

    async fn department(&self, name: &str) -> String {
        let made = self.anns("POST", "/v1/departments", json!({ "name": name })).await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// Has Bob hold this everywhere; which grant that is.
    async fn give_bob(&self, permissions: &[&str]) -> String {
        self.give_bob_for(permissions, None).await
    }

    async fn give_bob_for(&self, permissions: &[&str], place: Option<&str>) -> String {
        let name = format!("Of {}", self.t.app.new_id());
        let role = self.anns("POST", "/v1/roles", json!({ "name": name, "permissions": permissions })).await;
        let new = json!({ "member_id": self.bob.id, "role_id": role["id"], "department_id": place });
        let given = self.anns("POST", "/v1/role-grants", new).await;
        given["grant"]["id"].as_str().unwrap().to_owned()
    }

    /// A token of Ann's for the department: what ends it.
    async fn lend(&self, permission: &str, department: &str) -> String {
        let wanted =
            json!({ "name": "HR", "permissions": [permission], "department_ids": [department], "expires_in_days": 9 });
        let made = self.anns("POST", "/v1/service-tokens", wanted).await;
        format!("/v1/service-tokens/{}", made["token"]["id"].as_str().unwrap())
    }

    async fn bobs(&self, method: &str, path: &str, body: Value) -> u16 {
        self.t.call(&self.bob, method, path, body).await.0.as_u16()
    }

    /// Bob uploads a list; where it is, and what it says.
    async fn upload(&self, list: &str) -> (String, Value) {
        let octets = [("content-type", "application/octet-stream")];
        let (status, answer) =
            self.t.send(Some(&self.bob), "POST", "/v1/imports", list.as_bytes().to_vec(), &octets).await;
        let told: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(status, 201, "{told}");
        (format!("/v1/imports/{}", told["id"].as_str().unwrap()), told)
    }
}

#[tokio::test]
async fn org_03_nobody_moves_people_or_departments_to_where_a_program_was_lent_what_they_do_not_hold() {
    let house = House::open().await;
    let (sales, works) = (house.department("Sales").await, house.department("Works").await);
    house.give_bob(&["departments.manage", "people.see", "people.place"]).await;
    let (hang, eve) = (format!("/v1/departments/{works}"), format!("/v1/members/{}", house.eve.id));
    let there = || json!({ "parent_id": sales });
    // A program that was lent no more than he holds is no reason.
    let weak = house.lend("people.see", &sales).await;
    assert_eq!(house.bobs("PATCH", &hang, there()).await, 200);
    assert_eq!(house.bobs("PATCH", &hang, json!({ "parent_id": null })).await, 200);
    let strong = house.lend("people.suspend", &sales).await;
    assert_eq!(house.bobs("PATCH", &hang, there()).await, 403, "the program would shut out the people of Works");
    assert_eq!(house.bobs("PATCH", &eve, json!({ "department_ids": [sales] })).await, 403, "and Eve");
    assert_eq!(house.bobs("PATCH", &eve, json!({ "department_ids": [works] })).await, 200);
    // What has ended reaches nobody.
    house.anns("DELETE", &strong, Value::Null).await;
    assert_eq!(house.bobs("PATCH", &hang, there()).await, 200);
    assert_eq!(house.bobs("PATCH", &eve, json!({ "department_ids": [sales] })).await, 200);
    house.anns("DELETE", &weak, Value::Null).await;
}

#[tokio::test]
async fn org_03_a_list_moves_nobody_to_where_a_program_was_lent_what_the_importer_does_not_hold() {
    let house = House::open().await;
    let sales = house.department("Sales").await;
    house.give_bob(&["people.import", "people.add", "people.edit", "people.place", "departments.manage"]).await;
    let list = "姓名,账号,部门\nEve,eve,Sales\n";
    let (_, told) = house.upload(list).await;
    assert_eq!((&told["report"]["counts"]["moved"], &told["report"]["counts"]["wrong"]), (&json!(1), &json!(0)));
    house.lend("people.suspend", &sales).await;
    let (_, told) = house.upload(list).await;
    assert_eq!((&told["report"]["counts"]["moved"], &told["report"]["counts"]["wrong"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn org_03_a_list_that_was_tried_is_neither_written_nor_taken_back_for_whoever_may_import_no_more() {
    let house = House::open().await;
    house.department("Sales").await;
    let needed = ["people.import", "people.add", "people.edit", "people.place", "departments.manage"];
    let grant = house.give_bob(&needed).await;
    let state = async |path: &str| {
        let (_, told) = house.t.call(&house.bob, "GET", path, Value::Null).await;
        told["state"].as_str().unwrap_or_default().to_owned()
    };
    let place = async || {
        let shown = house.anns("GET", &format!("/v1/members/{}", house.eve.id), Value::Null).await;
        shown["department_ids"].as_array().unwrap().len()
    };
    let (first, _) = house.upload("姓名,账号,部门\nEve,eve,Sales\n").await;
    assert_eq!(house.bobs("POST", &format!("{first}/confirm"), json!({})).await, 202);
    house.t.run_jobs().await;
    assert_eq!((state(&first).await.as_str(), place().await), ("done", 1));

    // Both wait for their turn when he is let no more.
    let (second, _) = house.upload("姓名,账号,部门\n周七,zhouqi,Sales\n").await;
    assert_eq!(house.bobs("POST", &format!("{second}/confirm"), json!({})).await, 202);
    assert_eq!(house.bobs("POST", &format!("{first}/undo"), json!({})).await, 202);
    house.anns("DELETE", &format!("/v1/role-grants/{grant}"), Value::Null).await;
    house.t.run_jobs().await;
    assert_eq!(place().await, 1, "Eve stays where she is");
    let found = house.anns("GET", "/v1/members?query=zhouqi", Value::Null).await;
    assert_eq!(found["items"], json!([]), "nobody came");
    assert_eq!(house.bobs("GET", &first, Value::Null).await, 403);
}

#[tokio::test]
async fn dir_04_nobody_hangs_a_department_out_of_another_that_limits_what_its_people_see() {
    let house = House::open().await;
    let [shop, till, quay, office] = [
        house.department("Shop").await,
        house.department("Till").await,
        house.department("Quay").await,
        house.department("Office").await,
    ];
    let (hang, eve) = (format!("/v1/departments/{till}"), format!("/v1/members/{}", house.eve.id));
    house.anns("PATCH", &hang, json!({ "parent_id": shop })).await;
    house.anns("PATCH", &format!("/v1/departments/{shop}"), json!({ "sees": "own" })).await;
    house.anns("PATCH", &eve, json!({ "department_ids": [office] })).await;
    house.anns("PATCH", &format!("/v1/members/{}", house.bob.id), json!({ "department_ids": [till] })).await;
    for place in [&shop, &quay] {
        house.give_bob_for(&["departments.manage"], Some(place)).await;
    }
    assert_eq!(house.bobs("GET", &eve, Value::Null).await, 404, "he sees his own, and what he looks after");
    assert_eq!(house.bobs("PATCH", &hang, json!({ "parent_id": quay })).await, 403);
    assert_eq!(house.bobs("POST", &format!("{hang}/merge"), json!({ "into": quay })).await, 403);
    // Within the limit he hangs as he likes, and what no limit holds too.
    let new = json!({ "name": "Shelf", "parent_id": shop });
    let (_, shelf) = house.t.call(&house.bob, "POST", "/v1/departments", new).await;
    assert_eq!(house.bobs("PATCH", &hang, json!({ "parent_id": shelf["id"] })).await, 200);
    assert_eq!(house.bobs("GET", &eve, Value::Null).await, 404);
    let new = json!({ "name": "Crane", "parent_id": quay });
    let (_, crane) = house.t.call(&house.bob, "POST", "/v1/departments", new).await;
    let crane = format!("/v1/departments/{}", crane["id"].as_str().unwrap());
    assert_eq!(house.bobs("PATCH", &crane, json!({ "parent_id": shop })).await, 200);
    house.anns("PATCH", &hang, json!({ "parent_id": quay })).await;
    assert_eq!(house.bobs("GET", &eve, Value::Null).await, 200, "whoever says who sees whom let him out");
}
