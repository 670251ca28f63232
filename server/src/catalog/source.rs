//! An entity as text: YAML, JSON, or the file it comes from.

use app::catalog::types::{SourceFormat, SourceText};
use app::error::PortalError;
use catalog::snapshot::CatalogEntity;
use model::catalog::with_relations;
use tokio::io::AsyncReadExt;

use super::place::Base;
use super::problems;
use super::view::View;

/// The most of a file that is shown, in bytes.
const LIMIT: u64 = 1024 * 1024;

pub(super) async fn source(
    view: &View,
    own: &CatalogEntity,
    format: SourceFormat,
) -> Result<SourceText, PortalError> {
    let text = match format {
        SourceFormat::Json => json(view, own)?,
        SourceFormat::Yaml => serde_saphyr::to_string(&own.entity.value())
            .map_err(|error| PortalError::invalid(error.to_string()))?,
        SourceFormat::File => file(own).await?,
    };
    let here = &own.location;
    let in_file = view
        .snapshot()
        .problems()
        .iter()
        .filter(|problem| *problem.location == **here);
    Ok(SourceText {
        format,
        text,
        file: Some(place(own)),
        line: own.line,
        problems: in_file
            .map(|problem| problems::view(view, problem))
            .collect(),
    })
}

fn json(view: &View, own: &CatalogEntity) -> Result<String, PortalError> {
    let failed = |error: serde_json::Error| PortalError::invalid(error.to_string());
    let value: serde_json::Value = serde_json::from_str(&served(view, own)).map_err(failed)?;
    serde_json::to_string_pretty(&value).map_err(failed)
}

/// The entity's JSON as the API serves it.
pub(super) fn served(view: &View, own: &CatalogEntity) -> String {
    let status = view.snapshot().status_of(own);
    let relations = view.index().relations(&own.entity.entity_ref);
    with_relations(&own.entity.body, &relations, status.as_ref())
}

/// The entity's file as people know it.
pub(super) fn place(own: &CatalogEntity) -> String {
    Base::of(&own.entity.origin).shown(&own.location)
}

async fn file(own: &CatalogEntity) -> Result<String, PortalError> {
    let gone = || PortalError::not_found(format!("the file {}", place(own)));
    let location = &own.location;
    let path = location.strip_prefix("file:").ok_or_else(gone)?;
    let file = tokio::fs::File::open(path).await.map_err(|_| gone())?;
    let mut bytes = Vec::new();
    file.take(LIMIT)
        .read_to_end(&mut bytes)
        .await
        .map_err(|_| gone())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
