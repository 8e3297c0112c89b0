//! Attacks on the second factor (the attack table of the security reference).

use portico_backend::domain::clock::{MINUTE, SECOND};
use portico_backend::store::DEMO_PASSWORD;
use serde_json::json;

use super::super::support::{TRANSACTION, TestApp};
use super::{ANNA, at_the_factor, incorrect, noted, required, show, shown_at_once, with_factor};

#[tokio::test]
async fn the_same_code_twice_and_an_older_one_fail() {
    let (app, anna) = with_factor().await;
    let code = anna.app.code(&app);
    let older = anna.app.code_in(&app, -1);
    let (first, second) = (at_the_factor(&app).await, at_the_factor(&app).await);
    assert_eq!(show(&first, "totp", &code).await.json()["step"], "done");
    incorrect(&show(&second, "totp", &code).await);
    incorrect(&show(&second, "totp", &older).await);
}

#[tokio::test]
async fn of_eight_who_show_one_code_at_once_one_gets_in() {
    let (app, anna) = with_factor().await;
    for (method, code) in [
        ("totp", anna.app.code(&app)),
        ("recovery_code", anna.recovery_codes[0].clone()),
    ] {
        let mut browsers = Vec::new();
        for _ in 0..8 {
            browsers.push(at_the_factor(&app).await);
        }
        let shown = browsers
            .into_iter()
            .map(|browser| (browser, method, code.clone()));
        let replies = shown_at_once(shown).await;
        let done = replies.iter().filter(|reply| reply.status == 200).count();
        assert_eq!(done, 1, "{method}");
        // The failures of the others are over with the pause they began.
        app.clock.advance(16 * MINUTE);
    }
}

#[tokio::test]
async fn of_many_who_use_one_running_sign_in_at_once_one_gets_in() {
    let (app, anna) = with_factor().await;
    let browser = at_the_factor(&app).await;
    let codes = [
        ("totp", anna.app.code(&app)),
        ("recovery_code", anna.recovery_codes[0].clone()),
        ("recovery_code", anna.recovery_codes[1].clone()),
    ];
    let shown = codes.map(|(method, code)| (browser.clone(), method, code));
    let replies = shown_at_once(shown).await;
    let done = replies
        .iter()
        .filter(|reply| reply.status == 200 && reply.json()["step"] == "done");
    assert_eq!(done.count(), 1, "each step is taken once");
}

#[tokio::test]
async fn beginning_anew_gives_no_tries_back() {
    let (app, anna) = with_factor().await;
    let mut refused = 0;
    for _ in 0..40 {
        let browser = at_the_factor(&app).await;
        let reply = show(&browser, "totp", &anna.app.wrong_code(&app)).await;
        if reply.status == 429 {
            refused += 1;
        }
        app.clock.advance(SECOND);
    }
    assert!(refused > 20, "{refused}");
    let browser = at_the_factor(&app).await;
    let late = show(&browser, "totp", &anna.app.code(&app)).await;
    assert_eq!(late.status, 429, "{}", late.text());
    assert!(late.json()["retry_after"].as_u64().unwrap() > 0);
    assert!(!noted(&app, "throttled").await.is_empty());
    let way_round = show(&browser, "recovery_code", &anna.recovery_codes[0]).await;
    assert_eq!(way_round.json()["step"], "done", "{}", way_round.text());
}

#[tokio::test]
async fn fifty_guesses_at_once_count_as_fifty() {
    let (app, anna) = with_factor().await;
    let browser = at_the_factor(&app).await;
    let wrong = anna.app.wrong_code(&app);
    let guesses = (0..50).map(|_| (browser.clone(), "totp", wrong.clone()));
    let replies = shown_at_once(guesses).await;
    let looked_at = replies.iter().filter(|reply| reply.status == 422).count();
    // The fourth begins a pause, whatever else is on its way.
    assert_eq!(looked_at, 4);
    assert!(replies.iter().all(|reply| matches!(reply.status, 422 | 429)));
}

#[tokio::test]
async fn a_stranger_who_knows_the_password_does_not_keep_out_a_known_browser() {
    let (app, anna) = with_factor().await;
    let mut known = at_the_factor(&app).await;
    let done = show(&known, "totp", &anna.app.code(&app)).await;
    known.keep(&done);
    app.clock.advance(MINUTE);
    for _ in 0..12 {
        let stranger = at_the_factor(&app).await;
        show(&stranger, "totp", &anna.app.wrong_code(&app)).await;
        app.clock.advance(33 * SECOND);
    }
    let stranger = at_the_factor(&app).await;
    show(&stranger, "totp", &anna.app.code(&app))
        .await
        .refused(429, "locked");
    let again = known.sign_in(ANNA, DEMO_PASSWORD).await;
    known.keep(&again);
    let done = show(&known, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
}

#[tokio::test]
async fn steps_are_not_skipped_replayed_or_swapped() {
    let (app, anna) = with_factor().await;
    let nobody = app.anon();
    show(&nobody, "totp", &anna.app.code(&app))
        .await
        .refused(401, "sign_in_expired");
    let browser = at_the_factor(&app).await;
    for path in [
        "/auth/sign-in/enrol/totp",
        "/auth/sign-in/enrol/totp/confirm",
        "/auth/sign-in/new-password",
    ] {
        let body = match path {
            "/auth/sign-in/enrol/totp" => json!({}),
            "/auth/sign-in/new-password" => json!({"new": "Violet-anchor-tempest-7"}),
            _ => json!({"code": anna.app.code(&app)}),
        };
        browser.post(path, &body).await.refused(401, "sign_in_expired");
    }
    let done = show(&browser, "totp", &anna.app.code(&app)).await;
    assert_eq!(done.json()["step"], "done");
    app.clock.advance(30 * SECOND);
    let replayed = show(&browser, "totp", &anna.app.code(&app)).await;
    replayed.refused(401, "sign_in_expired");
    let resumed = browser.post("/auth/sign-in/resume", &json!({})).await;
    resumed.refused(401, "sign_in_expired");
}

#[tokio::test]
async fn a_code_of_one_person_is_none_of_another() {
    let (app, anna) = with_factor().await;
    let service = app.as_user("service@portico.example").await;
    super::enrol(&app, &service).await;
    let mut browser = app.anon();
    let reply = browser.sign_in("service@portico.example", DEMO_PASSWORD).await;
    browser.keep(&reply);
    incorrect(&show(&browser, "totp", &anna.app.code(&app)).await);
    incorrect(&show(&browser, "recovery_code", &anna.recovery_codes[0]).await);
}

#[tokio::test]
async fn a_planted_transaction_is_not_the_one_after() {
    let (app, anna) = with_factor().await;
    let planted = at_the_factor(&app).await;
    let mut victim = app.anon();
    victim.transaction.clone_from(&planted.transaction);
    let reply = victim.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_ne!(reply.cookie(TRANSACTION), planted.transaction);
    victim.keep(&reply);
    show(&planted, "totp", &anna.app.code(&app))
        .await
        .refused(401, "sign_in_expired");
}

#[tokio::test]
async fn the_endpoints_of_a_sign_in_refuse_other_sites() {
    let (app, anna) = with_factor().await;
    let browser = at_the_factor(&app).await;
    let body = json!({"proof": {"method": "totp", "code": anna.app.code(&app)}});
    let foreign = [("sec-fetch-site", "cross-site")];
    for path in [
        "/auth/sign-in/second-factor",
        "/auth/sign-in/second-factor/help",
        "/auth/sign-in/resume",
        "/auth/sign-in/enrol/totp",
        "/auth/sign-in/enrol/totp/confirm",
    ] {
        let reply = browser.post_with(path, &foreign, &body).await;
        reply.refused(403, "cross_site");
    }
}

#[tokio::test]
async fn no_answer_and_no_row_gives_a_secret_away() {
    let (app, anna) = with_factor().await;
    let mut client = at_the_factor(&app).await;
    let done = show(&client, "totp", &anna.app.code(&app)).await;
    client.keep(&done);
    let pending = client.post("/me/second-factor/totp", &json!({})).await.json();
    let secret = pending["secret"].as_str().unwrap();
    let state = client.get("/me/second-factor").await.text();
    let me = client.get("/me").await.text();
    assert!(!state.contains("secret") && !state.contains(secret) && !me.contains(secret));
    let mut rows = app.rows("factors").await;
    rows.extend(app.rows("recovery_codes").await);
    rows.extend(app.rows("audit_events").await);
    let rows = rows.join("\n").to_uppercase();
    for secret in [
        secret,
        &anna.recovery_codes[0],
        &anna.recovery_codes[0].replace('-', ""),
    ] {
        assert!(!rows.contains(secret), "{secret}");
    }
    let raw = totp_rs::Secret::try_from_base32(secret).unwrap();
    let raw: Vec<_> = raw.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
    assert!(!rows.contains(&raw.concat()));
}

#[tokio::test]
async fn with_a_factor_required_nothing_answers_before_it() {
    let app: TestApp = required().await;
    let mut client = app.anon();
    let reply = client.sign_in(ANNA, DEMO_PASSWORD).await;
    assert_eq!(reply.json()["step"], "enrol_factor");
    client.keep(&reply);
    for path in ["/me", "/customers", "/today", "/pipelines", "/me/second-factor"] {
        client.get(path).await.refused(401, "unauthenticated");
    }
    client
        .set_new_password("Violet-anchor-tempest-7")
        .await
        .refused(401, "sign_in_expired");
    assert_eq!(client.refresh().await.json()["state"], "signed_out");
}

#[tokio::test]
async fn a_reset_passes_no_factor_by() {
    let (app, anna) = with_factor().await;
    app.mail().await;
    let mut browser = app.anon();
    let asked = json!({"identifier": ANNA, "channel": "mail"});
    let reply = browser.post("/auth/reset", &asked).await;
    browser.keep(&reply);
    let token = app.mail().await[0].token("/reset-password");
    let new = "Violet-anchor-tempest-7";
    let done = browser
        .post(
            "/auth/reset/complete",
            &json!({"token": token, "new_password": new}),
        )
        .await;
    assert_eq!(done.json()["step"], "done", "{}", done.text());
    assert!(done.refresh_cookie().is_none());
    let reply = browser.sign_in(ANNA, new).await;
    assert_eq!(reply.json()["step"], "second_factor");
    browser.keep(&reply);
    incorrect(&show(&browser, "totp", &anna.app.wrong_code(&app)).await);
    assert_eq!(app.counts(&["factors"]).await, [1]);
}
