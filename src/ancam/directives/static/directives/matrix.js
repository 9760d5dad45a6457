// The matrix: what hangs from a row leaves with it when the row is folded.

document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target;
  if (!row.matches?.(".m-row") || event.detail.xhr.status !== 200) return;
  const depth = Number(row.dataset.depth);
  let next = row.nextElementSibling;
  while (next && Number(next.dataset.depth) > depth) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
});

// The fold keeps the focus: the row that took the place of another is where the person was.
document.addEventListener("htmx:afterSettle", (event) => {
  const row = event.detail.elt;
  if (row.matches?.(".m-row") && document.activeElement === document.body) row.querySelector(".m-fold")?.focus();
});
