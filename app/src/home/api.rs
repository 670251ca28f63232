//! The home page's server function.

#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments, which are documented by name"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::types::HomePage;
use crate::error::PortalError;
use crate::wire::Call;

#[cfg(feature = "ssr")]
use crate::context::{answer, request};

/// Everything on the home page.
#[server(endpoint = "home", protocol = Call<GetUrl>)]
pub async fn fetch_home() -> Result<HomePage, PortalError> {
    let (ports, actor) = request()?;
    answer(ports.home.home(&actor).await)
}
