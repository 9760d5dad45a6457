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

// What says that it is a button is pressed with the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.(".m-fold")) return;
  event.preventDefault();
  event.target.click();
});

// Who folds a row stays at it: the row that takes its place has the focus.
let folding = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches(".m-fold")) folding = event.target.getAttribute("aria-label");
});
document.addEventListener("htmx:load", (event) => {
  const fold = event.detail.elt.querySelector?.(".m-fold");
  if (!fold || fold.getAttribute("aria-label") !== folding) return;
  folding = "";
  fold.focus();
});
