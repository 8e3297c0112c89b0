//! Clients that do not wait for the answer: what they began is done to its end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portico_backend::domain::passwords::{PasswordCost, Passwords};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use super::support::TestApp;

/// Slow enough that the client is gone before the password was looked at.
const SLOW: PasswordCost = PasswordCost {
    memory_kib: 16 * 1024,
    iterations: 4,
    lanes: 1,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_try_whose_sender_hangs_up_is_written_all_the_same() {
    let slow = Arc::new(Passwords::new(SLOW, 2).unwrap());
    let app = TestApp::with(|settings| settings.passwords = Arc::clone(&slow)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = app
        .router
        .clone()
        .into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let body = json!({"identifier": "nobody@portico.example", "password": "wrong"}).to_string();
    let request = format!(
        "POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: portico.example\r\nX-Portico: 1\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    // Until it is counted; the password is looked at afterwards.
    let counted = "SELECT COUNT(*) FROM throttles";
    while app.number(counted).await == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(stream);
    for _ in 0..200 {
        if !app.audited("sign_in").await.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let lines = app.audited("sign_in").await;
    assert_eq!(lines.len(), 1, "nobody waited for it, and it happened");
    assert_eq!(lines[0]["outcome"], "refused");
    server.abort();
}
