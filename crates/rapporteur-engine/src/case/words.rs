//! With which words the articles of a case are read: all with the same, or their story would depend on when each came. They
//! stand in the case, so that later runs need not be told.

use crate::Error;
use crate::knowledge::{self, Own};
use crate::run::{Options, Scope};
use rapporteur_extract::Knowledge;
use rapporteur_store::Case;
use rapporteur_story::Issues;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// What decides on a record beside its article.
pub(super) struct Words {
    pub(super) scope: Scope,
    own: Option<Own>,
    /// The user's own files as the case keeps them: JSON, names and texts; `[]` for none.
    files: String,
}

impl Words {
    /// Those that the user gives.
    pub(super) fn given(options: &Options) -> Result<Self, Error> {
        let texts = options.knowledge.as_deref().map(knowledge::texts).transpose()?.unwrap_or_default();
        let place = options.knowledge.as_deref().unwrap_or(Path::new(""));
        Words::new(options.scope, place, &texts)
    }

    /// Those of the case; without any, because no article was read yet, the built-in ones.
    pub(super) fn of_case(case: &Case) -> Result<Self, Error> {
        let scope = match case.setting("scope")?.as_deref() {
            Some("attitude") => Scope::Attitude,
            _ => Scope::Statement,
        };
        let files = case.setting("knowledge")?.unwrap_or_else(|| "[]".to_string());
        let texts: Vec<(String, String)> = serde_json::from_str(&files)
            .map_err(|error| Error::new(format!("{}: the words of the case: {error}", case.path().display())))?;
        Words::new(scope, case.path(), &texts)
    }

    /// Those of the case, which are those that the user gives where that is anything; put into a new case.
    pub(super) fn agreed(case: &mut Case, options: &Options) -> Result<Self, Error> {
        let given = Words::given(options)?;
        if case.setting("scope")?.is_none() {
            given.put(case)?;
            return Ok(given);
        }
        let known = Words::of_case(case)?;
        let is_scope_other = known.scope != given.scope;
        let is_other = options.knowledge.is_some() && known.files != given.files;
        if is_scope_other || is_other {
            let flag = if is_scope_other { "--scope" } else { "--knowledge" };
            let message = format!("the articles of the case were read with another {flag}");
            return Err(Error::new(message).with_hint("give the same again, or read all of them anew with --again"));
        }
        Ok(known)
    }

    pub(super) fn put(&self, case: &mut Case) -> Result<(), Error> {
        case.set("knowledge", &self.files)?;
        case.set("scope", self.scope_name())?;
        Ok(())
    }

    pub(super) fn knowledge(&self) -> &Knowledge {
        self.own.as_ref().map_or_else(|| Knowledge::builtin(), |own| &own.words)
    }

    pub(super) fn issues(&self) -> &Issues {
        self.own.as_ref().map_or_else(|| Issues::builtin(), |own| &own.issues)
    }

    /// What the manifest says of them.
    pub(super) fn manifest(&self) -> BTreeMap<String, String> {
        let words = match &self.own {
            None => "built-in".to_string(),
            Some(_) => Sha256::digest(&self.files).iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        };
        BTreeMap::from([("scope".to_string(), self.scope_name().to_string()), ("words".to_string(), words)])
    }

    fn new(scope: Scope, place: &Path, texts: &[(String, String)]) -> Result<Self, Error> {
        let own = if texts.is_empty() { None } else { Some(knowledge::of_texts(place, texts)?) };
        let files = serde_json::to_string(texts).map_err(|error| Error::new(error.to_string()))?;
        Ok(Words { scope, own, files })
    }

    fn scope_name(&self) -> &'static str {
        match self.scope {
            Scope::Statement => "statement",
            Scope::Attitude => "attitude",
        }
    }
}
