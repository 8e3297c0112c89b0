//! The search over everything, behind the command palette.

use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, TestApp, busy_column, customer_input};

async fn search(client: &Client, words: &str) -> Value {
    let query = serde_urlencoded::to_string([("q", words), ("limit", "20")]).unwrap();
    let reply = client.get(&format!("/search?{query}")).await;
    assert_eq!(reply.status, 200, "{words}: {}", reply.text());
    reply.json()
}

fn ids(hits: &Value) -> Vec<&str> {
    let hits = hits.as_array().unwrap().iter();
    hits.map(|hit| hit["id"].as_str().unwrap()).collect()
}

async fn enter(client: &Client, name: &str) -> Value {
    let mut input = customer_input(name);
    input["city"] = json!("Kiel");
    let reply = client.post("/customers", &input).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.json()
}

#[tokio::test]
async fn customers_are_found_by_name_pinyin_contact_and_number() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let entered = enter(&client, "Käßmeyer 云帆科技").await;
    let hit = json!([{"id": entered["id"], "name": "Käßmeyer 云帆科技", "city": "Kiel"}]);
    for words in [
        "kässm",
        "KAESSMEYER",
        "meyer",
        "yfkj",
        "云帆",
        "yunfan",
        "kj kaess",
    ] {
        assert_eq!(search(&client, words).await["customers"], hit, "{words}");
    }
    for words in ["käßmeyer nobody", "meyer%", "k_ssm", "jkfy"] {
        assert_eq!(search(&client, words).await["customers"], json!([]), "{words}");
    }
    let known = client.first_customer().await;
    let contact = &known["primary_contact"];
    for field in ["name", "phone"] {
        let found = search(&client, contact[field].as_str().unwrap()).await;
        assert!(
            ids(&found["customers"]).contains(&known["id"].as_str().unwrap()),
            "{contact}"
        );
    }
}

#[tokio::test]
async fn deals_are_found_by_their_name_and_their_customers() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let deal = busy_column(&client).await["column"]["deals"][0].clone();
    let (id, name) = (deal["id"].as_str().unwrap(), deal["name"].as_str().unwrap());
    let path = format!("/customers/{}", deal["customer"]["id"].as_str().unwrap());
    let version = client.get(&path).await.header("etag").to_owned();
    let renamed = client
        .patch_as(&path, &version, &customer_input("Qwertz 云帆鲲鹏"))
        .await;
    assert_eq!(renamed.status, 200, "{}", renamed.text());
    for words in [
        "qwertz",
        "yfkp",
        &format!("{name} qwer"),
        &format!("QWERTZ {name}"),
    ] {
        let found = search(&client, words).await;
        assert!(ids(&found["deals"]).contains(&id), "{words}: {found}");
        for hit in found["deals"].as_array().unwrap() {
            assert_eq!(hit["customer"]["name"], "Qwertz 云帆鲲鹏", "{words}");
        }
        let hit = found["deals"]
            .as_array()
            .unwrap()
            .iter()
            .find(|hit| hit["id"] == id);
        let expected = json!({
            "id": id, "name": name, "customer": {"id": deal["customer"]["id"], "name": "Qwertz 云帆鲲鹏"},
            "pipeline_id": deal["pipeline_id"], "stage_id": deal["stage_id"],
        });
        assert_eq!(hit, Some(&expected));
    }
    let before = format!("{name} {}", deal["customer"]["name"].as_str().unwrap());
    assert!(
        !ids(&search(&client, &before).await["deals"]).contains(&id),
        "by its old name"
    );
}

#[tokio::test]
async fn what_begins_with_the_words_comes_first() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for name in [
        "Zeta Qwertz Ost",
        "Alpha Qwertz Ost",
        "Qwertz Ost",
        "Qwertz Nord",
        "Beta Ost Qwertz",
    ] {
        enter(&client, name).await;
    }
    let found = search(&client, "qwertz ost").await;
    let names: Vec<_> = found["customers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "Qwertz Ost",
            "Alpha Qwertz Ost",
            "Beta Ost Qwertz",
            "Zeta Qwertz Ost"
        ]
    );
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_see() {
    let app = TestApp::new().await;
    let (one, other) = (app.as_user("EMP1003").await, app.as_user("EMP1004").await);
    let deal = busy_column(&other).await["column"]["deals"][0].clone();
    let customer = enter(&other, "Qwertz").await;
    let with = deal["customer"]["name"].as_str().unwrap();
    for (client, may) in [(&other, true), (&one, false)] {
        let found = search(client, "qwertz").await;
        assert_eq!(
            ids(&found["customers"]).contains(&customer["id"].as_str().unwrap()),
            may
        );
        let found = search(client, with).await;
        assert_eq!(ids(&found["deals"]).contains(&deal["id"].as_str().unwrap()), may);
    }
    for role in [Role::Admin, Role::Service, Role::Marketing, Role::Guest] {
        let found = search(&app.as_role(role).await, "qwertz").await;
        assert_eq!(ids(&found["customers"]).len(), 1, "{role:?}");
    }
    let manager = search(&app.as_role(Role::Manager).await, "qwertz").await;
    assert_eq!(
        manager,
        json!({"customers": [], "deals": []}),
        "it is another team's"
    );
}

#[tokio::test]
async fn a_guest_cannot_search_for_masked_numbers() {
    let app = TestApp::new().await;
    let (guest, admin) = (app.as_role(Role::Guest).await, app.as_role(Role::Admin).await);
    let shown = admin.first_customer().await;
    let phone = shown["primary_contact"]["phone"].as_str().unwrap();
    assert!(!ids(&search(&admin, phone).await["customers"]).is_empty());
    assert!(ids(&search(&guest, phone).await["customers"]).is_empty());
}

#[tokio::test]
async fn few_are_found_and_none_without_words() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for (query, count) in [("q=e", 8), ("q=e&limit=1", 1), ("q=e&limit=20", 20)] {
        let found = client.get(&format!("/search?{query}")).await.json();
        for kind in ["customers", "deals"] {
            assert_eq!(ids(&found[kind]).len(), count, "{query} {kind}");
        }
    }
    for query in ["q=", "q=+", "q=%00%09", "q=&limit=3"] {
        let found = client.get(&format!("/search?{query}")).await.json();
        assert_eq!(found, json!({"customers": [], "deals": []}), "{query}");
    }
}

#[tokio::test]
async fn limits_of_the_query_are_kept() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let long = "x".repeat(201);
    for (query, fields) in [
        (
            format!("q={long}"),
            json!([{"field": "q", "rule": "too_long", "limit": 200}]),
        ),
        (
            "q=a&limit=0".to_owned(),
            json!([{"field": "limit", "rule": "not_allowed"}]),
        ),
        (
            "q=a&limit=21".to_owned(),
            json!([{"field": "limit", "rule": "not_allowed"}]),
        ),
        (
            format!("q={long}&limit=21"),
            json!([{"field": "q", "rule": "too_long", "limit": 200}, {"field": "limit", "rule": "not_allowed"}]),
        ),
    ] {
        let reply = client.get(&format!("/search?{query}")).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"], fields);
    }
    for query in [
        "",
        "limit=3",
        "q=a&q=b",
        "q=a&kind=deals",
        "q=a&limit=ten",
        "q=a&limit=300",
    ] {
        client
            .get(&format!("/search?{query}"))
            .await
            .refused(400, "malformed_request");
    }
    app.anon()
        .get("/search?q=a")
        .await
        .refused(401, "unauthenticated");
}

#[tokio::test]
async fn what_an_older_release_stored_is_found_as_well() {
    let app = TestApp::new().await;
    for table in ["customers", "deals"] {
        app.execute(&format!("ALTER TABLE {table} DROP COLUMN search_name"))
            .await;
    }
    app.execute("DELETE FROM seaql_migrations WHERE version = 'm0004_search_names'")
        .await;
    app.migrate().await;
    let client = app.as_role(Role::Sales).await;
    let deal = busy_column(&client).await["column"]["deals"][0].clone();
    let words = format!(
        "{} {}",
        deal["name"].as_str().unwrap(),
        deal["customer"]["name"].as_str().unwrap()
    );
    let found = search(&client, &words).await;
    assert!(
        ids(&found["deals"]).contains(&deal["id"].as_str().unwrap()),
        "{words}: {found}"
    );
}
