//! What the plans ask of articles, of pairs of them and of groups: functions that DataFusion calls by name.
//!
//! They are pure, so that an executor may call them again. An article, what two share and what ties them go through tables as
//! bytes ([`values`]).

mod arrays;
mod of_articles;
mod of_groups;
mod of_pairs;
pub(crate) mod values;

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// All functions.
pub fn all() -> Vec<Arc<ScalarUDF>> {
    let functions = of_articles::functions().into_iter().chain(of_pairs::functions()).chain(of_groups::functions());
    functions.map(|function| Arc::new(ScalarUDF::new_from_impl(function))).collect()
}

/// A function of the rows of columns.
#[derive(Debug)]
pub(crate) struct RowFunction {
    name: &'static str,
    signature: Signature,
    gives: DataType,
    call: fn(&[ArrayRef]) -> Result<ArrayRef>,
}

impl RowFunction {
    pub(crate) fn new(
        name: &'static str,
        n_arguments: usize,
        gives: DataType,
        call: fn(&[ArrayRef]) -> Result<ArrayRef>,
    ) -> Self {
        RowFunction { name, signature: Signature::any(n_arguments, Volatility::Immutable), gives, call }
    }
}

// A function is what its name says.
impl PartialEq for RowFunction {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for RowFunction {}

impl Hash for RowFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for RowFunction {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.gives.clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let columns: Result<Vec<ArrayRef>> =
            args.args.into_iter().map(|value| value.into_array(args.number_rows)).collect();
        Ok(ColumnarValue::Array((self.call)(&columns?)?))
    }
}
