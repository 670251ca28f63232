//! What a page asks the server while it is open. On the server the answer goes into the document, and
//! the browser takes it from there; later the browser asks itself.
//!
//! A resource of Leptos costs the browser much code for every type that it holds. All questions are
//! one such resource, of an answer whose type only the page knows.

use std::any::Any;
use std::convert::Infallible;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::PortalError;
use crate::wire::{self, Wire, WireError};

/// A question, and its answer when there is one.
pub struct Question<T> {
    answer: Resource<Answer, Wire>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Question<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Question<T> {}

/// What a question is answered with.
type Result<T> = std::result::Result<T, PortalError>;

impl<T> Question<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// Asks about a subject, and again whenever it changes.
    pub fn new<S, Fut>(
        subject: impl Fn() -> S + Send + Sync + 'static,
        ask: impl Fn(S) -> Fut + Send + Sync + 'static,
    ) -> Self
    where
        S: Serialize,
        Fut: Future<Output = Result<T>> + Send + 'static,
    {
        let subject = Arc::new(subject);
        let written = Arc::clone(&subject);
        let ask = move || -> Pin<Box<dyn Future<Output = Answer> + Send>> {
            let asked = ask(untrack(|| subject()));
            Box::pin(async move { Answer::Received(Arc::new(asked.await)) })
        };
        Self {
            answer: resource(
                Box::new(move || wire::encode(&written()).unwrap_or_default()),
                Box::new(ask),
            ),
            of: PhantomData,
        }
    }

    /// The answer, once it is there.
    ///
    /// # Errors
    /// What the server said instead.
    pub async fn answer(self) -> Result<T> {
        self.answer.await.read()
    }
}

/// The one resource that all questions are; it knows its subject as it is written.
fn resource(
    subject: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
    ask: Box<dyn Fn() -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>,
) -> Resource<Answer, Wire> {
    Resource::new_with_options(subject, move |_| ask(), true)
}

/// An answer whose type is forgotten.
#[derive(Clone)]
enum Answer {
    /// As it stands in the document.
    Written(Arc<[u8]>),
    /// As a server function gave it.
    Received(Arc<dyn Received>),
}

/// A `Result<T>` of some `T`.
trait Received: Any + Send + Sync {
    /// As it is written into the document.
    #[cfg(feature = "ssr")]
    fn written(&self) -> std::result::Result<Vec<u8>, WireError>;
}

impl<T: Serialize + Send + Sync + 'static> Received for Result<T> {
    #[cfg(feature = "ssr")]
    fn written(&self) -> std::result::Result<Vec<u8>, WireError> {
        wire::encode(self)
    }
}

impl Answer {
    fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T> {
        let read = match self {
            Self::Written(bytes) => wire::decode(bytes).ok(),
            Self::Received(answer) => (&**answer as &dyn Any).downcast_ref().cloned(),
        };
        read.unwrap_or_else(|| {
            Err(PortalError::invalid(
                "the page has another answer than it asked for",
            ))
        })
    }
}

impl Encoder<Answer> for Wire {
    type Error = WireError;
    type Encoded = String;

    #[cfg(feature = "ssr")]
    fn encode(answer: &Answer) -> std::result::Result<String, WireError> {
        match answer {
            Answer::Written(bytes) => Ok(wire::to_text(bytes)),
            Answer::Received(answer) => answer.written().map(|bytes| wire::to_text(&bytes)),
        }
    }

    /// Only a server writes documents.
    #[cfg(not(feature = "ssr"))]
    fn encode(_: &Answer) -> std::result::Result<String, WireError> {
        Err(WireError::Malformed)
    }
}

impl Decoder<Answer> for Wire {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> std::result::Result<Answer, Infallible> {
        Ok(Answer::Written(wire::from_text(text).into()))
    }
}
