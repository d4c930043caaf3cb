//! What the addresses of articles tell.

/// The host of an address in lower case, without `www.`, user and port; `None` where it has none.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_string();
    host.contains('.').then_some(host)
}

/// The name of the site: "meridian" of `https://www.meridian.example/1`; `None` where it is too short to tell.
pub(crate) fn site_name(url: &str) -> Option<String> {
    let host = host_of(url)?;
    host.split('.').next().filter(|name| name.len() > 2).map(str::to_string)
}

/// The address without what does not tell pages apart: scheme, `www.`, parameters of tracking, fragment, a slash at the
/// end.
pub(crate) fn plain(url: &str) -> Option<String> {
    let host = host_of(url)?;
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let path_start = rest.find(['/', '?']).unwrap_or(rest.len());
    let (path, query) = rest[path_start..].split_once('?').unwrap_or((&rest[path_start..], ""));
    let parameters: Vec<&str> =
        query.split('&').filter(|parameter| !parameter.is_empty() && !parameter.starts_with("utm_")).collect();
    let query = if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) };
    Some(format!("{host}{}{query}", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        for (url, expected) in [
            ("https://www.Karsk.example/Talks/?utm_source=x&utm_medium=y#top", "karsk.example/Talks"),
            ("http://karsk.example:8080/Talks", "karsk.example/Talks"),
            ("karsk.example/a?id=1&utm_source=x", "karsk.example/a?id=1"),
            ("https://user:secret@karsk.example", "karsk.example"),
        ] {
            assert_eq!(plain(url).as_deref(), Some(expected), "{url}");
        }
        assert_eq!((plain("no address"), host_of("")), (None, None));
        assert_eq!(site_name("https://www.meridian.example/1").as_deref(), Some("meridian"));
    }
}
