use crate::{Error, Export, Input, Options};
use rapporteur_engine::case::{
    self as engine, Done, Draft, ItemQuery, Items, ReadInto, SqlLimits, SqlReader, SqlTable,
};
use rapporteur_engine::verify::{Verified, in_case};
use rapporteur_export::{Exporter, Formulas};
use rapporteur_model::{Instant, Reading, Skipped, TargetLayer};
use rapporteur_view::case::{Answer, Question, ask};
use std::io::Write;
use std::path::Path;

/// A case: all that is known of a pile of articles, in one file that can be asked.
///
/// Whoever asks sees the last complete state, also while somebody else adds articles. What a case holds does not depend on
/// the order of the articles or on how many runs brought them in.
#[derive(Debug)]
pub struct Case(Kept);

#[derive(Debug)]
enum Kept {
    File(engine::Case),
    Temporary(engine::Temporary),
}

impl Case {
    /// Opens the case in the file `path`.
    ///
    /// # Errors
    /// If there is no such file, it is no case, or a newer version of the program has written it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Case(Kept::File(engine::Case::open(path)?)))
    }

    /// Reads what `inputs` name into the case in the file `path`, which is made where there is none, and opens it. Articles
    /// that are in it are not read again.
    ///
    /// # Errors
    /// If the case cannot be opened or written, the language model is missing or damaged, a file of the knowledge folder
    /// cannot be used, or the case was read with other words. What was read before an error stays in the case.
    pub fn read(path: &Path, inputs: &[Input], options: &Options) -> Result<(Self, Done), Error> {
        let done = engine::read_into(path, inputs, options, ReadInto::default(), &now, &|_| {})?;
        Ok((Case::open(path)?, done))
    }

    /// Reads what `inputs` name into a case that is gone with the value.
    ///
    /// # Errors
    /// As [`Case::read`], and if none of the inputs can be read.
    pub fn of_pile(inputs: &[Input], options: &Options) -> Result<(Self, Done), Error> {
        let (case, done) = engine::Temporary::of_pile(inputs, options, &|_| {})?;
        Ok((Case(Kept::Temporary(case)), done))
    }

    /// The file of the case.
    pub fn path(&self) -> &Path {
        self.opened().path()
    }

    /// Reads more articles into the case.
    ///
    /// # Errors
    /// As [`Case::read`].
    pub fn add(&mut self, inputs: &[Input], options: &Options) -> Result<Done, Error> {
        Ok(engine::read_into(self.path(), inputs, options, ReadInto::default(), &now, &|_| {})?)
    }

    /// Puts something right by hand; `author` signs it. It holds on when articles are added.
    ///
    /// # Errors
    /// If the case has no such item, article or words, or it cannot be written.
    pub fn correct(
        &mut self,
        draft: &Draft,
        author: &str,
        reason: Option<&str>,
        options: &Options,
    ) -> Result<Done, Error> {
        let entry = draft.entry(self.opened(), author, &now(), reason)?;
        Ok(engine::correct(self.path(), &[entry], options, &now)?)
    }

    /// Items of one layer of the story, in its order.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn items(&self, layer: TargetLayer, query: &ItemQuery) -> Result<Items, Error> {
        Ok(self.opened().items(layer, query)?)
    }

    /// What the case says to a question, as the commands put it.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn ask(&self, question: &Question) -> Result<Answer, Error> {
        Ok(ask(self.opened(), question)?)
    }

    /// Asks in SQL over the views that docs/CASE.md describes. A question only reads, and is bounded.
    ///
    /// # Errors
    /// If the question is no SQL, asks for more than the views, takes too long or gives too much, or the case cannot be read.
    pub fn sql(&self, question: &str, limits: SqlLimits) -> Result<SqlTable, Error> {
        Ok(SqlReader::open(self.path())?.table(question, limits)?)
    }

    /// Writes the case in the format of another program, as docs/EXPORT.md describes it, and gives the number of rows or
    /// items. Text that a spreadsheet would run as a formula gets an apostrophe in front in CSV.
    ///
    /// # Errors
    /// If the case cannot be read, words do not stand in their article, or `out` takes no more.
    pub fn export(&self, export: Export, out: &mut (dyn Write + Send)) -> Result<usize, Error> {
        let mut exporter = Exporter::open(self.path())?;
        Ok(exporter.at_one_moment(|moment| moment.write(export, Formulas::Inert, out))?)
    }

    /// Says of each quotation and each claim of `texts` whether it stands in the case, word for word, and whether who is
    /// named says it. Gives the inputs that were not read as well.
    ///
    /// # Errors
    /// If the language model is missing, or the case cannot be read.
    pub fn verify(&self, texts: &[Input], options: &Options) -> Result<(Vec<Verified>, Vec<Skipped>), Error> {
        Ok(in_case(texts, self.opened(), options)?)
    }

    /// Everything in the case as one reading: what [`crate::read`] gives of the same articles, with what was put right.
    ///
    /// # Errors
    /// If the case cannot be read, or another version of the program made its records.
    pub fn reading(&self, options: &Options) -> Result<Reading, Error> {
        Ok(engine::reading(self.opened(), options)?)
    }

    fn opened(&self) -> &engine::Case {
        match &self.0 {
            Kept::File(case) => case,
            Kept::Temporary(case) => case,
        }
    }
}

/// The moment, to the microsecond: entries that follow each other in a script keep their order.
fn now() -> Instant {
    Instant::new(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
}
