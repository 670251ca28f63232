//! How answers travel from the server to the browser: field after field, without names, so that the
//! browser needs no parser. The REST interface, which others read, speaks JSON; this is between the
//! two halves of one build.

mod protocol;
mod text;

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::protocol::Call;
pub use self::text::{from_text, to_text};

/// The encoding.
pub struct Wire;

/// A body in the encoding.
pub type Body = Post<Wire>;

/// Why a value could not be written or read.
pub type WireError = postcard::Error;

/// Writes a value.
///
/// # Errors
/// Fails for types whose length is not known when they are begun.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, WireError> {
    postcard::to_allocvec(value)
}

/// Reads a value, which is all that the bytes hold.
///
/// # Errors
/// Fails where the bytes are something else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    match postcard::take_from_bytes(bytes)? {
        (value, []) => Ok(value),
        _ => Err(WireError::DeserializeBadEncoding),
    }
}

impl ContentType for Wire {
    const CONTENT_TYPE: &'static str = "application/octet-stream";
}

impl FormatType for Wire {
    const FORMAT_TYPE: Format = Format::Binary;
}

impl<T: Serialize> Encodes<T> for Wire {
    type Error = WireError;

    fn encode(value: &T) -> Result<Bytes, WireError> {
        encode(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Wire {
    type Error = WireError;

    fn decode(bytes: Bytes) -> Result<T, WireError> {
        decode(&bytes)
    }
}
