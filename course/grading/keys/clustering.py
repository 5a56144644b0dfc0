"""The hidden checks of chapter 06, clustering."""

from collections.abc import Callable
from typing import Any

from course.exercises import clustering
from course.exercises.judges import Judge, close, each_call, labels, one_of, same_array
from course.exercises.question import Check
from course.grading.keys import Key


def _choice(right: str) -> Key:
    return Key(checks=(Check(holds="it is the right choice", judge=one_of(right)),))


def _elsewhere(case: Callable[[int], tuple[Any, Any]], judge: Judge, holds: str) -> Key:
    """Ask the public question again, with other data."""
    return Key(checks=(Check(holds=holds, judge=each_call(judge), case=lambda seed: case(seed + 1000)),))


def _fed_and_reading(observed: Any, expected: Any) -> bool | str:
    fed = clustering.fed_with_distances(observed, expected)
    return clustering.reads_digits(observed, expected) if fed is True else fed


def _digits(observed: Any, expected: Any) -> bool | str:
    given = labels(observed)
    return given is not None and given.tolist() == [7, 5, 8, 6, 0, 8, 9, 5, 7, 4]


keys = {
    "clustering-what": _choice("c"),
    "clustering-uses": _choice("d"),
    "clustering-best-k": _elsewhere(clustering.apart, close(0), "it finds the number of other blobs"),
    "clustering-lend": _elsewhere(
        clustering.few_labels, same_array(0), "it lends the labels of other samples"
    ),
    "clustering-big": _choice("b"),
    "clustering-least-sure": _elsewhere(clustering.unsure, same_array(0), "it is right for other tables"),
    "clustering-next-rows": _elsewhere(
        clustering.a_round, clustering.asks_for_the_unsure, "it asks for the right ones of other samples"
    ),
    "clustering-novelty": _choice("a"),
    "clustering-tasks": _choice("d"),
    "clustering-components": _elsewhere(clustering.clouds, close(0), "it finds the number of other clouds"),
    "clustering-split": _elsewhere(
        clustering.people, clustering.fair_parts, "it splits other pictures fairly"
    ),
    "clustering-purity": _elsewhere(clustering.grouped, close(1e-9), "it is right for other clusters"),
    "clustering-with-clusters": _elsewhere(
        clustering.DIGITS_40, _fed_and_reading, "with another number of clusters it reads 90 % too"
    ),
    "clustering-added": _elsewhere(
        clustering.BOTH_30, _fed_and_reading, "with another number of clusters it reads 90 % too"
    ),
    "clustering-densities": _elsewhere(
        clustering.turned_digits, clustering.denser, "it tells other normal pictures from turned ones"
    ),
    "clustering-invent": Key(
        checks=(
            Check(
                holds="it invents pictures of another digit",
                judge=clustering.invented,
                case=lambda seed: clustering.to_invent(seed + 1000),
            ),
        )
    ),
    "clustering-rebuilding-errors": _elsewhere(
        clustering.to_rebuild, same_array(1e-6), "it is right for other pictures"
    ),
    "clustering-in-colours": _elsewhere(
        clustering.pictures, clustering.few_colours, "it finds the colours of another picture"
    ),
    "clustering-elkan": _choice("b"),
    "clustering-two-moons": _elsewhere(clustering.moons, clustering.same_groups, "it parts other moons"),
    "clustering-typed": Key(checks=(Check(holds="all ten are right", judge=_digits),)),
    "clustering-kept": _elsewhere(
        clustering.some_labels, clustering.same_truth, "it is right for other labels"
    ),
    "clustering-centres": _elsewhere(
        clustering.to_centre, clustering.good_centres, "it finds the centroids of other data"
    ),
    "clustering-mixture": _elsewhere(
        lambda seed: clustering.to_mix(seed, k=3), clustering.likely, "it fits other clouds, with another k"
    ),
}
