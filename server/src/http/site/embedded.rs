//! The site's files inside the executable. They are served from where the system has mapped it:
//! nothing is copied, and what nobody asks for is not even read.

use std::io::Read;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use percent_encoding::percent_decode_str;

/// One file, in the forms that it is there in. What is compressed is not there plain.
#[derive(Debug)]
pub(super) struct EmbeddedFile {
    /// As it is asked for: `/pkg/perilune.js`.
    pub(super) path: &'static str,
    /// Of its content.
    pub(super) etag: &'static str,
    pub(super) plain: Option<&'static [u8]>,
    pub(super) br: Option<&'static [u8]>,
    pub(super) gzip: Option<&'static [u8]>,
}

/// Files in the order of their paths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Embedded(pub(super) &'static [EmbeddedFile]);

impl Embedded {
    /// The answer to a request for a file; `None` when there is no such file.
    pub(super) fn answer(self, request: &Request) -> Option<Response> {
        let path = percent_decode_str(request.uri().path())
            .decode_utf8()
            .ok()?;
        let at = self.0.binary_search_by(|file| file.path.cmp(&path)).ok()?;
        let file = self.0.get(at)?;
        Some(match *request.method() {
            Method::GET => file.answer(request.headers(), true),
            Method::HEAD => file.answer(request.headers(), false),
            _ => (
                StatusCode::METHOD_NOT_ALLOWED,
                [(header::ALLOW, "GET, HEAD")],
            )
                .into_response(),
        })
    }
}

impl EmbeddedFile {
    fn answer(&self, asked: &HeaderMap, with_body: bool) -> Response {
        let (encoding, bytes) = self.form(asked);
        let etag = match encoding {
            Some(encoding) => format!("\"{}-{encoding}\"", self.etag),
            None => format!("\"{}\"", self.etag),
        };
        let mut headers = HeaderMap::new();
        if self.plain.is_none() {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_known(asked, &etag) {
            headers.extend(HeaderValue::try_from(etag).map(|etag| (header::ETAG, etag)));
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.extend(HeaderValue::try_from(etag).map(|etag| (header::ETAG, etag)));
        headers.insert(header::CONTENT_TYPE, content_type(self.path));
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        let body = if with_body {
            Body::from(bytes)
        } else {
            Body::empty()
        };
        (headers, body).into_response()
    }

    /// The smallest form that is accepted.
    fn form(&self, asked: &HeaderMap) -> (Option<&'static str>, Bytes) {
        match (self.br, self.gzip, self.plain) {
            (Some(br), _, _) if accepts(asked, "br") => (Some("br"), Bytes::from_static(br)),
            (_, Some(gzip), _) if accepts(asked, "gzip") => {
                (Some("gzip"), Bytes::from_static(gzip))
            }
            (_, _, Some(plain)) => (None, Bytes::from_static(plain)),
            (_, Some(gzip), None) => (None, unpacked(gzip)),
            _ => (None, Bytes::new()),
        }
    }
}

/// No browser asks so, and what is unpacked is ours: a file of the site, some milliseconds.
fn unpacked(gzip: &[u8]) -> Bytes {
    let mut plain = Vec::new();
    match GzDecoder::new(gzip).read_to_end(&mut plain) {
        Ok(_) => plain.into(),
        Err(error) => {
            tracing::error!(%error, "a file of the site cannot be unpacked");
            Bytes::new()
        }
    }
}

/// Whether the asker has what it would get.
fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// Whether an encoding is named, and not with a weight of nothing.
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter();
    let mut offers = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    offers.any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, "q=1"));
        let weight = weight.trim().strip_prefix("q=");
        let weight = weight.and_then(|weight| weight.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

fn content_type(path: &str) -> HeaderValue {
    let extension = path.rsplit('.').next().unwrap_or_default();
    HeaderValue::from_static(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `gzip -n` of `body {}`.
    const PACKED: &[u8] = &[
        31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 202, 79, 169, 84, 168, 174, 5, 0, 250, 234, 80, 216,
        7, 0, 0, 0,
    ];
    static FILES: &[EmbeddedFile] = &[
        EmbeddedFile {
            path: "/a font.woff2",
            etag: "1a",
            plain: Some(b"font"),
            br: None,
            gzip: None,
        },
        EmbeddedFile {
            path: "/pkg/p.css",
            etag: "2b",
            plain: None,
            br: Some(b"brotli"),
            gzip: Some(PACKED),
        },
    ];

    fn ask(method: Method, path: &str, more: &[(header::HeaderName, &str)]) -> Option<Response> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in more {
            request = request.header(name, *value);
        }
        Embedded(FILES).answer(&request.body(Body::empty()).unwrap())
    }

    async fn told(path: &str, more: &[(header::HeaderName, &str)]) -> (u16, String, Vec<u8>) {
        let answer = ask(Method::GET, path, more).unwrap();
        let header = |name| {
            let value = answer.headers().get(name);
            value
                .map_or("-", |value| value.to_str().unwrap())
                .to_owned()
        };
        let headers = [header::CONTENT_ENCODING, header::CONTENT_TYPE, header::ETAG].map(header);
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), 100).await.unwrap();
        (status, headers.join(" "), body.to_vec())
    }

    #[tokio::test]
    async fn everybody_gets_a_form_that_they_take() {
        let css = |encoding| [(header::ACCEPT_ENCODING, encoding)];
        for (accepted, headers, body) in [
            (
                "gzip, deflate, br, zstd",
                "br text/css; charset=utf-8 \"2b-br\"",
                &b"brotli"[..],
            ),
            (
                "br;q=0, GZIP;q=0.5",
                "gzip text/css; charset=utf-8 \"2b-gzip\"",
                PACKED,
            ),
            ("identity", "- text/css; charset=utf-8 \"2b\"", b"body {}"),
        ] {
            let expected = (200, headers.to_owned(), body.to_vec());
            assert_eq!(
                told("/pkg/p.css", &css(accepted)).await,
                expected,
                "{accepted}"
            );
        }
        let font = (200, "- font/woff2 \"1a\"".to_owned(), b"font".to_vec());
        assert_eq!(told("/a%20font.woff2", &css("br")).await, font);
    }

    #[tokio::test]
    async fn what_is_known_is_not_sent_again() {
        let asked = |tag| {
            [
                (header::ACCEPT_ENCODING, "br"),
                (header::IF_NONE_MATCH, tag),
            ]
        };
        for known in ["\"2b-br\"", "W/\"2b-br\"", "\"x\", \"2b-br\"", "*"] {
            assert_eq!(told("/pkg/p.css", &asked(known)).await.0, 304, "{known}");
        }
        assert_eq!(told("/pkg/p.css", &asked("\"2b-gzip\"")).await.0, 200);
    }

    #[tokio::test]
    async fn files_are_only_read_and_nothing_else_is_one() {
        assert!(ask(Method::GET, "/pkg", &[]).is_none());
        assert!(ask(Method::GET, "/pkg/../pkg/p.css", &[]).is_none());
        let posted = ask(Method::POST, "/pkg/p.css", &[]).unwrap();
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
        let head = ask(Method::HEAD, "/a%20font.woff2", &[]).unwrap();
        assert_eq!(head.headers()[header::CONTENT_LENGTH], "4");
        let body = axum::body::to_bytes(head.into_body(), 100).await.unwrap();
        assert!(body.is_empty());
    }
}
