//! Dates and times as people write them.

use super::count;
use crate::visible::on_one_line;
use rapporteur_store::days_of;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A TIMEX3 value or a date of publication in words: "12 March 2024", "night of 12 March 2024", "week of 10 January 2022",
/// "6 months". A value that has no such words stands as it is.
pub(crate) fn day(value: &str) -> String {
    let (date, time) = value.split_once('T').map_or((value, None), |(date, time)| (date, Some(time)));
    if date == "P" || date.starts_with('P') {
        return duration(value).unwrap_or_else(|| on_one_line(value));
    }
    let Some(date) = calendar(date) else { return on_one_line(value) };
    match time {
        None => date,
        Some("MO") => format!("morning of {date}"),
        Some("AF") => format!("afternoon of {date}"),
        Some("EV") => format!("evening of {date}"),
        Some("NI") => format!("night of {date}"),
        Some(time) if time.contains(|c: char| c.is_ascii_digit()) => format!("{date}, {}", on_one_line(time)),
        Some(_) => date,
    }
}

/// Two days, what they share told once: "12 to 14 March 2024", "30 March to 2 April 2024".
pub(crate) fn days(first: &str, last: &str) -> String {
    let date_of = |value: &str| value.split('T').next().unwrap_or_default().to_string();
    let (first, last) = (day(&date_of(first)), day(&date_of(last)));
    if first == last {
        return first;
    }
    let (firsts, lasts): (Vec<&str>, Vec<&str>) = (first.split(' ').collect(), last.split(' ').collect());
    let n_shared = firsts.iter().rev().zip(lasts.iter().rev()).take_while(|(a, b)| a == b).count();
    format!("{} to {last}", firsts[..firsts.len() - n_shared].join(" "))
}

/// "12 March 2024", "March 2024", "2024", "summer of 2021", "week of 10 January 2022".
fn calendar(date: &str) -> Option<String> {
    let parts: Vec<&str> = date.split('-').collect();
    if !parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return None;
    }
    let year = parts.first().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = |part: &str| MONTHS.get(part.parse::<usize>().ok()?.checked_sub(1)?).copied();
    match parts.as_slice() {
        [_] => Some((*year).to_string()),
        [_, week] if week.starts_with('W') && week.len() == 3 => {
            Some(format!("week of {}", calendar(&days_of(date)?.0)?))
        }
        [_, "SP"] => Some(format!("spring of {year}")),
        [_, "SU"] => Some(format!("summer of {year}")),
        [_, "FA"] => Some(format!("autumn of {year}")),
        [_, "WI"] => Some(format!("winter of {year}")),
        [_, part] => Some(format!("{} {year}", month(part)?)),
        [_, part, "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09"] => {
            Some(format!("{} {} {year}", &parts[2][1..], month(part)?))
        }
        [_, part, day] if day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)) => {
            Some(format!("{day} {} {year}", month(part)?))
        }
        _ => None,
    }
}

/// "6 months", "2 weeks"; `None` for lengths of several units.
fn duration(value: &str) -> Option<String> {
    let (rest, is_time) = value.strip_prefix("PT").map_or((value.strip_prefix('P')?, false), |rest| (rest, true));
    let unit = match (rest.chars().next_back()?, is_time) {
        ('Y', false) => "year",
        ('M', false) => "month",
        ('W', false) => "week",
        ('D', false) => "day",
        ('H', true) => "hour",
        ('M', true) => "minute",
        _ => return None,
    };
    Some(count(rest[..rest.len() - 1].parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_write_them() {
        for (value, words) in [
            ("2024-03-12", "12 March 2024"),
            ("2024-03-02", "2 March 2024"),
            ("2024-03-12T07:40", "12 March 2024, 07:40"),
            ("2024-03-12TNI", "night of 12 March 2024"),
            ("2024-03", "March 2024"),
            ("1998", "1998"),
            ("2022-W02", "week of 10 January 2022"),
            ("2021-SU", "summer of 2021"),
            ("P6M", "6 months"),
            ("PT1H", "1 hour"),
            ("P1Y2M", "P1Y2M"),
            ("FUTURE_REF", "FUTURE_REF"),
            ("denied", "denied"),
            ("2024-13-40", "2024-13-40"),
            ("PRESENT", "PRESENT"),
            ("\u{202e}", "⟨U+202E⟩"),
        ] {
            assert_eq!(day(value), words, "{value}");
        }
        assert_eq!(days("2024-03-12", "2024-03-14"), "12 to 14 March 2024");
        assert_eq!(days("2024-03-30", "2024-04-02"), "30 March to 2 April 2024");
        assert_eq!(days("2024-03-12", "2024-03-12T10:00"), "12 March 2024");
    }
}
