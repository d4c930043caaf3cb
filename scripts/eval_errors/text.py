"""Tokens that differ from the reference."""
from report import Layer, around

COLUMNS = ("text", "whitespace", "norm", "tag", "pos", "morph", "lemma", "dep", "head", "sentence start", "ent_iob", "ent_type")


def layers(scorer):
    for name, gold, predicted in scorer.sets("text"):
        yield _layer(name, gold, {row["id"]: row["tokens"] for row in predicted})


def _layer(name, gold, tokens_of):
    layer, n_right = Layer(name), 0
    for row in gold:
        wanted, found = row["tokens"], tokens_of.get(row["id"], [])
        if len(wanted) != len(found):
            first = next((n for n, (one, other) in enumerate(zip(wanted, found)) if one[:2] != other[:2]), min(len(wanted), len(found)))
            start, end = _place(wanted, first)
            # No token of such a document counts as right.
            layer.add("another number of tokens", "no tokens at all" if not found else "cut elsewhere", "tokens_equal", {"right": len(wanted)}, row["id"],
                      f"{len(wanted)} tokens; here {wanted[first][0] if first < len(wanted) else 'the end'!r}",
                      f"{len(found)} tokens; here {found[first][0] if first < len(found) else 'the end'!r}", start, end, around(row["text"], start, end))
            continue
        for n, (one, other) in enumerate(zip(wanted, found)):
            n_right += one == other
            if one != other:
                # One error a token, as it is scored: it is named for the first column that differs, on which others hang.
                column = next(c for c in range(len(one)) if one[c] != other[c])
                start, end = _place(wanted, n)
                layer.add(f"another {COLUMNS[column]}", "another token" if column in (0, 8) else f"{one[column]!r} → {other[column]!r}", "tokens_equal",
                          {"right": 1}, row["id"], _told(one, other), _told(other, one), start, end, around(row["text"], start, end))
    layer.figure("tokens_equal", "share", right=n_right, wanted=sum(len(row["tokens"]) for row in gold))
    return layer


def _told(token, other):
    return ", ".join(f"{column} {value!r}" for column, value, against in zip(COLUMNS, token, other) if value != against)


def _place(tokens, n):
    start = sum(len(token[0]) + len(token[1]) for token in tokens[:n])
    return start, start + (len(tokens[n][0]) if n < len(tokens) else 0)
