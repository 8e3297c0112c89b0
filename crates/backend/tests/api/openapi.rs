//! The OpenAPI document.

use portico_backend::http::openapi_document;
use portico_contract::paths;
use portico_contract::problem::ErrorCode;

use super::support::TestApp;

const PATHS: [&str; 79] = [
    paths::OPENAPI,
    paths::HEALTH,
    paths::AUTH_POLICY,
    paths::SIGN_IN,
    paths::SIGN_IN_NEW_PASSWORD,
    paths::REFRESH,
    paths::SIGN_OUT,
    paths::COOKIE_CHECK,
    paths::ACTIVITY,
    paths::ME,
    paths::OWN_PASSWORD,
    paths::OWN_SESSIONS,
    paths::OWN_SESSION,
    paths::OWN_SESSIONS_END_OTHERS,
    paths::OWN_SESSION_DISOWN,
    paths::OWN_DEVICES,
    paths::OWN_DEVICE,
    paths::OWN_SIGN_INS,
    paths::OWN_SIGN_IN_DISOWN,
    paths::TODAY,
    paths::SEARCH,
    paths::CUSTOMERS,
    paths::CUSTOMER_FACETS,
    paths::CUSTOMER_ASSIGNEES,
    paths::CUSTOMER,
    paths::CUSTOMER_ACTIVITIES,
    paths::CUSTOMER_ORDERS,
    paths::CUSTOMER_DEALS,
    paths::PIPELINES,
    paths::BOARD,
    paths::DEALS,
    paths::DEAL,
    paths::DEAL_MOVE,
    paths::RESET,
    paths::RESET_CHECK,
    paths::RESET_VERIFY,
    paths::RESET_ANSWER,
    paths::RESET_COMPLETE,
    paths::RESET_REQUEST_ADMIN,
    paths::WELCOME_CHECK,
    paths::WELCOME_COMPLETE,
    paths::SECURITY_QUESTION,
    paths::SIGN_IN_SECOND_FACTOR,
    paths::SIGN_IN_SECOND_FACTOR_HELP,
    paths::SIGN_IN_ENROL_TOTP,
    paths::SIGN_IN_ENROL_TOTP_CONFIRM,
    paths::SIGN_IN_RESUME,
    paths::STEP_UP,
    paths::SECOND_FACTOR,
    paths::OWN_TOTP,
    paths::OWN_TOTP_CONFIRM,
    paths::SIGN_IN_SECOND_FACTOR_CODE,
    paths::SIGN_IN_ENROL_MESSAGE,
    paths::SIGN_IN_ENROL_MESSAGE_CONFIRM,
    paths::STEP_UP_CODE,
    paths::OWN_MESSAGE,
    paths::OWN_MESSAGE_CONFIRM,
    paths::SIGN_IN_PASSKEY_BEGIN,
    paths::SIGN_IN_PASSKEY,
    paths::SIGN_IN_SECOND_FACTOR_PASSKEY,
    paths::SIGN_IN_ENROL_PASSKEY,
    paths::SIGN_IN_ENROL_PASSKEY_CONFIRM,
    paths::STEP_UP_PASSKEY,
    paths::OWN_PASSKEY,
    paths::OWN_PASSKEY_CONFIRM,
    paths::RECOVERY_CODES,
    paths::OWN_FACTOR,
    paths::ADMIN_USER_RESET_SECOND_FACTOR,
    paths::ADMIN_USERS,
    paths::ADMIN_USER,
    paths::ADMIN_USER_DEACTIVATE,
    paths::ADMIN_USER_ACTIVATE,
    paths::ADMIN_USER_SEND_RESET,
    paths::ADMIN_USER_END_SESSIONS,
    paths::ADMIN_USER_REQUIRE_NEW_PASSWORD,
    paths::ADMIN_USER_RESEND_INVITATION,
    paths::ADMIN_TEAMS,
    paths::ADMIN_REQUESTS,
    paths::ADMIN_REQUEST_ANSWER,
];

#[test]
fn the_document_names_exactly_the_paths_of_the_contract() {
    let document = openapi_document();
    let mut documented: Vec<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    let mut agreed: Vec<_> = PATHS
        .iter()
        .map(|path| format!("{}{path}", paths::BASE))
        .collect();
    documented.sort();
    agreed.sort();
    assert_eq!(documented, agreed);
}

#[test]
fn every_reference_leads_somewhere() {
    let document = openapi_document();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn every_code_is_in_the_document() {
    let document = openapi_document();
    let listed = document["components"]["schemas"]["ErrorCode"]["enum"]
        .as_array()
        .unwrap();
    for code in ErrorCode::ALL {
        assert!(listed.iter().any(|listed| listed == code.as_str()), "{code:?}");
    }
}

#[test]
fn the_operations_are_as_agreed() {
    let document = openapi_document();
    let mut lines = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let statuses: Vec<_> = operation["responses"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            lines.push(format!(
                "{method} {path} {} {}",
                operation["operationId"].as_str().unwrap(),
                statuses.join(" ")
            ));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[tokio::test]
async fn the_document_is_served() {
    let app = TestApp::new().await;
    let served = app.anon().get("/openapi.json").await.json();
    assert_eq!(served, openapi_document());
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
}

/// What opens something has to be weighed and written down, with what guards it (ASVS 6.1.3).
#[test]
fn every_way_in_is_in_the_security_document() {
    let written = include_str!("../../../../docs/SECURITY.md");
    let (_, section) = written.split_once("\n## Ways in\n").expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let document = openapi_document();
    for path in document["paths"].as_object().unwrap().keys() {
        let path = path.trim_start_matches(paths::BASE);
        if path.starts_with("/auth/") || path == paths::OWN_PASSWORD {
            assert!(
                section.contains(&format!("{path}`")),
                "{path} is not in \"Ways in\" of docs/SECURITY.md"
            );
        }
    }
}
