//! The two ways to make bytes smaller for a browser. The build of this crate uses this file as well.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

/// The window of Brotli, as a power of two: what every browser takes.
const WINDOW: i32 = 22;

/// The bytes in Brotli's format. An effort of 11 is as small as it gets and takes seconds for a megabyte; 9 is a tenth
/// larger and takes tenths of a second.
pub(crate) fn brotli(bytes: &[u8], effort: i32) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: effort,
        lgwin: WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    // Nothing fails where both ends are memory; what would is sent as it is.
    match brotli::BrotliCompress(&mut &*bytes, &mut out, &params) {
        Ok(_) => out,
        Err(_) => Vec::new(),
    }
}

/// The bytes in the format of gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).and_then(|()| out.finish()).unwrap_or_default()
}
