//! Which articles fulfil a condition in SQL, before they are in a case.

use super::{Cell, SqlError};
use crate::ask::sql::wrong;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

/// A condition over the columns of articles, as it stands behind `WHERE`.
#[derive(Debug)]
pub struct ArticleFilter {
    connection: Connection,
    condition: String,
    n_columns: usize,
}

impl ArticleFilter {
    /// A condition over `columns`. It reads these and computes; it does nothing else.
    ///
    /// # Errors
    /// If it is no condition in SQL, or names a column that is not there.
    pub fn new(columns: &[&str], condition: &str) -> Result<Self, SqlError> {
        let open = || {
            let connection = Connection::open_in_memory()?;
            let names: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
            connection
                .execute_batch(&format!("CREATE TABLE article (number INTEGER PRIMARY KEY, {})", names.join(", ")))?;
            Ok(connection)
        };
        let connection = open().map_err(|error| wrong(&error))?;
        let mut filter = ArticleFilter { connection, condition: condition.to_string(), n_columns: columns.len() };
        filter.matching(&[]).map_err(|error| match error {
            SqlError::Question { message, .. } => {
                let hint = format!("a condition over {}, such as published >= '2024-03'", columns.join(", "));
                SqlError::Question { message, hint: Some(hint) }
            }
            other => other,
        })?;
        Ok(filter)
    }

    /// For each row, with a value for every column, whether it fulfils the condition.
    ///
    /// # Errors
    /// If the condition fails on a row.
    pub fn matching(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<bool>, SqlError> {
        let connection = &mut self.connection;
        let places = vec!["?"; self.n_columns + 1].join(", ");
        let fill = |connection: &mut Connection| {
            connection.execute_batch("DELETE FROM article")?;
            let transaction = connection.transaction()?;
            let mut insert = transaction.prepare(&format!("INSERT INTO article VALUES ({places})"))?;
            for (row, number) in rows.iter().zip(0i64..) {
                let number = Cell::Integer(number);
                insert.execute(params_from_iter([&number].into_iter().chain(row)))?;
            }
            drop(insert);
            transaction.commit()
        };
        fill(connection).map_err(|error| wrong(&error))?;
        let select = |connection: &Connection| {
            // On lines of their own: a comment of the condition ends with it.
            let question = format!("SELECT number FROM article WHERE (\n{}\n)", self.condition);
            let mut matching = vec![false; rows.len()];
            let mut select = connection.prepare(&question)?;
            let mut found = select.query([])?;
            while let Some(row) = found.next()? {
                if let Some(is) = usize::try_from(row.get::<_, i64>(0)?).ok().and_then(|at| matching.get_mut(at)) {
                    *is = true;
                }
            }
            Ok(matching)
        };
        let hooked = connection.authorizer(Some(authorization));
        let matching = hooked.and_then(|()| select(connection));
        let unhooked = connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>);
        let matching = matching.map_err(|error| wrong(&error))?;
        unhooked.map_err(|error| wrong(&error))?;
        Ok(matching)
    }
}

fn authorization(context: AuthContext<'_>) -> Authorization {
    let is_allowed = match context.action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Read { table_name, .. } => table_name == "article",
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        _ => false,
    };
    if is_allowed { Authorization::Allow } else { Authorization::Deny }
}

impl ToSql for Cell {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>, rusqlite::Error> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Real(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<Cell>> {
        let row = |date: &str, text: &str| vec![Cell::Text(date.to_string()), Cell::Text(text.to_string())];
        vec![row("2024-03-01", "talks in Halsk"), row("2024-04-01", "Talks"), vec![Cell::Null, Cell::Null]]
    }

    #[test]
    fn a_condition_tells_rows_apart() {
        for (condition, expected) in [
            ("published >= '2024-04'", [false, true, false]),
            ("text LIKE '%talks%'", [true, true, false]),
            ("published IS NULL OR text LIKE '%Halsk' -- a remark", [true, false, true]),
            ("1", [true; 3]),
            ("0", [false; 3]),
        ] {
            let mut filter = ArticleFilter::new(&["published", "text"], condition).unwrap();
            assert_eq!(filter.matching(&rows()).unwrap(), expected, "{condition}");
            assert_eq!(filter.matching(&rows()[..1]).unwrap(), expected[..1], "{condition} once more");
        }
    }

    #[test]
    fn what_is_no_condition_is_told() {
        for condition in
            ["", "outlet = 'x'", "1; DROP TABLE article", "1) OR (SELECT load_extension('x')", "published >"]
        {
            let error = ArticleFilter::new(&["published", "text"], condition).unwrap_err();
            assert!(error.hint().is_some_and(|hint| hint.contains("published, text")), "{condition}: {error}");
        }
    }
}
