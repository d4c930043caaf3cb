//! What the extraction knows of words, as a value: the files of `data/`, and what a user adds to them.

use crate::class_table;
use crate::data_file::DataFile;
use crate::demonyms::Demonyms;
use crate::error::{Error, Mistake};
use crate::events::frames::Frames;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
use crate::ranking::Ranker;
use crate::ranking::weights::WEIGHTS_FILE;
use crate::stances::rules::Rules;
use crate::time::TimeKnowledge;
use std::sync::LazyLock;

macro_rules! data_files {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../data/", $name)))),+]
    };
}

/// The built-in files with their text, by name.
static FILES: [(&str, &str); 38] = data_files![
    "according.txt",
    "circumstances.txt",
    "cue-adjectives.txt",
    "cue-nouns.txt",
    "cue-verbs.txt",
    "demonyms.txt",
    "event-words.txt",
    "frame-classes.txt",
    "frames-accuse.txt",
    "frames-agree.txt",
    "frames-aid.txt",
    "frames-assault.txt",
    "frames-coerce.txt",
    "frames-concede.txt",
    "frames-consult.txt",
    "frames-cooperate.txt",
    "frames-mobilize.txt",
    "frames-none.txt",
    "frames-protest.txt",
    "frames-reject.txt",
    "frames-request.txt",
    "frames-retreat.txt",
    "frames-sanction.txt",
    "frames-support.txt",
    "frames-threaten.txt",
    "organisations.txt",
    "people.txt",
    "predications.txt",
    "quantities.txt",
    "role-nouns.txt",
    "roles.txt",
    "stances.txt",
    "state-evidence.txt",
    "statement-weights.tsv",
    "states.txt",
    "time-patterns.txt",
    "time-words.txt",
    "words.txt",
];

/// What the extraction knows of words: which report and what they take, how the text speaks of people and
/// bodies, states and organisations with the places that stand for them, media and occasions, and the
/// weights of the ranking.
///
/// ```
/// use rapporteur_extract::Knowledge;
///
/// let own = [("cue-verbs.txt", "flag; announcement; object clause\n- tweet")];
/// assert!(Knowledge::extended(&own).is_ok());
/// let error = Knowledge::extended(&[("cue-verbs.txt", "flag; news; object")]).unwrap_err();
/// assert_eq!(error.to_string(), "cue-verbs.txt:1: unknown class \"news\"");
/// ```
#[derive(Debug)]
pub struct Knowledge {
    pub(crate) lexicon: Lexicon,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) demonyms: Demonyms,
    pub(crate) ranker: Ranker,
    pub(crate) frames: Frames,
    pub(crate) stance_rules: Rules,
    pub(crate) time: TimeKnowledge,
}

impl Knowledge {
    /// What is built in.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Knowledge> =
            LazyLock::new(|| Knowledge::extended(&[]).expect("a test checks the data files"));
        &BUILTIN
    }

    /// What is built in, and what the files of a user, each a name and a text, make of it.
    ///
    /// A file bears the name of a built-in one (see [`Knowledge::files`]) and is written like it. Its entries
    /// are added. An entry for a word that is built in takes the other's place, and so does a name that a
    /// state or an organisation bears already; a line `- WORD` removes an entry. Words are added to a list
    /// under its name, and a line `- WORD, WORD` there removes some. `statement-weights.tsv` takes the place
    /// of the built-in weights as a whole.
    ///
    /// # Errors
    /// If a name is not that of a built-in file or comes twice, or a line is not as the file's head tells.
    pub fn extended(own: &[(&str, &str)]) -> Result<Self, Error> {
        for (idx, (name, _)) in own.iter().enumerate() {
            if !FILES.iter().any(|(known, _)| known == name) {
                let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
                let hint = format!("the files are: {}", names.join(", "));
                return Err(Error::new(name, None, Mistake::with_hint("no data file has this name", hint)));
            }
            if own[..idx].iter().any(|(other, _)| other == name) {
                return Err(Error::new(name, None, Mistake::new("the file is given twice")));
            }
        }
        let files = Files { own };
        let weights = files.get(WEIGHTS_FILE);
        let table = class_table::parse(files.get("predications.txt"))?;
        Ok(Knowledge {
            lexicon: Lexicon::parse(files)?,
            gazetteer: Gazetteer::parse(files.get("states.txt"), files.get("organisations.txt"))?,
            demonyms: Demonyms::parse(files.get("demonyms.txt"))?,
            ranker: Ranker::parse(weights.own.unwrap_or(weights.builtin))?,
            frames: Frames::parse(files, &table)?,
            stance_rules: Rules::parse(files, &table)?,
            time: TimeKnowledge::parse(files.get("time-words.txt"), files.get("time-patterns.txt"))?,
        })
    }

    /// What is built in, with other weights for the ranking.
    ///
    /// # Errors
    /// If a line of the file of weights is damaged, or a threshold is missing.
    pub fn with_weights(weights: &str) -> Result<Self, Error> {
        Self::extended(&[(WEIGHTS_FILE, weights)])
    }

    /// The built-in files, name and text, by name.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        FILES.iter().copied()
    }
}

/// The built-in files and a user's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files<'t> {
    own: &'t [(&'t str, &'t str)],
}

impl<'t> Files<'t> {
    /// The file that is built in under `name`, with the user's own.
    pub(crate) fn get(self, name: &str) -> DataFile<'t> {
        let builtin = FILES.iter().find(|(known, _)| *known == name);
        let &(name, builtin) = builtin.expect("FILES has each file that is asked for");
        let own = self.own.iter().find(|(own, _)| *own == name);
        // Some editors put a byte order mark before a text.
        DataFile { name, builtin, own: own.map(|(_, text)| text.strip_prefix('\u{feff}').unwrap_or(text)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Frame;
    use rapporteur_model::{ActorKind, StatementClass};

    fn extended(own: &[(&str, &str)]) -> Knowledge {
        Knowledge::extended(own).unwrap()
    }

    fn mistake(name: &str, text: &str) -> String {
        let error = Knowledge::extended(&[(name, text)]).unwrap_err();
        match error.hint() {
            Some(hint) => format!("{error}\nhint: {hint}"),
            None => error.to_string(),
        }
    }

    #[test]
    fn an_entry_of_ones_own_is_added() {
        let own = extended(&[("cue-verbs.txt", "\u{feff}# Mine\r\n\r\n  burble; speech; quote to:about; animate\r\n")]);
        let burble = &own.lexicon.verbs["burble"];
        assert!(burble.takes(Frame::Quote) && burble.takes(Frame::To("about")) && burble.needs_animate);
        let builtin = &Knowledge::builtin().lexicon;
        assert!(!builtin.verbs.contains_key("burble"));
        assert_eq!(own.lexicon.verbs.len(), builtin.verbs.len() + 1);
    }

    #[test]
    fn an_entry_for_a_built_in_word_replaces_it_and_a_hyphen_removes_it() {
        let own = extended(&[("cue-verbs.txt", "- demand\nsay; hope; object\n-  tell")]).lexicon;
        assert_eq!(own.verbs["say"].class, StatementClass::Hope);
        assert!(own.verbs["say"].takes(Frame::Object) && !own.verbs["say"].takes(Frame::Quote));
        assert!(!own.verbs.contains_key("demand") && !own.verbs.contains_key("tell"));
        let builtin = &Knowledge::builtin().lexicon;
        assert!(builtin.verbs.contains_key("demand") && builtin.verbs.contains_key("tell"));
        assert_eq!(own.verbs.len(), builtin.verbs.len() - 2);
        assert!(own.nouns.contains_key("demand"), "each file is of its own");
    }

    #[test]
    fn phrases_and_endings_are_entries_too() {
        let own =
            extended(&[("according.txt", "- according to\nin  a nutshell by"), ("demonyms.txt", "- -\nland: landois")]);
        let phrases = &own.lexicon.according_phrases;
        assert_eq!(phrases[0], ["in", "a", "nutshell", "by"]);
        assert!(phrases.len() > 1 && phrases.iter().all(|phrase| phrase[0] != "according"));
        let builds =
            |knowledge: &Knowledge, name, adjective| knowledge.demonyms.names_of(adjective).any(|built| built == name);
        for (name, adjective, is_own, is_builtin) in [
            ("Norland", "Norlandois", true, false),
            ("Norland", "Norlandic", false, true),
            ("Molv", "Molvian", false, true),
            ("Sundara", "Sundaran", true, true),
        ] {
            assert_eq!(builds(&own, name, adjective), is_own, "{adjective}");
            assert_eq!(builds(Knowledge::builtin(), name, adjective), is_builtin, "{adjective}");
        }
    }

    #[test]
    fn lists_gain_and_lose_words() {
        let own = extended(&[
            ("circumstances.txt", "[media-nouns]\n- tweet, podcast\nsplash,\n[outlets]\nriver watch"),
            ("role-nouns.txt", "[leader]\ndoge\n[elder]\nking, queen"),
        ])
        .lexicon;
        let builtin = &Knowledge::builtin().lexicon;
        for (list, word, is_own, is_builtin) in [
            ("media-nouns", "splash", true, false),
            ("media-nouns", "tweet", false, true),
            ("media-nouns", "podcast", false, true),
            ("media-nouns", "letter", true, true),
            ("outlets", "river watch", true, false),
        ] {
            assert_eq!(own.circumstances.has(list, word), is_own, "{word}");
            assert_eq!(builtin.circumstances.has(list, word), is_builtin, "{word}");
        }
        assert!(own.role_nouns.has("leader", "doge") && own.role_nouns.has("leader", "king"));
        assert!(own.role_nouns.has("elder", "queen") && !builtin.role_nouns.has_list("elder"));
    }

    #[test]
    fn states_and_organisations_are_added_replaced_and_removed() {
        let own = extended(&[
            (
                "states.txt",
                "KSK; Karsk; Republic of Karsk; Dravnik; Karskian; Iron Hall\n- NOR\nFRA; Gaul; ; ; Gallic;",
            ),
            ("organisations.txt", "HEX; the Hexagon; HQ, @Lysmar"),
        ])
        .gazetteer;
        let builtin = &Knowledge::builtin().gazetteer;
        let karsk = own.by_key("KSK").unwrap();
        assert_eq!((karsk.name, karsk.kind), ("Karsk", ActorKind::State));
        assert_eq!(own.by_key("HEX").unwrap().kind, ActorKind::Organisation);
        assert_eq!((own.by_key("NOR"), builtin.by_key("NOR").unwrap().name), (None, "Norway"));
        assert_eq!((own.by_key("FRA").unwrap().name, builtin.by_key("FRA").unwrap().name), ("Gaul", "France"));
    }

    #[test]
    fn weights_are_replaced_as_a_whole() {
        let thresholds =
            [("cue", "1"), ("statement", "0.25"), ("attitude", "0.125"), ("frame", "0.5"), ("noun-frame", "0")];
        let weights: String = thresholds.iter().map(|(name, value)| format!("threshold\t{name}\t{value}\n")).collect();
        let own = Knowledge::with_weights(&weights).unwrap();
        let thresholds = own.ranker.thresholds;
        assert_eq!((thresholds.statement, thresholds.attitude, thresholds.frame), (0.25, 0.125, 0.5));
        assert_eq!(own.lexicon.verbs.len(), Knowledge::builtin().lexicon.verbs.len());
    }

    #[test]
    fn a_bad_line_is_told_with_its_place_and_a_hint() {
        assert_eq!(
            mistake("cue-verbs.txt", "# Mine\nburble; noise; quote"),
            "cue-verbs.txt:2: unknown class \"noise\"\nhint: the classes are: speech, demand, request, offer, proposal, \
             promise, agreement, refusal, threat, warning, accusation, denial, criticism, support, belief, \
             expectation, hope, intention, question, announcement"
        );
        for (name, text, expected) in [
            ("cue-nouns.txt", "plea; request", "1: not three or four fields between semicolons\nhint: write: "),
            ("according.txt", "- in no words", "1: there is no built-in \"in no words\" to remove\nhint: "),
            ("according.txt", "In Brief", "1: \"In Brief\" has capital letters\nhint: "),
            ("demonyms.txt", "land landic", "1: no colon\nhint: write: "),
            ("states.txt", "KSK; Karsk", "1: not six fields between semicolons\nhint: write: "),
            ("states.txt", "karsk; Karsk; ; ; ;", "1: \"karsk\" is no key\nhint: "),
            ("states.txt", "KSK; ; ; ; ;", "1: \"KSK\" has no name"),
            ("organisations.txt", "HEX", "1: not three to five fields between semicolons\nhint: write: "),
            ("organisations.txt", "HEX; Hexagon; ; boss", "1: \"boss\" is no role\nhint: "),
            ("organisations.txt", "# x\nNOR; Nordics;", "2: key \"NOR\" is that of \"Norway\" already\nhint: "),
            ("states.txt", "UN; Unland; ; ; ;", "1: key \"UN\" is that of \"United Nations\" already\nhint: "),
            ("words.txt", "tweet", "1: words that stand under no list\nhint: "),
            (
                "state-evidence.txt",
                "\n[power]\nfleet",
                "2: unknown list [power]\nhint: the lists are: belongings, no-states, ",
            ),
            ("people.txt", "[papers]\nx\n[papers]", "3: a second list [papers]"),
            ("people.txt", "[papers]\n-essay", "2: \"-essay\" begins with a hyphen\nhint: "),
            ("people.txt", "[papers]\n- x-essay", "2: there is no built-in \"x-essay\" to remove\nhint: "),
            ("role-nouns.txt", "[Elder]\nking", "1: \"Elder\" has capital letters\nhint: "),
            ("time-words.txt", "may", "1: words that stand under no list\nhint: "),
            ("time-words.txt", "[moon]\nmay", "2: unknown list [moon]\nhint: the lists are: month, weekday, "),
            ("time-words.txt", "[month]\nmay", "2: no colon\nhint: write: VALUE: word, word"),
            ("time-words.txt", "[month]\n13: may", "2: \"13\" is no value of [month]\nhint: the values are: 1 to 12"),
            ("time-words.txt", "[month]\n- smarch", "2: there is no built-in \"smarch\" to remove\nhint: "),
            ("time-patterns.txt", "x; DATE; point", "1: not four fields between semicolons\nhint: write: "),
            ("time-patterns.txt", "x; DAY; point; may", "1: unknown type \"DAY\"\nhint: the types are: "),
            ("time-patterns.txt", "\nx; DATE; point; <moon>", "2: there is no list \"moon\""),
            ("time-patterns.txt", "x; DATE; point; ( may", "1: an opening bracket without a closing one"),
            ("time-patterns.txt", "x; DATE; point; {month=13}", "1: \"13\" is no value in \"{month=13}\"\nhint: "),
            ("time-patterns.txt", "@x = @x\nx; DATE; point; @x", "1: a part of the pattern holds itself"),
            ("time-patterns.txt", "\n@year = {mod=MOST}", "2: \"MOST\" is no value in \"{mod=MOST}\"\nhint: "),
            ("statement-weights.tsv", "cue\tword\tmuch", "1: \"much\" is no number\nhint: "),
        ] {
            let told = mistake(name, text);
            assert!(told.starts_with(&format!("{name}:{expected}")), "{told}");
        }
        assert!(
            mistake("statement-weights.tsv", "").starts_with("statement-weights.tsv: no threshold \"cue\"\nhint: ")
        );
    }

    #[test]
    fn a_file_must_bear_the_name_of_a_built_in_one_and_come_once() {
        assert_eq!(
            mistake("cue-verb.txt", ""),
            format!(
                "cue-verb.txt: no data file has this name\nhint: the files are: {}",
                FILES.map(|(name, _)| name).join(", ")
            )
        );
        let error = Knowledge::extended(&[("words.txt", ""), ("words.txt", "")]).unwrap_err();
        assert_eq!((error.file(), error.line(), error.message()), ("words.txt", None, "the file is given twice"));
    }

    #[test]
    fn the_built_in_files_come_by_name_and_have_a_head() {
        let names: Vec<&str> = Knowledge::files().map(|(name, _)| name).collect();
        assert!(names.is_sorted() && names.len() == 38);
        for (name, text) in Knowledge::files() {
            assert!(text.starts_with("# ") && text.contains('.'), "{name}");
        }
    }

    #[test]
    fn a_copy_of_the_built_in_files_changes_nothing() {
        let copy: Vec<(&str, &str)> = Knowledge::files().collect();
        let copy = extended(&copy);
        let builtin = Knowledge::builtin();
        let mut verbs: Vec<_> = copy.lexicon.verbs.iter().map(|(word, cue)| format!("{word} {cue:?}")).collect();
        let mut known: Vec<_> = builtin.lexicon.verbs.iter().map(|(word, cue)| format!("{word} {cue:?}")).collect();
        verbs.sort();
        known.sort();
        assert_eq!(verbs, known);
        assert_eq!(copy.lexicon.according_phrases, builtin.lexicon.according_phrases);
        assert_eq!(format!("{:?}", copy.demonyms), format!("{:?}", builtin.demonyms));
    }
}
