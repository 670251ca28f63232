//! Sources on the web: a site of texts, which a pass sees as far as it has been read.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use integrations::{Answer, Commit, Content, ReadError, Repository, UrlReader};
use model::catalog::{LocationRef, scm::Scm};
use serde_json::json;
use url::Url;

use super::world::{World, component, location};
use crate::config::{ConfiguredLocation, Standing};

/// Texts by address; a text that begins with `!` cannot be read.
#[derive(Default)]
pub(super) struct Site(Mutex<BTreeMap<String, String>>);

#[async_trait]
impl UrlReader for Site {
    fn permits(&self, _: &Url) -> Result<(), ReadError> {
        Ok(())
    }

    fn scm(&self, address: &Url) -> Option<Scm> {
        (address.host_str() == Some("github.com")).then_some(Scm::GitHub)
    }

    async fn read(
        &self,
        address: &Url,
        known: Option<&str>,
        _: usize,
    ) -> Result<Answer<Content>, ReadError> {
        let texts = self.0.lock().unwrap();
        let text = texts.get(address.as_str()).ok_or(ReadError::Missing)?;
        if text.starts_with('!') {
            return Err(ReadError::Timeout);
        }
        if known == Some(text) {
            return Ok(Answer::Unchanged);
        }
        let commit = Commit {
            id: "c0ffee".to_owned(),
            author: Some("ann".to_owned()),
        };
        Ok(Answer::New {
            value: Content {
                bytes: text.clone().into_bytes(),
                commit: Some(commit),
            },
            validator: Some(text.clone()),
        })
    }

    async fn search(&self, pattern: &Url, _: Option<&str>) -> Result<Answer<Vec<Url>>, ReadError> {
        let texts = self.0.lock().unwrap();
        let glob = globset::Glob::new(pattern.as_str())
            .unwrap()
            .compile_matcher();
        let found = texts.keys().filter(|address| glob.is_match(address));
        Ok(Answer::New {
            value: found.map(|address| Url::parse(address).unwrap()).collect(),
            validator: None,
        })
    }

    async fn repositories(&self, _: &str, _: &str) -> Result<Vec<Repository>, ReadError> {
        Ok(Vec::new())
    }
}

const ROOT: &str = "https://github.com/acme/svc/blob/main/catalog-info.yaml";

fn site(texts: &[(&str, &str)]) -> (World, Arc<Site>) {
    let site = Arc::new(Site::default());
    for (address, text) in texts {
        site.put(address, text);
    }
    let mut world = World::configured(&json!({"locations": [{"type": "url", "target": ROOT}]}));
    world.on(Arc::clone(&site) as Arc<dyn UrlReader>);
    (world, site)
}

impl Site {
    fn put(&self, address: &str, text: &str) {
        let mut texts = self.0.lock().unwrap();
        texts.insert(address.to_owned(), text.to_owned());
    }
}

const OTHER: &str = "https://github.com/acme/svc/tree/main/deep/b.yaml";

#[test]
fn a_location_on_the_web_is_followed_step_by_step() {
    let root = [location("all", &["./deep/b.yaml"]), component("a")].join("---\n");
    let (mut world, _) = site(&[(ROOT, &root), (OTHER, &component("b"))]);
    world.check(&[], &[]);
    assert!(!world.batch.full_read, "it has yet to be read");
    world.fetch().check(
        &[
            &format!("a url:{ROOT}"),
            &format!("location:default/all url:{ROOT}"),
        ],
        &[],
    );
    world.fetch().check(
        &[
            &format!("a url:{ROOT}"),
            &format!("b url:{OTHER}"),
            &format!("location:default/all url:{ROOT}"),
        ],
        &[],
    );
    assert!(world.batch.full_read);
    let body = world.body("component:default/b");
    let annotations = &body["metadata"]["annotations"];
    let edit = "https://github.com/acme/svc/edit/main/deep/b.yaml";
    let folder = "url:https://github.com/acme/svc/tree/main/deep/";
    assert_eq!(annotations["backstage.io/view-url"], OTHER);
    assert_eq!(annotations["backstage.io/edit-url"], edit);
    assert_eq!(annotations["backstage.io/source-location"], folder);
}

#[test]
fn what_cannot_be_read_any_more_stays_with_a_problem() {
    let root = [location("all", &["./deep/b.yaml"]), component("a")].join("---\n");
    let (mut world, site) = site(&[(ROOT, &root), (OTHER, &component("b"))]);
    let all = [
        &*format!("a url:{ROOT}"),
        &*format!("b url:{OTHER}"),
        &*format!("location:default/all url:{ROOT}"),
    ];
    world.pass().fetch().pass().fetch().check(&all, &[]);
    site.put(OTHER, "! the network is away");
    world.renew().fetch();
    world.check(
        &all,
        &[&format!(
            "url:{ROOT}:6:13 target {OTHER}: the host did not answer in time; what was read until"
        )],
    );
    // After a restart nothing of it is known but what the catalog holds.
    world.restart().pass().fetch().pass().fetch();
    world.check(
        &all,
        &[&format!(
            "url:{ROOT}:6:13 target {OTHER}: the host did not answer"
        )],
    );
    site.put(ROOT, "! this, too");
    world.renew().fetch();
    world.check(&all, &["url:https://github.com/acme/svc/blob/main/catalog-info.yaml:0:0 target the host did not"]);
    site.put(ROOT, &component("a"));
    world.renew().fetch().pass();
    world.check(&[&format!("a url:{ROOT}")], &[]);
}

#[test]
fn a_file_that_has_not_changed_is_not_read_into_the_catalog_again() {
    let (mut world, site) = site(&[(ROOT, &component("a"))]);
    world.pass().fetch().pass();
    let put = &world.batch.puts[0];
    assert_eq!(
        (put.commit.as_deref(), put.author.as_deref()),
        (Some("c0ffee"), Some("ann"))
    );
    world.renew().fetch().pass();
    assert!(world.batch.puts.is_empty());
    site.put(ROOT, &component("b"));
    world.renew().fetch().pass();
    assert_eq!(world.batch.puts.len(), 1);
}

#[test]
fn a_pattern_stands_for_the_files_that_it_matches() {
    let pattern = "https://github.com/acme/mono/blob/main/**/catalog-info.yaml";
    let one = "https://github.com/acme/mono/blob/main/a/catalog-info.yaml";
    let two = "https://github.com/acme/mono/blob/main/b/c/catalog-info.yaml";
    let root = location("all", &[pattern]);
    let (mut world, _) = site(&[
        (ROOT, &root),
        (one, &component("a")),
        (two, &component("b")),
    ]);
    for _ in 0..3 {
        world.pass().fetch();
    }
    world.check(
        &[
            &format!("a url:{one}"),
            &format!("b url:{two}"),
            &format!("location:default/all url:{ROOT}"),
        ],
        &[],
    );
}

#[test]
fn the_web_leads_neither_to_files_nor_into_other_repositories() {
    let files = location("all", &["/etc/passwd"]).replace("spec:\n", "spec:\n  type: file\n");
    let foreign = component("a").replace(
        "type: service",
        "type: {$text: 'https://github.com/other/secret/blob/main/key.txt'}",
    );
    let root = [files, foreign].join("---\n");
    let (mut world, _) = site(&[(ROOT, &root)]);
    world.pass().fetch();
    world.check(
        &[&format!("location:default/all url:{ROOT}")],
        &[
            &format!("url:{ROOT}:7:13 target a location on the web cannot lead to files"),
            &format!("url:{ROOT}:14:3 placeholder spec.type: https://github.com/other/secret/blob/main/key.txt is in another"),
        ],
    );
}

#[test]
fn nobody_registers_a_person() {
    let user = "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: eve\nspec:\n  memberOf: [admins]\n";
    let (mut world, _) = site(&[(ROOT, user)]);
    world.config.rules = crate::config::Rules::allow_everything();
    world.config.locations = vec![ConfiguredLocation {
        location: LocationRef::new("url", ROOT).unwrap(),
        is_optional: false,
        standing: Standing::Registered,
    }];
    world.pass().fetch();
    world.check(
        &[],
        &[&format!(
            "url:{ROOT}:2:7 rules kind User may not come from this location"
        )],
    );
    world.config.locations[0].standing = Standing::Configured;
    world.pass();
    assert_eq!(world.entities(), [format!("user:default/eve url:{ROOT}")]);
}
