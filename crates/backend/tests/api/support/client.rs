//! Requests as a browser sends them, without a socket.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request};
use serde_json::{Value, json};
use tower::ServiceExt as _;

const COOKIE: &str = "__Host-Http-portico_rt";
pub(crate) const TRANSACTION: &str = "__Host-Http-portico_tx";
pub(crate) const DEVICE: &str = "__Host-Http-portico_device";
pub(crate) const RESET: &str = "__Host-Http-portico_reset";

#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) router: Router,
    pub(crate) token: Option<String>,
    pub(crate) cookie: Option<String>,
    pub(crate) transaction: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) reset: Option<String>,
    /// Who opened the connection, as the server sees it.
    pub(crate) peer: IpAddr,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// `Set-Cookie` of the cookie `name`, as it was sent.
    pub(crate) fn set_cookie(&self, name: &str) -> Option<&str> {
        let sent = self.headers.get_all("set-cookie").iter();
        sent.map(|cookie| cookie.to_str().unwrap())
            .find(|cookie| cookie.split_once('=').is_some_and(|(sent, _)| sent == name))
    }

    /// What the browser is to keep as the cookie `name`.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let (_, rest) = self.set_cookie(name)?.split_once('=')?;
        Some(rest.split(';').next()?.to_owned())
    }

    pub(crate) fn refresh_cookie(&self) -> Option<String> {
        self.cookie(COOKIE)
    }

    /// Whether the browser is told to forget the cookie `name`.
    pub(crate) fn expires(&self, name: &str) -> bool {
        self.cookie(name).as_deref() == Some("") && self.set_cookie(name).unwrap().ends_with("Max-Age=0")
    }

    /// Whether the browser is told to forget its refresh cookie.
    pub(crate) fn expires_the_cookie(&self) -> bool {
        self.expires(COOKIE)
    }

    /// Fails unless this is the problem `code` in the one envelope.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(
            self.header("content-type")
                .starts_with("application/problem+json")
        );
    }
}

impl Client {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            router,
            token: None,
            cookie: None,
            transaction: None,
            device: None,
            reset: None,
            peer: IpAddr::from([192, 0, 2, 1]),
        }
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Reply {
        let peer = SocketAddr::new(self.peer, 50_000);
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    /// A request to `path` below the API's base, with the credentials of this client.
    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut builder = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("host", "portico.example");
        if let Some(token) = &self.token {
            builder = builder.header("authorization", format!("Bearer {token}"));
        }
        let cookies = [
            (COOKIE, &self.cookie),
            (TRANSACTION, &self.transaction),
            (DEVICE, &self.device),
            (RESET, &self.reset),
        ];
        for (name, value) in cookies {
            if let Some(value) = value {
                builder = builder.header("cookie", format!("theme=dark; {name}={value}"));
            }
        }
        builder
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    /// What a browser that wants `accept` gets at `path` of the site, not of the API.
    pub(crate) async fn fetch(&self, path: &str, accept: &str) -> Reply {
        let request = Request::builder()
            .uri(path)
            .header("host", "portico.example")
            .header("accept", accept);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.write(Method::PUT, path, &[], body.to_string()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.post_with(path, &[], body).await
    }

    pub(crate) async fn post_with(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        self.post_text(path, headers, body.to_string()).await
    }

    pub(crate) async fn post_text(&self, path: &str, headers: &[(&str, &str)], body: String) -> Reply {
        self.write(Method::POST, path, headers, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.write(Method::PATCH, path, &[], body.to_string()).await
    }

    /// Changes what was read as `version`, which is an entity tag.
    pub(crate) async fn patch_as(&self, path: &str, version: &str, body: &Value) -> Reply {
        self.write(Method::PATCH, path, &[("if-match", version)], body.to_string())
            .await
    }

    pub(crate) async fn write(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Reply {
        let mut builder = self
            .request(method, path)
            .header("content-type", "application/json")
            .header("x-portico", "1");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        self.send(builder.body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn sign_in(&self, identifier: &str, password: &str) -> Reply {
        let body = json!({"identifier": identifier, "password": password});
        self.post("/auth/sign-in", &body).await
    }

    /// Keeps what a browser keeps of `reply`: its cookies, and the access token the page holds.
    pub(crate) fn keep(&mut self, reply: &Reply) {
        let kept = |name: &str, before: &Option<String>| match reply.cookie(name) {
            Some(value) => Some(value).filter(|value| !value.is_empty()),
            None => before.clone(),
        };
        self.cookie = kept(COOKIE, &self.cookie);
        self.transaction = kept(TRANSACTION, &self.transaction);
        self.device = kept(DEVICE, &self.device);
        self.reset = kept(RESET, &self.reset);
        if let Some(token) = reply.json()["access_token"].as_str() {
            self.token = Some(token.to_owned());
        }
    }

    pub(crate) async fn set_new_password(&self, new: &str) -> Reply {
        self.post("/auth/sign-in/new-password", &json!({"new": new}))
            .await
    }

    pub(crate) async fn refresh(&self) -> Reply {
        self.post("/auth/refresh", &json!({})).await
    }

    /// The first customer this client may see.
    pub(crate) async fn first_customer(&self) -> Value {
        self.get("/customers?limit=1").await.json()["items"][0].clone()
    }
}
