//! A code that is sent as the second factor: having it sent, and what is typed.

use leptos::prelude::*;
use portico_contract::sent_code::CodeChannel;

use super::super::components::{CODE, FactorCode};
use super::entry::Entry;
use super::form::{Sending, Trust, Wait};
use super::showing::Showing;
use crate::api::sent_codes::CodePost;
use crate::i18n::texts::second_factor as words;
use crate::i18n::{Text, t};
use crate::platform::{task, web_otp};
use crate::ui::{FailureBanner, Form, SendCode};

/// Where codes are sent, and what became of that. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SentCode {
    /// Where to.
    pub(super) channel: CodeChannel,
    /// What became of it.
    pub(super) post: CodePost,
}

impl SentCode {
    /// None was sent yet.
    pub(super) fn new(channel: CodeChannel) -> Self {
        Self {
            channel,
            post: CodePost::of(|| ()),
        }
    }
}

/// What is said of codes that go to `channel`, and why something else is safer.
pub const fn about(channel: CodeChannel) -> (Text, Text) {
    match channel {
        CodeChannel::Sms => (words::SMS_INTRO, words::SMS_WEAKER),
        CodeChannel::Mail => (words::MAIL_INTRO, words::MAIL_WEAKER),
    }
}

/// Lets the browser fill in the code of each message, where it reads them, as long as the component is there.
pub fn fill_in(channel: CodeChannel, post: CodePost, code: RwSignal<String>) {
    if channel != CodeChannel::Sms {
        return;
    }
    Effect::new(move |_| {
        // Each code has a message of its own.
        if post.count().get() == 0 {
            return;
        }
        task::scoped(async move {
            if let Some(read) = web_otp::receive().await {
                code.set(read);
            }
        });
    });
}

/// Has a code sent, and takes it once one may be there.
#[component]
pub(super) fn SentCodeForm(
    showing: Showing,
    entry: Entry,
    codes: SentCode,
    buttons: Callback<Option<Sending>, AnyView>,
) -> impl IntoView {
    let SentCode { channel, post } = codes;
    let (intro, weaker) = about(channel);
    let is_awaited = Memo::new(move |_| post.is_awaited());
    let send = Callback::new(move |()| showing.send_code(entry, codes));
    let form = move || {
        if is_awaited.get() {
            view! { <TheCode showing entry codes buttons /> }.into_any()
        } else {
            buttons.run(None)
        }
    };
    view! {
        <p>{t(intro)}</p>
        <p class="meta">{t(weaker)}</p>
        <FailureBanner failure=post.failure() />
        <SendCode
            to=post.to()
            count=post.count()
            until_ms=post.until_ms()
            pending=post.submission.pending
            autofocus=!is_awaited.get_untracked()
            on_send=send
        />
        {form}
    }
}

#[component]
fn TheCode(
    showing: Showing,
    entry: Entry,
    codes: SentCode,
    buttons: Callback<Option<Sending>, AnyView>,
) -> impl IntoView {
    let Entry {
        method, state, tries, ..
    } = entry;
    fill_in(codes.channel, codes.post, entry.code);
    let submit = Callback::new(move |()| showing.send(entry));
    let sending = Sending {
        label: words::VERIFY,
        pending: tries.pending(),
    };
    view! {
        <FailureBanner failure=tries.failure(showing.has_recovery()) />
        <Wait tries />
        <Form state label=t(words::HEADING) on_submit=submit>
            <FactorCode
                method
                value=entry.code
                label=words::CODE
                hint=words::SENT_CODE_HINT
                error=state.error(CODE)
                pending=tries.pending()
                autofocus=true
            />
            <Trust showing />
            {buttons.run(Some(sending))}
        </Form>
    }
}
