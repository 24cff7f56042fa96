//! What an address sends, in the encodings that a browser takes, and which of them goes out.
//!
//! What is the same for every reader is compressed once and kept. Each encoding has an entity tag of its own, so that
//! a reader who has it already is sent nothing.

use crate::compress;
use crate::page::Asset;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How hard to compress while the first reader waits.
const EFFORT: i32 = 9;

/// How hard to compress what every reader loads before there is an answer: a tenth smaller, and the first reader waits
/// for tenths of a second.
const UTMOST: i32 = 11;

/// The content of an address.
pub(crate) struct Content {
    pub kind: &'static str,
    plain: Bytes,
    effort: i32,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    sum: OnceLock<u64>,
}

/// What goes out.
pub(crate) struct Sent {
    /// `br`, `gzip`, or nothing for the bytes as they are.
    pub encoding: Option<&'static str>,
    pub tag: String,
    /// Nothing if the reader has it already.
    pub bytes: Option<Bytes>,
}

impl Content {
    /// Made while the server runs.
    pub(crate) fn made(kind: &'static str, bytes: Vec<u8>) -> Self {
        let (brotli, gzip, sum) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { kind, plain: Bytes::from(bytes), effort: EFFORT, brotli, gzip, sum }
    }

    /// Made while the server runs, and as small as it gets on its way.
    pub(crate) fn small(kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { effort: UTMOST, ..Self::made(kind, bytes) }
    }

    /// A file in the binary, which was compressed when it was built.
    pub(crate) fn of(asset: &Asset) -> Self {
        let ready = |bytes: &'static [u8]| OnceLock::from(Bytes::from_static(bytes));
        let (brotli, gzip) = (ready(asset.brotli), ready(asset.gzip));
        let plain = Bytes::from_static(asset.bytes);
        Self { kind: asset.kind, plain, effort: EFFORT, brotli, gzip, sum: OnceLock::new() }
    }

    /// The bytes as they are, for what is not kept.
    pub(crate) fn plain(&self) -> Bytes {
        self.plain.clone()
    }

    /// What goes out to a reader who sent these headers.
    pub(crate) fn sent(&self, asked: &HeaderMap) -> Sent {
        let brotli = || self.brotli.get_or_init(|| compress::brotli(&self.plain, self.effort).into());
        let gzip = || self.gzip.get_or_init(|| compress::gzip(&self.plain).into());
        // What does not get smaller, or could not be compressed, goes out as it is.
        let smaller = |bytes: &&Bytes| !bytes.is_empty() && bytes.len() < self.plain.len();
        let small = |name: &'static str, bytes: &Bytes| (Some(name), bytes.clone());
        let (encoding, bytes) = takes(asked, "br")
            .then(brotli)
            .filter(smaller)
            .map(|bytes| small("br", bytes))
            .or_else(|| takes(asked, "gzip").then(gzip).filter(smaller).map(|bytes| small("gzip", bytes)))
            .unwrap_or_else(|| (None, self.plain.clone()));
        let sum = self.sum.get_or_init(|| crate::sum(self.plain.iter().copied()));
        let tag = format!("\"{sum:016x}-{}\"", encoding.unwrap_or("plain"));
        let bytes = (!has(asked, &tag)).then_some(bytes);
        Sent { encoding, tag, bytes }
    }
}

/// Whether a reader takes an encoding: it is named, and not with a weight of nothing.
fn takes(asked: &HeaderMap, encoding: &str) -> bool {
    let values = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|each| {
        let (name, weight) = each.split_once(';').unwrap_or((each, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_ok_and(|weight| weight > 0.0)
    })
}

/// Whether a reader says to have what this tag names.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let values = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|each| each == "*" || each.strip_prefix("W/").unwrap_or(each) == tag)
}

/// The contents that are the same for every reader, by their addresses. Only addresses that exist come in, so their
/// number is bounded by what is served.
#[derive(Default)]
pub(crate) struct Kept(Mutex<BTreeMap<String, Arc<Content>>>);

impl Kept {
    pub(crate) fn get(&self, address: &str) -> Option<Arc<Content>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    pub(crate) fn keep(&self, address: String, content: Content) -> Arc<Content> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(kept.entry(address).or_insert_with(|| Arc::new(content)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn asking(headers: &[(HeaderName, &'static str)]) -> HeaderMap {
        headers.iter().map(|(name, value)| (name.clone(), value.parse().expect("a header"))).collect()
    }

    fn content() -> Content {
        Content::made("text/plain", "to be or not to be ".repeat(100).into_bytes())
    }

    #[test]
    fn a_reader_gets_the_smallest_encoding_it_takes() {
        let encoding = |takes| content().sent(&asking(&[(ACCEPT_ENCODING, takes)])).encoding;
        assert_eq!(encoding("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(encoding("gzip;q=0.5, br;q=0"), Some("gzip"));
        assert_eq!(encoding("BR;q=0.1"), Some("br"));
        assert_eq!(encoding("deflate, abr, br;q=x"), None);
        assert_eq!(content().sent(&HeaderMap::new()).encoding, None);
    }

    #[test]
    fn what_comes_out_is_what_went_in() {
        let content = content();
        let sent = |takes| {
            content.sent(&asking(&[(ACCEPT_ENCODING, takes)])).bytes.expect("the reader has nothing yet")
        };
        let (mut small, mut from_brotli, mut from_gzip) = (sent("br"), Vec::new(), Vec::new());
        assert!(small.len() < content.plain.len());
        brotli::BrotliDecompress(&mut &small[..], &mut from_brotli).expect("Brotli");
        small = sent("gzip");
        assert!(small.len() < content.plain.len());
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&small[..]), &mut from_gzip)
            .expect("gzip");
        assert_eq!(from_brotli, content.plain);
        assert_eq!(from_gzip, content.plain);
    }

    #[test]
    fn what_does_not_get_smaller_goes_out_as_it_is() {
        let sent = Content::made("text/plain", vec![7]).sent(&asking(&[(ACCEPT_ENCODING, "br, gzip")]));
        assert_eq!((sent.encoding, sent.bytes.as_deref()), (None, Some(&[7][..])));
    }

    #[test]
    fn a_reader_who_has_this_encoding_is_sent_nothing() {
        let content = content();
        let first = content.sent(&asking(&[(ACCEPT_ENCODING, "br")]));
        let again = |takes, tag: &str| {
            let mut headers = asking(&[(ACCEPT_ENCODING, takes)]);
            headers.insert(IF_NONE_MATCH, tag.parse().expect("a header"));
            content.sent(&headers).bytes.is_none()
        };
        assert!(first.bytes.is_some());
        assert!(again("br", &first.tag));
        assert!(again("br", &format!("\"another\", W/{}", first.tag)));
        assert!(!again("gzip", &first.tag), "another encoding is another thing");
        assert!(!again("br", "\"another\""));
    }
}
