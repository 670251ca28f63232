//! Annotation keys and other names that mean the same in every catalog.

/// The file an entity was read from, as a location reference; written by the server.
pub const MANAGED_BY_LOCATION: &str = "backstage.io/managed-by-location";
/// The configured or registered location at the root of it; written by the server.
pub const MANAGED_BY_ORIGIN_LOCATION: &str = "backstage.io/managed-by-origin-location";
/// `"true"` on an entity that no location mentions any more; written by the server.
pub const ORPHAN: &str = "backstage.io/orphan";
/// Where to read the source of the entity in a browser.
pub const VIEW_URL: &str = "backstage.io/view-url";
/// Where to edit the source of the entity in a browser.
pub const EDIT_URL: &str = "backstage.io/edit-url";
/// The folder with the source code, as a location reference.
pub const SOURCE_LOCATION: &str = "backstage.io/source-location";

/// Where the documentation's source lies: `dir:.` or `url:…`.
pub const TECHDOCS_REF: &str = "backstage.io/techdocs-ref";
/// The entity whose documentation to show instead.
pub const TECHDOCS_ENTITY: &str = "backstage.io/techdocs-entity";
/// The page within that documentation.
pub const TECHDOCS_ENTITY_PATH: &str = "backstage.io/techdocs-entity-path";
/// The template that an entity was created from.
pub const SOURCE_TEMPLATE: &str = "backstage.io/source-template";
/// On a template: how long the same work takes by hand, an ISO 8601 duration.
pub const TIME_SAVED: &str = "backstage.io/time-saved";

/// `owner/repository` on GitHub.
pub const GITHUB_PROJECT_SLUG: &str = "github.com/project-slug";
/// `organisation/team` on GitHub.
pub const GITHUB_TEAM_SLUG: &str = "github.com/team-slug";
/// A user's login on GitHub.
pub const GITHUB_USER_LOGIN: &str = "github.com/user-login";
/// `group/project` on GitLab.
pub const GITLAB_PROJECT_SLUG: &str = "gitlab.com/project-slug";
/// `project/repository` on Azure DevOps.
pub const AZURE_PROJECT_SLUG: &str = "dev.azure.com/project-slug";
/// `project/repository` on Bitbucket.
pub const BITBUCKET_PROJECT_SLUG: &str = "bitbucket.org/project-slug";
/// A job's full name on Jenkins.
pub const JENKINS_JOB: &str = "jenkins.io/job-full-name";
/// A project's key on SonarQube.
pub const SONARQUBE_PROJECT_KEY: &str = "sonarqube.org/project-key";
/// A project on Sentry.
pub const SENTRY_PROJECT_SLUG: &str = "sentry.io/project-slug";
/// A project on CircleCI.
pub const CIRCLECI_PROJECT_SLUG: &str = "circleci.com/project-slug";
/// A service's integration key on PagerDuty.
pub const PAGERDUTY_INTEGRATION_KEY: &str = "pagerduty.com/integration-key";

/// The type of status items that say why the newest source of an entity was not accepted.
pub const PROCESSING_STATUS: &str = "backstage.io/catalog-processing";

/// What takes the place of a view or edit address that would run a script.
pub const REFUSED_ADDRESS: &str = "about:blank#refused";
