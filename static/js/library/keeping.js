// A sheet that is filled in: kept in this browser by a tap, and only then.
import { forget, say, store, stored } from "./device.js";

export const keepSheet = (bar) => {
  const fields = [...document.querySelectorAll("[data-sheet]")];
  if (!fields.length) return;
  const { key } = bar.dataset;
  const said = bar.querySelector("[data-said]");
  const remove = bar.querySelector("[data-do=delete]");
  const isTick = (field) => field.type === "checkbox";
  const written = () =>
    Object.fromEntries(fields.map((f) => [f.dataset.sheet, isTick(f) ? f.checked : f.value]));
  let old = stored(key);
  let isKept = old !== null;

  const keep = () => {
    isKept = store(key, written());
    remove.hidden = !isKept;
    return isKept;
  };

  for (const field of fields) {
    const value = old?.[field.dataset.sheet];
    if (isTick(field)) field.checked = value === true;
    else if (typeof value === "string") field.value = value;
    field.addEventListener("input", () => {
      if (isKept && !keep()) say(said, "failed");
    });
  }
  old = null;
  remove.hidden = !isKept;
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const what = event.target.closest("[data-do]")?.dataset.do;
    if (what === "keep") say(said, keep() ? "kept" : "failed");
    if (what === "print") print();
    if (what === "delete") {
      forget(key);
      isKept = false;
      remove.hidden = true;
      for (const field of fields) {
        if (isTick(field)) field.checked = false;
        else field.value = "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      say(said, "deleted");
    }
  });
};
