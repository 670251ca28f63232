//! Links that the organisation has configured.

use super::types::{Tool, Toolbox};
use crate::prelude::*;
use crate::ui::icon::Icon;

/// A box of links.
pub(super) fn toolbox(toolbox: Toolbox) -> impl IntoView {
    view! {
        <section class="panel">
            <div class="panel__head"><h2>{toolbox.title}</h2></div>
            <ul class="tools">{toolbox.tools.into_iter().map(tool).collect_view()}</ul>
        </section>
    }
}

fn tool(tool: Tool) -> impl IntoView {
    let icon = if tool.icon.is_empty() {
        "link".to_owned()
    } else {
        tool.icon
    };
    view! {
        <li>
            <a href=tool.url.clone() rel=rel(&tool.url)>
                <Icon name=icon/>
                <span><b>{tool.title}</b><small>{tool.description}</small></span>
            </a>
        </li>
    }
}

/// Where those begin who are new.
pub(super) fn getting_started(tools: Vec<Tool>) -> Option<impl IntoView> {
    (!tools.is_empty()).then(|| {
        view! {
            <section class="panel">
                <div class="panel__head"><h2>"Getting started"</h2></div>
                <ul class="plist gs">{tools.into_iter().map(step).collect_view()}</ul>
            </section>
        }
    })
}

fn step(tool: Tool) -> impl IntoView {
    let icon = if tool.icon.is_empty() {
        "docs".to_owned()
    } else {
        tool.icon
    };
    view! {
        <li>
            <a href=tool.url.clone() rel=rel(&tool.url)>
                <span class="tl__icon"><Icon name=icon/></span>
                <span class="gs__t"><b>{tool.title}</b><small>{tool.description}</small></span>
            </a>
        </li>
    }
}

/// A link that leaves the portal tells nobody where it was.
fn rel(url: &str) -> Option<&'static str> {
    (!url.starts_with('/')).then_some("external noopener noreferrer")
}
