// T6: a few plain words in a field for free text bring the help card up, here in the
// browser. Nothing is sent, stored or counted, and the text is not looked at otherwise.
import { saysDanger } from "./plain-words.js";

const FIELDS = "textarea, [data-help-words]";
const template = document.getElementById("help-card");
const closed = new WeakSet();
const open = new WeakSet();

const check = (field) => {
  // Once up it stays until it is closed: taking a word back is no reason to hide help.
  if (!template || open.has(field) || closed.has(field) || !saysDanger(field.value)) return;
  // A line that sticks to the edge of the screen has its card above.
  const line = field.closest("[data-write]");
  const place = line || field.closest(".field, .sheet-row") || field;
  const card = template.content.firstElementChild.cloneNode(true);
  card.setAttribute("data-help-shown", "");
  card.querySelector("[data-help-close]").addEventListener("click", () => {
    closed.add(field);
    open.delete(field);
    card.remove();
    field.focus();
  });
  open.add(field);
  if (!line) {
    place.after(card);
    return;
  }
  line.before(card);
  // Else it would lie behind the line.
  card.scrollIntoView({ block: "nearest" });
};

document.addEventListener("input", ({ target }) => {
  if (target.matches?.(FIELDS)) check(target);
});
for (const field of document.querySelectorAll(FIELDS)) {
  if (field.value) check(field);
}
