//! Customers: lists, search, records, histories, and who sees what.

use portico_contract::user::Role;
use serde_json::Value;

use super::support::{Client, TestApp};

async fn names(client: &Client, query: &str) -> Vec<String> {
    let reply = client.get(&format!("/customers?limit=200&{query}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let page = reply.json();
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn customers_are_found_by_name_pinyin_contact_and_number() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    app.execute("UPDATE customers SET search_text = 'x', search_phones = '|'")
        .await;
    let target = client.first_customer().await;
    let (id, name) = (target["id"].as_str().unwrap(), target["name"].as_str().unwrap());
    let id = id.replace('-', "");
    let same = if std::env::var("PORTICO_TEST_DATABASE").is_ok() {
        format!("id = '{id}'")
    } else {
        format!("id = X'{id}'")
    };
    app.execute(&format!(
        "UPDATE customers SET search_text = 'muller|mueller|50%_!off|张三|zhangsan|zs', search_phones = '|8613800000003|' WHERE {same}"
    ))
    .await;
    for query in [
        "q=M%C3%9CLL",
        "q=mueller+zs",
        "q=%E5%BC%A0",
        "q=Zhang",
        "q=zs",
        "q=138-0000",
        "q=%2B86+138",
        "q=50%25_!",
    ] {
        assert_eq!(names(&client, query).await, [name], "{query}");
    }
    for query in ["q=sz", "q=%25%25%25", "q=mueller+nobody", "q=50x_", "q=999"] {
        assert!(names(&client, query).await.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn the_demo_has_customers_to_find_by_initials() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let all = client.get("/customers?limit=200").await.json();
    let towns = [
        ("上海", "sh", "shanghai"),
        ("北京", "bj", "beijing"),
        ("成都", "cd", "chengdu"),
        ("深圳", "sz", "shenzhen"),
    ];
    let mut names_of = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap());
    let (name, (_, initials, pinyin)) = names_of
        .find_map(|name| Some((name, towns.into_iter().find(|(town, ..)| name.starts_with(town))?)))
        .expect("a company in one of the towns");
    assert!(
        names(&client, &format!("q={initials}"))
            .await
            .contains(&name.to_owned())
    );
    assert!(
        names(&client, &format!("q={pinyin}"))
            .await
            .contains(&name.to_owned())
    );
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let facets = client.get("/customers/facets").await.json();
    let owner = facets["owners"][0]["id"].as_str().unwrap();
    let page = client
        .get(&format!("/customers?owner={owner}&limit=200"))
        .await
        .json();
    assert!(page["total"].as_u64().unwrap() > 0);
    assert!(
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["owner"]["id"] == owner)
    );
    let page = client.get("/customers?status=lost&limit=200").await.json();
    assert!(
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["status"] == "lost")
    );
    let page = client.get("/customers?tag=VIP&limit=200").await.json();
    let tagged = |item: &Value| item["tags"].as_array().unwrap().contains(&"VIP".into());
    assert!(page["total"].as_u64().unwrap() > 0);
    assert!(page["items"].as_array().unwrap().iter().all(tagged));
    assert_eq!(client.get("/customers?tag=nothing").await.json()["total"], 0);
}

#[tokio::test]
async fn people_see_their_own_or_their_teams() {
    let app = TestApp::new().await;
    let count = async |identifier: &str| {
        app.as_user(identifier).await.get("/customers").await.json()["total"]
            .as_u64()
            .unwrap()
    };
    let (admin, manager) = (count("EMP1001").await, count("EMP1002").await);
    let (sales, sales2) = (count("EMP1003").await, count("EMP1004").await);
    assert_eq!(admin, 120);
    assert!(sales > 0 && sales2 > 0 && sales < manager && manager < admin);
    assert_eq!(count("EMP1005").await, admin);
    assert_eq!(count("EMP1007").await, admin);
}

#[tokio::test]
async fn a_customer_of_others_is_as_unknown_as_a_random_one() {
    let app = TestApp::new().await;
    let (one, other) = (app.as_user("EMP1003").await, app.as_user("EMP1004").await);
    let foreign = other.first_customer().await["id"].as_str().unwrap().to_owned();
    assert_eq!(other.get(&format!("/customers/{foreign}")).await.status, 200);
    for id in [
        &foreign,
        "01941f29-7c05-7933-9c24-929a00000000",
        "not-a-uuid",
        "01941f297c0579339c24929a00000000",
    ] {
        for below in ["", "/activities", "/orders", "/deals"] {
            one.get(&format!("/customers/{id}{below}"))
                .await
                .refused(404, "not_found");
        }
    }
    let owner = other.first_customer().await["owner"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        one.get(&format!("/customers?owner={owner}")).await.json()["total"],
        0
    );
}

#[tokio::test]
async fn a_record_has_its_people_and_its_history() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let list = client.get("/customers?sort=-last_activity&limit=1").await.json();
    let id = list["items"][0]["id"].as_str().unwrap();
    let reply = client.get(&format!("/customers/{id}")).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    let record = reply.json();
    assert_eq!(record["contacts"][0]["primary"], true);
    assert_eq!(record["last_activity_at"], list["items"][0]["last_activity_at"]);
    let timeline = client
        .get(&format!("/customers/{id}/activities?limit=2"))
        .await
        .json();
    assert!(timeline["total"].as_u64().unwrap() >= 4);
    assert_eq!(timeline["items"][0]["at"], record["last_activity_at"]);
    let next = timeline["next"].as_str().unwrap();
    let second = client
        .get(&format!("/customers/{id}/activities?limit=2&cursor={next}"))
        .await
        .json();
    assert!(second["items"][0]["at"].as_str() <= timeline["items"][1]["at"].as_str());
    assert_ne!(second["items"][0]["id"], timeline["items"][1]["id"]);
    for below in ["orders", "deals"] {
        assert_eq!(client.get(&format!("/customers/{id}/{below}")).await.status, 200);
    }
    client
        .get(&format!("/customers/{id}/orders?cursor={next}"))
        .await
        .refused(400, "invalid_cursor");
}

#[tokio::test]
async fn a_guest_sees_no_personal_data_and_cannot_search_for_it() {
    let app = TestApp::new().await;
    let (guest, admin) = (app.as_role(Role::Guest).await, app.as_role(Role::Admin).await);
    let shown = admin.first_customer().await;
    let phone = shown["primary_contact"]["phone"].as_str().unwrap();
    let masked = guest.first_customer().await;
    assert_eq!(masked["id"], shown["id"]);
    assert!(
        masked["primary_contact"]["phone"]
            .as_str()
            .unwrap()
            .contains("•••")
    );
    let id = shown["id"].as_str().unwrap();
    let record = guest.get(&format!("/customers/{id}")).await;
    let full = admin.get(&format!("/customers/{id}")).await.json();
    for contact in full["contacts"].as_array().unwrap() {
        for point in ["phones", "emails"]
            .iter()
            .flat_map(|kind| contact[kind].as_array().unwrap())
        {
            assert!(!record.text().contains(point["value"].as_str().unwrap()));
        }
    }
    assert!(
        !record
            .text()
            .contains(full["address"]["street"].as_str().unwrap())
    );
    let digits = phone.trim_start_matches('+');
    assert!(
        admin.get(&format!("/customers?q={digits}")).await.json()["total"]
            .as_u64()
            .unwrap()
            > 0
    );
    assert_eq!(
        guest.get(&format!("/customers?q={digits}")).await.json()["total"],
        0
    );
}

#[tokio::test]
async fn limits_of_the_query_are_kept() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    for (query, field) in [
        ("limit=0".to_owned(), "limit"),
        ("limit=201".to_owned(), "limit"),
        (format!("q={}", "x".repeat(201)), "q"),
        (format!("tag={}", "x".repeat(41)), "tag"),
    ] {
        let reply = client.get(&format!("/customers?{query}")).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], field);
    }
    for query in [
        "limit=1&limit=2",
        "colour=red",
        "limit=ten",
        "owner=me",
        "status=rich",
        "sort=owner",
        "limit=-1",
    ] {
        client
            .get(&format!("/customers?{query}"))
            .await
            .refused(400, "malformed_request");
    }
}
