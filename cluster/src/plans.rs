//! The plans, in their order, as the files of `plans/` have them.

use rapporteur_story::steps;

/// A plan: a question in SQL whose answer is a table.
#[derive(Debug)]
pub struct Plan {
    /// The table that it gives.
    pub name: &'static str,
    sql: &'static str,
    /// What it asks of the articles, each of which may ask the ones before it.
    views: &'static [(&'static str, &'static str)],
}

const ALONE: (&str, &str) = ("alone", include_str!("../plans/alone.sql"));
const KNOWN: (&str, &str) = ("known", include_str!("../plans/known.sql"));
const COUNTED: (&str, &str) = ("counted_articles", include_str!("../plans/counted_articles.sql"));

/// All plans. Between `ties` and `gathered` this process tells which articles anything ties together.
pub static PLANS: [Plan; 9] = [
    Plan { name: "numbers", sql: include_str!("../plans/01-numbers.sql"), views: &[] },
    Plan { name: "repeated", sql: include_str!("../plans/02-repeated.sql"), views: &[ALONE] },
    Plan { name: "counted", sql: include_str!("../plans/03-counted.sql"), views: &[ALONE, KNOWN] },
    Plan { name: "copies", sql: include_str!("../plans/04-copies.sql"), views: &[ALONE, KNOWN] },
    Plan { name: "lists", sql: include_str!("../plans/05-lists.sql"), views: &[ALONE, KNOWN, COUNTED] },
    Plan { name: "candidates", sql: include_str!("../plans/06-candidates.sql"), views: &[] },
    Plan { name: "ties", sql: include_str!("../plans/07-ties.sql"), views: &[ALONE, KNOWN, COUNTED] },
    Plan { name: "gathered", sql: include_str!("../plans/08-gathered.sql"), views: &[ALONE, KNOWN] },
    Plan { name: "links", sql: include_str!("../plans/09-links.sql"), views: &[ALONE, KNOWN, COUNTED] },
];

impl Plan {
    /// The question for a folder of so many articles.
    pub fn sql(&self, n_articles: usize) -> String {
        let asked = without_comments(self.sql);
        // A query has one list of names: those of the views come before its own.
        let (own, rest) = match asked.trim_start().strip_prefix("WITH") {
            Some(rest) => (",", rest.to_string()),
            None => ("", format!("\n{asked}")),
        };
        let views: Vec<String> =
            self.views.iter().map(|(name, sql)| format!("{name} AS (\n{})", without_comments(sql))).collect();
        let sql = match (views.is_empty(), own) {
            (true, _) => asked,
            (false, own) => format!("WITH {}{own}{rest}", views.join(",\n")),
        };
        numbers(n_articles).into_iter().fold(sql, |sql, (name, value)| sql.replace(&format!("{{{name}}}"), &value))
    }
}

/// The numbers that plans name, which the lineage of one process goes by too.
fn numbers(n_articles: usize) -> [(&'static str, String); 10] {
    [
        ("N_ARTICLES", n_articles.to_string()),
        ("MIN_REPEATING_ARTICLES", steps::MIN_REPEATING_ARTICLES.to_string()),
        ("MAX_REPEATED_SHARE", steps::MAX_REPEATED_SHARE.to_string()),
        ("RUN_POINTS", steps::RUN_POINTS.to_string()),
        ("PAIR_POINTS", steps::PAIR_POINTS.to_string()),
        ("MIN_POINTS", steps::MIN_POINTS.to_string()),
        ("FEW_FEATURES", steps::FEW_FEATURES.to_string()),
        ("MAX_ARTICLES", steps::MAX_ARTICLES.to_string()),
        ("MIN_FREQUENT_POINTS", steps::MIN_FREQUENT_POINTS.to_string()),
        ("MAX_EXPANDED_PAIRS", steps::MAX_EXPANDED_PAIRS.to_string()),
    ]
}

fn without_comments(sql: &str) -> String {
    sql.lines().filter(|line| !line.starts_with("--")).map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_name_no_number_that_is_not_known() {
        for plan in &PLANS {
            let sql = plan.sql(7);
            assert!(!sql.contains(['{', '}']), "{}: {sql}", plan.name);
            assert!(sql.matches("WITH").count() <= 1, "{}: {sql}", plan.name);
        }
    }
}
