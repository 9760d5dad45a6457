// The review page: both sides light together, keys work through the duties. Without this file every act is a plain form.

const page = document.querySelector("[data-review]");
const says = document.querySelector("[data-review-says]");
let current = null;

const cards = () => Array.from(page.querySelectorAll("[data-duty]"));
const cardOf = (key) => page.querySelector(`[data-duty="${key}"]`);
const wordsOf = (key) => page.querySelectorAll(`mark[data-obligations~="${key}"]`);
const keyOf = (node) => node?.closest("[data-duty]")?.dataset.duty ?? node?.closest("mark")?.dataset.obligations.split(" ")[0];

function light(key) {
  page.querySelectorAll(".is-lit").forEach((node) => node.classList.remove("is-lit"));
  if (!key) return;
  cardOf(key)?.classList.add("is-lit");
  wordsOf(key).forEach((node) => node.classList.add("is-lit"));
}

// The words on which a doubt rests, while the doubt is pointed at.
function lightDoubt(name) {
  page.querySelectorAll("[data-doubts].is-lit").forEach((node) => node.classList.remove("is-lit"));
  if (name) page.querySelectorAll(`[data-doubts~="${name}"]`).forEach((node) => node.classList.add("is-lit"));
}

function showWords(key, first = wordsOf(key)[0]) {
  const letter = page.querySelector("[data-letter]");
  if (!first || letter.scrollHeight <= letter.clientHeight) return;
  const top = first.getBoundingClientRect().top - letter.getBoundingClientRect().top;
  letter.scrollTo({ top: letter.scrollTop + top - letter.clientHeight / 3, behavior: "smooth" });
}

function go(key, { focus = true } = {}) {
  const card = cardOf(key);
  if (!card) return;
  current = key;
  light(key);
  showWords(key);
  if (focus) card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

// The colour of the words follows the state of their cards: confirmed words become quiet.
function paint() {
  page.querySelectorAll("mark[data-obligations]").forEach((mark) => {
    const states = mark.dataset.obligations.trim().split(" ").map((key) => cardOf(key)?.dataset.state ?? "dropped");
    const left = states.filter((state) => state !== "dropped");
    mark.classList.toggle("words-confirmed", left.length > 0 && left.every((state) => state === "confirmed"));
    mark.classList.toggle("words-dropped", left.length === 0);
  });
  page.querySelectorAll("[data-doubts]").forEach((words) => {
    const open = words.dataset.doubts.split(" ").some((name) => page.querySelector(`[data-doubt="${name}"], [data-field-form="${name}"]`));
    words.classList.toggle("words-doubt", open);
  });
}

function step(by) {
  const all = cards();
  if (!all.length) return;
  const at = all.findIndex((card) => card.dataset.duty === current);
  const inside = page.contains(document.activeElement) && document.activeElement.closest("[data-duty]");
  const from = at < 0 ? -1 : inside ? at : at - by; // the first key goes to the duty that waits, not past it
  const next = Math.min(Math.max(from + by, 0), all.length - 1);
  go(all[next].dataset.duty);
}

function nextWaiting(after) {
  const all = cards();
  const at = all.findIndex((card) => card.dataset.duty === after);
  const order = [...all.slice(at + 1), ...all.slice(0, at)];
  return order.find((card) => card.dataset.state === "proposed")?.dataset.duty;
}

function act(name) {
  const control = cardOf(current)?.querySelector(`[data-act="${name}"]`);
  if (!control) return;
  if (control.tagName === "FORM") control.requestSubmit();
  else control.click();
}

const typing = (node) => node.closest("input:not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Enter" && event.target.matches("[data-duty]")) act("confirm");
  else if (event.key === "e") act("edit");
  else if (event.key === "s") act("split");
  else if (event.key === "x") act("drop");
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest("[data-duty]")?.querySelector('[data-act="close"]')?.click();
});

for (const name of ["mouseover", "focusin"]) {
  page.addEventListener(name, (event) => {
    const key = keyOf(event.target);
    if (!key) return;
    light(key);
    lightDoubt(event.target.closest("[data-doubt]")?.dataset.doubt);
    if (name !== "focusin" || key === current) return;
    current = key;
    if (event.target.closest("[data-duty]")) showWords(key);
  });
}
page.addEventListener("mouseleave", () => {
  light(current);
  lightDoubt();
});

// A click on words or on a clause's number goes to the other side without losing the place.
page.addEventListener("click", (event) => {
  const doubt = event.target.closest(".field-words")?.closest("[data-doubt]")?.dataset.doubt;
  const words = doubt && page.querySelector(`[data-doubts~="${doubt}"]`);
  if (words) {
    event.preventDefault();
    showWords(undefined, words);
    lightDoubt(doubt);
    return;
  }
  const link = event.target.closest("mark a, .duty-name a");
  if (!link) return;
  const key = keyOf(link);
  if (!cardOf(key)) return;
  event.preventDefault();
  if (link.closest("mark")) go(key);
  else {
    current = key;
    light(key);
    showWords(key);
  }
});

let acted = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  acted = event.target.closest("[data-act]")?.dataset.act ?? "";
});

document.addEventListener("htmx:load", (event) => {
  const card = event.detail.elt;
  if (!card.matches?.("[data-duty]")) return;
  paint();
  const key = card.dataset.duty;
  const next = ["confirm", "drop"].includes(acted) ? nextWaiting(key) : undefined;
  const field = card.querySelector(".is-invalid, [data-field-form] :is(input:not([type=hidden]), select), textarea, .refusal");
  if (field) field.focus();
  else go(next ?? key);
  const count = document.querySelector("#review-bar strong")?.textContent;
  if (!field && count && says) says.textContent = count;
});

// A refusal of an act on a card is shown on the card, which stays as it was.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (![403, 422].includes(xhr.status) || xhr.responseText.includes("data-duty=")) return;
  event.detail.shouldSwap = false;
  target.querySelectorAll(":scope > .refusal").forEach((old) => old.remove());
  const refusal = new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector(".refusal");
  if (refusal) target.append(refusal);
  target.focus();
});

const merge = document.querySelector("[data-merge]");
if (merge) {
  const words = merge.querySelector("[data-merge-words]");
  const beginning = words.textContent;
  const count = () => {
    const chosen = page.querySelectorAll(".duty-tick:checked").length;
    merge.classList.toggle("merge-waits", chosen < 2);
    words.textContent = chosen ? words.dataset.chosen.replace("{count}", chosen) : beginning;
  };
  page.addEventListener("change", count);
  count();
}

paint();
const named = location.hash.startsWith("#nv-") ? location.hash.slice(4) : undefined;
if (named) go(named);
else current = cards().find((card) => card.dataset.state === "proposed")?.dataset.duty ?? null;
