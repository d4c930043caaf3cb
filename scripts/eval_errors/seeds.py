"""The seeds, article by article: actors, statements and their speakers, quantities, events."""
from collections import Counter, defaultdict

import statements
import words
from report import Layer, around


def layers(scorer):
    if not scorer.has_seeds():
        return
    if scorer.seeds("seeds/actors", "actors"):
        yield _actors(scorer)
    if scorer.seeds("seeds/statements", "statements"):
        yield _statements(scorer)
    if scorer.seeds("seeds/speakers", "statements", "actors") and scorer.pairs:
        yield _speakers(scorer)
    if scorer.seeds("seeds/quantities", "quantities"):
        yield _quantities(scorer)
    if scorer.seeds("seeds/events", "events"):
        yield _events(scorer)


def placed(scorer, row):
    """What a row of the seeds points to, as the named fields of an error."""
    return {"id": row["doc"], "start": row["start"], "end": row["end"], "text": around(scorer.T[row["doc"]], row["start"], row["end"])}


def words_of(scorer, row):
    return " ".join(scorer.T[row["doc"]][row["start"]:row["end"]].split())


def clusters(layer, figure, gold, predicted, name_of, place_of):
    """The errors of clusters by B-cubed. `gold` and `predicted` tell the cluster of each member; members that are in both count."""
    members = [member for member in gold if member in predicted]
    in_gold, in_predicted = defaultdict(set), defaultdict(set)
    for member in members:
        in_gold[gold[member]].add(member)
        in_predicted[predicted[member]].add(member)
    sums = Counter(n=len(members))
    for member in members:
        wanted, found = in_gold[gold[member]], in_predicted[predicted[member]]
        shared = wanted & found
        sums.update({"p": len(shared) / len(found), "r": len(shared) / len(wanted)})
        told = f"in {name_of(gold[member])}: {len(wanted)} of them", f"in {predicted[member]}: {len(found)} of them"
        if len(shared) < len(wanted):
            layer.add("parted", name_of(gold[member]), figure, {"r": 1 - len(shared) / len(wanted)}, expected=told[0],
                      given=f"{told[1]}, {len(shared)} right", **place_of(member))
        if len(shared) < len(found):
            joined = sorted({name_of(gold[other]) for other in found})
            layer.add("thrown together", " + ".join(joined), figure, {"p": 1 - len(shared) / len(found)}, expected=told[0],
                      given=f"{told[1]}, {len(found) - len(shared)} of another", **place_of(member))
    layer.figure(figure, "means", **sums)


def _actors(scorer):
    layer, gold, predicted = Layer("seeds/actors"), {}, {}
    names = {actor["id"]: actor["canonical"] for actor in scorer.G["actors"]}
    for actor in scorer.Q["actors"]:
        for mention in actor["mentions"]:
            for n, (wanted, id_) in enumerate(scorer.gm):
                if scorer.over(mention, wanted):
                    gold[n] = id_
                    predicted.setdefault(n, actor["id"])
    for n, (mention, id_) in enumerate(scorer.gm):
        if n not in gold:
            layer.add(f"mention missed: {mention.get('form', 'of any form')}", names[id_], "seeds/actor_mentions_recall", {"right": 1},
                      expected=f"{names[id_]} at “{words_of(scorer, mention)}”", **placed(scorer, mention))
    layer.figure("seeds/actor_mentions_recall", "share", right=len(gold), wanted=len(scorer.gm))
    clusters(layer, "seeds/actors_b3_f", gold, predicted, names.__getitem__, lambda n: placed(scorer, scorer.gm[n][0]))
    return layer


def _statements(scorer):
    articles = []
    for doc, text in sorted(scorer.T.items()):
        gold = [dict(row, source=row["speaker_mention"]) for row in scorer.G["statements"] if row["doc"] == doc]
        for row in gold:
            # Classes and names of speakers are told in other terms there; whose statement it is has a layer of its own.
            row.pop("speaker", None)
            row.pop("class", None)
        articles.append((doc, text, gold, [row for row in scorer.Q["statements"] if row["doc"] == doc]))
    return statements.layer_of(scorer, "seeds/statements", articles)


def _speakers(scorer):
    layer, n_right, n_wanted = Layer("seeds/speakers"), 0, 0
    predicted = {row["id"]: row for row in scorer.Q["statements"]}
    for row in scorer.G["statements"]:
        if row["id"] not in scorer.pairs:
            continue
        actor = predicted[scorer.pairs[row["id"]]].get("actor")
        given, wanted = scorer.amap.get(actor), row["speaker_actors"]
        n_wanted, n_right = n_wanted + 1, n_right + (given in wanted)
        if given not in wanted:
            sort = row["speaker_mention_type"] or "none"
            kind = f"no actor behind a {sort}" if actor is None else f"wrong actor behind a {sort}"
            layer.add(kind, f"{' or '.join(wanted) or 'nobody'} → {given or actor or 'nobody'}", "seeds/speakers/all", {"right": 1},
                      expected=" or ".join(wanted) or "nobody", given=str(given or actor or "nobody"),
                      **placed(scorer, row["speaker_mention"] or row["content"][0]))
    layer.figure("seeds/speakers/all", "share", right=n_right, wanted=n_wanted)
    return layer


def _quantities(scorer):
    layer, used, n_right = Layer("seeds/quantities"), set(), 0
    wanted = [row for row in scorer.G["quantities"] if row["value"] not in (None, 0)]
    for row in wanted:
        place, value = row["expression"], row["value"]
        spellings = {str(value), str(float(value)) if isinstance(value, (int, float)) else ""}
        there = [(n, other) for n, other in enumerate(scorer.Q["quantities"]) if scorer.over(place, other)]
        right = next((n for n, other in there if n not in used and str(other.get("value")) in spellings), None)
        if right is not None:
            used.add(right)
            n_right += 1
            continue
        expected = f"{value} {row.get('unit') or ''}".strip()
        given = ", ".join(str(other.get("value")) for _, other in there)
        layer.add("wrong value" if there else "missed", row.get("unit") or "no unit", "seeds/quantities_recall", {"right": 1}, expected=expected,
                  given=given or "nothing", **placed(scorer, place))
    layer.figure("seeds/quantities_recall", "share", right=n_right, wanted=len(wanted))
    return layer


def _events(scorer):
    layer, n = Layer("seeds/events"), Counter()
    predicted = {row["id"]: row for row in scorer.Q["events"]}
    free = [row for row in scorer.Q["events"] if row["id"] not in scorer.epairs.values()]
    place = lambda row: dict(row["trigger"], doc=row["doc"])
    cue = lambda row: words.cue(words_of(scorer, place(row)))
    told = lambda row: f"{row['type']} at “{words_of(scorer, place(row))}” {row['trigger']['start']}–{row['trigger']['end']}, {row['status']}"
    for row in scorer.G["events"]:
        if row["id"] in scorer.epairs:
            _event(scorer, layer, n, row, predicted[scorer.epairs[row["id"]]])
            continue
        other = next((other for other in free if scorer.over(place(row), place(other))), None)
        if other is not None:
            free.remove(other)
            layer.add("wrong type", f"{row['type']} → {other['type']}", "type_f", {"right": 1}, expected=told(row), given=told(other), **placed(scorer, place(row)))
        else:
            layer.add("missed", f"{row['type']} {cue(row)}", "type_f", {"right": 1, "found": 1}, expected=told(row), **placed(scorer, place(row)))
    for row in free:
        layer.add("superfluous", f"{row['type']} {cue(row)}", "type_f", {"found": -1}, given=told(row), **placed(scorer, place(row)))
    for figure in ("type", "actor", "recipient"):
        layer.figure(f"{figure}_f", "f", right=n[figure], found=len(scorer.Q["events"]), wanted=len(scorer.G["events"]))
    layer.figure("status_accuracy", "share", right=n["status"], wanted=n["type"])
    return layer


def _event(scorer, layer, n, row, other):
    """The errors in an event that was found."""
    n["type"] += 1
    at, is_right = placed(scorer, dict(row["trigger"], doc=row["doc"])), True
    for field, figure, who in (("actors", "actor", "who did it"), ("recipients", "recipient", "to whom")):
        wanted = {part["id"] for part in row[field]}
        found = {scorer.amap.get(actor) for actor in other.get(field, [])}
        # A recipient counts only where the actor is right.
        was_right, is_right = is_right, is_right and (bool(wanted & found) or (not wanted and not found))
        n[figure] += is_right
        if was_right and not is_right:
            sort = "not told" if not other.get(field) else "told of nobody" if not wanted else "another one"
            given = " and ".join(sorted({str(scorer.amap.get(actor, actor)) for actor in other.get(field, [])})) or "nobody"
            wanted = " and ".join(sorted(wanted)) or "nobody"
            layer.add(f"{who}: {sort}", f"{row['type']}: {wanted} → {given}", f"{figure}_f", {"right": 1}, expected=f"{row['type']}: {wanted}", given=given, **at)
    n["status"] += other.get("status") == row["status"]
    if other.get("status") != row["status"]:
        layer.add("wrong status", f"{row['status']} → {other.get('status')}", "status_accuracy", {"right": 1}, expected=f"{row['type']}: {row['status']}",
                  given=str(other.get("status")), **at)
