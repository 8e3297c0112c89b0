//! The first screen.

use portico_contract::user::Role;

use super::support::TestApp;

#[tokio::test]
async fn today_shows_what_is_due_and_mine() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let me = client.get("/me").await.json()["user"]["id"].clone();
    let today = client.get("/today").await.json();
    let deals = today["deals"].as_array().unwrap();
    assert!((1..=20).contains(&deals.len()));
    for deal in deals {
        assert_eq!(deal["owner"]["id"], me);
        // It is the 23rd in Shanghai as well.
        let due = deal["next_step"]["due"]
            .as_str()
            .is_some_and(|due| due <= "2026-11-23");
        assert!(
            due || deal["expected_close"].as_str().unwrap() < "2026-11-23",
            "{deal}"
        );
    }
    let customers = today["customers"].as_array().unwrap();
    assert_eq!(customers.len(), 10);
    assert!(
        customers
            .windows(2)
            .all(|pair| pair[0]["last_activity_at"].as_str() >= pair[1]["last_activity_at"].as_str())
    );
}

#[tokio::test]
async fn a_guest_sees_masked_customers_and_no_deals_of_others() {
    let app = TestApp::new().await;
    let today = app.as_role(Role::Guest).await.get("/today").await.json();
    assert_eq!(today["deals"].as_array().unwrap().len(), 0);
    for customer in today["customers"].as_array().unwrap() {
        assert!(
            customer["primary_contact"]["phone"]
                .as_str()
                .unwrap()
                .contains("•••")
        );
    }
}
