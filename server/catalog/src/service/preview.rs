//! What a location would bring, without keeping anything of it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use futures::{StreamExt, stream};
use model::catalog::{EntityRef, LocationRef, relations};
use tokio::{sync::oneshot, time::timeout};

use super::CatalogService;
use crate::{
    config::{ConfiguredLocation, Standing},
    process::{Emission, Owners, Reader, Sources, decide, survey},
    source::Web,
    store::StoredProblem,
    yaml::spawn_deep,
};

/// A location that leads on and on is given up after this many steps.
const ROUNDS: usize = 20;
/// For all of it.
const TIME: Duration = Duration::from_secs(25);
/// Pages that are read at once.
const AT_ONCE: usize = 8;

/// What a location would bring.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Entities in the order in which they were found, the generated Location first.
    pub entities: Vec<PreviewEntity>,
    /// What is wrong, by place.
    pub problems: Vec<StoredProblem>,
    /// References of these entities to what is neither among them nor in the catalog: from, to.
    pub dangling: Vec<(EntityRef, EntityRef)>,
}

/// An entity that a location would bring.
#[derive(Debug, Clone)]
pub struct PreviewEntity {
    /// The file that it is in.
    pub location: String,
    /// What the file says.
    pub emission: Emission,
    /// What would become of it.
    pub fate: Fate,
}

/// What would become of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It would be new.
    New,
    /// It is in the catalog, and would be different.
    Changed,
    /// It is in the catalog as it is.
    Unchanged,
    /// The catalog has it from another file, which keeps it.
    Elsewhere(String),
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// It took too long, or led on and on.
    #[error("the location could not be read to its end within {} seconds", TIME.as_secs())]
    Endless,
    /// The machine has no thread left.
    #[error("the location could not be read just now")]
    Busy,
}

impl CatalogService {
    /// Reads a location and everything that it leads to, as if it had been registered.
    ///
    /// # Errors
    /// When it cannot be read to its end; what is wrong with it is in the preview.
    pub async fn preview(&self, location: &LocationRef) -> Result<Preview, PreviewError> {
        timeout(TIME, self.look_ahead(location))
            .await
            .unwrap_or(Err(PreviewError::Endless))
    }

    async fn look_ahead(&self, location: &LocationRef) -> Result<Preview, PreviewError> {
        let reader = Arc::clone(self.shared.outside.web.reader());
        let web = Arc::new(Web::new(reader, None));
        let begin = ConfiguredLocation {
            location: location.clone(),
            is_optional: false,
            standing: Standing::Registered,
        };
        let owners = Arc::new(Owners::of(&self.snapshot()));
        for _ in 0..ROUNDS {
            let (preview, is_complete) = self.pass(&web, &begin, &owners).await?;
            if is_complete {
                return Ok(preview);
            }
            let due = stream::iter(web.take_due(usize::MAX));
            due.for_each_concurrent(AT_ONCE, |due| async {
                web.fetch(due).await;
            })
            .await;
        }
        Err(PreviewError::Endless)
    }

    async fn pass(
        &self,
        web: &Arc<Web>,
        begin: &ConfiguredLocation,
        owners: &Arc<Owners>,
    ) -> Result<(Preview, bool), PreviewError> {
        let config = Arc::clone(&self.shared.config);
        let (web, begin, owners) = (Arc::clone(web), begin.clone(), Arc::clone(owners));
        let (done, result) = oneshot::channel();
        let work = move || {
            let sources = Sources {
                locations: &[begin],
                web: &web,
                problems: &[],
            };
            let mut reader = Reader::new(config.kinds.clone());
            let survey = survey(&config, &sources, &owners, &mut reader);
            let batch = decide(&survey, &owners, config.orphan_strategy);
            let problems = batch.problems.into_iter().flat_map(|own| own.problems);
            let entities: Vec<_> = survey
                .emissions()
                .map(|(location, emission)| entity(location, emission, &owners))
                .collect();
            let preview = Preview {
                dangling: dangling(&entities, &owners),
                problems: problems.collect(),
                entities,
            };
            // An error means that nobody waits any more.
            let _ = done.send((preview, survey.is_complete()));
        };
        spawn_deep(work).map_err(|_| PreviewError::Busy)?;
        result.await.map_err(|_| PreviewError::Busy)
    }
}

fn entity(location: &str, emission: &Emission, owners: &Owners) -> PreviewEntity {
    let fate = match owners.get(&emission.entity_ref) {
        None => Fate::New,
        Some(owner) if *owner.location != *location => Fate::Elsewhere(owner.location.to_string()),
        Some(owner) if owner.etag == emission.etag => Fate::Unchanged,
        Some(_) => Fate::Changed,
    };
    PreviewEntity {
        location: location.to_owned(),
        emission: emission.clone(),
        fate,
    }
}

fn dangling(entities: &[PreviewEntity], owners: &Owners) -> Vec<(EntityRef, EntityRef)> {
    let here: HashSet<&EntityRef> = entities
        .iter()
        .map(|own| &own.emission.entity_ref)
        .collect();
    let mut dangling = Vec::new();
    for own in entities {
        let value = serde_json::from_str(&own.emission.body).unwrap_or_default();
        let declared = relations::declared(&value).unwrap_or_default();
        let own = &own.emission.entity_ref;
        for relation in declared
            .into_iter()
            .filter(|relation| relation.source == *own)
        {
            let target = relation.target;
            if !here.contains(&target) && owners.get(&target).is_none() {
                dangling.push((own.clone(), target));
            }
        }
    }
    dangling.sort_unstable();
    dangling.dedup();
    dangling
}
