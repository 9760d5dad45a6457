"""Where new and moved agencies stand in the tree: the paths, counted before anything is written."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

Step = Callable[[int], str]
Number = Callable[[str], int]


def planned_paths(
    paths: Mapping[int, str], placed: Sequence[tuple[int, int]], *, length: int, step: Step, number: Number
) -> dict[int, str]:
    """Return the path of every agency that is placed, and of everything below those that are moved.

    `paths` are those of the tree by node; `placed` is (node, node above) in any order, without circles; `length` is
    the length of one step. Every new step is greater than those its parent's children have had, so that no path is
    ever the present one of another agency, in whatever order they are written.
    """
    above = dict(placed)
    last: dict[int, int] = defaultdict(int)
    by_path = {path: node for node, path in paths.items()}
    for path in paths.values():
        parent = by_path.get(path[:-length])
        if parent is not None:
            last[parent] = max(last[parent], number(path[-length:]))
    found: dict[int, str] = {}

    def path_of(node: int) -> str:
        if node in found:
            return found[node]
        if node in above:
            parent = above[node]
            base = path_of(parent)
            last[parent] += 1
            found[node] = base + step(last[parent]).rjust(length, "0")
            return found[node]
        path = paths[node]
        parent_node = by_path.get(path[:-length])
        found[node] = path if parent_node is None else path_of(parent_node) + path[-length:]
        return found[node]

    moved = tuple(paths[node] for node in above if node in paths)
    for node, _parent in placed:
        path_of(node)
    for node, path in paths.items():
        if moved and path.startswith(moved):
            path_of(node)
    return {node: path for node, path in found.items() if paths.get(node) != path}
