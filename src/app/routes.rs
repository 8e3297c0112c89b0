//! Every address of the application, in one place: how it is read and how it is written.
//!
//! Pure and without imports from the rest of the application: any screen may name a route.

use std::str::FromStr;

use portico_contract::ids::{CustomerId, DealId, PipelineId};

/// A screen with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/login`
    SignIn,
    /// `/login/new-password`: a sign-in that waits for one
    NewPassword,
    /// `/login/two-factor`: a sign-in that waits for the second factor
    SecondFactor,
    /// `/forgot-password`
    ForgotPassword,
    /// `/reset-password`, with a token in the fragment
    ResetPassword,
    /// `/welcome`, with a token in the fragment
    Welcome,
    /// `/`
    Today,
    /// `/customers`
    Customers,
    /// `/customers/new`
    NewCustomer,
    /// `/customers/:id`
    Customer(CustomerId),
    /// `/customers/:id/edit`
    EditCustomer(CustomerId),
    /// `/pipeline`: the first board
    Pipeline,
    /// `/pipeline/:pipeline`
    Board(PipelineId),
    /// `/deals/:id`
    Deal(DealId),
    /// `/account/security`
    Security,
    /// `/account/sign-ins`
    SignIns,
    /// `/admin/users`
    AdminUsers,
    /// `/admin/users/new`
    InviteUser,
    /// `/admin/requests`
    AdminRequests,
}

/// Where every part of the design system is shown. No screen of the product: nothing leads there.
#[cfg(feature = "gallery")]
pub const GALLERY: &str = "/gallery";

/// The query parameter that carries where to go after signing in.
pub const NEXT: &str = "next";

/// The longest `next` that is followed, in bytes.
const MAX_NEXT_BYTES: usize = 2_000;

impl Route {
    /// The route of a path without query, if there is one.
    pub fn parse(path: &str) -> Option<Self> {
        let mut segments = path.strip_prefix('/')?.split('/');
        let first = segments.next()?;
        let rest = (segments.next(), segments.next(), segments.next());
        let found = match (first, rest) {
            ("", (None, None, None)) => Self::Today,
            ("login", (None, None, None)) => Self::SignIn,
            ("login", (Some("new-password"), None, None)) => Self::NewPassword,
            ("login", (Some("two-factor"), None, None)) => Self::SecondFactor,
            ("forgot-password", (None, None, None)) => Self::ForgotPassword,
            ("reset-password", (None, None, None)) => Self::ResetPassword,
            ("welcome", (None, None, None)) => Self::Welcome,
            ("account", (Some("security"), None, None)) => Self::Security,
            ("account", (Some("sign-ins"), None, None)) => Self::SignIns,
            ("customers", (None, None, None)) => Self::Customers,
            ("customers", (Some("new"), None, None)) => Self::NewCustomer,
            ("customers", (Some(id), None, None)) => Self::Customer(id_of(id)?),
            ("customers", (Some(id), Some("edit"), None)) => Self::EditCustomer(id_of(id)?),
            ("pipeline", (None, None, None)) => Self::Pipeline,
            ("pipeline", (Some(id), None, None)) => Self::Board(id_of(id)?),
            ("deals", (Some(id), None, None)) => Self::Deal(id_of(id)?),
            ("admin", (Some("users"), None, None)) => Self::AdminUsers,
            ("admin", (Some("users"), Some("new"), None)) => Self::InviteUser,
            ("admin", (Some("requests"), None, None)) => Self::AdminRequests,
            _ => return None,
        };
        Some(found)
    }

    /// The path of the route.
    pub fn path(self) -> String {
        match self {
            Self::SignIn => "/login".to_owned(),
            Self::NewPassword => "/login/new-password".to_owned(),
            Self::SecondFactor => "/login/two-factor".to_owned(),
            Self::ForgotPassword => "/forgot-password".to_owned(),
            Self::ResetPassword => "/reset-password".to_owned(),
            Self::Welcome => "/welcome".to_owned(),
            Self::Security => "/account/security".to_owned(),
            Self::SignIns => "/account/sign-ins".to_owned(),
            Self::Today => "/".to_owned(),
            Self::Customers => "/customers".to_owned(),
            Self::NewCustomer => "/customers/new".to_owned(),
            Self::Customer(id) => format!("/customers/{id}"),
            Self::EditCustomer(id) => format!("/customers/{id}/edit"),
            Self::Pipeline => "/pipeline".to_owned(),
            Self::Board(id) => format!("/pipeline/{id}"),
            Self::Deal(id) => format!("/deals/{id}"),
            Self::AdminUsers => "/admin/users".to_owned(),
            Self::InviteUser => "/admin/users/new".to_owned(),
            Self::AdminRequests => "/admin/requests".to_owned(),
        }
    }

    /// Whether it is a page of those who are not signed in yet, to which nobody comes back after signing in.
    const fn is_before_sign_in(self) -> bool {
        matches!(
            self,
            Self::SignIn
                | Self::NewPassword
                | Self::SecondFactor
                | Self::ForgotPassword
                | Self::ResetPassword
                | Self::Welcome
        )
    }
}

/// Reads an id that is a path segment; only the plain spelling counts.
fn id_of<T: FromStr + ToString>(segment: &str) -> Option<T> {
    segment.parse::<T>().ok().filter(|id| id.to_string() == segment)
}

/// Where to go after signing in, if `candidate` may be followed: a path of this application, with its query, and
/// nothing that a browser could read as another site. The router would follow anything.
pub fn safe_next(candidate: &str) -> Option<String> {
    let harmless = candidate.len() <= MAX_NEXT_BYTES
        && !candidate.contains(['\\', '#'])
        && !candidate.chars().any(|c| c.is_control() || c.is_whitespace());
    let path = candidate.split('?').next()?;
    let route = Route::parse(path)?;
    (harmless && !route.is_before_sign_in()).then(|| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    #[test]
    fn every_route_reads_what_it_writes() {
        let routes = [
            Route::SignIn,
            Route::NewPassword,
            Route::SecondFactor,
            Route::ForgotPassword,
            Route::ResetPassword,
            Route::Welcome,
            Route::Security,
            Route::SignIns,
            Route::Today,
            Route::Customers,
            Route::NewCustomer,
            Route::Customer(ID.parse().unwrap()),
            Route::EditCustomer(ID.parse().unwrap()),
            Route::Pipeline,
            Route::Board(ID.parse().unwrap()),
            Route::Deal(ID.parse().unwrap()),
            Route::AdminUsers,
            Route::InviteUser,
            Route::AdminRequests,
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.path()), Some(route));
        }
    }

    #[test]
    fn unknown_paths_have_no_route() {
        for path in [
            "",
            "customers",
            "/customers/",
            "/customers/7",
            "/customers/{ID}/x",
            "/Customers",
            "//",
            "/login/x",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
        assert_eq!(Route::parse(&format!("/customers/{}", ID.to_uppercase())), None);
    }

    #[test]
    fn next_follows_own_pages_with_their_query() {
        for good in [
            "/",
            "/customers",
            "/customers?q=zs&sort=-name",
            &format!("/deals/{ID}"),
        ] {
            assert_eq!(safe_next(good).as_deref(), Some(good));
        }
    }

    #[test]
    fn next_follows_nothing_else() {
        let long = format!("/customers?q={}", "x".repeat(8_000));
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/%2f/evil.example",
            "/%5cevil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "/login",
            "/login?next=/login",
            "/login/new-password",
            "/login/two-factor",
            "/forgot-password",
            "/reset-password",
            "/welcome",
            "/customers\r\nSet-Cookie: a=b",
            "/customers?q=\u{0}",
            "/customers#x",
            " /customers",
            "/unknown",
            "",
            &long,
        ] {
            assert_eq!(safe_next(bad), None, "{bad:?}");
        }
    }
}
