#!/usr/bin/env python3
"""Which errors cost most of each figure of the evaluation?

usage: python3 scripts/eval_errors SCORER DATA PREDICTIONS --errors N [--layer NAME]…

Called by `cargo xtask eval --errors N`, which prints for a reader what this gives as JSON. SCORER is the `score.py` beside the data. It is run
as it is, once, and its own functions say which annotation belongs to which prediction (`scorer`). A *layer* is a set, or one kind of answer
about the seeds. Each module here knows the layers of its name and tells their *errors*: a kind, a group of alike errors, the figure that it
costs and by how much. `report` counts them, ranks the groups by what the figure would gain, and picks N examples.

Prints `{"figures": …, "layers": […], "left_out": […]}`. Needs Python 3.9, no packages.
"""
import argparse
import json
import pathlib
import sys

import events
import extraction
import reuse
import seeds
import seeds_story
import statements
import text
import times
from scorer import Failure, Scorer

# In the order in which the product works.
MODULES = (text, statements, times, events, reuse, extraction, seeds, seeds_story)


def is_wanted(name, chosen):
    """Whether a layer was asked for: by its name, or by the first parts of it."""
    return not chosen or any(name == prefix or name.startswith(prefix.rstrip("/") + "/") for prefix in chosen)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scorer", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("predictions", type=pathlib.Path)
    parser.add_argument("--errors", type=int, required=True, metavar="N", help="examples for each layer")
    parser.add_argument("--layer", action="append", default=[], metavar="NAME", help="only this layer, or those that begin so")
    arguments = parser.parse_args()
    try:
        scorer = Scorer(arguments.scorer, arguments.data, arguments.predictions)
        found = [layer for module in MODULES for layer in module.layers(scorer)]
        names = [layer.name for layer in found] + [name for name, _ in scorer.left_out]
        for prefix in arguments.layer:
            if not any(is_wanted(name, [prefix]) for name in names):
                raise Failure(f"no layer {prefix!r}\n  hint: there are {', '.join(names) or 'none: is the folder laid out as its README says?'}")
        layers = [layer for layer in found if is_wanted(layer.name, arguments.layer)]
        left_out = [(name, why) for name, why in scorer.left_out if is_wanted(name, arguments.layer)]
        if arguments.layer and not layers:
            raise Failure("\n  ".join(f"{name}: {why}" for name, why in left_out)
                          + "\n  hint: run `cargo xtask eval` without --predictions, which makes them")
        for layer in layers:
            layer.check(scorer.figures)
    except Failure as failure:
        sys.exit(f"error: {failure}")
    json.dump({
        "figures": scorer.figures,
        "layers": [layer.told(arguments.errors) for layer in layers],
        "left_out": [{"layer": name, "why": why} for name, why in left_out],
    }, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
