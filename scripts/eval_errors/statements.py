"""Statements: missed, superfluous, or found with another extent, source, speaker or class."""
import words
from report import Layer, around, quote


def layers(scorer):
    for name, gold, predicted in scorer.sets("statements"):
        of = {row["id"]: row["statements"] for row in predicted}
        yield layer_of(scorer, name, [(row["id"], row["text"], row["statements"], of.get(row["id"], [])) for row in gold])


def layer_of(scorer, name, articles):
    """The errors in articles: id, text, annotated and predicted statements. Counts are those of the scorer's `score_statements`."""
    layer, articles = Layer(name), [Article(scorer, *article) for article in articles]
    for article in articles:
        article.tell(layer)
    total = {count: sum(article.counts.get(count, 0) for article in articles) for article in articles for count in article.counts}
    get = lambda count: total.get(count, 0)
    for figure, right in (("attr_f", "pairs"), ("attr_src_f", "source"), ("content_exact_f", "content")):
        layer.figure(figure, "f", right=get(right), found=get("found"), wanted=get("wanted"))
    layer.figure("source_exact_f", "f", right=get("source_exact"), found=get("found_sources"), wanted=get("wanted_sources"))
    if get("classes"):
        layer.figure("class_accuracy", "share", right=get("class"), wanted=get("classes"))
    for count in total:
        if count.startswith("speakers_"):
            sort = count[len("speakers_"):]
            layer.figure(f"speaker_{sort}", "share", right=get(f"speaker_{sort}"), wanted=get(count))
    return layer


def sort_of(statement):
    """What a statement is for a reader: quoted words, indirect speech, or a stance; where the set tells no class, "a statement"."""
    if statement.get("kind") in ("direct", "mixed"):
        return "quoted words"
    if not statement.get("class"):
        return "indirect speech" if statement.get("kind") else "a statement"
    return "indirect speech" if statement["class"] == "speech" else "a stance"


class Article:
    def __init__(self, scorer, id_, text, gold, predicted):
        self.scorer, self.id, self.text, self.counts = scorer, id_, text, {}
        self.tokens = scorer.tokens(text)
        # By statement and field: numbers of its words. They are asked for again and again.
        self.known = {}
        is_act = lambda statement: statement.get("kind") == "act-report"
        self.acts = [self._content(statement) for statement in gold if is_act(statement)]
        self.gold = [statement for statement in gold if scorer.spans(statement["content"]) and not is_act(statement)]
        self.predicted_acts = [statement for statement in predicted if is_act(statement)]
        self.predicted = [statement for statement in predicted if not is_act(statement) and self._content(statement)]
        self.pairs = scorer.pair([self._content(s) for s in self.gold], [self._content(s) for s in self.predicted])

    def _spans(self, statement, field):
        return self.scorer.spans(statement.get(field))

    def _content(self, statement):
        return self._in(statement, "content")

    def _in(self, statement, field):
        key = id(statement), field
        if key not in self.known:
            self.known[key] = self.scorer.ids(self.tokens, self._spans(statement, field), field == "content")
        return self.known[key]

    def _cue(self, statement):
        spans = self._spans(statement, "cue")
        return words.cue(" ".join(self.text[start:end] for start, end in spans)) if spans else "no cue"

    def _count(self, name, n=1):
        self.counts[name] = self.counts.get(name, 0) + n

    def _add(self, layer, kind, group, figure, change, expected, given, spans):
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        layer.add(kind, group, figure, change, self.id, expected, given, start, end, around(self.text, start, end))

    def _told(self, statement):
        """Who says, how, and what."""
        source, cue = (" … ".join(self.text[start:end] for start, end in self._spans(statement, field)) for field in ("source", "cue"))
        of = ", ".join(filter(None, (statement.get("kind"), statement.get("class"), f"source “{source}”" if source else "no source", f"cue “{cue}”" if cue else "no cue")))
        return f"{quote(self.text, self._spans(statement, 'content'))} ({of})"

    def tell(self, layer):
        hit, used = {g for g, _ in self.pairs}, {p for _, p in self.pairs}
        # An act report found as a statement is neither right nor wrong.
        free = {p for p, statement in enumerate(self.predicted) if p not in used and any(
            act & self._content(statement) and len(act & self._content(statement)) / len(act | self._content(statement)) >= .5 for act in self.acts)}
        extra = [statement for p, statement in enumerate(self.predicted) if p not in used and p not in free]
        self._count("wanted", len(self.gold))
        self._count("found", len(self.predicted) - len(free))
        self._count("wanted_sources", sum(bool(self._in(statement, "source")) for statement in self.gold))
        self._count("found_sources", sum(bool(self._in(statement, "source")) for p, statement in enumerate(self.predicted) if p not in free))
        for g, p in self.pairs:
            self._pair(layer, self.gold[g], self.predicted[p])
        for g, statement in enumerate(self.gold):
            if g not in hit:
                self._missed(layer, statement, extra)
        for statement in extra:
            inside = any(self._content(statement) <= self._content(other) for other in self.gold)
            kind = f"superfluous: {'inside another statement' if inside else sort_of(statement)}"
            self._add(layer, kind, self._cue(statement), "attr_f", {"found": -1}, "nothing", self._told(statement), self._spans(statement, "content"))

    def _missed(self, layer, statement, extra):
        cue = self._in(statement, "cue")
        same_cue = next((other for other in extra if cue & self._in(other, "cue")), None)
        if same_cue is not None:
            # One error, not two: the words that were taken go where the right ones come.
            extra.remove(same_cue)
            self._add(layer, "cue found, other content", self._cue(statement), "attr_f", {"right": 1}, self._told(statement), self._told(same_cue),
                      self._spans(statement, "content"))
            return
        act = next((other for other in self.predicted_acts if cue & self._in(other, "cue")), None)
        kind = "words without a cue" if not cue else "taken for an act report" if act else sort_of(statement)
        self._add(layer, f"missed: {kind}", self._cue(statement), "attr_f", {"right": 1, "found": 1}, self._told(statement),
                  self._told(act) if act else "nothing", self._spans(statement, "content"))

    def _pair(self, layer, gold, predicted):
        """The errors in a statement that was found."""
        self._count("pairs")
        place = self._spans(gold, "content")
        wanted, found = self._content(gold), self._content(predicted)
        self._count("content", wanted == found)
        if wanted != found:
            side = "too long" if wanted < found else "too short" if found < wanted else "shifted"
            self._add(layer, f"content {side}", self._edge(wanted, found), "content_exact_f", {"right": 1}, self._told(gold), self._told(predicted), place)
        self._source(layer, gold, predicted, place)
        if gold.get("class"):
            self._count("classes")
            self._count("class", gold["class"] == predicted.get("class"))
            if gold["class"] != predicted.get("class"):
                is_speech = [statement.get("class") == "speech" for statement in (gold, predicted)]
                kind = "a stance for speech" if is_speech[0] else "speech for a stance" if is_speech[1] else "another stance"
                self._add(layer, f"class: {kind}", f"{gold['class']} → {predicted.get('class')}", "class_accuracy", {"right": 1},
                          self._told(gold), f"{predicted.get('class')}: {self._told(predicted)}", place)

    def _source(self, layer, gold, predicted, place):
        wanted, found = self._in(gold, "source"), self._in(predicted, "source")
        is_right = bool(wanted & found) or (not wanted and not found)
        is_exact = bool(wanted) and wanted == found
        self._count("source", is_right)
        self._count("source_exact", is_exact)
        spans = self._spans(gold, "source") or self._spans(predicted, "source") or place
        told = [quote(self.text, self._spans(statement, "source")) for statement in (gold, predicted)]
        if not is_right:
            kind = "another one" if wanted and found else "none taken" if wanted else "none there"
            self._add(layer, f"source: {kind}", self._cue(gold), "attr_src_f", {"right": 1}, *told, spans)
        elif wanted and not is_exact:
            side = "too long" if wanted < found else "too short" if found < wanted else "shifted"
            self._add(layer, f"source {side}", self._edge(wanted, found), "source_exact_f", {"right": 1}, *told, spans)
        sort = gold.get("source_type")
        if not gold.get("speaker") or not sort or sort == "none":
            return
        is_same = self.scorer.same_name(gold["speaker"], predicted.get("speaker"))
        self._count(f"speakers_{sort}")
        self._count(f"speaker_{sort}", is_same)
        if not is_same:
            which = f"right source, wrong speaker behind a {sort}" if is_right else f"wrong source, so wrong speaker behind a {sort}"
            source = " … ".join(self.text[start:end] for start, end in self._spans(gold, "source")).lower()
            self._add(layer, which, _name(source), f"speaker_{sort}", {"right": 1},
                      f"{gold['speaker']}, behind {told[0]}", f"{predicted.get('speaker')}, behind {told[1]}", spans)

    def _edge(self, wanted, found):
        """Where two extents differ first: at the beginning, at the end or inside, and from which word on."""
        differing = wanted ^ found
        shared = wanted & found
        if not shared:
            return "no word shared"
        first, last = min(shared), max(shared)
        before, after = [n for n in differing if n < first], [n for n in differing if n > last]
        where = "at both ends" if before and after else "at the beginning" if before else "at the end" if after else "inside"
        word = words.edge(self.tokens[min(after) if after else min(differing)][1])
        return f"{where}, from “{word}”" if word else where


def _name(source):
    return f"“{' '.join(source.split())}”" if source else "no source"
