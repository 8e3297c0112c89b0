//! The design system: the parts that every screen is made of, and how they behave by pointer, keyboard and screen
//! reader. A part knows no route, no API, no session and no feature; what it says comes in through its properties, save
//! for the few words that are the same everywhere. Each part's look is the file of the same name in
//! `style/components`.

mod announcer;
mod avatar;
mod badge;
mod banner;
mod breadcrumbs;
mod button;
mod dialog;
mod empty_state;
mod error_state;
mod facts;
mod field;
mod icon;
mod link_button;
mod load_view;
mod mark;
mod menu;
mod page_title;
mod password_field;
mod progress;
mod roving;
mod search_field;
mod select;
mod skeleton;
mod tabs;
mod tag;
mod text_field;
mod theme;
mod toast;
mod tone;
mod tooltip;
mod virtual_list;

pub use announcer::{Announcer, LiveRegion, use_announcer};
pub use avatar::{Avatar, AvatarSize};
pub use badge::Badge;
pub use banner::{Banner, BannerAction};
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::{Button, ButtonKind, ButtonSize, ButtonVariant, IconButton};
pub use dialog::{ConfirmDialog, Dialog, DialogActions, DialogSize, Sheet};
pub use empty_state::EmptyState;
pub use error_state::ErrorState;
pub use facts::{Fact, Facts};
pub use icon::{Icon, IconName};
pub use link_button::LinkButton;
pub use load_view::LoadView;
pub use mark::Mark;
pub use menu::{Menu, MenuAlign, MenuChoice, MenuEntry};
pub use page_title::{PageTitle, ProductName, provide_page_focus};
pub use password_field::PasswordField;
pub use progress::Progress;
pub use search_field::SearchField;
pub use select::Select;
pub use skeleton::Skeleton;
pub use tabs::{Tab, Tabs};
pub use tag::Tag;
pub use text_field::TextField;
pub use theme::{Theme, ThemeChoice, use_theme};
pub use toast::{Toast, ToastRegion, Toasts, use_toasts};
pub use tone::Tone;
pub use tooltip::Tooltip;
pub use virtual_list::{VirtualList, VirtualRoles};
