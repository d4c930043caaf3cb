"""The one scorer, run once: its figures, its functions, and what it has matched."""
import contextlib
import glob
import io
import json
import pathlib
import sys


class Failure(Exception):
    """What a user can do something about; may end with a `hint:`."""


class Scorer:
    """`scorer.pair(…)` is the scorer's own `pair`. So is every other name at the top of its file, with the value that it has at the end."""

    def __init__(self, path, data, predictions):
        """Runs the scorer over predictions; what it says on stderr is left to be seen."""
        for folder in (data, predictions):
            if not folder.is_dir():
                raise Failure(f"no folder {folder}")
        self.data, self.predictions = data, predictions
        # Layers that have annotation and no prediction, with the reason.
        self.left_out = []
        self.names = {"__name__": "__main__", "__file__": str(path)}
        arguments, sys.argv = sys.argv, [str(path), str(data), str(predictions)]
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), self.names)
        except Exception as error:
            raise Failure(f"the scorer {path} failed: {type(error).__name__}: {error}\n"
                          "  hint: do the predictions belong to these data?") from error
        finally:
            sys.argv = arguments
        self.figures = json.loads(out.getvalue())

    def __getattr__(self, name):
        try:
            return self.names[name]
        except KeyError:
            raise Failure(f"the scorer has no {name!r} any more\n  hint: bring scripts/eval_errors up to it") from None

    def sets(self, kind):
        """(name of the layer, annotated rows, predicted rows) of each set of a kind that has predictions."""
        for path in sorted(glob.glob(f"{self.data}/{kind}/*.jsonl.gz")):
            name = pathlib.Path(path).name[: -len(".jsonl.gz")]
            predicted = self.rows(f"{self.predictions}/{kind}/{name}.jsonl")
            if predicted is None:
                self.left_out.append((f"{kind}/{name}", "no predictions"))
                continue
            yield f"{kind}/{name}", self.rows(path), predicted

    def has_seeds(self):
        return (self.data / "seeds").is_dir()

    def seeds(self, layer, *needed):
        """Whether the predictions that a layer of the seeds needs are there."""
        if not self.has_seeds():
            return False
        missing = [name for name in needed if self.Q[name] is None]
        if missing:
            self.left_out.append((layer, f"no predictions of {', '.join(missing)}"))
        return not missing
