//! The links of a feed's items.

use url::Url;

/// The addresses of a feed's items in the order of the feed, each once, up to `n_max`; `None` where the bytes are no
/// feed. RSS, Atom and JSON Feed are read.
pub(crate) fn item_links(bytes: &[u8], base: &Url, n_max: usize) -> Option<Vec<Url>> {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(base.as_str())).build();
    let feed = parser.parse(bytes).ok()?;
    let mut links = Vec::new();
    for entry in feed.entries {
        if links.len() >= n_max {
            break;
        }
        let is_page = |rel: &Option<String>| rel.as_deref().is_none_or(|rel| rel == "alternate");
        let link = entry.links.iter().find(|link| is_page(&link.rel));
        let Some(mut url) = link.and_then(|link| base.join(link.href.trim()).ok()) else { continue };
        url.set_fragment(None);
        if !links.contains(&url) {
            links.push(url);
        }
    }
    Some(links)
}
