//! Paging: every row once, in order, whatever the page size; no foreign cursor.

use portico_contract::customer::CustomerSort;
use portico_contract::user::Role;

use super::support::TestApp;

#[tokio::test]
async fn every_page_size_yields_the_same_list() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    for sort in CustomerSort::ALL.map(CustomerSort::as_str) {
        let whole = client
            .get(&format!("/customers?sort={sort}&limit=200"))
            .await
            .json();
        let ids = |page: &serde_json::Value| -> Vec<String> {
            let items = page["items"].as_array().unwrap();
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let expected = ids(&whole);
        assert_eq!(whole["total"], expected.len());
        assert!(whole.get("next").is_none());
        for limit in [1, 7, 60, 119, 120] {
            let mut seen = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = client
                    .get(&format!("/customers?sort={sort}&limit={limit}{cursor}"))
                    .await
                    .json();
                seen.extend(ids(&page));
                match page.get("next") {
                    Some(next) => cursor = format!("&cursor={}", next.as_str().unwrap()),
                    None => break,
                }
            }
            assert_eq!(seen, expected, "{sort} by {limit}");
        }
    }
}

#[tokio::test]
async fn customers_without_activity_come_last() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let page = client
        .get("/customers?sort=-last_activity&limit=200")
        .await
        .json();
    let times: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["last_activity_at"].as_str())
        .collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]));
    assert!(times.last().unwrap().is_none());
}

#[tokio::test]
async fn foreign_forged_and_oversized_cursors_are_refused() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let page = client.get("/customers?limit=1").await.json();
    let cursor = page["next"].as_str().unwrap();
    let mut forged = cursor.to_owned();
    forged.replace_range(2..3, if &cursor[2..3] == "A" { "B" } else { "A" });
    for bad in [forged.as_str(), "x", "", "%00", &"A".repeat(513), &cursor[1..]] {
        client
            .get(&format!("/customers?cursor={bad}"))
            .await
            .refused(400, "invalid_cursor");
    }
    client
        .get(&format!("/customers?sort=-name&cursor={cursor}"))
        .await
        .refused(400, "invalid_cursor");
    let other = TestApp::new().await;
    let reply = other
        .as_role(Role::Admin)
        .await
        .get(&format!("/customers?cursor={cursor}"))
        .await;
    reply.refused(400, "invalid_cursor");
}
