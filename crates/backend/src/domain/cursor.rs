//! Cursors: a place in a list, signed for that list and its order.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use portico_contract::paging::{Cursor, DEFAULT_LIMIT, MAX_CURSOR_BYTES, MAX_LIMIT};
use portico_contract::problem::{ErrorCode, FieldRule};
use uuid::Uuid;

use super::failure::Failure;
use super::instance::InstanceKey;

/// Enough that guessing is hopeless, short enough for an address line.
const TAG: usize = 12;

/// The value a list is ordered by; ties are broken by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SortValue {
    /// A text column.
    Text(String),
    /// A number column.
    Number(i64),
}

/// The last row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Its sort value.
    pub(crate) value: SortValue,
    /// Its id.
    pub(crate) id: Uuid,
}

/// Where a page starts and how long it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The row before the page, if it is not the first.
    pub(crate) after: Option<Position>,
    /// Rows on the page.
    pub(crate) limit: u16,
}

/// Signs and reads cursors.
#[derive(Clone)]
pub(crate) struct Cursors {
    key: InstanceKey,
}

impl Cursors {
    /// Cursors of the installation with `key`.
    pub(crate) fn new(key: InstanceKey) -> Self {
        Self { key }
    }

    /// The cursor for the rows of `list` behind `position`. `list` names the list and its order.
    pub(crate) fn seal(&self, list: &str, position: &Position) -> Cursor {
        let mut payload = position.id.as_bytes().to_vec();
        match &position.value {
            SortValue::Text(text) => {
                payload.push(b't');
                payload.extend(text.as_bytes());
            }
            SortValue::Number(number) => {
                payload.push(b'n');
                payload.extend(number.to_be_bytes());
            }
        }
        let tag = self.key.tag(list, &payload);
        payload.extend(tag.into_iter().take(TAG));
        Cursor(URL_SAFE_NO_PAD.encode(payload))
    }

    fn open(&self, list: &str, cursor: &str) -> Option<Position> {
        if cursor.len() > MAX_CURSOR_BYTES {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (payload, tag) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
        if !self.key.verify_prefix(list, payload, tag) {
            return None;
        }
        let (id, value) = payload.split_at_checked(16)?;
        let value = match value.split_first()? {
            (b't', text) => SortValue::Text(String::from_utf8(text.to_vec()).ok()?),
            (b'n', number) => SortValue::Number(i64::from_be_bytes(number.try_into().ok()?)),
            _ => return None,
        };
        Some(Position {
            value,
            id: Uuid::from_slice(id).ok()?,
        })
    }

    /// The page that `cursor` and `limit` of a request ask for.
    pub(crate) fn window(
        &self,
        list: &str,
        cursor: Option<&str>,
        limit: Option<u16>,
    ) -> Result<Window, Failure> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Failure::field("limit", FieldRule::NotAllowed));
        }
        let after = cursor
            .map(|cursor| {
                self.open(list, cursor)
                    .ok_or_else(|| Failure::of(ErrorCode::InvalidCursor))
            })
            .transpose()?;
        Ok(Window { after, limit })
    }

    /// Cuts `rows`, which may hold one row more than the page, to the page; says where the next one starts.
    pub(crate) fn cut<R>(
        &self,
        list: &str,
        window: &Window,
        rows: &mut Vec<R>,
        position: impl Fn(&R) -> Position,
    ) -> Option<Cursor> {
        let limit = usize::from(window.limit);
        if rows.len() <= limit {
            return None;
        }
        rows.truncate(limit);
        rows.last().map(|row| self.seal(list, &position(row)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cursors() -> Cursors {
        Cursors::new(InstanceKey::new([7; 32]))
    }

    proptest! {
        #[test]
        fn a_cursor_round_trips_in_its_own_list_only(text in "\\PC{0,60}", id: u128, number: i64) {
            for value in [SortValue::Text(text.clone()), SortValue::Number(number)] {
                let position = Position { value, id: Uuid::from_u128(id) };
                let cursor = cursors().seal("list name", &position);
                prop_assert!(cursor.0.len() <= MAX_CURSOR_BYTES);
                prop_assert_eq!(cursors().open("list name", &cursor.0), Some(position));
                prop_assert_eq!(cursors().open("list -name", &cursor.0), None);
            }
        }

        #[test]
        fn anything_else_is_refused(text in "\\PC{0,700}") {
            prop_assert_eq!(cursors().open("list", &text), None);
        }

        #[test]
        fn a_changed_cursor_is_refused(id: u128, at in 0_usize..37, flip in 1_u8..) {
            let sealed = cursors().seal("list", &Position { value: SortValue::Number(1), id: Uuid::from_u128(id) });
            let mut bytes = URL_SAFE_NO_PAD.decode(&sealed.0).unwrap();
            bytes[at] ^= flip;
            prop_assert_eq!(cursors().open("list", &URL_SAFE_NO_PAD.encode(bytes)), None);
        }
    }
}
