//! What comes in by a link.

use portico::platform::location;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_token_leaves_the_address_with_the_first_look() {
    let place = web_sys::window().unwrap().location();
    place.set_hash("t=a%2Bb-c_d").unwrap();
    assert_eq!(location::take_from_fragment("t").as_deref(), Some("a+b-c_d"));
    assert_eq!(place.hash().unwrap(), "");
    assert!(!place.href().unwrap().contains('#'));
    assert_eq!(location::take_from_fragment("t"), None);
}

#[wasm_bindgen_test]
fn another_fragment_stays() {
    let place = web_sys::window().unwrap().location();
    place.set_hash("main").unwrap();
    assert_eq!(location::take_from_fragment("t"), None);
    assert_eq!(place.hash().unwrap(), "#main");
    place.set_hash("").unwrap();
}
