"""The event between two marked actors: none found, or another class."""
import hashlib

from report import Layer

UNSEEN = "errors of the half _b, by the hash of the id, are neither counted nor shown: frames are written while looking at half _a"


def is_seen(id_):
    """Half `_a` of the scorer. Whoever looked at the other half would have no text left that nobody tuned on."""
    return hashlib.sha256(id_.encode()).digest()[0] % 2 == 0


def layers(scorer):
    for name, gold, predicted in scorer.sets("events"):
        layer, of = Layer(name, note=UNSEEN), {row["id"]: row for row in predicted}
        gold = [row for row in gold if is_seen(row["id"])]
        if not gold:
            continue
        n_root = n_quad = 0
        for row in gold:
            given = of.get(row["id"], {})
            root, quad = str(given.get("root")), str(given.get("quad"))
            n_root, n_quad = n_root + (root == str(row["root"])), n_quad + (quad == str(row["quad"]))
            told = f"{row['root']}, quad class {row['quad']}", f"{root}, quad class {quad}" if given.get("root") else "no event"
            if root != str(row["root"]):
                kind = "missed: no event" if not given.get("root") else "wrong class of the same quad class" if quad == str(row["quad"]) else "wrong class and quad class"
                layer.add(kind, f"{row['root']} → {root if given.get('root') else 'nothing'}", "root_accuracy_a", {"right": 1}, row["id"], *told,
                          0, len(row["sentence"]), " ".join(row["marked"].split()))
            elif quad != str(row["quad"]):
                layer.add("right class, wrong quad class", f"{row['root']} {row['quad']} → {quad}", "quad_accuracy_a", {"right": 1}, row["id"], *told,
                          0, len(row["sentence"]), " ".join(row["marked"].split()))
        layer.figure("root_accuracy_a", "share", right=n_root, wanted=len(gold))
        layer.figure("quad_accuracy_a", "share", right=n_quad, wanted=len(gold))
        yield layer
