//! When an article was published and in which language it is: text in, values out.

use rapporteur_model::{Article, Evidence, Evidenced};
use rapporteur_source::{Entry, Told, article};

fn entry(text: &str, told: Told) -> Entry {
    let location = "karsk.txt".to_string();
    Entry { raw_location: location.clone().into_bytes(), location, bytes: text.into(), media_type: None, told }
}

fn read(text: &str, told: Told) -> Article {
    article(&entry(text, told)).expect("a text is an article")
}

fn field(name: &str, words: &str) -> Option<Evidenced<String>> {
    let evidence = Evidence::metadata(format!("field \"{name}\""), words);
    Some(Evidenced { value: words.to_string(), evidence })
}

const ENGLISH: &str = "The envoys of Karsk and Velmora met in the old town hall on Sunday and spoke for three hours \
    about the bridges over the river, which have been closed since the winter. Neither of them would say afterwards \
    what had been agreed, and whether they will meet again.";
const GERMAN: &str = "Die Gesandten von Karsk und Velmora trafen sich am Sonntag im alten Rathaus und sprachen drei \
    Stunden lang über die Brücken am Fluss, die seit dem Winter geschlossen sind. Keiner von beiden wollte danach \
    sagen, was vereinbart wurde und ob sie sich wieder treffen.";
const RUSSIAN: &str = "Посланники Карска и Велморы встретились в воскресенье в старой ратуше и три часа говорили о \
    мостах через реку, которые закрыты с зимы. Никто из них не захотел потом сказать, о чём они договорились и \
    встретятся ли они снова на следующей неделе.";
const CHINESE: &str = "卡尔斯克和维尔莫拉的使节星期天在旧市政厅会面，就河上自冬天以来一直关闭的桥梁谈了三个小时。\
    会后双方都不愿意透露达成了什么协议，也没有说明是否会再次见面。当地居民希望桥梁能够尽快重新开放。";

fn language(text: &str, told: Option<Evidenced<String>>) -> String {
    let article = read(text, Told { language: told, ..Told::default() });
    article.language.map_or("none".to_string(), |language| language.value)
}

#[test]
fn the_language_follows_from_the_words() {
    for (text, expected) in [(ENGLISH, "en"), (GERMAN, "de"), (RUSSIAN, "ru"), (CHINESE, "zh")] {
        assert_eq!(language(text, None), expected, "{text}");
    }
    let inferred = read(ENGLISH, Told::default()).language.unwrap().evidence;
    assert_eq!(inferred, Evidence::Inferred("its letters and words".to_string()));
}

#[test]
fn a_few_words_tell_no_language() {
    for text in ["Talks open in Karsk", "Gespräche in Karsk beginnen", "Karsk, Velmora, Ana Lind, Bo Orr, Cy Dahl"] {
        assert_eq!(language(text, None), "none", "{text}");
    }
}

#[test]
fn what_is_told_counts_where_the_words_do_not_contradict() {
    assert_eq!(language(GERMAN, field("lang", "de-AT")), "de");
    assert_eq!(language(GERMAN, field("language", "German")), "de");
    // A site's template often says "en", and sometimes anything.
    assert_eq!(language(GERMAN, field("lang", "en-US")), "de");
    assert_eq!(language(ENGLISH, field("lang", "fr")), "en");
    let told = read(GERMAN, Told { language: field("lang", "deu"), ..Told::default() }).language.unwrap();
    assert_eq!(told.evidence, field("lang", "deu").unwrap().evidence);
}

#[test]
fn english_with_foreign_names_is_english() {
    let text = "The coach of the side, Jean-Luc Dumont, said that Pierre Lefèvre, Étienne Dubois and François Petit \
        will be in the team for the match with Karsk, as are Yannick Le Goff and Julien Bonnet.";
    assert_eq!(language(text, None), "en");
}

#[test]
fn german_lines_of_publication_are_read() {
    let text = format!("Gespräche in Karsk beginnen\nVeröffentlicht am 9. März 2031 um 10:30 Uhr\n\n{GERMAN}\n");
    let article = read(&text, Told::default());
    assert_eq!(article.published.unwrap().value.to_string(), "2031-03-09");
}

#[test]
fn what_the_input_tells_is_the_date_of_publication() {
    let text = format!("Talks open in Karsk\n1 March 2031\n\n{ENGLISH}\n");
    for (words, date, at) in [
        ("Sun, 09 Mar 2031 10:30:00 +0100", "2031-03-09", Some("2031-03-09T09:30:00Z")),
        ("2031-03-09T10:30:00Z", "2031-03-09", Some("2031-03-09T10:30:00Z")),
        ("20310309", "2031-03-09", None),
        ("9. März 2031", "2031-03-09", None),
        ("soon", "2031-03-01", None),
    ] {
        let article = read(&text, Told { published: field("date", words), ..Told::default() });
        assert_eq!(article.published.unwrap().value.to_string(), date, "{words}");
        assert_eq!(article.published_at.map(|at| at.value.to_string()).as_deref(), at, "{words}");
    }
}

#[test]
fn a_told_date_that_cannot_be_read_is_said() {
    let article = read(ENGLISH, Told { published: field("date", "soon"), ..Told::default() });
    assert_eq!(article.published, None);
    let said = article.diagnostics.iter().find(|diagnostic| diagnostic.message.contains("\"soon\"")).unwrap();
    assert!(said.hint.is_some());
}

#[test]
fn the_date_of_change_is_kept_apart() {
    let told = Told {
        published: field("pubDate", "2031-03-09"),
        modified: field("updated", "2031-03-11T08:00:00Z"),
        ..Told::default()
    };
    let article = read(ENGLISH, told);
    assert_eq!(article.published.unwrap().value.to_string(), "2031-03-09");
    assert_eq!(article.modified.unwrap().value.to_string(), "2031-03-11");
}
