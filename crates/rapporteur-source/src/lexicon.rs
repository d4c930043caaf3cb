//! The words that the rules of this crate look for, read once from the files in `data`.
//!
//! A data file has `[sections]` with one entry a line; `#` begins a comment line.

use aho_corasick::AhoCorasick;
use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

const DATES: &str = include_str!("../data/dates.txt");
const AGENCIES: &str = include_str!("../data/agencies.txt");
const CAPTIONS: &str = include_str!("../data/captions.txt");
const FURNITURE: &str = include_str!("../data/furniture.txt");
const FILE_KINDS: &str = include_str!("../data/file-kinds.txt");

/// What a label says of the date after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Published,
    Updated,
}

/// A kind of file that is not text, told by how it begins.
pub(crate) struct Signature {
    pub(crate) start: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) hint: &'static str,
}

type Words = HashSet<&'static str>;
type Phrases = Vec<&'static str>;

/// All data files, section by section. The files themselves say what each section is for.
pub(crate) struct Lexicon {
    pub(crate) months: HashMap<&'static str, u8>,
    pub(crate) months_elsewhere: HashMap<&'static str, u8>,
    pub(crate) date_joiners: Words,
    pub(crate) ordinal_endings: Words,
    /// Seconds east of Greenwich.
    pub(crate) zone_offsets: HashMap<&'static str, i32>,
    /// Monday is 0.
    pub(crate) weekdays: HashMap<&'static str, u8>,
    pub(crate) labels: HashMap<&'static str, Label>,
    pub(crate) fillers: Words,
    pub(crate) time_words: Words,
    pub(crate) zones: Words,

    pub(crate) agencies: Phrases,
    pub(crate) credit_phrases: Phrases,
    pub(crate) credit_starts: Phrases,
    pub(crate) credit_marks: Phrases,
    pub(crate) byline_starts: Phrases,
    pub(crate) byline_words: Words,

    pub(crate) caption_marks: AhoCorasick,
    pub(crate) caption_places: AhoCorasick,
    pub(crate) caption_verbs: Words,
    pub(crate) reporting_words: Words,

    pub(crate) share_lines: Words,
    pub(crate) share_starts: Phrases,
    pub(crate) share_words: Words,
    pub(crate) link_starts: Phrases,
    pub(crate) link_lines: Words,
    pub(crate) header_starts: Phrases,
    pub(crate) header_ends: Phrases,
    pub(crate) title_starts: Phrases,
    pub(crate) title_small_words: Words,
    pub(crate) first_person: Words,
    pub(crate) continuing_words: Words,

    pub(crate) signatures: Vec<Signature>,
}

/// The lexicon; read on first use.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

impl Lexicon {
    fn load() -> Self {
        let dates = sections(DATES);
        let agencies = sections(AGENCIES);
        let captions = sections(CAPTIONS);
        let furniture = sections(FURNITURE);
        let kinds = sections(FILE_KINDS);
        let published = dates["labels published"].iter().map(|word| (*word, Label::Published));
        let updated = dates["labels updated"].iter().map(|word| (*word, Label::Updated));
        Lexicon {
            months: numbered(&dates["months"], 1),
            months_elsewhere: numbered(&dates["months elsewhere"], 1),
            date_joiners: words(&dates["date joiners"]),
            ordinal_endings: words(&dates["ordinal endings"]),
            zone_offsets: dates["zone offsets"].iter().filter_map(|line| zone_offset(line)).collect(),
            weekdays: numbered(&dates["weekdays"], 0),
            labels: published.chain(updated).collect(),
            fillers: words(&dates["fillers"]),
            time_words: words(&dates["time words"]),
            zones: words(&dates["zones"]),
            agencies: agencies["agencies"].clone(),
            credit_phrases: agencies["credit phrases"].clone(),
            credit_starts: agencies["credit starts"].clone(),
            credit_marks: agencies["credit marks"].clone(),
            byline_starts: agencies["byline starts"].clone(),
            byline_words: words(&agencies["byline words"]),
            caption_marks: finder(&captions["marks"]),
            caption_places: finder(&captions["places"]),
            caption_verbs: words(&captions["verbs"]),
            reporting_words: words(&captions["reporting words"]),
            share_lines: words_of_lines(&furniture["share lines"]),
            share_starts: furniture["share starts"].clone(),
            share_words: words(&furniture["share words"]),
            link_starts: furniture["link starts"].clone(),
            link_lines: words_of_lines(&furniture["link lines"]),
            header_starts: furniture["header starts"].clone(),
            header_ends: furniture["header ends"].clone(),
            title_starts: furniture["title starts"].clone(),
            title_small_words: words(&furniture["title small words"]),
            first_person: words(&furniture["first person"]),
            continuing_words: words(&furniture["continuing words"]),
            signatures: kinds["signatures"].iter().filter_map(|line| signature(line)).collect(),
        }
    }
}

/// The sections of a data file by name, each with its lines.
pub(crate) fn sections(file: &'static str) -> HashMap<&'static str, Phrases> {
    let mut sections: HashMap<&str, Phrases> = HashMap::new();
    let mut name = "";
    for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(section) => name = section,
            None => sections.entry(name).or_default().push(line),
        }
    }
    sections
}

fn words(lines: &[&'static str]) -> Words {
    lines.iter().flat_map(|line| line.split_whitespace()).collect()
}

fn words_of_lines(lines: &[&'static str]) -> Words {
    lines.iter().copied().collect()
}

/// Finds all of the phrases in one pass.
fn finder(phrases: &[&'static str]) -> AhoCorasick {
    AhoCorasick::new(phrases).expect("a data file has few phrases")
}

fn numbered(lines: &[&'static str], first: u8) -> HashMap<&'static str, u8> {
    let numbered_lines = (first..).zip(lines);
    numbered_lines.flat_map(|(number, line)| line.split_whitespace().map(move |word| (word, number))).collect()
}

/// `mez +60`: a zone and its minutes east of Greenwich.
fn zone_offset(line: &'static str) -> Option<(&'static str, i32)> {
    let (zone, minutes) = line.split_once(' ')?;
    Some((zone, minutes.trim().parse::<i32>().ok()? * 60))
}

fn signature(line: &'static str) -> Option<Signature> {
    let mut fields = line.split('|').map(str::trim);
    Some(Signature { start: fields.next()?, kind: fields.next()?, hint: fields.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_loads_and_no_section_is_unknown_or_repeats_itself() {
        let expected = [
            (
                DATES,
                "months months.elsewhere date.joiners ordinal.endings weekdays labels.published labels.updated fillers \
                 time.words zones zone.offsets",
            ),
            (AGENCIES, "agencies credit.phrases credit.starts credit.marks byline.starts byline.words"),
            (CAPTIONS, "marks places verbs reporting.words"),
            (
                FURNITURE,
                "share.lines share.starts share.words link.starts link.lines header.starts header.ends \
                 title.starts title.small.words first.person continuing.words",
            ),
            (
                FILE_KINDS,
                "text markdown page archived.page mail mailbox document lines.of.json json table columns feed web.archive archive \
                 compressed companions companion.folders media.types signatures",
            ),
        ];
        for (file, names) in expected {
            let sections = sections(file);
            let mut found: Vec<&str> = sections.keys().copied().collect();
            let mut names: Vec<String> = names.split_whitespace().map(|name| name.replace('.', " ")).collect();
            found.sort_unstable();
            names.sort_unstable();
            assert_eq!(found, names);
            for (name, lines) in sections {
                let distinct: HashSet<&&str> = lines.iter().collect();
                assert_eq!(distinct.len(), lines.len(), "section [{name}] repeats an entry");
            }
        }
    }

    #[test]
    fn the_calendar_is_complete() {
        let lexicon = lexicon();
        assert_eq!((lexicon.months["january"], lexicon.months["sept"], lexicon.months["dec"]), (1, 9, 12));
        assert_eq!((lexicon.weekdays["monday"], lexicon.weekdays["sun"]), (0, 6));
        assert_eq!(lexicon.zone_offsets.len(), sections(DATES)["zone offsets"].len());
        assert_eq!(lexicon.signatures.len(), sections(FILE_KINDS)["signatures"].len());
    }

    #[test]
    fn what_is_compared_in_lower_case_is_written_so() {
        for file in [DATES, FURNITURE] {
            for (name, lines) in sections(file) {
                for line in lines {
                    assert_eq!(line, line.to_lowercase(), "section [{name}]");
                }
            }
        }
    }
}
