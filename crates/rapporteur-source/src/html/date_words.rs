//! The words that tell dates on pages, read once from `data/html-dates.txt`; the file says what each section is for.

use crate::lexicon::sections;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a page says a date to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Published,
    /// Made, which is mostly the day of publication.
    Created,
    /// A date and no more.
    Unsure,
    Modified,
    /// The date of something else.
    Other,
}

/// Where an element stands, as its own names and those around it tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Region {
    Comments,
    Related,
    Chrome,
}

pub(crate) struct DateWords {
    metas: HashMap<&'static str, Role>,
    stems: HashMap<&'static str, Vec<&'static str>>,
    classes: HashMap<&'static str, Role>,
    class_beginnings: Vec<&'static str>,
    class_endings: Vec<&'static str>,
    class_no_dates: HashSet<&'static str>,
    regions: HashMap<&'static str, Region>,
    pub(crate) labels: HashMap<&'static str, Role>,
    pub(crate) attributes: Vec<&'static str>,
    /// Best first.
    pub(crate) script_properties: Vec<&'static str>,
    pub(crate) month_first_languages: HashSet<&'static str>,
    pub(crate) month_first_domains: HashSet<&'static str>,
}

pub(crate) fn date_words() -> &'static DateWords {
    static WORDS: LazyLock<DateWords> = LazyLock::new(DateWords::load);
    &WORDS
}

impl DateWords {
    fn load() -> Self {
        let sections = sections(include_str!("../../data/html-dates.txt"));
        let each = |name: &str, role: Role| sections[name].iter().map(move |word| (*word, role)).collect::<Vec<_>>();
        let region = |name: &str, region: Region| sections[name].iter().map(move |w| (*w, region)).collect::<Vec<_>>();
        let metas = [
            each("meta published", Role::Published),
            each("meta modified", Role::Modified),
            each("meta created", Role::Created),
            each("meta unsure", Role::Unsure),
        ];
        let classes = [
            each("class published", Role::Published),
            each("class modified", Role::Modified),
            each("class date", Role::Unsure),
            each("class other", Role::Other),
        ];
        let labels = [
            each("labels published", Role::Published),
            each("labels updated", Role::Modified),
            each("labels other", Role::Other),
        ];
        let regions = [
            region("region comments", Region::Comments),
            region("region related", Region::Related),
            region("region chrome", Region::Chrome),
        ];
        let stems = ["date", "published", "modified", "other"];
        DateWords {
            metas: metas.into_iter().flatten().collect(),
            stems: stems.into_iter().map(|name| (name, sections[format!("stems {name}").as_str()].clone())).collect(),
            classes: classes.into_iter().flatten().collect(),
            class_beginnings: sections["class date beginnings"].clone(),
            class_endings: sections["class date endings"].clone(),
            class_no_dates: sections["class no dates"].iter().copied().collect(),
            regions: regions.into_iter().flatten().collect(),
            labels: labels.into_iter().flatten().collect(),
            attributes: sections["attributes"].clone(),
            script_properties: sections["script properties"].clone(),
            month_first_languages: sections["month first languages"].iter().copied().collect(),
            month_first_domains: sections["month first domains"].iter().copied().collect(),
        }
    }

    /// What a `<meta>` of this name, in lower case, holds; `None` where that is no date.
    pub(crate) fn role_of_meta(&self, name: &str) -> Option<Role> {
        if let Some(role) = self.metas.get(name) {
            return Some(*role);
        }
        let has = |stems: &str| self.stems[stems].iter().any(|stem| name.contains(stem));
        if !has("date") || has("other") {
            None
        } else if has("modified") {
            Some(Role::Modified)
        } else {
            has("published").then_some(Role::Published)
        }
    }

    /// What the words of a class say of a date in the element: the surest of them.
    pub(crate) fn role_of_class(&self, classes: &str) -> Option<Role> {
        let roles = words_of_name(classes).into_iter().filter_map(|word| {
            let begins = || self.class_beginnings.iter().any(|start| word.starts_with(start));
            let ends = || self.class_endings.iter().any(|end| word.ends_with(end));
            let is_date = || (begins() || ends()) && !self.class_no_dates.contains(word.as_str());
            self.classes.get(word.as_str()).copied().or_else(|| is_date().then_some(Role::Unsure))
        });
        let roles: Vec<Role> = roles.collect();
        let has = |role: Role| roles.contains(&role);
        if has(Role::Other) {
            Some(Role::Other)
        } else if has(Role::Published) {
            // "entry-date published updated": the first publication is the surer word.
            Some(Role::Published)
        } else if has(Role::Modified) && has(Role::Unsure) && is_microformat(classes) {
            Some(Role::Unsure)
        } else {
            roles.into_iter().max()
        }
    }

    pub(crate) fn region_of_class(&self, classes: &str) -> Option<Region> {
        words_of_name(classes).into_iter().filter_map(|word| self.regions.get(word.as_str()).copied()).min()
    }
}

/// Whether the class "updated" is that of the microformat hAtom, which every post has to have beside its date.
fn is_microformat(classes: &str) -> bool {
    let mut names = classes.split_whitespace();
    names.clone().count() >= 2 && names.any(|name| name == "updated")
}

/// Names are longer only in ill will.
const MAX_NAME_BYTES: usize = 400;

/// The words of class names and the like, in lower case: "postDate entry-meta" are post, date, entry, meta.
fn words_of_name(names: &str) -> Vec<String> {
    let names = &names[..names.floor_char_boundary(MAX_NAME_BYTES)];
    let mut words: Vec<String> = vec![String::new()];
    let mut after_small = false;
    for c in names.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && after_small) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_roles() {
        let words = date_words();
        for (name, role) in [
            ("article:published_time", Some(Role::Published)),
            ("gcms:publisheddate", Some(Role::Published)),
            ("site-last-updated-date", Some(Role::Modified)),
            ("date", Some(Role::Unsure)),
            ("article:publisher", None),
            ("article:expiration_time", None),
            ("event-publish-start-date", None),
            ("twitter:title", None),
        ] {
            assert_eq!(words.role_of_meta(name), role, "{name}");
        }
        for (class, role) in [
            ("entry-date published", Some(Role::Published)),
            ("entry-date published updated", Some(Role::Published)),
            ("postDate", Some(Role::Unsure)),
            ("artikeldatum", Some(Role::Unsure)),
            ("lastUpdated", Some(Role::Modified)),
            ("mandate", None),
            ("col-md-6", None),
        ] {
            assert_eq!(words.role_of_class(class), role, "{class}");
        }
        assert_eq!(words.region_of_class("commentDate"), Some(Region::Comments));
        assert_eq!(words.region_of_class("entry-content"), None);
    }
}
