//! Tests that need no browser: the rules of the architecture, the texts, the styles, the configuration.
//!
//! The rules are read off the sources and the folders. Each has a test of its own on a bad sample, so that it is known to
//! be able to fail.

mod arrows;
mod asvs;
mod classes;
mod colour_uses;
mod configuration;
mod confinement;
mod contrast;
mod cryptography;
mod gallery;
mod literal_text;
mod locales;
mod names_in_css;
mod palette;
mod password_fields;
mod router;
mod sources;
mod stylesheets;
mod stylist;
