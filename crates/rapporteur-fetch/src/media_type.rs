//! Which media types are fetched.

const MEDIA_TYPES: &str = include_str!("../data/media-types.txt");

/// Whether a response of this `Content-Type` may hold an article or a feed.
pub(crate) fn is_wanted(content_type: &str) -> bool {
    let essence = essence(content_type);
    let mut known = MEDIA_TYPES.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    known.any(|line| line == essence)
}

/// Whether a response of this `Content-Type` says to be a feed.
pub(crate) fn is_feed(content_type: &str) -> bool {
    matches!(
        essence(content_type).as_str(),
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json"
    )
}

/// The media type without its parameters.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
