//! Which page an address shows.
//!
//! Every page behind the sign-in is a [`LazyRoute`] with its code apart: `cargo xtask dist` turns each into a file that
//! is fetched when it is first visited (feature `split`); elsewhere they are ordinary pages.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{Lazy, LazyRoute, path};

use super::inside::use_inside;
use super::layout::{Guard, Shell};
use super::not_found::NotFoundPage;
use crate::features::account::SecurityPage;
use crate::features::auth::{
    ForgotPasswordPage, NewPasswordPage, ResetPasswordPage, SignInPage, WelcomePage,
};
use crate::features::customers::{CustomerPage, CustomersPage, EditCustomerPage, NewCustomerPage};
use crate::features::pipeline::{BoardPage, DealPage};
use crate::features::today::TodayPage;
use crate::i18n::texts::Namespace;
use crate::i18n::use_i18n;
use crate::platform::task;

/// Declares pages that are fetched when they are visited, with the texts they need.
macro_rules! lazy_pages {
    ($($(#[$doc:meta])* $route:ident shows $page:ident with [$($texts:ident),+]),+ $(,)?) => {$(
        $(#[$doc])*
        struct $route;

        #[cfg(feature = "split")]
        #[leptos_router::lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                fetch_texts(&[$(Namespace::$texts),+]);
                Self
            }

            fn view(_this: Self) -> AnyView {
                with_texts(&[$(Namespace::$texts),+], || view! { <$page /> }.into_any())
            }
        }

        #[cfg(not(feature = "split"))]
        impl LazyRoute for $route {
            fn data() -> Self {
                fetch_texts(&[$(Namespace::$texts),+]);
                Self
            }

            async fn view(_this: Self) -> AnyView {
                with_texts(&[$(Namespace::$texts),+], || view! { <$page /> }.into_any())
            }
        }
    )+};
}

lazy_pages! {
    ShellRoute shows Shell with [Shell, Parts, Session],
    TodayRoute shows TodayPage with [Today],
    CustomersRoute shows CustomersPage with [Customers],
    CustomerRoute shows CustomerPage with [Customers],
    NewCustomerRoute shows NewCustomerPage with [Customers],
    EditCustomerRoute shows EditCustomerPage with [Customers],
    BoardRoute shows BoardPage with [Pipeline],
    DealRoute shows DealPage with [Pipeline],
    SecurityRoute shows SecurityPage with [Account, Parts, Passwords],
    NewPasswordRoute shows NewPasswordPage with [Parts, Passwords, Recovery],
    ForgotPasswordRoute shows ForgotPasswordPage with [Parts, Passwords, Recovery],
    ResetPasswordRoute shows ResetPasswordPage with [Parts, Passwords, Recovery],
    WelcomeRoute shows WelcomePage with [Parts, Passwords, Recovery],
}

/// Starts fetching the texts of a page, and what all pages need, together with its code.
fn fetch_texts(namespaces: &'static [Namespace]) {
    use_inside().load();
    let i18n = use_i18n();
    task::detached(async move { i18n.ensure(namespaces).await });
}

/// A page, once its texts and the style sheet are here.
fn with_texts(namespaces: &'static [Namespace], page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let (i18n, inside) = (use_i18n(), use_inside());
    let ready = Memo::new(move |_| i18n.has(namespaces) && inside.is_ready());
    (move || ready.get().then(&page)).into_any()
}

/// The pages by their addresses. `routes.rs` has the same list as a type; a test compares the two.
#[component]
pub fn AppRouter() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/login") view=SignInPage />
                <Route path=path!("/login/new-password") view={Lazy::<NewPasswordRoute>::new()} />
                <Route path=path!("/forgot-password") view={Lazy::<ForgotPasswordRoute>::new()} />
                <Route path=path!("/reset-password") view={Lazy::<ResetPasswordRoute>::new()} />
                <Route path=path!("/welcome") view={Lazy::<WelcomeRoute>::new()} />
                <ParentRoute path=path!("") view=Guard>
                    <ParentRoute path=path!("") view={Lazy::<ShellRoute>::new()}>
                        <Route path=path!("/") view={Lazy::<TodayRoute>::new()} />
                        <Route path=path!("/customers") view={Lazy::<CustomersRoute>::new()} />
                        <Route path=path!("/customers/new") view={Lazy::<NewCustomerRoute>::new()} />
                        <Route path=path!("/customers/:id/edit") view={Lazy::<EditCustomerRoute>::new()} />
                        <Route path=path!("/customers/:id") view={Lazy::<CustomerRoute>::new()} />
                        <Route path=path!("/pipeline") view={Lazy::<BoardRoute>::new()} />
                        <Route path=path!("/pipeline/:id") view={Lazy::<BoardRoute>::new()} />
                        <Route path=path!("/deals/:id") view={Lazy::<DealRoute>::new()} />
                        <Route path=path!("/account/security") view={Lazy::<SecurityRoute>::new()} />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
    }
}
