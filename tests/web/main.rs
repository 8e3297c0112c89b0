//! The parts of the design system in a real browser: their roles, their keyboard, their states.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test that finds nothing fails")]

mod authenticator;
mod backend;
mod board;
mod button;
mod choices;
mod combobox;
mod data_grid;
mod dialog;
mod feedback;
mod fields;
mod form;
mod key_hint;
mod links;
mod listing;
mod load_view;
mod menu;
mod new_password;
mod page;
mod palette;
mod passkeys;
mod secrets;
mod sent_codes;
mod step_up;
mod tabs;
mod tag_input;
mod textarea;
mod timeline;
mod tooltip;
mod two_step;
mod typed_fields;
mod virtual_list;
mod wayfinding;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
