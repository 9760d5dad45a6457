// Small conveniences, each named by a data attribute. Every page works without them, save the copy button.
(function () {
  "use strict";

  function announce(words) {
    const area = document.getElementById("messages");
    if (!area) return;
    const box = document.createElement("div");
    box.className = "alert alert-danger";
    box.textContent = words;
    area.replaceChildren(box);
    area.scrollIntoView({ block: "nearest" });
  }

  // data-copy="#id": copies the value of that field and says so on the button.
  document.addEventListener("click", async function (event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.querySelector(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // a page served without TLS has no clipboard
    }
    const words = button.querySelector("[data-copy-words]");
    if (words) words.textContent = button.dataset.copied;
  });

  // data-go-back: the page before this one.
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-go-back]")) window.history.back();
  });

  // data-submit-once: a second click while the answer is on its way changes nothing.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.matches("[data-submit-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-submit-once]").forEach((form) => delete form.dataset.sent);
  });

  // data-focus-key="/": that key goes to the field, unless something is being typed or the field is not shown.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const fields = Array.from(document.querySelectorAll("[data-focus-key]"));
    const field = fields.find((one) => one.dataset.focusKey === event.key && one.offsetParent !== null);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // What htmx could not do is said in words, in the page, and stays there.
  document.addEventListener("htmx:responseError", function () {
    announce(document.body.dataset.saidServerFailed);
  });
  document.addEventListener("htmx:sendError", function () {
    announce(document.body.dataset.saidServerAway);
  });

  // After a refused form, go to the first field in error.
  const firstError = document.querySelector("main .is-invalid:not(div)");
  if (firstError) firstError.focus();
})();
