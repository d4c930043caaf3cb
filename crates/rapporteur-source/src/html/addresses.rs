//! What the addresses of a page tell of it.

use super::metadata::Metadata;
use crate::dates::Reading;
use crate::moment::told_date;
use crate::publication::date_in_url;

/// What the addresses of a page tell.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Without scheme, query and closing slash.
    pub(crate) plain: Vec<String>,
    pub(crate) date: Option<Reading>,
    /// The day on which an archive kept the page, as its address tells; the page is not younger.
    pub(crate) archived: Option<i64>,
    /// The part of the name of the site after its last dot.
    pub(crate) domain: Option<String>,
}

impl Addresses {
    pub(crate) fn of(metadata: &Metadata, url: Option<&str>) -> Self {
        let told = [metadata.canonical(), metadata.first(&["og:url"])].into_iter().flatten();
        let told: Vec<&str> = url.into_iter().chain(told.map(|item| item.words.as_str())).collect();
        let mut addresses = Addresses::default();
        for address in told {
            let (archived, address) = without_archive(address);
            addresses.archived = addresses.archived.or(archived);
            addresses.date = addresses.date.or_else(|| date_in_url(address));
            let site = address.split_once("//").and_then(|(_, rest)| rest.split(['/', '?', ':']).next());
            let domain = site.and_then(|site| site.rsplit('.').next()).map(str::to_lowercase);
            addresses.domain = addresses.domain.take().or(domain);
            addresses.plain.push(plain_address(address));
        }
        addresses
    }
}

pub(crate) fn plain_address(address: &str) -> String {
    let address = address.split_once("//").map_or(address, |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or_default();
    address.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
}

/// The address inside that of an archive, `…/web/20310309103000/https://…`, with the day it was kept.
fn without_archive(address: &str) -> (Option<i64>, &str) {
    let inner = address.match_indices("/http").find_map(|(at, _)| {
        let before = address[..at].rsplit('/').next()?;
        let digits = before.get(..14).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        Some((told_date(digits)?.reading.day_number(), &address[at + 1..]))
    });
    inner.unwrap_or((None, address))
}
