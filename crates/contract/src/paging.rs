//! Cursor paging: a list is read page by page, each page naming the place where the next one starts.
//!
//! Unlike page numbers a cursor stays right while rows come and go above it.

use serde::{Deserialize, Serialize};

/// How many rows a page holds when the request does not say.
pub const DEFAULT_LIMIT: u16 = 50;

/// The most rows one page may hold.
pub const MAX_LIMIT: u16 = 200;

/// The longest cursor a client may send, in bytes.
pub const MAX_CURSOR_BYTES: usize = 512;

/// An opaque place in a list. Only the backend that made it can read it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Cursor(pub String);

/// The query of a list that can only be paged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageQuery {
    /// Where the page starts; absent for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
    /// How many rows the whole list has under the same filters.
    pub total: u64,
}
