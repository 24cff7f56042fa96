//! The files of the page, inside the binary.

/// A file: its address, its kind, its content as it is and compressed.
pub(crate) struct Asset {
    pub path: &'static str,
    pub kind: &'static str,
    pub bytes: &'static [u8],
    pub brotli: &'static [u8],
    pub gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file at an address. A page is known without its ending, too: `/author` is `/author.html`.
pub(crate) fn asset(path: &str) -> Option<&'static Asset> {
    let path = if path == "/" { "/index" } else { path };
    let page = |asset: &Asset| asset.path.strip_suffix(".html") == Some(path);
    ASSETS.iter().find(|asset| asset.path == path || page(asset))
}
