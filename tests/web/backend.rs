//! What a person's backend is in a test: answers that were made ready, and what was sent for them.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use portico::api::Client;
use portico::session::{Doorway, Session};
use portico_contract::auth::{AccessToken, DraftKey, RefreshOutcome, SessionGrant};
use portico_contract::capability::Capabilities;
use portico_contract::problem::Problem;
use portico_contract::time::Timestamp;
use portico_contract::user::{Me, Role, SessionInfo, TeamRef, User};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// The id of everything: nobody tells things apart by it here.
pub(crate) const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

/// In place of the network. What nobody made an answer ready for cannot be had.
const FETCH: &str = "
    const answers = new Map(), sent = [];
    const before = globalThis.fetch;
    globalThis.fetch = async (request) => {
        const name = request.method + ' ' + new URL(request.url).pathname;
        sent.push([name, request.headers.get('authorization') ?? '', await request.text()]);
        const [status, body] = answers.get(name)?.shift() ?? [503, ''];
        return new Response(body, { status });
    };
    return {
        ready: (name, status, body) => answers.set(name, [...(answers.get(name) ?? []), [status, body]]),
        sent,
        stop: () => { globalThis.fetch = before; },
    };
";

/// It answers as long as it lives.
pub(crate) struct Backend(JsValue);

impl Backend {
    /// Nothing is ready yet.
    pub(crate) fn start() -> Self {
        Self(Function::new_no_args(FETCH).call0(&JsValue::NULL).unwrap())
    }

    fn call(&self, name: &str, arguments: &Array) {
        let function: Function = Reflect::get(&self.0, &name.into()).unwrap().unchecked_into();
        function.apply(&self.0, arguments).unwrap();
    }

    /// The next answer to `request`, its method and path, is `body`.
    pub(crate) fn answers(&self, request: &str, body: &impl Serialize) {
        self.ready(request, 200, body);
    }

    /// The next answer to `request` is `problem`.
    pub(crate) fn refuses(&self, request: &str, problem: &Problem) {
        self.ready(request, problem.status, problem);
    }

    fn ready(&self, request: &str, status: u16, body: &impl Serialize) {
        let body = serde_json::to_string(body).unwrap();
        self.call(
            "ready",
            &Array::of3(&request.into(), &status.into(), &body.into()),
        );
    }

    /// What was sent as `request`: the token and the body of each.
    pub(crate) fn sent(&self, request: &str) -> Vec<(String, String)> {
        let sent: Array = Reflect::get(&self.0, &"sent".into()).unwrap().unchecked_into();
        sent.iter()
            .map(|one| Array::from(&one))
            .filter(|one| one.get(0) == request)
            .map(|one| [1, 2].map(|index| one.get(index).as_string().unwrap()).into())
            .collect()
    }

    /// Signs somebody in, with the contexts for it. Call it where a page is made.
    pub(crate) fn sign_in(&self) -> (Client, Session) {
        let grant = RefreshOutcome::SignedIn(Box::new(grant("first")));
        self.answers("POST /api/auth/refresh", &grant);
        let client = Client::new("/api".to_owned());
        provide_context(client);
        provide_context(Doorway::new());
        let session = Session::new(client);
        provide_context(session);
        portico::platform::task::detached(session.restore());
        (client, session)
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.call("stop", &Array::new());
    }
}

/// A session of Zhang San, with `token`.
pub(crate) fn grant(token: &str) -> SessionGrant {
    SessionGrant {
        access_token: AccessToken::new(token.to_owned()),
        expires_in: 900,
        me: Me {
            user: User {
                id: ID.parse().unwrap(),
                name: "张三".into(),
                email: "zhang.san@portico.example".into(),
                employee_number: "EMP1001".into(),
                username: None,
                role: Role::Sales,
                team: TeamRef {
                    id: ID.parse().unwrap(),
                    name: "North".into(),
                },
                locale: None,
                time_zone: "Europe/Berlin".into(),
            },
            capabilities: Capabilities::default(),
            session: SessionInfo {
                id: ID.parse().unwrap(),
                expires_at: moment(),
                expires_in: 36_000,
                idle_expires_in: 3_600,
                remembered: false,
            },
        },
        draft_key: DraftKey::new("A".repeat(43)),
    }
}

/// Some moment.
pub(crate) fn moment() -> Timestamp {
    "2026-11-24T08:00:00Z".to_owned().try_into().unwrap()
}
