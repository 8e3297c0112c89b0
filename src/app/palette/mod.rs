//! The command palette: pages, things to do, customers and deals, by whatever words.

mod model;
mod state;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use portico_contract::capability::{Resource, Verb};
use portico_contract::customer::MAX_QUERY;
use portico_contract::locale::Locale;

use super::language::Language;
use super::routes::Route;
use super::shortcuts::use_shortcuts;
use crate::i18n::texts::{common, shell as words};
use crate::i18n::{I18n, Text, t, use_i18n};
use crate::platform::task;
use crate::session::use_session;
use crate::ui::{Palette, PaletteGroup, ThemeChoice, use_theme};
use model::{Deed, Offer};
use state::Finder;

/// Whether the palette is open. Cheap to copy; in a context.
#[derive(Clone, Copy)]
pub struct PaletteOpen(pub RwSignal<bool>);

/// The palette, which exists only while it is open.
#[component]
pub fn CommandPalette() -> impl IntoView {
    let PaletteOpen(open) = expect_context();
    let run = runner();
    let on_choose = Callback::new(move |deed| {
        // It gives the focus back first, so that what is chosen may move it on.
        open.set(false);
        run(deed);
    });
    let is_open = Memo::new(move |_| open.get());
    move || {
        is_open
            .get()
            .then(|| view! { <OpenPalette on_choose on_close=Callback::new(move |()| open.set(false)) /> })
    }
}

#[component]
fn OpenPalette(on_choose: Callback<Deed>, on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (finder, session) = (Finder::new(), use_session());
    let rights = Memo::new(move |_| Rights {
        create: session.can(Verb::Create, Resource::Customers).is_some(),
        administer: session.can(Verb::Read, Resource::Users).is_some(),
        invite: session.can(Verb::Create, Resource::Users).is_some(),
    });
    let groups = Memo::new(move |_| groups(i18n, finder, rights.get()));
    let choose = Callback::new(move |key: String| {
        let deed = groups.with_untracked(|groups| {
            let mut offers = groups.iter().flat_map(|group| &group.offers);
            offers.find(|offer| offer.item.key == key).map(|offer| offer.deed)
        });
        if let Some(deed) = deed {
            on_choose.run(deed);
        }
    });
    view! {
        <Palette
            label=t(words::PALETTE)
            value=finder.typed
            on_input=Callback::new(move |text| finder.typed.set(text))
            max_length=MAX_QUERY
            groups=Signal::derive(move || groups.with(|groups| groups.iter().map(Group::shown).collect()))
            pending=finder.pending()
            problem=finder.problem()
            on_retry=finder.on_retry()
            on_choose=choose
            on_close
        />
    }
}

/// What decides about offers.
#[derive(Clone, Copy, PartialEq)]
struct Rights {
    create: bool,
    administer: bool,
    invite: bool,
}

/// Offers of one kind.
#[derive(Clone, PartialEq)]
struct Group {
    label: String,
    offers: Vec<Offer>,
    settled: bool,
}

impl Group {
    fn shown(&self) -> PaletteGroup {
        PaletteGroup {
            label: self.label.clone(),
            items: self.offers.iter().map(|offer| offer.item.clone()).collect(),
            settled: self.settled,
        }
    }
}

/// What fits to what is typed. Pages and actions come first: they are here at once, so that nothing moves down when the
/// records arrive.
fn groups(i18n: I18n, finder: Finder, rights: Rights) -> Vec<Group> {
    let typed = finder.typed.get();
    let fitting = |offers: Vec<Offer>| offers.into_iter().filter(|offer| offer.fits(&typed)).collect();
    let (customers, deals, settled) = finder.found();
    let group = |label, offers, settled| Group {
        label: i18n.text(label),
        offers,
        settled,
    };
    let mut groups = vec![
        group(words::PALETTE_PAGES, fitting(pages(i18n, rights)), true),
        group(words::PALETTE_ACTIONS, fitting(actions(i18n, rights)), true),
        group(words::PALETTE_CUSTOMERS, customers, settled),
        group(words::PALETTE_DEALS, deals, settled),
    ];
    groups.retain(|group| !group.offers.is_empty());
    groups
}

fn pages(i18n: I18n, rights: Rights) -> Vec<Offer> {
    let everybody = [
        (Route::Today, words::NAV_TODAY),
        (Route::Customers, words::NAV_CUSTOMERS),
        (Route::Pipeline, words::NAV_PIPELINE),
        (Route::Security, words::SECURITY),
        (Route::SignIns, words::SIGN_INS),
    ];
    let administration = [
        (Route::AdminUsers, words::NAV_ADMIN),
        (Route::AdminRequests, words::ADMIN_REQUESTS),
    ];
    let offer = |(route, text): (Route, Text)| Offer::new(Deed::Visit(route), i18n.text(text));
    let administration = administration.map(|page| {
        let offer = offer(page);
        if rights.administer {
            offer
        } else {
            offer.refused(&i18n.text(words::NAV_ADMIN_FORBIDDEN))
        }
    });
    everybody.map(offer).into_iter().chain(administration).collect()
}

fn actions(i18n: I18n, rights: Rights) -> Vec<Offer> {
    let create = rights
        .create
        .then(|| Offer::new(Deed::Visit(Route::NewCustomer), i18n.text(words::NEW_CUSTOMER)));
    let invite = rights
        .invite
        .then(|| Offer::new(Deed::Visit(Route::InviteUser), i18n.text(words::ADMIN_INVITE)));
    let setting = |deed, setting, choice: String| {
        let label = i18n.message(&words::palette_choice(choice, i18n.text(setting)));
        Offer::new(deed, label)
    };
    let themes =
        ThemeChoice::ALL.map(|choice| setting(Deed::Theme(choice), common::THEME, i18n.text(choice.text())));
    let language = |choice, name: String| setting(Deed::Language(choice), common::LANGUAGE, name);
    let languages = Locale::ALL.map(|locale| language(Some(locale), locale.native_name().to_owned()));
    let browser = language(None, i18n.text(words::LANGUAGE_BROWSER));
    let others = [
        Offer::new(Deed::Sheet, i18n.text(words::SHORTCUTS)),
        Offer::new(Deed::SignOut, i18n.text(words::SIGN_OUT)),
    ];
    create
        .into_iter()
        .chain(invite)
        .chain(themes)
        .chain(languages)
        .chain([browser])
        .chain(others)
        .collect()
}

/// What does deeds.
fn runner() -> impl Fn(Deed) + Clone {
    let navigate = use_navigate();
    let (session, shortcuts) = (use_session(), use_shortcuts());
    let (language, theme) = (Language::new(), use_theme());
    move |deed| match deed {
        Deed::Visit(route) => navigate(&route.path(), NavigateOptions::default()),
        Deed::Theme(choice) => theme.set(choice),
        Deed::Language(choice) => language.speak(choice),
        Deed::Nothing(_) => {}
        Deed::Sheet => shortcuts.sheet.set(true),
        Deed::SignOut => task::detached(session.sign_out()),
    }
}
