//! Names of states and organisations that are known beforehand: the tables `data/states.txt` and
//! `data/organisations.txt`.

use crate::analysis::TokenRange;
use crate::data_file::{DataFile, Entry};
use crate::error::{Error, Mistake};
use hashbrown::HashMap;
use rapporteur_model::ActorKind;
use rapporteur_text::Document;

/// What a known name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known<'k> {
    pub(crate) key: &'k str,
    pub(crate) kind: ActorKind,
    pub(crate) sort: NameSort,
    /// The name of the table's second field; of a state that no table has, the name in the article.
    pub(crate) name: &'k str,
}

/// How a known name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameSort {
    Name,
    /// A seat of government: "the Kremlin". It stands for its state wherever it is named.
    Seat,
    /// A city, which is its government only where it speaks or acts.
    City,
    /// An adjective or a people's name: "Norwegian".
    Adjective,
}

/// The states and organisations of the tables, and their names.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    bodies: Vec<Body>,
    by_key: HashMap<String, usize>,
    /// By the first word of a name: the name, how it names, and its body.
    by_first_word: HashMap<String, Vec<(String, NameSort, usize)>>,
}

/// A state or an organisation.
#[derive(Debug)]
struct Body {
    key: String,
    kind: ActorKind,
    name: String,
    /// What it is in an event code, with the state that it belongs to.
    role: Option<String>,
    affiliation: Option<String>,
}

/// Comma-separated names of one sort.
type Names<'t> = (NameSort, &'t str);

/// What a line says of a body.
#[derive(Debug)]
struct Fields<'t> {
    /// The name to show first.
    names: Vec<Names<'t>>,
    role: Option<&'t str>,
    affiliation: Option<&'t str>,
}

impl Gazetteer {
    /// Of two bodies with the same name the user's own has it, then the first.
    pub(crate) fn parse(states: DataFile<'_>, organisations: DataFile<'_>) -> Result<Self, Error> {
        let mut gazetteer = Gazetteer { bodies: Vec::new(), by_key: HashMap::new(), by_first_word: HashMap::new() };
        let mut entries = Vec::new();
        for (file, kind) in [(states, ActorKind::State), (organisations, ActorKind::Organisation)] {
            let parse = if kind == ActorKind::State { parse_state } else { parse_organisation };
            entries.extend(file.entries(parse)?.into_iter().map(|entry| (file, kind, entry)));
        }
        entries.sort_by_key(|(_, _, entry)| !entry.is_own);
        let mut name_of: HashMap<&str, &str> = HashMap::new();
        // The user's own come last, so that their line is named and not the built-in one.
        for (file, _, entry) in entries.iter().rev() {
            if let Some(other) = name_of.insert(entry.word, entry.value.names[0].1) {
                let message = format!("key {:?} is that of {other:?} already", entry.word);
                return Err(Error::new(file.name, Some(entry.line), Mistake::with_hint(message, "choose another key")));
            }
        }
        for (_, kind, entry) in &entries {
            gazetteer.insert(*kind, entry);
        }
        for names in gazetteer.by_first_word.values_mut() {
            names.sort_by_key(|(name, _, _)| std::cmp::Reverse(name.len()));
        }
        Ok(gazetteer)
    }

    fn insert(&mut self, kind: ActorKind, entry: &Entry<'_, Fields<'_>>) {
        let (key, body) = (entry.word.to_string(), self.bodies.len());
        let (_, name) = entry.value.names[0];
        self.by_key.insert(key.clone(), body);
        let [role, affiliation] = [entry.value.role, entry.value.affiliation].map(|field| field.map(str::to_string));
        self.bodies.push(Body { key, kind, name: name.to_string(), role, affiliation });
        for &(sort, list) in &entry.value.names {
            for name in list.split(',').map(str::trim) {
                let name = name.strip_prefix("the ").unwrap_or(name);
                let names = self.by_first_word.entry(first_word(name).to_string()).or_default();
                if !name.is_empty() && !names.iter().any(|(other, _, _)| other == name) {
                    names.push((name.to_string(), sort, body));
                }
            }
        }
    }

    fn known(&self, body: usize, sort: NameSort) -> Known<'_> {
        let Body { key, kind, name, .. } = &self.bodies[body];
        Known { key, kind: *kind, sort, name }
    }

    /// The longest known name that starts at the token, with the tokens that it covers.
    pub(crate) fn name_at(&self, doc: &Document, token_idx: usize) -> Option<(TokenRange, Known<'_>)> {
        first_words(doc.token(token_idx).text()).find_map(|word| {
            let names = self.by_first_word.get(word)?;
            names.iter().find_map(|(name, sort, body)| {
                Some((match_name(doc, token_idx, name, *sort)?, self.known(*body, *sort)))
            })
        })
    }

    /// What a key stands for.
    pub(crate) fn by_key(&self, key: &str) -> Option<Known<'_>> {
        self.by_key.get(key).map(|&body| self.known(body, NameSort::Name))
    }

    /// The role of an organisation of the tables, and the state that it belongs to.
    pub(crate) fn role_and_affiliation(&self, key: &str) -> (Option<&str>, Option<&str>) {
        let body = self.by_key.get(key).map(|&body| &self.bodies[body]);
        body.map_or((None, None), |body| (body.role.as_deref(), body.affiliation.as_deref()))
    }
}

fn parse_state(line: &str) -> Result<(&str, Fields<'_>), Mistake> {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let [key, name, others, cities, adjectives, seats] = fields[..] else {
        let hint = "write: code; name; other names; capitals; adjectives; seats of government; fields may be empty";
        return Err(Mistake::with_hint("not six fields between semicolons", hint));
    };
    check_key_and_name(key, name)?;
    let names = vec![
        (NameSort::Name, name),
        (NameSort::Name, others),
        (NameSort::Seat, seats),
        (NameSort::City, cities),
        (NameSort::Adjective, adjectives),
    ];
    Ok((key, Fields { names, role: None, affiliation: None }))
}

fn parse_organisation(line: &str) -> Result<(&str, Fields<'_>), Mistake> {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let ([key, name, others] | [key, name, others, _] | [key, name, others, _, _]) = fields[..] else {
        let hint = "write: key; name; other names; role; state; the last two may be left out, others be empty";
        return Err(Mistake::with_hint("not three to five fields between semicolons", hint));
    };
    check_key_and_name(key, name)?;
    let [role, affiliation] = [3, 4].map(|idx| fields.get(idx).copied().filter(|field| !field.is_empty()));
    if let Some(role) = role.filter(|role| role.len() != 3 || !role.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Err(Mistake::with_hint(format!("{role:?} is no role"), "a role has three capital letters: NGO"));
    }
    let others = others.split(',').map(str::trim).map(|other| match other.strip_prefix('@') {
        Some(city) => (NameSort::City, city),
        None => (NameSort::Name, other),
    });
    let names = std::iter::once((NameSort::Name, name)).chain(others).collect();
    Ok((key, Fields { names, role, affiliation }))
}

/// A key must not be a word that may stand in a text, and a name must be there to be shown.
fn check_key_and_name(key: &str, name: &str) -> Result<(), Mistake> {
    if !key.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
        let hint = "a key has capital letters from A to Z and digits: ASEAN";
        return Err(Mistake::with_hint(format!("{key:?} is no key"), hint));
    }
    if name.is_empty() { Err(Mistake::new(format!("{key:?} has no name"))) } else { Ok(()) }
}

/// The tokens from `token_idx` on that `name` covers, an adjective also in the plural; `None` where the
/// text goes on otherwise.
pub(crate) fn match_name(doc: &Document, token_idx: usize, name: &str, sort: NameSort) -> Option<TokenRange> {
    let start = doc.token(token_idx).span().start as usize;
    let rest = &doc.text()[start..];
    let plural = if sort == NameSort::Adjective { "s" } else { "" };
    let written = rest.strip_prefix(name)?;
    let written = if written.starts_with(char::is_alphanumeric) { written.strip_prefix(plural)? } else { written };
    let end = start + (rest.len() - written.len());
    let mut last = token_idx;
    while (doc.token(last).span().end as usize) < end {
        last += 1;
    }
    let is_whole = doc.token(last).span().end as usize == end && !written.starts_with(char::is_alphanumeric);
    is_whole.then_some(TokenRange::new(token_idx, last + 1))
}

/// What the first word of a name may be where the text has `word`: the word itself, or its singular.
pub(crate) fn first_words(word: &str) -> impl Iterator<Item = &str> {
    let word = first_word(word);
    [Some(word), word.strip_suffix('s')].into_iter().flatten()
}

/// The letters and digits that a name begins with.
pub(crate) fn first_word(name: &str) -> &str {
    name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn the_tables_are_well_formed() {
        let gazetteer = &Knowledge::builtin().gazetteer;
        let n_states = gazetteer.bodies.iter().filter(|body| body.kind == ActorKind::State).count();
        assert!(n_states >= 193, "{n_states} states");
        assert_eq!(gazetteer.by_key("NOR").unwrap().name, "Norway");
    }

    /// The members of the United Nations and its two observer states, by their codes.
    const UNITED_NATIONS: &str = "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA \
         BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ \
         ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL \
         ISR ITA JAM JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT \
         MHL MRT MUS MEX FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG \
         PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD \
         ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN \
         VNM YEM ZMB ZWE VAT PSE";

    /// Brussels speaks for the European Union, Victoria is a woman's name, and the others are their own capitals or
    /// have none that speaks.
    const WITHOUT_CAPITAL: &str = "BEL SYC SGP VAT HKG MAC BMU CYM TCA GIB FLK XDN XLN SUN YUG SCG CSK";
    /// Nobody is called by their names.
    const WITHOUT_ADJECTIVE: &str = "VAT XDN XLN";

    #[test]
    fn all_states_are_there_with_capital_and_adjective() {
        let lines = crate::data_file::content_lines(include_str!("../data/states.txt"));
        let fields: Vec<Vec<&str>> = lines.map(|line| line.text.split(';').map(str::trim).collect()).collect();
        let codes: Vec<&str> = fields.iter().map(|fields| fields[0]).collect();
        assert_eq!(UNITED_NATIONS.split_whitespace().count(), 195);
        for code in UNITED_NATIONS.split_whitespace() {
            assert!(codes.contains(&code), "{code}");
        }
        for (field, without) in [(3, WITHOUT_CAPITAL), (4, WITHOUT_ADJECTIVE)] {
            let missing: Vec<&str> = fields.iter().filter(|line| line[field].is_empty()).map(|line| line[0]).collect();
            assert_eq!(missing, without.split_whitespace().collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_organisation_has_a_known_role_and_state() {
        let knowledge = Knowledge::builtin();
        let organisations = knowledge.gazetteer.bodies.iter().filter(|body| body.kind == ActorKind::Organisation);
        for body in organisations {
            let role = body.role.as_deref().unwrap_or_default();
            assert!(knowledge.lexicon.roles.lists.has_list(&role.to_lowercase()), "{}: {role:?}", body.key);
            let state = body.affiliation.as_deref().map(|key| knowledge.gazetteer.by_key(key).map(|known| known.kind));
            assert!(state.is_none_or(|kind| kind == Some(ActorKind::State)), "{}", body.key);
        }
    }

    #[test]
    fn a_name_of_the_users_own_goes_before_a_built_in_one() {
        let owners = |own: &[(&str, &str)]| {
            let gazetteer = Knowledge::extended(own).unwrap().gazetteer;
            let owner = |name: &str| {
                let (_, _, body) = gazetteer.by_first_word[name].iter().find(|(known, _, _)| known == name).unwrap();
                gazetteer.bodies[*body].key.clone()
            };
            [owner("Norway"), owner("Oslo")]
        };
        assert_eq!(owners(&[]), ["NOR", "NOR"]);
        assert_eq!(owners(&[("organisations.txt", "FJORD; Fjord Council; Norway, @Oslo")]), ["FJORD", "FJORD"]);
    }

    #[test]
    fn a_name_has_one_meaning() {
        let gazetteer = &Knowledge::builtin().gazetteer;
        for (word, names) in &gazetteer.by_first_word {
            let mut texts: Vec<_> = names.iter().map(|(name, _, _)| name).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), names.len(), "{word}");
        }
    }
}
