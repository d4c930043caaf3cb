//! Calendar dates as they are written: which stretch of a line, and which day.
//!
//! A date whose numbers leave the order of day and month open ("01/09/2022") keeps both readings;
//! who asks for it has to settle them.

use crate::date_forms::date_at;
use rapporteur_model::CivilDate;

/// A calendar date with its numbers; [`CivilDate`] does not give them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

/// News texts are not older than print and not from the future; other numbers are no years.
pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 1800..=2099;

impl Day {
    pub(crate) fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let exists = YEARS.contains(&year) && CivilDate::day(year, month, day).is_some();
        exists.then_some(Day { year, month, day })
    }

    /// The date as the record keeps it.
    pub(crate) fn civil(self) -> Option<CivilDate> {
        CivilDate::day(self.year, self.month, self.day)
    }

    /// Days since 1 January 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
    pub(crate) fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((i64::from(self.month) + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// Monday is 0.
    pub(crate) fn weekday(self) -> u8 {
        (self.number() + 3).rem_euclid(7) as u8
    }
}

/// What a written date can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Day(Day),
    Month(i16, u8),
    /// The order of day and month is open.
    Either {
        month_first: Day,
        day_first: Day,
    },
}

impl Reading {
    /// The number of the day, where it is one.
    pub(crate) fn day_number(self) -> Option<i64> {
        match self {
            Reading::Day(day) => Some(day.number()),
            _ => None,
        }
    }
}

/// A piece of a line: a run of digits, a run of letters, or one other character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) start: usize,
    pub(crate) text: &'t str,
    pub(crate) kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Number,
    Word,
    Mark,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The number, if it is one of at most four digits.
    pub(crate) fn number(&self) -> Option<i16> {
        (self.kind == TokenKind::Number && self.text.len() <= 4).then(|| self.text.parse().ok())?
    }

    pub(crate) fn is(&self, mark: &str) -> bool {
        self.text == mark
    }
}

pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let kind_of = |c: char| match c {
        '0'..='9' => Some(TokenKind::Number),
        _ if c.is_alphabetic() => Some(TokenKind::Word),
        _ if c.is_whitespace() => None,
        _ => Some(TokenKind::Mark),
    };
    let mut tokens: Vec<Token> = Vec::new();
    for (start, c) in line.char_indices() {
        let Some(kind) = kind_of(c) else { continue };
        let end = start + c.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.kind == kind && kind != TokenKind::Mark && last.end() == start => {
                last.text = &line[last.start..end];
            }
            _ => tokens.push(Token { start, text: &line[start..end], kind }),
        }
    }
    tokens
}

/// All dates in `line`, as byte ranges of it.
pub(crate) fn dates_in(line: &str) -> Vec<(Reading, usize, usize)> {
    let tokens = tokens(line);
    let mut dates = Vec::new();
    let mut idx = 0;
    while idx < tokens.len() {
        match date_at(&tokens[idx..]) {
            Some((reading, n)) if !is_glued(&tokens, idx) => {
                dates.push((reading, tokens[idx].start, tokens[idx + n - 1].end()));
                idx += n;
            }
            _ => idx += 1,
        }
    }
    dates
}

/// Whether the token at `idx` continues a number or word before it ("501_20220110").
pub(crate) fn is_glued(tokens: &[Token], idx: usize) -> bool {
    idx > 0 && tokens[idx - 1].end() == tokens[idx].start && {
        let before = &tokens[idx - 1];
        before.kind != TokenKind::Mark || matches!(before.text, "_" | "#" | "." | "/" | "$" | "€" | "£")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i16, month: u8, day: u8) -> Reading {
        Reading::Day(Day { year, month, day })
    }

    #[test]
    fn dates_are_read_in_the_ways_they_are_written() {
        for written in [
            "2031-03-09",
            "2031/3/9",
            "20310309",
            "March 9, 2031",
            "Mar. 9 2031",
            "March 9th, 2031",
            "9 March 2031",
            "9th of March, 2031",
            "09-Mar-2031",
            "09.03.2031",
            "MARCH 9, 2031",
        ] {
            let line = format!("it was {written}, he said");
            let found = dates_in(&line);
            assert_eq!(found.len(), 1, "{written}");
            assert_eq!(found[0].0, day(2031, 3, 9), "{written}");
            assert_eq!(&line[found[0].1..found[0].2], written);
        }
    }

    #[test]
    fn dates_are_read_in_other_languages() {
        for written in [
            "9. März 2031",
            "9. Mär 2031",
            "März 9, 2031",
            "9 mars 2031",
            "9 de marzo de 2031",
            "9 marzo 2031",
            "9 de março de 2031",
            "9 maart 2031",
            "9 Mart 2031",
            "9 марта 2031",
            "9 marca 2031",
            "den 9 mars 2031",
            "9. března 2031",
            "9. maaliskuuta 2031",
            "2031. március 9",
            "9 martie 2031",
            "9 березня 2031",
            "9 Μαρτίου 2031",
            "9 مارس 2031",
            "9 Maret 2031",
            "9 tháng 3, 2031",
            "2031年3月9日",
            "2031년 3월 9일",
            "2031-Mar-09",
            "09/Mar/2031",
            "09.03.31",
        ] {
            let line = format!("({written})");
            let found = dates_in(&line);
            assert_eq!(found.len(), 1, "{written}");
            assert_eq!(found[0].0, day(2031, 3, 9), "{written}");
        }
        assert_eq!(dates_in("le 1er mai 2031")[0].0, day(2031, 5, 1));
        assert_eq!(dates_in("1º de maio de 2031")[0].0, day(2031, 5, 1));
    }

    #[test]
    fn every_month_has_a_name_in_every_language_of_the_list() {
        for months in [
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "januari februari mars april maj juni juli augusti september oktober november december",
        ] {
            for (month, name) in (1..).zip(months.split(' ')) {
                assert_eq!(dates_in(&format!("9 {name} 2031"))[0].0, day(2031, month, 9), "{name}");
            }
        }
    }

    #[test]
    fn the_order_of_day_and_month_stays_open_where_it_is() {
        assert_eq!(dates_in("25/03/2031")[0].0, day(2031, 3, 25));
        assert_eq!(dates_in("03/25/31")[0].0, day(2031, 3, 25));
        assert_eq!(dates_in("03/03/2031")[0].0, day(2031, 3, 3));
        assert!(matches!(dates_in("03/09/2031")[0].0, Reading::Either { .. }));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for line in [
            "page_20310309",
            "2031-13-09",
            "99999999",
            "version 1.2.31",
            "may 9, 2031",
            "9/45/2031",
            "No. 1234 5678",
            "10.10.10.1",
        ] {
            assert_eq!(dates_in(line), vec![], "{line}");
        }
    }

    #[test]
    fn weekdays_follow_the_calendar() {
        let day = |year, month, day| Day { year, month, day };
        assert_eq!(day(1970, 1, 1).weekday(), 3);
        assert_eq!(day(2000, 2, 29).weekday(), 1);
        assert_eq!(day(2031, 3, 9).weekday(), 6);
        assert_eq!(day(1970, 1, 2).number(), 1);
    }
}
