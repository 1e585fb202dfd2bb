"""Make `judge.json`: teach the judge of main texts from pages whose text is known.

    pip install lightgbm numpy scipy
    python -m benchmarks.main_text.train WCXB [--articles FOLDER] [--trafilatura] [--parts 0] [--write]

`--trafilatura` (pip install trafilatura): of WCXB's pages a block is text where trafilatura, set to precision, says so
as well. What the marked texts of that set hold of captions, bylines and boxes differs from page to page; where the two
agree is less in doubt. The shipped file was made so, with a sample of the short blocks that are no text; another run
gives one close to it, not the same bytes.

Prints precision, recall and F1 over articles that the judge did not see (in as many parts as `--parts`), then, with
`--write`, learns from all pages. The same pages give the same file: the seed is fixed and one thread computes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.main_text.pages import Labelled, articles, labelled, labels, score, wcxb
from converters.importers.html.main_text import judge
from converters.importers.html.main_text.blocks import Block
from converters.importers.html.main_text.evidence import COLUMNS

KINDS = {
    "article": 1.0, "documentation": 0.6, "forum": 0.25, "service": 0.35, "product": 0.25, "collection": 0.15,
    "listing": 0.25,
}  # fmt: skip
"""What a page of each kind weighs; blogs are made of the first two."""
CHECKED = ("article", "documentation", "forum", "service")
"""Kinds of pages that trafilatura reads well enough to be asked."""
OWN_ARTICLES = 8.0
SHARE_OF_OTHERS = 0.35
ROUNDS = 180
SETTINGS = {
    "objective": "binary", "num_leaves": 20, "learning_rate": 0.06, "min_data_in_leaf": 60, "lambda_l2": 5.0,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63, "verbose": -1, "num_threads": 1,
    "seed": 1,
    "deterministic": True,
}  # fmt: skip
THRESHOLD = 0.5
_LONG, _FEW_WORDS = 80, 6


def weigh(page: Labelled, weight: float) -> Any:
    """A row's weight: of its words, less than their number; of its page, less than its length; less where the label is
    doubtful."""
    import numpy as np

    words, known = np.array(page.words), np.array(page.labels)
    found = (np.minimum(words, _LONG) + 1.0) ** 0.7
    return found * np.where((known > 0.2) & (known < 0.8) & (words > 3), 0.3, 1.0) / np.sqrt(found.sum()) * weight


def learn(pages: Sequence[tuple[Labelled, float]]) -> Any:
    import lightgbm  # type: ignore[import-not-found]
    import numpy as np

    rows = np.concatenate([np.array(page.rows, dtype=np.float32) for page, _ in pages])
    known = np.concatenate([np.array(page.labels) > THRESHOLD for page, _ in pages])
    weights = np.concatenate([weigh(page, weight) for page, weight in pages])
    data = lightgbm.Dataset(rows, known, weight=weights / weights.mean())
    return lightgbm.train(SETTINGS, data, num_boost_round=ROUNDS)


def forest(model: Any) -> judge.Forest:
    """The trees of LightGBM as those of the judge."""
    return judge.Forest(len(COLUMNS), 0.0, [_tree(told["tree_structure"]) for told in model.dump_model()["tree_info"]])


def _tree(root: dict[str, Any]) -> judge.Tree:
    tree = judge.Tree([], [], [], [])
    waiting: list[tuple[dict[str, Any], list[int] | None, int]] = [(root, None, 0)]
    while waiting:
        node, side, above = waiting.pop(0)
        number = len(tree.column)
        if side is not None:
            side[above] = number
        leaf = "split_feature" not in node
        tree.column.append(-1 if leaf else node["split_feature"])
        tree.bound.append(round(node["leaf_value"], 4) if leaf else float(f"{node['threshold']:.6g}"))
        tree.left.append(0)
        tree.right.append(0)
        if not leaf:
            waiting += [(node["left_child"], tree.left, number), (node["right_child"], tree.right, number)]
    return tree


def measure(made: judge.Forest, pages: Sequence[Labelled]) -> tuple[float, float]:
    """Mean precision and recall over the pages."""
    found = []
    for page in pages:
        scores = judge.ask(made, list(zip(*page.rows, strict=True)))
        text = "\n".join(text for text, value in zip(page.texts, scores, strict=True) if value > THRESHOLD)
        found.append(score(page.truth, text))
    return sum(p for p, _ in found) / len(found), sum(r for _, r in found) / len(found)


def agreed(page: Labelled, text: str) -> Labelled:
    """A page with the labels that an extractor's text agrees with; as it is where that found less than half."""
    blocks = [Block(0) for _ in page.texts]
    for block, own, words in zip(blocks, page.texts, page.words, strict=True):
        block.text, block.words = own, words
    both = [
        min(label, other) if label > THRESHOLD else label
        for label, other in zip(page.labels, labels(blocks, text), strict=True)
    ]

    def words_in(some: Sequence[float]) -> int:
        return sum(count for count, label in zip(page.words, some, strict=True) if label > THRESHOLD)

    return page._replace(labels=both) if words_in(both) > 0.5 * words_in(page.labels) else page


def precise_text(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data, favor_precision=True, include_comments=False, include_tables=True) or ""


def show(name: str, precision: float, recall: float, count: int) -> None:
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{name}: F1 {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}  pages {count}")


def main() -> None:
    from random import Random

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wcxb", type=Path)
    parser.add_argument("--articles", type=Path, help="a folder of pages with truth.json")
    parser.add_argument("--trafilatura", action="store_true", help="text of WCXB is what trafilatura finds, too")
    parser.add_argument("--parts", type=int, default=3, help="parts of the measurement; 0: none")
    parser.add_argument("--write", action="store_true", help="write judge.json, learnt from all pages")
    args = parser.parse_args()
    random = Random(0)
    pages: list[tuple[Labelled, float, int]] = []
    told = [(*row, KINDS[row[1]]) for row in wcxb(args.wcxb)]
    told = [row for row in told if row[1] in ("article", "documentation") or random.random() < SHARE_OF_OTHERS]
    if args.articles:
        told += [(name, "own article", data, text, OWN_ARTICLES) for name, _, data, text in articles(args.articles)]
    for name, kind, data, text, weight in told:
        page = labelled(name, kind, data, text)
        if page is not None and args.trafilatura and kind in CHECKED:
            page = agreed(page, precise_text(data))
        if page is not None and any(page.labels):
            pages.append((page, weight, random.randrange(args.parts or 1)))
    print(f"{len(pages)} pages, {sum(len(page.texts) for page, _, _ in pages)} blocks")
    for kind in ("article", "own article"):
        if (kind == "own article" and not args.articles) or not args.parts:
            continue
        found = []
        for part in range(args.parts):
            made = forest(learn([(page, weight) for page, weight, own in pages if own != part or page.kind != kind]))
            unseen = [page for page, _, own in pages if own == part and page.kind == kind]
            found.append((*measure(made, unseen), len(unseen)))
        total = sum(count for _, _, count in found)
        precision, recall = (sum(row[at] * row[2] for row in found) / total for at in (0, 1))
        show(kind, precision, recall, total)
    if args.write:
        made = forest(learn([(page, weight) for page, weight, _ in pages]))
        target = Path(judge.__file__).with_name("judge.json")
        told_json = {
            "columns": made.columns,
            "start": made.start,
            "trees": [_parts(tree) for tree in made.trees],
        }
        target.write_text(json.dumps(told_json, separators=(",", ":")) + "\n")
        print(f"{target.name}: {target.stat().st_size} bytes")


def _parts(tree: judge.Tree) -> tuple[list[int], list[float], list[int], list[int]]:
    return tree.column, tree.bound, tree.left, tree.right


if __name__ == "__main__":
    main()
