//! Pipelines, boards, deals and moves.

use portico_contract::user::Role;
use serde_json::{Value, json};

use super::support::{Client, TestApp, busy_column};

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

async fn relocate(client: &Client, deal: &Value, version: &str, body: Value) -> super::support::Reply {
    let path = format!("/deals/{}/move", text(deal, "id"));
    client.post_with(&path, &[("if-match", version)], &body).await
}

async fn order(client: &Client, column: &Value, pipeline: &Value) -> Vec<String> {
    let query = format!(
        "/deals?pipeline={}&stage={}&limit=200",
        text(pipeline, "id"),
        text(column, "stage_id")
    );
    let page = client.get(&query).await.json();
    page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|deal| text(deal, "id").to_owned())
        .collect()
}

#[tokio::test]
async fn a_board_counts_and_sums_what_it_shows() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let pipelines = client.get("/pipelines").await.json();
    assert_eq!(pipelines.as_array().unwrap().len(), 2);
    assert_eq!(pipelines[0]["stages"].as_array().unwrap().len(), 6);
    for pipeline in pipelines.as_array().unwrap() {
        let board = client
            .get(&format!("/pipelines/{}/board", text(pipeline, "id")))
            .await
            .json();
        for column in board["columns"].as_array().unwrap() {
            let deals = column["deals"].as_array().unwrap();
            assert_eq!(column["count"], deals.len());
            let mut sums = std::collections::BTreeMap::new();
            for deal in deals {
                *sums.entry(text(&deal["amount"], "currency")).or_insert(0) +=
                    deal["amount"]["minor"].as_i64().unwrap();
            }
            let totals: std::collections::BTreeMap<_, _> = column["totals"]
                .as_array()
                .unwrap()
                .iter()
                .map(|total| (text(total, "currency"), total["minor"].as_i64().unwrap()))
                .collect();
            assert_eq!(totals, sums);
        }
    }
}

#[tokio::test]
async fn a_move_within_a_stage_changes_only_the_order() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let found = busy_column(&client).await;
    let (pipeline, column) = (&found["pipeline"], &found["column"]);
    let before = order(&client, column, pipeline).await;
    let deal = &column["deals"][0];
    let body = json!({"stage_id": column["stage_id"], "after": column["deals"][1]["id"]});
    let reply = relocate(&client, deal, "\"1\"", body).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("etag"), "\"2\"");
    let moved = reply.json();
    assert_eq!(
        (&moved["version"], &moved["stage_entered_at"]),
        (&json!(2), &deal["stage_entered_at"])
    );
    let mut expected = before;
    expected.swap(0, 1);
    assert_eq!(order(&client, column, pipeline).await, expected);
    let top = relocate(&client, &moved, "\"2\"", json!({"stage_id": column["stage_id"]})).await;
    assert_eq!(top.status, 200);
    expected.swap(0, 1);
    assert_eq!(order(&client, column, pipeline).await, expected);
}

#[tokio::test]
async fn a_move_to_another_stage_takes_on_its_probability() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let found = busy_column(&client).await;
    let deal = &found["column"]["deals"][0];
    for (index, version) in [(4, "\"1\""), (5, "\"2\"")] {
        let stage = &found["pipeline"]["stages"][index];
        let moved = relocate(&client, deal, version, json!({"stage_id": stage["id"]}))
            .await
            .json();
        assert_eq!(moved["stage_id"], stage["id"]);
        assert_eq!(moved["probability"], stage["probability"]);
        assert_eq!(moved["stage_entered_at"], "2026-11-23T10:00:00Z");
    }
    assert_eq!(
        client.get(&format!("/deals/{}", text(deal, "id"))).await.json()["version"],
        3
    );
}

#[tokio::test]
async fn room_is_made_when_a_gap_is_used_up() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Admin).await;
    let found = busy_column(&client).await;
    let (pipeline, column) = (&found["pipeline"], &found["column"]);
    let mut expected = order(&client, column, pipeline).await;
    // Always behind the first: the gap there halves each time.
    for round in 1..=60 {
        let last = expected.pop().unwrap();
        let deal = client.get(&format!("/deals/{last}")).await;
        let version = deal.header("etag").to_owned();
        let body = json!({"stage_id": column["stage_id"], "after": expected[0]});
        let reply = relocate(&client, &deal.json(), &version, body).await;
        assert_eq!(reply.status, 200, "round {round}: {}", reply.text());
        expected.insert(1, last);
        assert_eq!(order(&client, column, pipeline).await, expected, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_moves_of_the_same_version_one_wins() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let found = busy_column(&client).await;
    let deal = found["column"]["deals"][0].clone();
    let tries = (0..8).map(|index| {
        let (client, deal) = (client.clone(), deal.clone());
        let stage = found["pipeline"]["stages"][index % 6]["id"].clone();
        tokio::spawn(async move {
            relocate(&client, &deal, "\"1\"", json!({"stage_id": stage}))
                .await
                .status
        })
    });
    let mut statuses = Vec::new();
    for attempt in tries.collect::<Vec<_>>() {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [[200].as_slice(), &[412; 7]].concat());
}

#[tokio::test]
async fn a_move_must_name_the_version_it_saw() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let found = busy_column(&client).await;
    let deal = &found["column"]["deals"][0];
    let body = json!({"stage_id": found["column"]["stage_id"]});
    let path = format!("/deals/{}/move", text(deal, "id"));
    client
        .post(&path, &body)
        .await
        .refused(428, "precondition_required");
    for version in ["\"2\"", "*", "W/\"1\"", "\"1\", \"2\"", "1"] {
        relocate(&client, deal, version, body.clone())
            .await
            .refused(412, "version_mismatch");
    }
}

#[tokio::test]
async fn places_that_cannot_be_are_refused() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let found = busy_column(&client).await;
    let (deal, stage) = (&found["column"]["deals"][0], &found["column"]["stage_id"]);
    let pipelines = client.get("/pipelines").await.json();
    let other = app.as_user("EMP1004").await;
    let hidden = busy_column(&other).await["column"]["deals"][0]["id"].clone();
    for (body, field) in [
        (json!({"stage_id": pipelines[1]["stages"][0]["id"]}), "stage_id"),
        (json!({"stage_id": deal["id"]}), "stage_id"),
        (json!({"stage_id": stage, "after": deal["id"]}), "after"),
        (
            json!({"stage_id": stage, "after": deal["customer"]["id"]}),
            "after",
        ),
        (json!({"stage_id": stage, "after": hidden}), "after"),
    ] {
        let reply = relocate(&client, deal, "\"1\"", body).await;
        reply.refused(422, "validation");
        assert_eq!(
            reply.json()["fields"],
            json!([{"field": field, "rule": "not_allowed"}])
        );
    }
    assert_eq!(
        client.get(&format!("/deals/{}", text(deal, "id"))).await.json(),
        *deal
    );
}

#[tokio::test]
async fn readers_may_look_but_not_move() {
    let app = TestApp::new().await;
    for role in [Role::Service, Role::Marketing, Role::Guest] {
        let client = app.as_role(role).await;
        let found = busy_column(&client).await;
        let deal = &found["column"]["deals"][0];
        assert_eq!(deal["editable"], false);
        let body = json!({"stage_id": found["column"]["stage_id"]});
        relocate(&client, deal, "\"1\"", body)
            .await
            .refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_deal_of_others_is_as_unknown_as_a_random_one() {
    let app = TestApp::new().await;
    let (one, other) = (app.as_user("EMP1003").await, app.as_user("EMP1004").await);
    let found = busy_column(&other).await;
    let foreign = &found["column"]["deals"][0];
    assert_eq!(foreign["editable"], true);
    for id in [text(foreign, "id"), "01941f29-7c05-7933-9c24-929a00000000", "x"] {
        one.get(&format!("/deals/{id}")).await.refused(404, "not_found");
        let body = json!({"stage_id": found["column"]["stage_id"]});
        let reply = one
            .post_with(&format!("/deals/{id}/move"), &[("if-match", "\"1\"")], &body)
            .await;
        reply.refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_list_needs_a_stage_of_its_pipeline() {
    let app = TestApp::new().await;
    let client = app.as_role(Role::Sales).await;
    let pipelines = client.get("/pipelines").await.json();
    let (pipeline, foreign) = (text(&pipelines[0], "id"), text(&pipelines[1]["stages"][0], "id"));
    for (query, field) in [
        (format!("pipeline={foreign}&stage={foreign}"), "pipeline"),
        (format!("pipeline={pipeline}&stage={foreign}"), "stage"),
    ] {
        let reply = client.get(&format!("/deals?{query}")).await;
        reply.refused(422, "validation");
        assert_eq!(reply.json()["fields"][0]["field"], field);
    }
    client.get("/deals").await.refused(400, "malformed_request");
    client
        .get(&format!("/pipelines/{foreign}/board"))
        .await
        .refused(404, "not_found");
}
