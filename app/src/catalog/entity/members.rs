//! Members of a group: the first of them on the overview, all of them on their own tab.

use super::address::members_href;
use super::data::Answer;
use super::tab::Tab;
use super::words::loadable;
use crate::catalog::get_form::follow;
use crate::catalog::types::{EntityDetail, Member, Members, MembersQuery};
use crate::error::PortalError;
use crate::prelude::*;
use crate::ui::avatar::{Avatar, AvatarSize};
use crate::ui::empty::Empty;
use crate::ui::error_view::ErrorView;
use crate::ui::icon::Icon;

/// As many people stand on the overview.
const SHOWN: usize = 6;

/// The overview's panel.
pub(super) fn preview(
    detail: &EntityDetail,
    answer: Result<Members, PortalError>,
) -> impl IntoView + use<> {
    let href = Tab::Members.href(&detail.href);
    let count = answer.as_ref().ok().map(|members| members.total);
    let more = count.is_some_and(|count| usize::try_from(count).is_ok_and(|count| count > SHOWN));
    let all = more.then(|| view! { <span class="push"><a class="more" href=href.clone()>"All members"<Icon name="arrow-right"/></a></span> });
    let content = match answer {
        Err(error) => view! { <ErrorView error/> },
        Ok(members) if members.rows.is_empty() => {
            view! { <p class="muted">"No direct members. "<a class="link" href=format!("{href}?all=true")>"Members of groups below"</a></p> }
        }
        Ok(members) => {
            let people = members.rows.iter().take(SHOWN).map(card).collect_view();
            view! { <ul class="epeople">{people}</ul> }
        }
    };
    view! {
        <section class="panel" aria-labelledby="e-members">
            <div class="panel__head"><h2 id="e-members">"Members "{count.map(|count| view! { <a class="count" href=href>{count}</a> })}</h2>{all}</div>
            <div class="panel__body">{content}</div>
        </section>
    }
}

fn card(member: &Member) -> impl IntoView + use<> {
    let title = member.description.clone();
    view! {
        <li>
            <a class="ownrow" href=member.user.href.clone()>
                {portrait(member)}
                <span class="epeople__text"><b class="truncate">{member.user.label.clone()}</b><small class="truncate" title=title.clone()>{title.clone()}</small></span>
            </a>
        </li>
    }
}

fn portrait(member: &Member) -> AnyView {
    match loadable(member.picture.clone()) {
        Some(picture) => {
            view! { <img class="epeople__picture" src=picture alt="" width="36" height="36" loading="lazy" referrerpolicy="no-referrer"/> }
        }
        None => {
            view! { <Avatar label=member.user.label.clone() person=true size=AvatarSize::Large/> }
        }
    }
}

/// The members tab.
pub(super) fn tab(detail: &EntityDetail, query: &MembersQuery, answer: Answer<Members>) -> AnyView {
    let content = match answer {
        None => view! { <span class="sk sk--60"></span> },
        Some(Err(error)) => view! { <ErrorView error/> },
        Some(Ok(members)) => list(detail, query, &members),
    };
    view! {
        {controls(detail, query)}
        {content}
    }
}

fn controls(detail: &EntityDetail, query: &MembersQuery) -> impl IntoView + use<> {
    let choice = |all: bool, label: &'static str| {
        let href = members_href(
            &detail.href,
            &MembersQuery {
                all,
                offset: 0,
                ..query.clone()
            },
        );
        view! { <a href=href aria-current=(all == query.all).then_some("true") data-noscroll="">{label}</a> }
    };
    let all = query
        .all
        .then(|| view! { <input type="hidden" name="all" value="true"/> });
    let (action, text) = (Tab::Members.href(&detail.href), query.text.clone());
    view! {
        <div class="filterbar">
            <form method="get" action=action.clone() class="row emembers__form" role="search" aria-label="Members" on:submit=follow(move |query| format!("{action}?{query}"))>
                {all}
                <div class="affix grow">
                    <Icon name="search"/>
                    <input class="input" type="search" name="q" value=text aria-label="Search members" placeholder="Name, title or e-mail"/>
                </div>
                <button type="submit" class="btn">"Search"</button>
            </form>
            <span class="seg push" role="group" aria-label="Whose members">
                {choice(false, "Direct")}
                {choice(true, "With groups below")}
            </span>
        </div>
    }
}

fn list(detail: &EntityDetail, query: &MembersQuery, members: &Members) -> AnyView {
    if members.rows.is_empty() {
        let text = if members.unfiltered == 0 {
            "Nobody is a member yet. People name their groups in spec.memberOf, or a group names them in spec.members."
        } else {
            "Nobody's name, title or e-mail has this in it."
        };
        return view! { <Empty icon="user" title="No members" text=text/> };
    }
    let rows = members.rows.iter().map(row).collect_view();
    let of = if members.total == members.unfiltered {
        String::new()
    } else {
        format!(" of {}", members.unfiltered)
    };
    let noun = match members.unfiltered {
        1 => "member",
        _ => "members",
    };
    view! {
        <h2 class="emembers__title">{format!("{}{of} {noun}", members.total)}</h2>
        <table class="table t-members table--cards">
            <caption class="visually-hidden">{format!("Members of {}", detail.title)}</caption>
            <thead>
                <tr>
                    <th scope="col" class="c-name">"Name"</th>
                    <th scope="col">"Title"</th>
                    <th scope="col">"E-mail"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {paging(detail, query, members.total)}
    }
}

fn row(member: &Member) -> impl IntoView + use<> {
    let email = member.email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! { <a class="tlink above" href=href>{email}</a> }
    });
    let (class, icon) = ("ent tlink emembers__name", portrait(member));
    view! {
        <tr>
            <td class="c-name"><a class=class href=member.user.href.clone()>{icon}<span class="truncate">{member.user.label.clone()}</span></a></td>
            <td class="c-meta" title=member.description.clone()>{member.description.clone()}</td>
            <td class="c-meta">{email}</td>
        </tr>
    }
}

fn paging(detail: &EntityDetail, query: &MembersQuery, total: u32) -> Option<AnyView> {
    if total <= Members::PAGE {
        return None;
    }
    let at = |offset: u32| {
        members_href(
            &detail.href,
            &MembersQuery {
                offset,
                ..query.clone()
            },
        )
    };
    let last = query.offset.saturating_add(Members::PAGE).min(total);
    let previous = (query.offset > 0).then(|| view! { <a class="btn btn--sm" rel="prev" href=at(query.offset.saturating_sub(Members::PAGE))>"Previous"</a> });
    let next = (last < total)
        .then(|| view! { <a class="btn btn--sm" rel="next" href=at(last)>"Next"</a> });
    let view = view! {
        <nav class="tablefoot" aria-label="Pages of members">
            <span>{query.offset + 1}" to "{last}" of "{total}</span>
            <span class="push row">{previous}{next}</span>
        </nav>
    };
    Some(view.into_any())
}
