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

/// Who is asking. The middleware puts it into every request; without it nothing is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The signed-in user.
    pub user: Option<EntityRef>,
    /// The user and their direct groups.
    pub ownership: Vec<EntityRef>,
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
        if self.user.is_some() || self.open_reading {
            Ok(())
        } else {
            Err(PortalError::Unauthenticated)
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
