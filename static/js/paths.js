// Pointing at a mark on the map lights up its row in the list, and the other way round.
const twins = new Map();
for (const part of document.querySelectorAll("[data-path]")) {
  const code = part.dataset.path;
  twins.set(code, [...(twins.get(code) ?? []), part]);
}
function light(event, isLit) {
  const part = event.target.closest?.("[data-path]");
  for (const twin of twins.get(part?.dataset.path) ?? []) {
    twin.classList.toggle("is-lit", isLit);
  }
}
document.addEventListener("pointerover", (event) => light(event, true));
document.addEventListener("pointerout", (event) => light(event, false));
document.addEventListener("focusin", (event) => light(event, true));
document.addEventListener("focusout", (event) => light(event, false));
