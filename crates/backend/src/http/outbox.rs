//! `/dev/outbox`: what the demonstration would have sent. It exists only there.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse as _, Response};
use minijinja::{Environment, Value};
use portico_contract::time::Timestamp;
use serde::Serialize;

use super::Shared;
use super::error::ApiFailure;
use crate::domain::clock::timestamp;
use crate::domain::failure::Failure;

const PAGE: &str = "outbox.html";

#[derive(Serialize)]
struct Message {
    id: uuid::Uuid,
    channel: String,
    to: String,
    subject: String,
    text: String,
    sent_at: Timestamp,
}

/// The messages, for programs as JSON, for people as a page without script or style.
pub(super) async fn show(State(app): State<Shared>, headers: HeaderMap) -> Result<Response, ApiFailure> {
    let rows = app.post.messages.outbox().await?;
    let messages = rows
        .into_iter()
        .map(|row| {
            Ok(Message {
                id: row.id,
                channel: row.channel,
                to: row.recipient,
                subject: row.subject,
                text: row.body,
                sent_at: timestamp(row.sent_at)?,
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"));
    if wants_json {
        return Ok(Json(messages).into_response());
    }
    Ok(Html(page(&messages, &app.post.site.page("/"))?).into_response())
}

fn page(messages: &[Message], ours: &str) -> Result<String, Failure> {
    let mut environment = Environment::new();
    environment
        .add_template(PAGE, include_str!("outbox.html"))
        .map_err(Failure::internal)?;
    let shown = messages.iter().map(|message| {
        let lines = message.text.lines().map(|line| {
            let is_link = line.starts_with(ours) && !line.contains(char::is_whitespace);
            Value::from_pairs([("text", Value::from(line)), ("link", Value::from(is_link))])
        });
        Value::from_pairs([
            ("channel", Value::from(message.channel.as_str())),
            ("to", Value::from(message.to.as_str())),
            ("subject", Value::from(message.subject.as_str())),
            ("sent_at", Value::from(message.sent_at.as_str())),
            ("lines", Value::from(lines.collect::<Vec<_>>())),
        ])
    });
    let values = Value::from_pairs([("messages", Value::from(shown.collect::<Vec<_>>()))]);
    let page = environment.get_template(PAGE).map_err(Failure::internal)?;
    page.render(values).map_err(Failure::internal)
}
