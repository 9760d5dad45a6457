"""The paths in the tree that new and moved agencies of a list get. No database."""

from hypothesis import given
from hypothesis import strategies as st

from ancam.accounts.bulk.paths import planned_paths


def number(text: str) -> int:
    return int(text, 36)


@given(st.data())
def test_planned_paths_keep_every_path_once_and_every_child_under_its_parent(data):
    size = data.draw(st.integers(1, 12))
    parents = {node: data.draw(st.integers(1, node - 1)) for node in range(2, size + 1)}
    paths = {1: "0001"}
    for node, parent in parents.items():
        paths[node] = f"{paths[parent]}{node:04d}"
    new_nodes = {-n: data.draw(st.sampled_from([*range(1, size + 1), *range(-n + 1, 0)])) for n in range(1, 4)}
    moves = {}
    for node in data.draw(st.sets(st.sampled_from(sorted(parents)))) if parents else ():
        to = data.draw(st.sampled_from([n for n in range(1, size + 1) if not paths[n].startswith(paths[node])] or [1]))
        final = {**parents, **moves, node: to}
        above, seen = to, {node}
        while above in final and above not in seen:
            seen.add(above)
            above = final[above]
        if above not in seen:
            moves[node] = to
    final = {**parents, **moves, **new_nodes}

    changed = planned_paths(paths, [*new_nodes.items(), *moves.items()], length=4, step=str, number=number)

    after = {**paths, **changed}
    assert len(set(after.values())) == len(after)
    assert all(after[node][:-4] == after[parent] for node, parent in final.items())
    assert not set(changed.values()) & set(paths.values())
