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
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The halves are of different builds: the page was open while the portal was updated.
    #[error("the portal was updated meanwhile; load the page again")]
    OtherBuild,
    /// The bytes are something else.
    #[error("the answer cannot be read")]
    Malformed,
}

/// Stands before every value. Without names, a value of another build could pass for one of this.
const BUILD: &[u8] = env!("WIRE_BUILD").as_bytes();

/// Writes a value.
///
/// # Errors
/// Fails for types whose length is not known when they are begun.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, WireError> {
    postcard::to_extend(value, BUILD.to_vec()).map_err(|_| WireError::Malformed)
}

/// Reads a value, which is all that the bytes hold.
///
/// # Errors
/// Fails where the bytes are of another build, or something else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WireError> {
    let bytes = bytes.strip_prefix(BUILD).ok_or(WireError::OtherBuild)?;
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(WireError::Malformed),
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

#[cfg(test)]
mod tests {
    use super::{BUILD, WireError, decode, encode};
    use crate::error::PortalError;

    #[test]
    fn a_value_comes_back() {
        let answer: Result<Vec<String>, PortalError> = Err(PortalError::invalid("no"));
        let bytes = encode(&answer).unwrap();
        assert_eq!(decode(&bytes), Ok(answer));
    }

    #[test]
    fn nothing_else_passes_for_a_value() {
        let mut bytes = encode(&7_u32).unwrap();
        assert_eq!(decode::<u32>(b"garbled"), Err(WireError::OtherBuild));
        assert_eq!(decode::<u32>(BUILD), Err(WireError::Malformed));
        bytes.push(0);
        assert_eq!(decode::<u32>(&bytes), Err(WireError::Malformed));
    }
}
