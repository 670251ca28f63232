//! What server functions find around them: the ports, and who is asking.

use std::sync::Arc;

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use model::catalog::EntityRef;

use crate::catalog::port::CatalogPort;
use crate::error::PortalError;
use crate::home::port::HomePort;
use crate::identity::port::IdentityPort;

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text; it goes nowhere where it could be read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Something that can be allowed, in Backstage's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Which part of the portal: `catalog`.
    pub plugin: &'static str,
    /// `catalog.entity.read`.
    pub name: &'static str,
    /// `create`, `read`, `update` or `delete`.
    pub action: &'static str,
}

/// A program that is known by its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its name.
    pub subject: String,
    /// All that it may do; without a list, everything.
    pub grants: Option<Vec<Grant>>,
}

/// What a program may do in a part of the portal. An empty list allows all there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Which part.
    pub plugin: String,
    /// Names of permissions.
    pub permissions: Vec<String>,
    /// Actions of permissions.
    pub actions: Vec<String>,
}

impl Grant {
    fn covers(&self, permission: Permission) -> bool {
        let has = |list: &[String], wanted: &str| {
            list.is_empty() || list.iter().any(|allowed| allowed == wanted)
        };
        self.plugin == permission.plugin
            && has(&self.permissions, permission.name)
            && has(&self.actions, permission.action)
    }
}

impl Program {
    fn may(&self, permission: Permission) -> bool {
        let grants = self.grants.as_ref();
        grants.is_none_or(|grants| grants.iter().any(|grant| grant.covers(permission)))
    }
}

/// Who is asking. The middleware puts it into every request; without it nothing is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in user.
    pub user: Option<EntityRef>,
    /// The user and their direct groups.
    pub ownership: Vec<EntityRef>,
    /// The program that asks instead of a user.
    pub program: Option<Program>,
    /// The session's token, to end it.
    pub session: Option<Secret>,
    /// Whether reading is open to everybody (`backend.auth.dangerouslyDisableDefaultAuthPolicy`).
    pub open_reading: bool,
}

impl Actor {
    /// May this actor read the catalog?
    ///
    /// # Errors
    /// [`PortalError::Unauthenticated`] where reading needs a sign-in.
    pub fn authorize_read(&self) -> Result<(), PortalError> {
        let everything = |program: &Program| program.grants.is_none();
        let program = self.program.as_ref().is_some_and(everything);
        if self.user.is_some() || self.open_reading || program {
            Ok(())
        } else {
            Err(PortalError::Unauthenticated)
        }
    }

    /// May this actor do what an interface for programs offers? People may, as far as they may
    /// do it on pages.
    ///
    /// # Errors
    /// [`PortalError::Unauthenticated`] where nobody is known, [`PortalError::Forbidden`] for a
    /// program to which it is not granted.
    pub fn authorize(&self, permission: Permission) -> Result<(), PortalError> {
        match &self.program {
            Some(program) if program.may(permission) => Ok(()),
            Some(program) => Err(PortalError::Forbidden {
                action: format!("use {} as {}", permission.name, program.subject),
                who: "whoever keeps backend.auth.externalAccess".to_owned(),
            }),
            None if permission.action == "read" => self.authorize_read(),
            None => self.require_user().map(drop),
        }
    }

    /// The signed-in user, for what is theirs alone.
    ///
    /// # Errors
    /// [`PortalError::Unauthenticated`] without one.
    pub fn require_user(&self) -> Result<&EntityRef, PortalError> {
        self.user.as_ref().ok_or(PortalError::Unauthenticated)
    }
}

/// The ports, given to every request.
#[derive(Clone)]
pub struct Ports {
    /// Questions about the catalog.
    pub catalog: Arc<dyn CatalogPort>,
    /// Sign-in, stars, settings, visits.
    pub identity: Arc<dyn IdentityPort>,
    /// The home page.
    pub home: Arc<dyn HomePort>,
}

/// The ports and the actor of the current request.
///
/// # Errors
/// [`PortalError::Internal`] outside a request.
pub fn request() -> Result<(Ports, Actor), PortalError> {
    let ports = use_context::<Ports>();
    let actor = use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Actor>().cloned());
    ports.zip(actor).ok_or_else(|| PortalError::Internal {
        request_id: "outside a request".to_owned(),
    })
}

/// Sets the HTTP status of the answer to what the error says, and passes the result on.
///
/// # Errors
/// The one it was given.
pub fn answer<T>(result: Result<T, PortalError>) -> Result<T, PortalError> {
    let response = use_context::<ResponseOptions>();
    if let (Err(error), Some(response)) = (&result, response)
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}
