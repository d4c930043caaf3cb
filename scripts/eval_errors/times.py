"""Expressions of time: missed, superfluous, or found with another extent or value."""
import words
from report import Layer, around


class Traced(str):
    """A string that knows the record it came from. The scorer hands it back with what it says of an error."""
    record = None


def traced(text, record):
    told = Traced(text or "")
    told.record = record
    return told


def layers(scorer):
    for name, gold, predicted in scorer.sets("time"):
        of = {row["id"]: row["timex"] for row in predicted}
        yield layer_of(scorer, name, [(row["id"], row["text"], row["timex"], of.get(row["id"], [])) for row in gold], True)
    if scorer.seeds("seeds/time", "timex"):
        articles = []
        for doc, text in sorted(scorer.T.items()):
            gold = [dict(row["expression"], value=row["value"]) for row in scorer.G["timeline"] if row["doc"] == doc and row["value"]]
            articles.append((doc, text, gold, [row for row in scorer.Q["timex"] if row["doc"] == doc]))
        yield layer_of(scorer, "seeds/time", articles, False)


def matched(scorer, gold, predicted):
    """(pairs, missed, superfluous) by the scorer's own function: a value that no prediction has makes it tell each pair."""
    pairs, missed, extra = [], [], []

    def told(_, what, *rest):
        if what == "missed":
            missed.append(rest[0].record)
        elif what == "extra":
            extra.append(rest[0])
        else:
            pairs.append((what.record, rest[-1].record))
    asked = [dict(row, text=traced(row.get("text"), row), value="\0") for row in gold]
    given = [dict(row, value=traced(row.get("value"), row)) for row in predicted]
    scorer.score_time([("", asked, given)], told)
    return pairs, missed, [row["value"].record for row in extra]


def layer_of(scorer, name, articles, is_strict):
    layer = Layer(name)
    n_wanted = n_found = n_pairs = n_same_extent = n_same_value = 0
    for id_, text, gold, predicted in articles:
        n_wanted, n_found = n_wanted + len(gold), n_found + len(predicted)
        n_same_extent += len({scorer.span(row) for row in gold} & {scorer.span(row) for row in predicted})
        pairs, missed, extra = matched(scorer, gold, predicted)

        def add(kind, group, figure, change, expected, given, row):
            layer.add(kind, group, figure, change, id_, _told(text, expected), _told(text, given), row["start"], row["end"],
                      around(text, row["start"], row["end"]))
        for row in missed:
            add("missed", _pattern(text, row), "relaxed_f", {"right": 1, "found": 1}, row, None, row)
        for row in extra:
            add("superfluous", _pattern(text, row), "relaxed_f", {"found": -1}, None, row, row)
        for row, other in pairs:
            n_pairs += 1
            is_same = scorer.value(row["value"]) == scorer.value(other.get("value"))
            n_same_value += is_same
            if not is_same:
                shapes = [words.shape(one.get("value")) for one in (row, other)]
                group = f"{shapes[0]} → {shapes[1]}" if shapes[0] != shapes[1] else f"{_pattern(text, row)}: another {shapes[0]}"
                add("wrong value", group, "value_f", {"right": 1}, row, other, row)
            if is_strict and scorer.span(row) != scorer.span(other):
                add(f"wrong extent: {_side(row, other)}", f"{_pattern(text, row)} → {_pattern(text, other)}", "strict_f", {"right": 1}, row, other, row)
    if is_strict:
        layer.figure("strict_f", "f", right=n_same_extent, found=n_found, wanted=n_wanted)
    layer.figure("relaxed_f", "f", right=n_pairs, found=n_found, wanted=n_wanted)
    layer.figure("value_f", "f", right=n_same_value, found=n_found, wanted=n_wanted)
    return layer


def _pattern(text, row):
    return words.timex(text[row["start"]:row["end"]])


def _side(row, other):
    if other["start"] <= row["start"] and row["end"] <= other["end"]:
        return "too long"
    return "too short" if row["start"] <= other["start"] and other["end"] <= row["end"] else "shifted"


def _told(text, row):
    return f"{row.get('value')} for “{text[row['start']:row['end']]}” {row['start']}–{row['end']}" if row else "nothing"
