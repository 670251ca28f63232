//! How a server function is called. One routine waits for every answer; what a function adds in the
//! browser is to write its arguments and to read its result.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use leptos::server_fn::client::Client;
use leptos::server_fn::codec::{Encoding, FromReq, IntoReq};
use leptos::server_fn::error::{IntoAppError, ServerFnErrorErr};
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::server::Server;
use leptos::server_fn::{Bytes, ContentType, Http, Protocol};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Body, Wire, decode};
use crate::error::PortalError;

/// A call whose arguments are written as `Input`, and whose result is a [`Body`].
pub struct Call<Input>(PhantomData<Input>);

impl<Input, Arguments, Output, C, S> Protocol<Arguments, Output, C, S, PortalError> for Call<Input>
where
    Input: Encoding,
    Arguments:
        IntoReq<Input, C::Request, PortalError> + FromReq<Input, S::Request, PortalError> + Send,
    Output: Serialize + DeserializeOwned + Send,
    C: Client<PortalError>,
    S: Server<PortalError>,
{
    const METHOD: http::Method = Input::METHOD;

    async fn run_server<F, Fut>(
        request: S::Request,
        function: F,
    ) -> Result<S::Response, PortalError>
    where
        F: Fn(Arguments) -> Fut + Send,
        Fut: Future<Output = Result<Output, PortalError>> + Send,
    {
        <Http<Input, Body> as Protocol<Arguments, Output, C, S, PortalError>>::run_server(
            request, function,
        )
        .await
    }

    async fn run_client(path: &str, arguments: Arguments) -> Result<Output, PortalError> {
        let request = arguments.into_req(path, Wire::CONTENT_TYPE)?;
        let body = exchange::<C>(request).await?;
        decode(&body)
            .map_err(|error| ServerFnErrorErr::Deserialization(error.to_string()).into_app_error())
    }
}

/// Sends a request and waits for the body of its answer, or for the error that it is.
fn exchange<C: Client<PortalError>>(
    request: C::Request,
) -> Pin<Box<dyn Future<Output = Result<Bytes, PortalError>> + Send>> {
    Box::pin(async move {
        let response = C::send(request).await?;
        let status = response.status();
        let redirected = (300..=399).contains(&status) || response.has_redirect();
        let location = response.location();
        let body = response.try_into_bytes().await?;
        if (400..=599).contains(&status) {
            // What a proxy says is not ours to read.
            let other = |_| PortalError::Transport {
                message: format!("the answer was {status}"),
            };
            return Err(decode(&body).unwrap_or_else(other));
        }
        if redirected {
            call_redirect_hook(&location);
        }
        Ok(body)
    })
}
