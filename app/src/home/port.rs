//! What the home page needs from the server.

use super::types::HomePage;
use crate::context::Actor;
use crate::error::PortalError;

/// The home page in one question.
#[async_trait::async_trait]
pub trait HomePort: Send + Sync + 'static {
    /// Everything on it.
    async fn home(&self, actor: &Actor) -> Result<HomePage, PortalError>;
}
