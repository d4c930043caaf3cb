"""Links between texts: missed copies, false links, wrong relations."""
from collections import Counter

from report import Layer, clean

# From this share of five-word runs in common downward the scorer calls a link false: unexplained, weak.
UNEXPLAINED, WEAK = .03, .10


def layers(scorer):
    for name, gold, predicted in scorer.sets("reuse"):
        yield _layer(scorer, name, {row["id"]: row for row in gold}, predicted)


def _layer(scorer, name, gold, predicted):
    layer = Layer(name)
    links = {tuple(sorted((row["a"], row["b"]))): row for row in predicted if row.get("relation") not in ("none", "quote-only")}
    linked_of = {}
    for pair in links:
        for one, other in (pair, pair[::-1]):
            linked_of.setdefault(one, []).append(other)
    n_copies, n_found, n_related, n_right = Counter(), Counter(), 0, 0
    for row in gold.values():
        if not row["copy_of"] or row["copy_of"] not in gold:
            continue
        kind, link = row["kind"], links.get(tuple(sorted((row["id"], row["copy_of"]))))
        n_copies[kind] += 1
        n_found[kind] += link is not None
        original = gold[row["copy_of"]]
        if link is None:
            others = linked_of.get(row["id"], [])
            layer.add(f"missed: {kind}", _family(original["id"]), f"recall_{kind}", {"right": 1}, row["id"], f"a link to {original['id']}",
                      f"links to {', '.join(others[:3])}" if others else "no link at all", 0, len(row["text"]), _both(row, original))
            continue
        n_related += 1
        is_right = row["kind"] in scorer.same.get(link["relation"], ())
        n_right += is_right
        if not is_right:
            wanted = [relation for relation, kinds in scorer.same.items() if kind in kinds]
            layer.add("wrong relation", f"{kind} → {link['relation']}", "relation_accuracy", {"right": 1}, row["id"], " or ".join(wanted) or kind,
                      f"{link['relation']}, of {original['id']}", 0, len(row["text"]), _both(row, original))
    false, runs_of = Counter(), {}
    for a, b in links:
        if a not in gold or b not in gold or not (gold[a]["copy_of"] or gold[b]["copy_of"]) or scorer.fam(gold[a]) & scorer.fam(gold[b]):
            continue
        for id_ in (a, b):
            if id_ not in runs_of:
                runs_of[id_] = scorer.grams(gold[id_]["text"])
        runs = runs_of[a], runs_of[b]
        shared = len(runs[0] & runs[1]) / max(1, min(map(len, runs)))
        sort = "unexplained" if shared < UNEXPLAINED else "weak" if shared < WEAK else "ok"
        false[sort] += 1
        if sort != "ok":
            kinds = sorted(gold[id_].get("kind") or "no copy" for id_ in (a, b))
            layer.add(f"false link: {sort}", f"{links[a, b]['relation']}, between {' and '.join(kinds)}", f"false_{sort}", {"found": -1}, f"{a} – {b}", "no link",
                      f"{links[a, b]['relation']}; {shared:.1%} of the five-word runs in common", None, None, _both(gold[a], gold[b]))
    for kind in n_copies:
        layer.figure(f"recall_{kind}", "share", right=n_found[kind], wanted=n_copies[kind])
    if n_related:
        layer.figure("relation_accuracy", "share", right=n_right, wanted=n_related)
    for sort in ("unexplained", "weak"):
        layer.figure(f"false_{sort}", "count", found=false[sort])
    return layer


def _family(id_):
    """Where a text comes from: the first part of its id."""
    return f"of a text from {id_.split('/')[0]}"


def _both(one, other):
    return f"{clean(one['text'], 110)}  |  {clean(other['text'], 110)}"
