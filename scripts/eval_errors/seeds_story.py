"""The seeds over all articles: utterances, happenings, positions, timeline, tensions."""
from report import Layer, clean
from seeds import clusters, placed


def layers(scorer):
    if not scorer.has_seeds():
        return
    if scorer.seeds("seeds/utterances", "utterances", "statements", "actors") and scorer.pairs:
        yield _utterances(scorer)
    if scorer.seeds("seeds/happenings", "happenings", "events") and scorer.epairs:
        yield _happenings(scorer)
    if scorer.seeds("seeds/positions", "positions"):
        yield _positions(scorer)
        yield _stances(scorer)
    if scorer.seeds("seeds/timeline", "timeline"):
        yield _timeline(scorer)
    if scorer.seeds("seeds/tensions", "tensions"):
        yield _tensions(scorer)


def places(evidence):
    return f"{len(evidence)} place{'s' if len(evidence) > 1 else ''}"


def _utterances(scorer):
    """Reports of one act of speech; a statement in no cluster is alone."""
    layer, gold = Layer("seeds/utterances"), {id_: id_ for id_ in scorer.pairs}
    labels = {}
    for cluster in scorer.G["statement_clusters"]:
        if cluster["level"] == "same-utterance":
            labels[cluster["id"]] = f"{cluster['id']} ({cluster.get('label')})"
            gold.update({member: cluster["id"] for member in cluster["members"] if member in gold})
    of = {statement: row["id"] for row in scorer.Q["utterances"] for statement in row["statements"]}
    rows = {row["id"]: row for row in scorer.G["statements"]}
    name = lambda id_: labels.get(id_) or f"{id_} alone"
    clusters(layer, "seeds/utterances_b3_f", gold, {id_: of.get(other, other) for id_, other in scorer.pairs.items()}, name,
             lambda id_: placed(scorer, rows[id_]["content"][0]))
    return layer


def _happenings(scorer):
    """Reports of one event."""
    layer, rows = Layer("seeds/happenings"), {row["id"]: row for row in scorer.G["events"]}
    labels = {row["id"]: f"{row['id']} ({row.get('label')})" for row in scorer.G["event_clusters"]}
    gold = {id_: rows[id_]["cluster"] for id_ in rows if id_ in scorer.epairs}
    of = {event: row["id"] for row in scorer.Q["happenings"] for event in row["events"]}
    clusters(layer, "seeds/events_b3_f", gold, {id_: of.get(other, other) for id_, other in scorer.epairs.items()},
             lambda id_: labels.get(id_) or str(id_), lambda id_: placed(scorer, dict(rows[id_]["trigger"], doc=rows[id_]["doc"])))
    return layer


def _sentences(scorer, ids):
    return {row["id"]: row for row in scorer.G["sentences"] if row["id"] in ids}


def _positions(scorer):
    """Party × issue × stance: matched by the scorer; what stands nearest tells why one is missed."""
    layer, gold, predicted = Layer("seeds/positions"), scorer.G["positions"], scorer.Q["positions"]
    groups = scorer.grp
    parties = lambda row: {scorer.amap.get(party, party) for party in row["parties"]}
    group_of = lambda stance: groups.get(stance, groups.get(stance.replace("-", " ")))
    told = lambda row, who: f"{' and '.join(sorted(who))} · {row['stance']} · {row['issue']} ({places(row['evidence'])})"
    for n, row in enumerate(gold):
        if n in scorer.ug:
            continue
        sentences, kind, given = scorer.sents(row["evidence"]), "missed: no position cites its sentences", "nothing"
        near = sorted(((len(sentences & scorer.sents(other["evidence"])), -p) for p, other in enumerate(predicted)), reverse=True)
        if near and near[0][0]:
            other = predicted[-near[0][1]]
            given = told(other, parties(other))
            is_party, is_stance = bool(parties(other) & {*row["party"]}), group_of(other["stance"]) == group_of(row["stance"])
            kind = ("missed: another party and stance" if not is_party and not is_stance else "missed: another party" if not is_party
                    else "missed: another stance" if not is_stance else "missed: too few of its sentences, or taken by another")
        layer.add(kind, f"{' and '.join(row['party'])} · {row['stance']}", "seeds/positions_f", {"right": 1, "found": 1},
                  expected=f"{row['id']} {told(row, row['party'])}: {row.get('summary')}", given=given, **placed(scorer, row["evidence"][0]))
    for p, row in enumerate(predicted):
        if p not in scorer.up:
            sentences = scorer.sents(row["evidence"])
            cited = [other for other in gold if sentences & scorer.sents(other["evidence"])]
            kind = "superfluous: its sentences show another position" if cited else "superfluous: its sentences show none"
            expected = ", ".join(f"{other['id']} {' and '.join(other['party'])} · {other['stance']}" for other in cited[:3]) or "nothing"
            layer.add(kind, f"{' and '.join(sorted(parties(row) - {*row['parties']} or parties(row)))} · {row['stance']}", "seeds/positions_f", {"found": -1},
                      expected=expected, given=told(row, parties(row)), **placed(scorer, row["evidence"][0]))
    layer.figure("seeds/positions_f", "f", right=len(scorer.ug), found=len(predicted), wanted=len(gold))
    return layer


def _stances(scorer):
    """Each sentence that shows a position, with the party that holds it."""
    layer, n_right = Layer("seeds/stances"), 0
    figure = "seeds/stance_evidence_recall"
    taken = [({scorer.amap.get(party, party) for party in row["parties"]}, scorer.sents(row["evidence"]), row) for row in scorer.Q["positions"]]
    wanted = [(id_, row) for row in scorer.G["positions"] for id_ in sorted(scorer.sents(row["evidence"]))]
    sentences = _sentences(scorer, {id_ for id_, _ in wanted})
    for id_, row in wanted:
        citing = [(who, other) for who, cited, other in taken if id_ in cited]
        if any(who & {*row["party"]} for who, _ in citing):
            n_right += 1
            continue
        given = ", ".join(f"{' and '.join(sorted(who))} · {other['stance']}" for who, other in citing[:3]) or "nothing"
        layer.add("sentence taken for another party" if citing else "sentence without a stance", f"{' and '.join(row['party'])} · {row['stance']}", figure, {"right": 1},
                  expected=f"{' and '.join(row['party'])} · {row['stance']} ({row['id']})", given=given, **placed(scorer, sentences[id_]))
    layer.figure(figure, "share", right=n_right, wanted=len(wanted))
    return layer


def _timeline(scorer):
    """Facts with a date, and entries that tell none of them."""
    layer, used, n_right = Layer("seeds/timeline"), set(), 0
    rows = {row["id"]: row for row in scorer.G["timeline"]}
    entries = scorer.Q["timeline"]
    facts = [fact for fact in scorer.G["timeline_facts"] if fact["value"]]
    for fact in facts:
        value, evidence = fact["value"], [rows[member]["evidence"] for member in fact["members"]]
        sentences = scorer.sents(evidence)
        same_date = [n for n, entry in enumerate(entries)
                     if scorer.value((entry.get("value") or "")[:min(10, len(value))]) == scorer.value(value[:10])]
        found = next((n for n in same_date if n not in used and sentences & scorer.sents(entries[n]["evidence"])), None)
        if found is not None:
            used.add(found)
            n_right += 1
            continue
        cited = [entry for entry in entries if sentences & scorer.sents(entry["evidence"])]
        kind = "missed: its sentences have another date" if cited else "missed: the date is told by other sentences" if same_date else "missed: no entry"
        given = ", ".join(str(entry.get("value")) for entry in (cited or [entries[n] for n in same_date])[:4])
        layer.add(kind, f"a fact in {places(evidence)}", "seeds/timeline_recall", {"right": 1},
                  expected=f"{value}: {fact['label']} ({fact['id']})", given=given or "nothing", **placed(scorer, evidence[0]))
    for n, entry in enumerate(entries):
        if n not in used:
            layer.add("entry of no fact that is wanted", f"in {places(entry['evidence'])}", "seeds/timeline_entries",
                      {"found": -1}, given=str(entry.get("value")), **placed(scorer, entry["evidence"][0]))
    layer.figure("seeds/timeline_recall", "share", right=n_right, wanted=len(facts))
    layer.figure("seeds/timeline_entries", "count", found=len(entries))
    return layer


def _tensions(scorer):
    """Places where accounts cannot all stand."""
    layer, n_right, matched = Layer("seeds/tensions"), 0, set()
    cited = [scorer.sents(row["evidence"]) for row in scorer.Q["tensions"]]
    wanted = [row for row in scorer.G["tensions"] if row["type"] not in ("competing-interpretation", "emphasis")]
    for row in wanted:
        sentences = scorer.sents(row["evidence"])
        hits = {n for n, other in enumerate(cited) if len(other) <= 6 and len(sentences & other) >= min(2, len(sentences))}
        matched |= hits
        n_right += bool(hits)
        if not hits:
            shared = max((len(sentences & other) for other in cited), default=0)
            layer.add("missed", row["type"], "seeds/tensions_recall", {"right": 1}, expected=f"{row['id']} {row['label']}",
                      given=f"at most {shared} of its {len(sentences)} sentences in one tension", **placed(scorer, row["evidence"][0]))
    for n, row in enumerate(scorer.Q["tensions"]):
        if n not in matched:
            others = [other for other in scorer.G["tensions"] if scorer.sents(other["evidence"]) & cited[n]]
            kind = "told, and scored as none" if not others else "told, near one of the gold"
            layer.add(kind, ", ".join(sorted({other["type"] for other in others})) or "no tension there", "seeds/tensions_predicted", {"found": -1},
                      expected=clean("; ".join(f"{other['id']} {other['label']}" for other in others)) or "nothing",
                      given=f"{len(cited[n])} sentences", **placed(scorer, row["evidence"][0]))
    layer.figure("seeds/tensions_recall", "share", right=n_right, wanted=len(wanted))
    layer.figure("seeds/tensions_predicted", "count", found=len(cited))
    return layer
