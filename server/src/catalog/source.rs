//! An entity as text: YAML, JSON, or the file it comes from.

use app::catalog::types::{SourceFormat, SourceText};
use app::error::PortalError;
use model::catalog::with_relations;
use tokio::io::AsyncReadExt;

use super::node::Node;
use super::problems;
use super::view::View;

/// The most of a file that is shown, in bytes.
const LIMIT: u64 = 1024 * 1024;

pub(super) async fn source(
    view: &View,
    node: &Node,
    format: SourceFormat,
) -> Result<SourceText, PortalError> {
    let text = match format {
        SourceFormat::Json => json(view, node)?,
        SourceFormat::Yaml => serde_saphyr::to_string(&node.value)
            .map_err(|error| PortalError::invalid(error.to_string()))?,
        SourceFormat::File => file(&node.stored.location).await?,
    };
    let here = &node.stored.location;
    let in_file = view
        .snapshot()
        .problems()
        .iter()
        .filter(|problem| &problem.location == here);
    Ok(SourceText {
        format,
        text,
        file: Some(problems::shown(here)),
        line: node.stored.line,
        problems: in_file
            .map(|problem| problems::view(view, problem))
            .collect(),
    })
}

fn json(view: &View, node: &Node) -> Result<String, PortalError> {
    let status = view.snapshot().status_of(&node.stored);
    let relations = view.relations(node.entity_ref());
    let served = with_relations(&node.stored.entity.body, &relations, status.as_ref());
    let value: serde_json::Value =
        serde_json::from_str(&served).map_err(|error| PortalError::invalid(error.to_string()))?;
    serde_json::to_string_pretty(&value).map_err(|error| PortalError::invalid(error.to_string()))
}

async fn file(location: &str) -> Result<String, PortalError> {
    let gone = || PortalError::not_found(format!("the file {}", problems::shown(location)));
    let path = location.strip_prefix("file:").ok_or_else(gone)?;
    let file = tokio::fs::File::open(path).await.map_err(|_| gone())?;
    let mut bytes = Vec::new();
    file.take(LIMIT)
        .read_to_end(&mut bytes)
        .await
        .map_err(|_| gone())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
