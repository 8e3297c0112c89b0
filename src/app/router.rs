//! Which page an address shows.
//!
//! Every page behind the sign-in is a [`LazyRoute`] with its code apart: `cargo xtask dist` turns each into a file that
//! is fetched when it is first visited (feature `split`); elsewhere they are ordinary pages.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, LazyRoute, path};

use super::inside::Inside as InsideNeeds;
use super::layout::{Guard, Shell};
use super::not_found::NotFoundPage;
use super::routes::Route as PageRoute;
use crate::features::account::{SecurityPage, SignInsPage};
use crate::features::admin::{AdminRequestsPage, AdminUsersPage, InviteUserPage};
use crate::features::auth::{
    ForgotPasswordPage, NewPasswordPage, ResetPasswordPage, SecondFactorPage, SignInPage, WelcomePage,
};
use crate::features::customers::{CustomerPage, CustomersPage, EditCustomerPage, NewCustomerPage};
use crate::features::pipeline::{BoardPage, DealPage};
use crate::features::today::TodayPage;
use crate::i18n::I18n;
use crate::i18n::texts::Namespace;
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
    InsideRoute shows Inside with [Shell, Parts, Passkeys, SecondFactor, Session],
    DoorRoute shows DoorPages with [Parts, Passkeys, Passwords, Recovery, SecondFactor],
    TodayRoute shows TodayPage with [Today],
    CustomersRoute shows CustomersPage with [Customers],
    CustomerRoute shows CustomerPage with [Customers],
    NewCustomerRoute shows NewCustomerPage with [Customers],
    EditCustomerRoute shows EditCustomerPage with [Customers],
    BoardRoute shows BoardPage with [Pipeline],
    DealRoute shows DealPage with [Pipeline],
    SecurityRoute shows SecurityPage with [Account, Parts, Passwords],
    SignInsRoute shows SignInsPage with [SignIns],
    AdminUsersRoute shows AdminUsersPage with [Admin],
    InviteUserRoute shows InviteUserPage with [Admin],
    AdminRequestsRoute shows AdminRequestsPage with [Admin],
}

/// Starts fetching the texts of a page, and what all pages need, together with its code.
fn fetch_texts(namespaces: &'static [Namespace]) {
    let Some((i18n, inside)) = needs() else { return };
    inside.load();
    task::detached(async move { i18n.ensure(namespaces).await });
}

/// What pages need beside their code. Nothing where that comes when the page it is for has been left already, as by signing
/// out: then nobody is here to provide it.
fn needs() -> Option<(I18n, InsideNeeds)> {
    use_context().zip(use_context())
}

/// A page, once its texts and the style sheet are here.
fn with_texts(namespaces: &'static [Namespace], page: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let Some((i18n, inside)) = needs() else {
        return ().into_any();
    };
    let ready = Memo::new(move |_| i18n.has(namespaces) && inside.is_ready());
    (move || ready.get().then(&page)).into_any()
}

/// The pages by their addresses. `routes.rs` has the same list as a type; a test compares the two.
///
/// What is behind the sign-in has a list of its own, which comes with the frame: the sign-in does without its weight.
#[component]
pub fn AppRouter() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/login") view=SignInPage />
                <Route path=path!("/login/new-password") view={Lazy::<DoorRoute>::new()} />
                <Route path=path!("/login/two-factor") view={Lazy::<DoorRoute>::new()} />
                <Route path=path!("/forgot-password") view={Lazy::<DoorRoute>::new()} />
                <Route path=path!("/reset-password") view={Lazy::<DoorRoute>::new()} />
                <Route path=path!("/welcome") view={Lazy::<DoorRoute>::new()} />
                <ParentRoute path=path!("") view=Known>
                    <Route path=path!("/*rest") view={Lazy::<InsideRoute>::new()} />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The page the browser is at.
fn use_route() -> Memo<Option<PageRoute>> {
    let path = use_location().pathname;
    Memo::new(move |_| {
        path.with(|path| match path.trim_end_matches('/') {
            "" => PageRoute::parse("/"),
            path => PageRoute::parse(path),
        })
    })
}

/// Lets an address that leads nowhere say so to everybody, and guards the others.
#[component]
fn Known() -> impl IntoView {
    let route = use_route();
    let known = Memo::new(move |_| route.with(Option::is_some));
    move || {
        if known.get() {
            view! { <Guard /> }.into_any()
        } else {
            view! { <NotFoundPage /> }.into_any()
        }
    }
}

/// The pages before anybody is signed in, but for the sign-in itself.
#[component]
fn DoorPages() -> impl IntoView {
    match use_route().get_untracked() {
        Some(PageRoute::NewPassword) => view! { <NewPasswordPage /> }.into_any(),
        Some(PageRoute::SecondFactor) => view! { <SecondFactorPage /> }.into_any(),
        Some(PageRoute::ForgotPassword) => view! { <ForgotPasswordPage /> }.into_any(),
        Some(PageRoute::ResetPassword) => view! { <ResetPasswordPage /> }.into_any(),
        Some(PageRoute::Welcome) => view! { <WelcomePage /> }.into_any(),
        _ => ().into_any(),
    }
}

/// The frame and the pages in it.
#[component]
fn Inside() -> impl IntoView {
    view! {
        <Shell>
            // Nobody is here with another address, but for the moment in which the frame is left.
            <Routes fallback=|| ()>
                <Route path=path!("/") view={Lazy::<TodayRoute>::new()} />
                <Route path=path!("/customers") view={Lazy::<CustomersRoute>::new()} />
                <Route path=path!("/customers/new") view={Lazy::<NewCustomerRoute>::new()} />
                <Route path=path!("/customers/:id/edit") view={Lazy::<EditCustomerRoute>::new()} />
                <Route path=path!("/customers/:id") view={Lazy::<CustomerRoute>::new()} />
                <Route path=path!("/pipeline") view={Lazy::<BoardRoute>::new()} />
                <Route path=path!("/pipeline/:id") view={Lazy::<BoardRoute>::new()} />
                <Route path=path!("/deals/:id") view={Lazy::<DealRoute>::new()} />
                <Route path=path!("/account/security") view={Lazy::<SecurityRoute>::new()} />
                <Route path=path!("/account/sign-ins") view={Lazy::<SignInsRoute>::new()} />
                <Route path=path!("/admin/users") view={Lazy::<AdminUsersRoute>::new()} />
                <Route path=path!("/admin/users/new") view={Lazy::<InviteUserRoute>::new()} />
                <Route path=path!("/admin/requests") view={Lazy::<AdminRequestsRoute>::new()} />
            </Routes>
        </Shell>
    }
}
