//! Administration: who may sign in, inviting people, answering those who cannot.

mod action;
mod address;
mod answer;
mod components;
mod fields;
mod invitation;
mod model;
mod pages;
mod requests;
mod typed;
mod users;

pub use pages::{AdminRequestsPage, AdminUsersPage, InviteUserPage};
