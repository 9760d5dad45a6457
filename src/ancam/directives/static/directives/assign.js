// Giving out work: the agencies that the chosen duties name are starred, and may be chosen at once.

const form = document.querySelector("[data-assign]");

if (form) {
  const duties = form.querySelectorAll("input[name=obligations]");
  const agencies = form.querySelectorAll("input[name=agencies]");
  const hint = form.querySelector("[data-suggest-hint]");

  const meant = () =>
    new Set(
      Array.from(duties)
        .filter((box) => box.checked)
        .flatMap((box) => box.dataset.suggested.trim().split(" "))
        .filter(Boolean),
    );

  const star = () => {
    const keys = meant();
    for (const box of agencies) box.parentElement.querySelector(".suggested").hidden = !keys.has(box.value);
    hint.hidden = keys.size === 0;
  };

  form.addEventListener("change", star);
  form.querySelector("[data-suggest-all]").addEventListener("click", () => {
    const keys = meant();
    for (const box of agencies) if (keys.has(box.value)) box.checked = true;
  });
  star();
}
