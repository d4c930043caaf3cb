//! A small reading made by hand: invented accounts of invented states.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
#![allow(dead_code, reason = "each test file uses a part of it")]

mod coded;

use rapporteur_model::*;
pub(crate) use rapporteur_testkit::article;

/// Original, copy with other marks and without the speaker's name, and an independent report.
pub(crate) const WIRE: &str = "Karsk sets a deadline\n\
2024-03-12\n\
“If there is no answer by April 11, not one barge will pass,” Deputy Foreign Minister Alexei Voryabin said.\n\
Mara Tellin said her government would “never trade sovereignty for a shipping lane,” naïvely — 漢字 🙂.\n\
Asked whether Karsk would attend, Voryabin declined to comment.\n\
(Meridian Press)\n";
pub(crate) const COPY: &str = "''If there is no answer by April 11, not one barge will pass,'' he said.\r\n\
\r\n\
Mara Tellin said her government would ''never trade sovereignty for a shipping lane,'' naïvely.\r\n";
pub(crate) const REPORT: &str = "The Lysmar Courier\n\
“Let us see what the numbers say,” Tellin said, “and then talk.” Talks go on.\n\
The toll was lifted, according to people in the port.\n\
“Nobody signs under threat.”\n\
Tellin will tell the owners in a letter on Friday, after the talks, that the port is open, the Courier wrote.\n";

/// Text that tries to steer whoever shows it.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script> \"'>&amp; \u{1b}[31m\0\u{202e}txt\u{2066} {{ x }} {% if %}\n\
</mark></p><img src=x onerror=alert(1)> said: “<b>bold</b> &lt; \u{7}”\n";

/// The span of the first occurrence of `words`.
pub(crate) fn at(article: &Article, words: &str) -> Span {
    let start = article.text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {}", article.name));
    Span::new(start, start + words.len())
}

pub(crate) fn stated<T>(article: &Article, words: &str, value: T) -> Option<Evidenced<T>> {
    Some(Evidenced { value, evidence: Evidence::Stated(at(article, words)) })
}

pub(crate) fn record(article: &Article) -> Record {
    Record {
        n_tokens: article.text.split_whitespace().count(),
        n_sentences: article.paragraphs.len(),
        ..Record::empty(article.id.clone())
    }
}

/// Parts of a statement as strings of the article; empty for none.
pub(crate) struct Said<'a> {
    pub(crate) content: &'a [&'a str],
    pub(crate) quoted: &'a [&'a str],
    pub(crate) source: &'a str,
    pub(crate) cue: &'a str,
    pub(crate) kind: StatementKind,
    pub(crate) class: StatementClass,
    pub(crate) speaker: Option<u32>,
}

pub(crate) fn say(article: &Article, record: &mut Record, said: Said<'_>) {
    let spans = |parts: &[&str]| parts.iter().map(|part| at(article, part)).collect::<Vec<_>>();
    let part = |part: &str| (!part.is_empty()).then(|| at(article, part));
    let content = spans(said.content);
    let first = content.first().copied().or(part(said.cue)).unwrap_or_default();
    record.statements.push(Statement {
        id: StatementId::of(&article.id, first, record.statements.len()),
        kind: said.kind,
        class: said.class,
        content,
        quoted: spans(said.quoted),
        source: part(said.source),
        cue: part(said.cue),
        speaker: said.speaker.map(ArticleActorIdx),
        addressee: None,
        medium: None,
        occasion: None,
        relay: None,
        time: None,
        polarity: Polarity::default(),
        uttered: Uttered::default(),
        nested_in: None,
        predication: None,
        confidence: Confidence::High,
    });
}

pub(crate) fn person(article: &Article, record: &mut Record, name: &str, role: &str, allegiance: &str) {
    let idx = ArticleActorIdx(record.actors.len() as u32);
    record.mentions.push(Mention {
        span: at(article, name),
        head: at(article, name),
        form: MentionForm::Name,
        actor: Some(idx),
        link: Some(Link { confidence: Confidence::High, reason: LinkReason::SameName }),
        unresolved: None,
    });
    record.actors.push(ArticleActor {
        kind: ActorKind::Person,
        name: name.into(),
        is_named: true,
        entity_key: None,
        code: Some(ActorCode { affiliation: Some(allegiance.into()), role: Some("GOV".into()) }),
        roles: if role.is_empty() { Vec::new() } else { vec![role.into()] },
        allegiance: Some(allegiance.into()),
        mentions: vec![MentionIdx(record.mentions.len() as u32 - 1)],
    });
}

/// Three articles: an agency report, a copy of it, and an independent report.
pub(crate) fn reading() -> Reading {
    use StatementClass::*;
    use StatementKind::*;
    let mut wire = article("wire", WIRE);
    wire.title = stated(&wire, "Karsk sets a deadline", "Karsk sets a deadline".into());
    wire.published = stated(&wire, "2024-03-12", CivilDate::day(2024, 3, 12).unwrap());
    wire.credit = stated(&wire, "Meridian Press", "Meridian Press".into());
    wire.url = Some(Evidenced {
        value: "https://meridian.example/1".into(),
        evidence: Evidence::Inferred("the name of the file".into()),
    });
    wire.outlet = Some(Evidenced {
        value: "Meridian Press".into(),
        evidence: Evidence::metadata("field \"outlet\"", "Meridian Press"),
    });
    wire.furniture = vec![
        Furniture { span: wire.paragraphs[0], kind: FurnitureKind::Title },
        Furniture { span: wire.paragraphs[1], kind: FurnitureKind::Header },
        Furniture { span: wire.paragraphs[5], kind: FurnitureKind::Credit },
    ];
    wire.diagnostics = vec![Diagnostic { span: None, message: "the time zone is not stated".into(), hint: None }];
    let barge = "If there is no answer by April 11, not one barge will pass";
    let trade = "never trade sovereignty for a shipping lane";
    let trade_content = ["her government would “never trade sovereignty for a shipping lane,” naïvely — 漢字 🙂"];
    let mut wire_record = record(&wire);
    person(&wire, &mut wire_record, "Alexei Voryabin", "Deputy Foreign Minister", "KSK");
    person(&wire, &mut wire_record, "Mara Tellin", "", "VEL");
    let voryabin = "Deputy Foreign Minister Alexei Voryabin";
    say(
        &wire,
        &mut wire_record,
        Said {
            content: &[barge],
            quoted: &[barge],
            source: voryabin,
            cue: "said",
            kind: Direct,
            class: Threat,
            speaker: Some(0),
        },
    );
    say(
        &wire,
        &mut wire_record,
        Said {
            content: &trade_content,
            quoted: &[trade],
            source: "Mara Tellin",
            cue: "said",
            kind: Mixed,
            class: Refusal,
            speaker: Some(1),
        },
    );
    say(
        &wire,
        &mut wire_record,
        Said {
            content: &[],
            quoted: &[],
            source: "Voryabin",
            cue: "declined to comment",
            kind: ActReport,
            class: Refusal,
            speaker: Some(0),
        },
    );
    coded::code_wire(&wire, &mut wire_record);
    wire_record.diagnostics =
        vec![Diagnostic { span: Some(at(&wire, "naïvely")), message: "odd word".into(), hint: Some("look".into()) }];

    let copy = article("copy", COPY);
    let mut copy_record = record(&copy);
    person(&copy, &mut copy_record, "Mara Tellin", "", "VEL");
    say(
        &copy,
        &mut copy_record,
        Said {
            content: &[barge],
            quoted: &[barge],
            source: "he",
            cue: "said",
            kind: Direct,
            class: Threat,
            speaker: None,
        },
    );
    let trade_copy = ["her government would ''never trade sovereignty for a shipping lane,'' naïvely"];
    say(
        &copy,
        &mut copy_record,
        Said {
            content: &trade_copy,
            quoted: &[trade],
            source: "Mara Tellin",
            cue: "said",
            kind: Mixed,
            class: Refusal,
            speaker: Some(0),
        },
    );
    coded::code_copy(&copy, &mut copy_record);

    copy_record.timexes = vec![Timex {
        span: at(&copy, "April 11"),
        kind: TimexKind::Date,
        value: "2024-04-11".into(),
        modifier: Some(TimexModifier::OnOrBefore),
        quantifier: None,
        frequency: None,
        anchor: TimexAnchor::Published,
        rule: "month-day".into(),
    }];
    copy_record.inferred_date = Some(Evidenced {
        value: CivilDate::day(2024, 3, 12).unwrap(),
        evidence: Evidence::Inferred("the dateline".into()),
    });

    let report = article("report", REPORT);
    let mut report_record = record(&report);
    person(&report, &mut report_record, "Tellin", "", "VEL");
    let see = ["Let us see what the numbers say", "and then talk"];
    say(
        &report,
        &mut report_record,
        Said {
            content: &see,
            quoted: &see,
            source: "Tellin",
            cue: "said",
            kind: Direct,
            class: Proposal,
            speaker: Some(0),
        },
    );
    say(
        &report,
        &mut report_record,
        Said {
            content: &["The toll was lifted"],
            quoted: &[],
            source: "people in the port",
            cue: "according to",
            kind: Indirect,
            class: Speech,
            speaker: None,
        },
    );
    let nobody = ["Nobody signs under threat."];
    say(
        &report,
        &mut report_record,
        Said { content: &nobody, quoted: &nobody, source: "", cue: "", kind: Direct, class: Speech, speaker: None },
    );
    relayed(&report, &mut report_record);
    report_record.quantities = vec![Quantity {
        span: at(&report, "the numbers"),
        value: "4".into(),
        upper: Some("5".into()),
        unit: Some(at(&report, "numbers")),
        modifier: QuantityModifier::AtLeast,
        referent: None,
    }];

    let member = |article: &Article, actor: u32| ActorMember {
        article: article.id.clone(),
        actor: ArticleActorIdx(actor),
        borrowed: if article.name == "report" { vec![ActorFact::Role] } else { Vec::new() },
    };
    let alias = |text: &str, n_mentions| Alias { text: text.into(), n_mentions };
    let actor = |id: &str, kind, name: &str, aliases: Vec<Alias>, allegiance: Option<&str>, members| Actor {
        id: ActorId::new(id),
        kind,
        name: name.into(),
        is_named: true,
        entity_key: (kind == ActorKind::State).then(|| "VEL".into()),
        code: Some(ActorCode { affiliation: Some("VEL".into()), role: None }),
        aliases,
        roles: if id == "alexei-voryabin" { vec![deputy_minister(&wire)] } else { Vec::new() },
        allegiance: allegiance.map(String::from),
        spokesperson_of: (id == "mara-tellin").then(|| ActorId::new("veldria")),
        members,
        merges: if id == "mara-tellin" { vec![by_family_name(&report)] } else { Vec::new() },
    };
    let said = wire_record.statements[0].id.clone();
    let copied = copy_record.statements[0].id.clone();
    let support = rapporteur_model::Support {
        articles: vec![wire.id.clone()],
        n_origins_min: 1,
        n_origins_max: 1,
        sourcing: Sourcing::Named,
        first: Some(wire.id.clone()),
    };
    let story = Story {
        actors: vec![
            actor(
                "mara-tellin",
                ActorKind::Person,
                "Mara Tellin",
                vec![alias("Mara Tellin", 2), alias("Tellin", 1)],
                Some("VEL"),
                vec![member(&wire, 1), member(&copy, 0), member(&report, 0)],
            ),
            actor(
                "alexei-voryabin",
                ActorKind::Person,
                "Alexei Voryabin",
                vec![alias("Alexei Voryabin", 1)],
                Some("KSK"),
                vec![member(&wire, 0)],
            ),
            actor("veldria", ActorKind::State, "Veldria", Vec::new(), None, Vec::new()),
        ],
        passages: vec![
            Passage {
                a: Place { article: copy.id.clone(), span: at(&copy, barge) },
                b: Place { article: wire.id.clone(), span: at(&wire, barge) },
                wording: PassageWording::Verbatim,
                n_shared_words: 12,
                is_quotation: true,
            },
            Passage {
                a: Place { article: copy.id.clone(), span: copy.paragraphs[1] },
                b: Place { article: wire.id.clone(), span: wire.paragraphs[3] },
                wording: PassageWording::NearVerbatim,
                n_shared_words: 14,
                is_quotation: false,
            },
        ],
        links: vec![ArticleLink {
            a: copy.id.clone(),
            b: wire.id.clone(),
            relation: Relation::Spun,
            prose: Shares { percent_of_a: 92, percent_of_b: 61 },
            quotations: Shares { percent_of_a: 100, percent_of_b: 50 },
            n_passages: 2,
            n_replacements: 1,
            direction: Direction {
                derived: Some(copy.id.clone()),
                evidence: vec![DirectionEvidence {
                    kind: DirectionKind::Wording,
                    derived: copy.id.clone(),
                    reason: "words were replaced in 1 place by rarer ones".into(),
                    places: vec![Place { article: copy.id.clone(), span: at(&copy, barge) }],
                }],
            },
        }],
        text_groups: vec![TextGroup { articles: vec![copy.id.clone(), wire.id.clone()] }],
        origins: vec![
            Origin {
                articles: vec![copy.id.clone(), wire.id.clone()],
                first: None,
                unseen_source: Some(UnseenSource {
                    name: Some("Meridian Press".into()),
                    reason: "2 articles credit it".into(),
                    places: vec![Place { article: wire.id.clone(), span: at(&wire, "Meridian Press") }],
                }),
                overlaps: vec![1],
            },
            Origin {
                articles: vec![report.id.clone()],
                first: Some(report.id.clone()),
                unseen_source: None,
                overlaps: vec![0],
            },
        ],
        text_flaws: vec![TextFlaw {
            article: copy.id.clone(),
            kind: TextFlawKind::Spun,
            reason: "in 1 place other words stand".into(),
            examples: vec![FlawExample {
                place: Place { article: copy.id.clone(), span: at(&copy, barge) },
                instead_of: Some(Place { article: wire.id.clone(), span: at(&wire, barge) }),
                usual: None,
            }],
            proposed_order: vec![2, 1],
        }],
        versions: vec![Version {
            article: copy.id.clone(),
            version_of: wire.id.clone(),
            reason: "at the same address, and later".into(),
        }],
        utterances: vec![Utterance {
            id: UtteranceId::new("utterance/1"),
            speaker: Some(ActorId::new("alexei-voryabin")),
            class: StatementClass::Speech,
            time: Some("2031-03-09".into()),
            reports: vec![copied, said.clone()],
            fullest: said.clone(),
            earliest: Some(said),
            reasons: vec!["the same quoted words of one speaker".into()],
            support: support.clone(),
        }],
        utterance_links: vec![UtteranceLink {
            a: UtteranceId::new("utterance/1"),
            b: UtteranceId::new("utterance/1"),
            relation: UtteranceRelation::SameOccasion,
            reason: "one speaker through one medium, at times that fit".into(),
        }],
        happenings: vec![Happening {
            id: HappeningId::new("happening/1"),
            kind: EventType::Consult,
            sources: vec![ActorId::new("mara-tellin")],
            targets: vec![ActorId::new("mara-tellin")],
            status: Status::Happened,
            time: Some("2031-03-09".into()),
            place: Some("Lysmar".into()),
            reports: vec![EventRef { article: wire.id.clone(), event: EventIdx(0) }],
            reasons: vec!["one article tells of it more than once".into()],
            support: support.clone(),
        }],
        issues: vec![Issue {
            id: IssueId::new("port"),
            name: "the port".into(),
            is_common: true,
            wordings: vec!["the port".into()],
            standing: Standing::Unanswered,
            reason: "a stance of Mara Tellin alone".into(),
        }],
        positions: vec![Position {
            party: ActorId::new("mara-tellin"),
            issue: IssueId::new("port"),
            stances: vec![PositionStance {
                kind: StanceKind::Openness,
                voiced_by: vec![ActorId::new("mara-tellin")],
                first_time: Some("2031-03-08".into()),
                last_time: Some("2031-03-09".into()),
                conditions: vec![PositionCondition {
                    article: wire.id.clone(),
                    span: at(&wire, barge),
                    linked_issue: Some(IssueId::new("port")),
                }],
                reports: vec![StanceRef { article: wire.id.clone(), stance: StanceIdx(0) }],
                support: support.clone(),
            }],
            changes: vec![PositionChange {
                from: StanceKind::Refusal,
                to: StanceKind::Openness,
                time: "2031-03-08".into(),
            }],
            support: support.clone(),
        }],
        timeline: vec![TimelineEntry {
            value: "2031-03-09".into(),
            kind: TimelineKind::Happening,
            status: Some(Status::Happened),
            is_planned: false,
            forum: Some("Lysmar".into()),
            words: Place { article: wire.id.clone(), span: at(&wire, barge) },
            happenings: vec![HappeningId::new("happening/1")],
            utterances: vec![UtteranceId::new("utterance/1")],
            places: vec![Place { article: wire.id.clone(), span: at(&wire, barge) }],
            support: support.clone(),
        }],
        tensions: vec![Tension {
            id: TensionId::new("tension/1"),
            kind: TensionKind::Corruption,
            is_change: false,
            reason: "in one article other words stand".into(),
            sides: [&wire, &copy]
                .map(|article| TensionSide {
                    value: "barge".into(),
                    places: vec![Place { article: article.id.clone(), span: at(article, barge) }],
                    support: support.clone(),
                })
                .into(),
        }],
    };
    Reading {
        articles: vec![copy, report, wire],
        records: vec![copy_record, report_record, wire_record],
        story,
        skipped: vec![Skipped { location: "coverage/empty.txt".into(), reason: "empty file".into(), hint: None }],
    }
}

fn by_family_name(article: &Article) -> Merge {
    Merge {
        kind: MergeKind::FamilyName,
        reason: "a family name that only one person of the pile bears: Tellin".into(),
        articles: vec![article.id.clone()],
    }
}

fn deputy_minister(article: &Article) -> Role {
    let published = article.published.as_ref().map(|date| date.value);
    Role {
        text: "Deputy Foreign Minister".into(),
        is_former: false,
        articles: vec![article.id.clone()],
        first_published: published,
        last_published: published,
    }
}

/// Two statements, one inside the other, with everything that can be told about an act of saying.
fn relayed(article: &Article, record: &mut Record) {
    let (class, kind) = (StatementClass::Announcement, StatementKind::Indirect);
    let outer = ["Tellin will tell the owners in a letter on Friday, after the talks, that the port is open"];
    let said = Said { content: &outer, quoted: &[], source: "the Courier", cue: "wrote", kind, class, speaker: None };
    say(article, record, said);
    let inner = ["the port is open"];
    let said = Said { content: &inner, quoted: &[], source: "Tellin", cue: "will tell", kind, class, speaker: Some(0) };
    say(article, record, said);
    let [.., outer, inner] = record.statements.as_mut_slice() else { return };
    inner.addressee = Some(at(article, "the owners"));
    inner.medium = Some(at(article, "in a letter"));
    inner.time = Some(at(article, "on Friday"));
    inner.occasion = Some(at(article, "after the talks"));
    inner.relay = Some(at(article, "the Courier"));
    inner.uttered = Uttered::Planned;
    inner.nested_in = Some(outer.id.clone());
}

/// One article of hostile text, with a statement over the hostile words.
pub(crate) fn hostile() -> Reading {
    let mut article = article("<i>\"name\"", HOSTILE);
    article.title = stated(&article, "<script>alert(1)</script>", "<script>alert(1)</script>".into());
    article.url = stated(&article, "x", "javascript:alert(1)".into());
    article.location = "\u{1b}]0;title\u{7}<b>.txt".into();
    let mut record = record(&article);
    let words = "<b>bold</b> &lt; \u{7}";
    say(
        &article,
        &mut record,
        Said {
            content: &[words],
            quoted: &[words],
            source: "</mark></p><img src=x onerror=alert(1)>",
            cue: "said",
            kind: StatementKind::Direct,
            class: StatementClass::Speech,
            speaker: None,
        },
    );
    record.statements[0].addressee = Some(at(&article, "<script>alert(1)</script>"));
    record.statements[0].medium = Some(at(&article, "\u{1b}[31m\0\u{202e}txt\u{2066}"));
    Reading { articles: vec![article], records: vec![record], ..Reading::default() }
}

/// Compares with `tests/expected/name`; with UPDATE_EXPECTED=1 in the environment writes it.
pub(crate) fn compare(name: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{name} differs (UPDATE_EXPECTED=1 rewrites it); now:\n{actual}");
}
