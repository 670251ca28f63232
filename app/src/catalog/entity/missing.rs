//! The page of an entity that does not exist: what was meant, perhaps, and who still speaks of it.

use model::catalog::page::{CatalogQuery, EVERY_KIND, RefLabel};

use crate::catalog::get_form::follow;
use crate::catalog::types::MissingEntity;
use crate::prelude::*;
use crate::ui::avatar::Avatar;
use crate::ui::icon::{Icon, KindIcon};
use crate::ui::not_found::NotFoundArt;

/// More references than this are counted, not listed.
const SHOWN: usize = 12;

/// The page's content.
pub(super) fn missing(missing: &MissingEntity) -> impl IntoView + use<> {
    let near = missing
        .nearest
        .iter()
        .map(|near| row(&near.entity, near.owner.as_ref()))
        .collect_view();
    let has_near = !missing.nearest.is_empty();
    let text = if has_near {
        "It may be misspelt, renamed, or removed. These are the nearest names in the catalog."
    } else {
        "It may be misspelt, renamed, or removed, and no name in the catalog is near it."
    };
    view! {
        <div class="nf">
            <NotFoundArt/>
            <p class="muted mono nf__ref">{missing.entity_ref.to_string()}</p>
            <h1>"Nothing is registered under this name"</h1>
            <p class="soft">{text}</p>
            {has_near.then(|| view! { <ul class="panel plist nf__list">{near}</ul> })}
            {named_by(&missing.named_by)}
            {search(missing.entity_ref.name().to_owned())}
        </div>
    }
}

fn row(label: &RefLabel, owner: Option<&RefLabel>) -> AnyView {
    let owner = owner.map(|owner| {
        let person = owner.entity_ref.is_kind("user");
        view! { <span class="owner"><Avatar label=owner.label.clone() person/><span>{owner.label.clone()}</span></span> }
    });
    view! {
        <li>
            <a href=label.href.clone()>
                <span class="ent"><KindIcon kind=label.entity_ref.kind().to_owned()/><b>{label.label.clone()}</b></span>
                <code class="muted plist__k">{label.entity_ref.to_string()}</code>
                {owner}
            </a>
        </li>
    }
}

/// Who still refers to it: the place to mend, or the reason to create it.
fn named_by(labels: &[RefLabel]) -> Option<AnyView> {
    if labels.is_empty() {
        return None;
    }
    let count = labels.len();
    let rows = labels
        .iter()
        .take(SHOWN)
        .map(|label| row(label, None))
        .collect_view();
    let more = count.saturating_sub(SHOWN);
    let view = view! {
        <section class="nf__named" aria-labelledby="nf-named">
            <h2 id="nf-named">"Still referred to by "<span class="count">{count}</span></h2>
            <ul class="panel plist nf__list">{rows}</ul>
            {(more > 0).then(|| view! { <p class="muted">"and "{more}" more"</p> })}
        </section>
    };
    Some(view.into_any())
}

fn search(name: String) -> impl IntoView {
    view! {
        <form method="get" action="/catalog" class="row nf__act nf__search" role="search" aria-label="The catalog" on:submit=follow(|query| CatalogQuery::from_query_string(query).href())>
            <input type="hidden" name="filters[kind]" value=EVERY_KIND/>
            <div class="affix grow">
                <Icon name="search"/>
                <input class="input" type="search" name="filters[text]" value=name aria-label="Search the catalog"/>
            </div>
            <button type="submit" class="btn btn--primary">"Search the catalog"</button>
        </form>
    }
}
