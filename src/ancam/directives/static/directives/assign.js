// Giving out work: the groups and agencies that the chosen duties name are starred, and may be chosen at once.

const form = document.querySelector("[data-assign]");

if (form) {
  const duties = form.querySelectorAll("input[name=obligations]");
  const offered = form.querySelectorAll("[data-code]");
  const hint = form.querySelector("[data-suggest-hint]");

  const meant = () =>
    new Set(
      Array.from(duties)
        .filter((box) => box.checked)
        .flatMap((box) => box.dataset.suggested.trim().split(" "))
        .filter(Boolean),
    );

  const star = () => {
    const codes = meant();
    for (const box of offered) box.parentElement.querySelector(".suggested").hidden = !codes.has(box.dataset.code);
    hint.hidden = codes.size === 0;
  };

  form.addEventListener("change", star);
  form.querySelector("[data-suggest-all]").addEventListener("click", () => {
    const codes = meant();
    for (const box of offered) if (codes.has(box.dataset.code)) box.checked = true;
  });
  star();
}
