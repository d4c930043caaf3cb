//! The attribute ruler: patterns over one or more tokens that set parts of speech, morphology, lemmas.

use crate::error::Error;
use crate::folder::msgpack::{self, Access};
use crate::labels::{LabelId, Labels};
use crate::lexicon::{Lexicon, TokenType, TypeId};
use crate::pattern::Pattern;
use hashbrown::HashMap;
use rmpv::ValueRef;

/// Longest pattern, in tokens.
const MAX_PATTERN_TOKENS: usize = 16;

/// The attributes of a token that rules read and write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) tag: LabelId,
    pub(crate) pos: LabelId,
    pub(crate) morph: LabelId,
    pub(crate) dep: LabelId,
    /// The lemma that a rule set, as an index into [`AttributeRuler::lemma`].
    pub(crate) lemma: Option<u16>,
}

/// A loaded ruler.
#[derive(Debug)]
pub(crate) struct AttributeRuler {
    rules: Vec<Rule>,
    /// Distinct conditions on the form of a token.
    forms: Vec<FormCondition>,
    lemmas: Vec<Box<str>>,
    /// Rules with patterns of several tokens, as (rule, pattern).
    long: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Rule {
    patterns: Vec<Vec<TokenCondition>>,
    assigns: Assignment,
    /// Which token of the match is changed; negative from its end.
    index: i64,
}

#[derive(Debug, Default)]
struct Assignment {
    tag: Option<LabelId>,
    pos: Option<LabelId>,
    morph: Option<LabelId>,
    dep: Option<LabelId>,
    lemma: Option<u16>,
}

/// What a pattern asks of one token.
#[derive(Debug, Default)]
struct TokenCondition {
    tag: Vec<LabelCondition>,
    dep: Vec<LabelCondition>,
    /// Indices into [`AttributeRuler::forms`].
    forms: Vec<usize>,
}

#[derive(Debug)]
struct LabelCondition {
    labels: Vec<LabelId>,
    is_negated: bool,
}

/// What a pattern asks of a token's form.
#[derive(Debug)]
enum FormCondition {
    Lower(StringCondition),
    Orth(StringCondition),
    IsSpace(bool),
}

#[derive(Debug)]
enum StringCondition {
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Matches(Pattern),
}

/// What a session remembers.
#[derive(Debug, Default)]
pub(crate) struct RulerCache {
    /// For each type, the number of the set of form conditions that it meets.
    signature_of: Vec<u32>,
    signatures: HashMap<Vec<u64>, u32>,
    signature_bits: Vec<Vec<u64>>,
    outcome_of: HashMap<(LabelId, LabelId, u32), u32>,
    outcomes: Vec<Outcome>,
}

/// What rules do with a token of given tag, relation and form.
#[derive(Debug, Clone)]
struct Outcome {
    /// The attributes after all one-token rules.
    after: Attributes,
    /// The one-token rules that match, in order.
    rules: Vec<usize>,
    /// Whether a pattern of several tokens can begin here.
    begins_long: bool,
}

impl AttributeRuler {
    /// Reads `attribute_ruler/patterns`.
    pub(crate) fn parse(bytes: &[u8], labels: &mut Labels) -> Result<Self, Error> {
        let file = msgpack::decode(bytes)?;
        let mut ruler = AttributeRuler { rules: Vec::new(), forms: Vec::new(), lemmas: Vec::new(), long: Vec::new() };
        for rule in file.items()? {
            let mut patterns = Vec::new();
            for pattern in rule.require("patterns")?.items()? {
                let tokens = pattern.items()?;
                if tokens.is_empty() || tokens.len() > MAX_PATTERN_TOKENS {
                    return Err(Error::unsupported(format!("a pattern of {} tokens", tokens.len())));
                }
                let conditions = tokens.iter().map(|token| ruler.token_condition(token, labels));
                patterns.push(conditions.collect::<Result<Vec<_>, _>>()?);
            }
            let index = match rule.get("index")? {
                Some(ValueRef::Integer(index)) => index.as_i64().unwrap_or(0),
                _ => 0,
            };
            let fits = |pattern: &Vec<TokenCondition>| (-(pattern.len() as i64)..pattern.len() as i64).contains(&index);
            if !patterns.iter().all(fits) {
                return Err(Error::corrupt(format!("a rule that changes token {index} of a shorter match")));
            }
            let assigns = ruler.assignment(rule.require("attrs")?, labels)?;
            let n = ruler.rules.len();
            ruler.long.extend(patterns.iter().enumerate().filter(|(_, p)| p.len() > 1).map(|(at, _)| (n, at)));
            ruler.rules.push(Rule { patterns, assigns, index });
        }
        Ok(ruler)
    }

    fn token_condition(&mut self, token: &ValueRef<'_>, labels: &mut Labels) -> Result<TokenCondition, Error> {
        let mut condition = TokenCondition::default();
        for (attribute, value) in token.pairs()? {
            let attribute = attribute.string()?.to_uppercase();
            match attribute.as_str() {
                "TAG" => condition.tag.extend(label_conditions(value, labels)?),
                "DEP" => condition.dep.extend(label_conditions(value, labels)?),
                "LOWER" | "ORTH" | "TEXT" => {
                    for strings in string_conditions(value)? {
                        let form = if attribute == "LOWER" { FormCondition::Lower } else { FormCondition::Orth };
                        condition.forms.push(self.forms.len());
                        self.forms.push(form(strings));
                    }
                }
                "IS_SPACE" => {
                    let ValueRef::Boolean(is_space) = value else {
                        return Err(Error::unsupported("a condition on IS_SPACE that is no truth value"));
                    };
                    condition.forms.push(self.forms.len());
                    self.forms.push(FormCondition::IsSpace(*is_space));
                }
                other => return Err(Error::unsupported(format!("a pattern on {other}"))),
            }
        }
        Ok(condition)
    }

    fn assignment(&mut self, attrs: &ValueRef<'_>, labels: &mut Labels) -> Result<Assignment, Error> {
        let mut assigns = Assignment::default();
        for (attribute, value) in attrs.pairs()? {
            let value = value.string()?;
            match attribute.string()?.to_uppercase().as_str() {
                "TAG" => assigns.tag = Some(labels.intern(value)),
                "POS" => assigns.pos = Some(labels.intern(value)),
                "MORPH" => assigns.morph = Some(labels.intern(&normal_morph(value))),
                "DEP" => assigns.dep = Some(labels.intern(value)),
                "LEMMA" => {
                    let at = self.lemmas.iter().position(|lemma| **lemma == *value).unwrap_or(self.lemmas.len());
                    if at == self.lemmas.len() {
                        self.lemmas.push(value.into());
                    }
                    assigns.lemma = Some(u16::try_from(at).map_err(|_| Error::unsupported("65,536 lemmas in rules"))?);
                }
                other => return Err(Error::unsupported(format!("a rule that sets {other}"))),
            }
        }
        Ok(assigns)
    }

    /// A lemma that a rule set.
    pub(crate) fn lemma(&self, idx: u16) -> &str {
        &self.lemmas[idx as usize]
    }

    /// Applies all rules to a document. Matches are those of the attributes as they come; where
    /// several rules set one attribute the last one counts.
    pub(crate) fn apply(
        &self,
        types: impl Fn(usize) -> TypeId,
        lexicon: &Lexicon,
        cache: &mut RulerCache,
        tokens: &mut [Attributes],
    ) {
        let outcomes: Vec<u32> =
            (0..tokens.len()).map(|idx| self.outcome(types(idx), lexicon, cache, &tokens[idx])).collect();
        let mut long_matches: HashMap<usize, Vec<(usize, usize, usize)>> = HashMap::new();
        if !self.long.is_empty() {
            for (start, &outcome) in outcomes.iter().enumerate() {
                if cache.outcomes[outcome as usize].begins_long {
                    self.match_long(start, &types, cache, tokens, &mut long_matches);
                }
            }
        }
        for (idx, outcome) in outcomes.iter().enumerate() {
            let outcome = &cache.outcomes[*outcome as usize];
            let Some(matches) = long_matches.get_mut(&idx) else {
                tokens[idx] = outcome.after;
                continue;
            };
            matches.extend(outcome.rules.iter().map(|&rule| (rule, idx, idx + 1)));
            matches.sort_unstable();
            matches.dedup();
            for &(rule, ..) in matches.iter() {
                self.rules[rule].assigns.apply(&mut tokens[idx]);
            }
        }
    }

    /// The number of the outcome for one token.
    fn outcome(&self, id: TypeId, lexicon: &Lexicon, cache: &mut RulerCache, token: &Attributes) -> u32 {
        let signature = self.signature(id, lexicon, cache);
        if let Some(&outcome) = cache.outcome_of.get(&(token.tag, token.dep, signature)) {
            return outcome;
        }
        let bits = &cache.signature_bits[signature as usize];
        let meets = |condition: &TokenCondition| condition.is_met(token, bits);
        let matching = |rule: &Rule| rule.patterns.iter().any(|p| p.len() == 1 && meets(&p[0]));
        let rules: Vec<usize> = (0..self.rules.len()).filter(|&n| matching(&self.rules[n])).collect();
        let mut after = *token;
        for &rule in &rules {
            self.rules[rule].assigns.apply(&mut after);
        }
        let begins_long = self.long.iter().any(|&(rule, pattern)| meets(&self.rules[rule].patterns[pattern][0]));
        cache.outcomes.push(Outcome { after, rules, begins_long });
        let outcome = cache.outcomes.len() as u32 - 1;
        cache.outcome_of.insert((token.tag, token.dep, signature), outcome);
        outcome
    }

    /// The number of the set of form conditions that a type meets.
    fn signature(&self, id: TypeId, lexicon: &Lexicon, cache: &mut RulerCache) -> u32 {
        for n in cache.signature_of.len()..lexicon.len() {
            let token_type = lexicon.get(TypeId(n as u32));
            let mut bits = vec![0u64; self.forms.len().div_ceil(64)];
            for (form, condition) in self.forms.iter().enumerate() {
                bits[form / 64] |= u64::from(condition.is_met(token_type)) << (form % 64);
            }
            let next = cache.signatures.len() as u32;
            let signature = *cache.signatures.entry(bits.clone()).or_insert(next);
            if signature == next {
                cache.signature_bits.push(bits);
            }
            cache.signature_of.push(signature);
        }
        cache.signature_of[id.0 as usize]
    }

    /// Notes the patterns of several tokens that match from `start`, under the token they change.
    fn match_long(
        &self,
        start: usize,
        types: &impl Fn(usize) -> TypeId,
        cache: &RulerCache,
        tokens: &[Attributes],
        matches: &mut HashMap<usize, Vec<(usize, usize, usize)>>,
    ) {
        for &(rule, pattern) in &self.long {
            let conditions = &self.rules[rule].patterns[pattern];
            let end = start + conditions.len();
            let meets = |(condition, idx): (&TokenCondition, usize)| {
                let signature = cache.signature_of[types(idx).0 as usize];
                condition.is_met(&tokens[idx], &cache.signature_bits[signature as usize])
            };
            if end <= tokens.len() && conditions.iter().zip(start..end).all(meets) {
                let index = self.rules[rule].index;
                let changed = if index < 0 { end as i64 + index } else { start as i64 + index };
                matches.entry(changed as usize).or_default().push((rule, start, end));
            }
        }
    }
}

impl Assignment {
    fn apply(&self, token: &mut Attributes) {
        token.tag = self.tag.unwrap_or(token.tag);
        token.pos = self.pos.unwrap_or(token.pos);
        token.morph = self.morph.unwrap_or(token.morph);
        token.dep = self.dep.unwrap_or(token.dep);
        token.lemma = self.lemma.or(token.lemma);
    }
}

impl TokenCondition {
    fn is_met(&self, token: &Attributes, form_bits: &[u64]) -> bool {
        let has = |form: &usize| form_bits[form / 64] >> (form % 64) & 1 == 1;
        self.tag.iter().all(|condition| condition.is_met(token.tag))
            && self.dep.iter().all(|condition| condition.is_met(token.dep))
            && self.forms.iter().all(has)
    }
}

impl LabelCondition {
    fn is_met(&self, label: LabelId) -> bool {
        self.labels.contains(&label) != self.is_negated
    }
}

impl FormCondition {
    fn is_met(&self, token_type: &TokenType) -> bool {
        match self {
            FormCondition::Lower(condition) => condition.is_met(&token_type.lower),
            FormCondition::Orth(condition) => condition.is_met(&token_type.text),
            FormCondition::IsSpace(is_space) => token_type.is_space == *is_space,
        }
    }
}

impl StringCondition {
    fn is_met(&self, string: &str) -> bool {
        match self {
            StringCondition::In(strings) => strings.iter().any(|s| **s == *string),
            StringCondition::NotIn(strings) => !strings.iter().any(|s| **s == *string),
            StringCondition::Matches(pattern) => pattern.find(&string.chars().collect::<Vec<_>>()).is_some(),
        }
    }
}

/// The strings of a list.
fn strings(value: &ValueRef<'_>) -> Result<Vec<Box<str>>, Error> {
    value.items()?.iter().map(|item| item.string().map(Box::from)).collect()
}

fn string_conditions(value: &ValueRef<'_>) -> Result<Vec<StringCondition>, Error> {
    if let Ok(string) = value.string() {
        return Ok(vec![StringCondition::In(vec![string.into()])]);
    }
    let conditions = value.pairs()?.iter().map(|(operator, operand)| match operator.string()? {
        "IN" => strings(operand).map(StringCondition::In),
        "NOT_IN" => strings(operand).map(StringCondition::NotIn),
        "REGEX" => Pattern::new(operand.string()?).map(StringCondition::Matches),
        other => Err(Error::unsupported(format!("the pattern operator {other}"))),
    });
    conditions.collect()
}

fn label_conditions(value: &ValueRef<'_>, labels: &mut Labels) -> Result<Vec<LabelCondition>, Error> {
    let mut convert = |strings: Vec<Box<str>>, is_negated| LabelCondition {
        labels: strings.iter().map(|string| labels.intern(string)).collect(),
        is_negated,
    };
    let conditions = string_conditions(value)?.into_iter().map(|condition| match condition {
        StringCondition::In(strings) => Ok(convert(strings, false)),
        StringCondition::NotIn(strings) => Ok(convert(strings, true)),
        StringCondition::Matches(_) => Err(Error::unsupported("a pattern with REGEX on a label")),
    });
    conditions.collect()
}

/// Features sorted by name, the values of each sorted; empty for `_`.
fn normal_morph(morph: &str) -> String {
    if morph.is_empty() || morph == "_" {
        return String::new();
    }
    let mut features: Vec<String> = Vec::new();
    for feature in morph.split('|') {
        let (field, values) = feature.split_once('=').unwrap_or((feature, ""));
        let mut values: Vec<&str> = values.split(',').collect();
        values.sort_unstable();
        features.retain(|other| other.split('=').next() != Some(field));
        features.push(format!("{field}={}", values.join(",")));
    }
    features.sort_unstable();
    features.join("|")
}
