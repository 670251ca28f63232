//! The members and teams of an organisation.

use futures::{StreamExt, TryStreamExt, stream};
use serde::{Deserialize, Serialize};

use super::GitHub;
use crate::ReadError;

/// Lists at once.
const AT_ONCE: usize = 8;

/// An organisation's people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its members, by login.
    pub people: Vec<Person>,
    /// Its teams, by slug.
    pub teams: Vec<Team>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The login.
    pub login: String,
    /// The name, if the person gave one.
    pub name: Option<String>,
    /// The public address, if there is one.
    pub email: Option<String>,
    /// A picture.
    pub avatar_url: Option<String>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The slug of the team above.
    pub parent: Option<String>,
    /// The logins of its members, those of teams below included.
    pub members: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Login {
    login: String,
}

#[derive(Serialize, Deserialize)]
struct TeamAnswer {
    slug: String,
    name: String,
    description: Option<String>,
    parent: Option<Parent>,
}

#[derive(Serialize, Deserialize)]
struct Parent {
    slug: String,
}

impl GitHub {
    /// The members and teams of an organisation.
    ///
    /// # Errors
    /// When any of it cannot be read: half of an organisation is none.
    pub async fn people(&self, organization: &str) -> Result<Organization, ReadError> {
        let members = format!("/orgs/{organization}/members?per_page=100");
        let members: Vec<Login> = self.pages(organization, &members).await?;
        let person = |member: Login| async move {
            let path = format!("/users/{}", member.login);
            let (person, _): (Person, _) = self.list(organization, &path).await?;
            Ok::<_, ReadError>(person)
        };
        let people = stream::iter(members).map(person).buffered(AT_ONCE);
        let mut people: Vec<Person> = people.try_collect().await?;
        people.sort_unstable_by(|a, b| a.login.cmp(&b.login));
        Ok(Organization {
            people,
            teams: self.teams(organization).await?,
        })
    }

    async fn teams(&self, organization: &str) -> Result<Vec<Team>, ReadError> {
        let teams = format!("/orgs/{organization}/teams?per_page=100");
        let teams: Vec<TeamAnswer> = self.pages(organization, &teams).await?;
        let with_members = |team: TeamAnswer| async move {
            let path = format!(
                "/orgs/{organization}/teams/{}/members?per_page=100",
                team.slug
            );
            let members: Vec<Login> = self.pages(organization, &path).await?;
            let mut members: Vec<String> = members.into_iter().map(|own| own.login).collect();
            members.sort_unstable();
            Ok::<_, ReadError>(Team {
                slug: team.slug,
                name: team.name,
                description: team.description.filter(|text| !text.is_empty()),
                parent: team.parent.map(|parent| parent.slug),
                members,
            })
        };
        let teams = stream::iter(teams).map(with_members).buffered(AT_ONCE);
        let mut teams: Vec<Team> = teams.try_collect().await?;
        teams.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
        Ok(teams)
    }
}
