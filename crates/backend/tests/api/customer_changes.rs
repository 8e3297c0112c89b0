//! Entering and changing customers.

use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, TestApp, customer_input};

const UNKNOWN: &str = "01941f29-7c05-7933-9c24-929a00000000";

fn path(customer: &Value) -> String {
    format!("/customers/{}", customer["id"].as_str().unwrap())
}

/// The first record `client` may see, in full.
async fn first_record(client: &Client) -> Value {
    client.get(&path(&client.first_customer().await)).await.json()
}

/// What a form about `record` would send back unchanged.
fn input_of(record: &Value) -> Value {
    let mut input = customer_input(record["name"].as_str().unwrap());
    for field in ["kind", "status", "industry", "tags", "custom_fields"] {
        input[field] = record[field].clone();
    }
    for field in ["employees", "website"] {
        if !record[field].is_null() {
            input[field] = record[field].clone();
        }
    }
    for field in ["street", "postal_code", "city", "country"] {
        input[field] = record["address"][field].clone();
    }
    for field in ["language", "channel"] {
        input[field] = record["preferences"][field].clone();
    }
    input["owner_id"] = record["owner"]["id"].clone();
    input
}

/// Whether `words` find `customer`.
async fn finds(client: &Client, words: &str, customer: &Value) -> bool {
    let query = serde_urlencoded::to_string([("q", words), ("limit", "200")]).unwrap();
    let page = client.get(&format!("/customers?{query}")).await.json();
    let items = page["items"].as_array().unwrap();
    items.iter().any(|item| item["id"] == customer["id"])
}

async fn id_of(app: &TestApp, identifier: &str) -> Value {
    app.as_user(identifier).await.get("/me").await.json()["user"]["id"].clone()
}

#[tokio::test]
async fn a_customer_is_entered() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let me = client.get("/me").await.json()["user"].clone();
    let mut input = customer_input("  杭州云帆科技 ");
    input["employees"] = json!(120);
    input["country"] = json!("cn");
    input["website"] = json!("yunfan.example");
    input["tags"] = json!(["重点", "VIP", "vip"]);
    input["custom_fields"] = json!([{"name": "合同", "value": "RV-1"}]);
    let reply = client.post("/customers", &input).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let record = reply.json();
    assert_eq!(reply.header("etag"), "\"1\"");
    assert_eq!(reply.header("location"), format!("/api/v1{}", path(&record)));
    assert_eq!(record["name"], "杭州云帆科技");
    assert_eq!(record["address"]["country"], "CN");
    assert_eq!(record["website"], "https://yunfan.example");
    assert_eq!(record["tags"], json!(["VIP", "重点"]));
    assert_eq!(record["custom_fields"], input["custom_fields"]);
    assert_eq!(record["employees"], 120);
    assert_eq!(
        record["owner"],
        json!({"id": me["id"], "name": me["name"]}),
        "whoever enters it looks after it"
    );
    assert_eq!(record["team"], me["team"]);
    assert_eq!(record["editable"], true);
    assert_eq!(record["created_at"], "2026-11-23T10:00:00Z");
    assert_eq!(record["updated_at"], "2026-11-23T10:00:00Z");
    assert_eq!(record["last_activity_at"], Value::Null);
    assert_eq!(client.get(&path(&record)).await.json(), record);
    for words in ["云帆", "hzyfkj", "hangzhou yunfan"] {
        assert!(finds(&client, words, &record).await, "{words}");
    }
}

#[tokio::test]
async fn a_change_replaces_what_was_entered_and_nothing_else() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = first_record(&client).await;
    app.clock.advance(60_000);
    let mut input = customer_input("Müller & Söhne");
    input["kind"] = json!("person");
    input["status"] = json!("dormant");
    input["city"] = json!("Lübeck");
    input["tags"] = json!(["Neu"]);
    let reply = client.patch_as(&path(&before), "\"1\"", &input).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("etag"), "\"2\"");
    let after = reply.json();
    let mut expected = before.clone();
    for field in ["name", "kind", "status", "industry", "tags", "custom_fields"] {
        expected[field] = input[field].clone();
    }
    expected["address"] = json!({"street": "", "postal_code": "", "city": "Lübeck", "country": ""});
    expected["preferences"] = json!({"language": "de", "channel": "email"});
    expected["version"] = json!(2);
    expected["updated_at"] = json!("2026-11-23T10:01:00Z");
    for emptied in ["employees", "website"] {
        expected.as_object_mut().unwrap().remove(emptied);
    }
    assert_eq!(after, expected);
    assert_eq!(client.get(&path(&before)).await.json(), after);
    assert!(!finds(&client, before["name"].as_str().unwrap(), &after).await);
    let contact = &before["contacts"][0];
    for words in [
        "mueller soehne",
        "MULLER",
        contact["name"].as_str().unwrap(),
        contact["phones"][0]["value"].as_str().unwrap(),
    ] {
        assert!(finds(&client, words, &after).await, "{words}");
    }
}

#[tokio::test]
async fn a_form_sent_back_unchanged_changes_only_the_version() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Manager).await;
    let before = first_record(&client).await;
    let reply = client.patch_as(&path(&before), "\"1\"", &input_of(&before)).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let mut expected = before;
    expected["version"] = json!(2);
    expected["updated_at"] = json!("2026-11-23T10:00:00Z");
    assert_eq!(reply.json(), expected);
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = first_record(&client).await;
    let mut input = customer_input(" ");
    input["industry"] = json!("x".repeat(101));
    input["employees"] = json!(10_000_001);
    input["street"] = json!("x".repeat(201));
    input["postal_code"] = json!("x".repeat(21));
    input["city"] = json!("x".repeat(101));
    input["country"] = json!("DEU");
    input["website"] = json!("javascript:alert(1)");
    input["owner_id"] = json!(UNKNOWN);
    input["tags"] = json!(vec!["x"; 21]);
    input["custom_fields"] = json!([{"name": "a", "value": "x".repeat(501)}, {"name": "A", "value": ""}]);
    let named = json!([
        {"field": "name", "rule": "required"},
        {"field": "industry", "rule": "too_long", "limit": 100},
        {"field": "employees", "rule": "not_allowed"},
        {"field": "street", "rule": "too_long", "limit": 200},
        {"field": "postal_code", "rule": "too_long", "limit": 20},
        {"field": "city", "rule": "too_long", "limit": 100},
        {"field": "country", "rule": "malformed"},
        {"field": "website", "rule": "malformed"},
        {"field": "tags", "rule": "too_many", "limit": 20},
        {"field": "custom_fields.0.value", "rule": "too_long", "limit": 500},
        {"field": "custom_fields.1.name", "rule": "not_allowed"},
        {"field": "owner_id", "rule": "not_allowed"},
    ]);
    let customers = app.number("SELECT COUNT(*) FROM customers").await;
    for reply in [
        client.post("/customers", &input).await,
        client.patch_as(&path(&before), "\"1\"", &input).await,
    ] {
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"], named);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM customers").await, customers);
    assert_eq!(client.get(&path(&before)).await.json(), before);
}

#[tokio::test]
async fn bodies_that_are_not_a_customer_are_refused() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let target = path(&client.first_customer().await);
    let change = |field: &str, value: Value| {
        let mut input = customer_input("Nordlicht");
        input[field] = value;
        input
    };
    let mut incomplete = customer_input("Nordlicht");
    incomplete.as_object_mut().unwrap().remove("city");
    for body in [
        incomplete,
        change("version", json!(1)),
        change("kind", json!("alien")),
        change("status", json!("Active")),
        change("employees", json!(-1)),
        change("employees", json!(1.5)),
        change("owner_id", json!("me")),
        change("tags", json!("VIP")),
        change("language", json!("fr")),
        change(
            "custom_fields",
            json!([{"name": "a", "value": "b", "hidden": true}]),
        ),
        change("name", Value::Null),
    ] {
        client
            .post("/customers", &body)
            .await
            .refused(400, "malformed_request");
        client
            .patch_as(&target, "\"1\"", &body)
            .await
            .refused(400, "malformed_request");
    }
    let input = customer_input("Nordlicht");
    client
        .post("/customers?draft=1", &input)
        .await
        .refused(400, "malformed_request");
    client
        .patch_as(&format!("{target}?force=1"), "\"1\"", &input)
        .await
        .refused(400, "malformed_request");
}

#[tokio::test]
async fn a_change_must_name_the_version_it_saw() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let before = first_record(&client).await;
    // The condition comes before the fields.
    for input in [customer_input("Nordlicht"), customer_input("")] {
        client
            .patch(&path(&before), &input)
            .await
            .refused(428, "precondition_required");
        for version in [
            "\"2\"",
            "\"0\"",
            "*",
            "W/\"1\"",
            "\"1\", \"2\"",
            "1",
            "\"4294967295\"",
        ] {
            client
                .patch_as(&path(&before), version, &input)
                .await
                .refused(412, "version_mismatch");
        }
    }
    assert_eq!(client.get(&path(&before)).await.json(), before);
    let input = customer_input("Nordlicht");
    assert_eq!(client.patch_as(&path(&before), "\"1\"", &input).await.status, 200);
    client
        .patch_as(&path(&before), "\"1\"", &input)
        .await
        .refused(412, "version_mismatch");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_of_the_same_version_one_wins() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let target = path(&client.first_customer().await);
    let tries = (0..8).map(|index| {
        let (client, target) = (client.clone(), target.clone());
        let mut input = customer_input(&format!("Nordlicht {index}"));
        input["tags"] = json!([format!("from {index}"), "both"]);
        tokio::spawn(async move { client.patch_as(&target, "\"1\"", &input).await })
    });
    let mut won = Vec::new();
    for attempt in tries.collect::<Vec<_>>() {
        let reply = attempt.await.unwrap();
        if reply.status == 200 {
            won.push(reply.json());
        } else {
            reply.refused(412, "version_mismatch");
        }
    }
    assert_eq!(won.len(), 1);
    let kept = client.get(&target).await.json();
    assert_eq!(kept, won[0]);
    assert_eq!(kept["version"], 2);
    let number = kept["name"].as_str().unwrap().trim_start_matches("Nordlicht ");
    assert_eq!(kept["tags"], json!(["both", format!("from {number}")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_entered_at_the_same_moment_are_all_kept() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let tries = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.post("/customers", &customer_input("Nordlicht")).await })
    });
    let mut ids = std::collections::BTreeSet::new();
    for attempt in tries.collect::<Vec<_>>() {
        let reply = attempt.await.unwrap();
        assert_eq!(reply.status, 201, "{}", reply.text());
        ids.insert(path(&reply.json()));
    }
    assert_eq!(ids.len(), 8);
}

#[tokio::test]
async fn readers_may_neither_enter_nor_change() {
    let app = TestApp::new().await;
    for role in [Role::Service, Role::Marketing, Role::Guest] {
        let client = app.as_role(role).await;
        let before = first_record(&client).await;
        assert_eq!(before["editable"], false);
        // The right comes before the condition and the fields.
        for input in [customer_input("Nordlicht"), customer_input("")] {
            client.post("/customers", &input).await.refused(403, "forbidden");
            client
                .patch(&path(&before), &input)
                .await
                .refused(403, "forbidden");
            client
                .patch_as(&path(&before), "\"1\"", &input)
                .await
                .refused(403, "forbidden");
        }
        client.get("/customers/assignees").await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_customer_of_others_cannot_be_told_from_a_random_one() {
    let app = TestApp::new().await;
    let (sales, manager) = (app.as_user("EMP1003").await, app.as_user("EMP1002").await);
    let foreign = first_record(&app.as_user("EMP1004").await).await;
    for client in [sales, manager] {
        for id in [foreign["id"].as_str().unwrap(), UNKNOWN, "not-a-uuid"] {
            for version in ["\"1\"", "*"] {
                client
                    .patch_as(&format!("/customers/{id}"), version, &customer_input("Mine"))
                    .await
                    .refused(404, "not_found");
            }
        }
    }
    let admin = app.as_role(Role::Admin).await;
    assert_eq!(admin.get(&path(&foreign)).await.json(), foreign);
}

#[tokio::test]
async fn nobody_enters_or_changes_without_signing_in() {
    let app = TestApp::new().await;
    let known = path(&app.as_role(Role::Admin).await.first_customer().await);
    let client = app.anon();
    let input = customer_input("Nordlicht");
    client
        .post("/customers", &input)
        .await
        .refused(401, "unauthenticated");
    client
        .patch_as(&known, "\"1\"", &input)
        .await
        .refused(401, "unauthenticated");
    client
        .get("/customers/assignees")
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn customers_can_be_given_to_those_who_can_look_after_them() {
    let app = TestApp::new().await;
    let names = async |identifier: &str| {
        let people = app
            .as_user(identifier)
            .await
            .get("/customers/assignees")
            .await
            .json();
        let people = people.as_array().unwrap().iter();
        let names: Vec<_> = people
            .map(|person| person["name"].as_str().unwrap().to_owned())
            .collect();
        names
    };
    assert_eq!(
        names("EMP1001").await,
        ["Ingrid Solberg", "Katrin Ahlers", "李四", "张三"]
    );
    assert_eq!(names("EMP1002").await, ["Katrin Ahlers", "张三"]);
    assert_eq!(names("EMP1003").await, ["张三"]);
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1003'")
        .await;
    assert_eq!(names("EMP1002").await, ["Katrin Ahlers"]);
}

#[tokio::test]
async fn an_owner_must_be_within_reach() {
    let app = TestApp::new().await;
    let [admin, manager, sales, sales2, service] = ["EMP1001", "EMP1002", "EMP1003", "EMP1004", "EMP1005"];
    for (giver, receiver, allowed) in [
        (sales, sales, true),
        (sales, manager, false),
        (sales, sales2, false),
        (manager, sales, true),
        (manager, sales2, false),
        (manager, admin, false),
        (admin, sales2, true),
        (admin, service, false),
    ] {
        let client = app.as_user(giver).await;
        let mut input = customer_input("Nordlicht");
        input["owner_id"] = id_of(&app, receiver).await;
        let known = path(&client.first_customer().await);
        let version = client.get(&known).await.header("etag").to_owned();
        let created = client.post("/customers", &input).await;
        let changed = client.patch_as(&known, &version, &input).await;
        for (reply, status) in [(created, 201), (changed, 200)] {
            if allowed {
                assert_eq!(reply.status, status, "{giver} to {receiver}: {}", reply.text());
                assert_eq!(reply.json()["owner"]["id"], input["owner_id"]);
            } else {
                reply.refused(422, "validation");
                assert_eq!(
                    reply.json()["fields"],
                    json!([{"field": "owner_id", "rule": "not_allowed"}])
                );
            }
        }
    }
}

#[tokio::test]
async fn a_customer_given_away_goes_to_the_new_owners_team() {
    let app = TestApp::new().await;
    let (admin, before) = (app.as_role(Role::Admin).await, app.as_user("EMP1003").await);
    let after = app.as_user("EMP1004").await;
    let record = first_record(&before).await;
    let mut input = input_of(&record);
    input["owner_id"] = id_of(&app, "EMP1004").await;
    let moved = admin.patch_as(&path(&record), "\"1\"", &input).await.json();
    assert_eq!(moved["team"]["name"], "New Markets");
    assert_eq!(after.get(&path(&record)).await.json(), moved);
    before.get(&path(&record)).await.refused(404, "not_found");
    before
        .patch_as(&path(&record), "\"2\"", &input)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn an_owner_who_has_left_stays_until_somebody_takes_over() {
    let app = TestApp::new().await;
    let record = first_record(&app.as_user("EMP1003").await).await;
    app.execute("UPDATE users SET active = FALSE WHERE employee_number = 'EMP1003'")
        .await;
    let manager = app.as_role(Role::Manager).await;
    let mut input = input_of(&record);
    for (version, named) in [("\"1\"", true), ("\"2\"", false)] {
        if !named {
            input.as_object_mut().unwrap().remove("owner_id");
        }
        let reply = manager.patch_as(&path(&record), version, &input).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        assert_eq!(reply.json()["owner"], record["owner"]);
    }
}
