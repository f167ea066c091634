// Keys for people who decide many cases a day. Everything they do is also on the page.

const form = document.querySelector("form[data-review-form]");
const help = document.querySelector("[data-review-keys]");

const follow = (rel) => {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link) link.click();
};

const choose = (number) => {
  const first = form && form.querySelector('input[type="radio"]');
  const choice = first && form.querySelectorAll(`input[name="${first.name}"]`)[number - 1];
  if (!choice) return;
  choice.checked = true;
  choice.focus();
};

const note = () => {
  const area = form && form.querySelector("textarea");
  if (area) area.focus();
};

const toggleHelp = () => {
  if (!help) return;
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
};

const KEYS = {
  j: () => follow("next"),
  k: () => follow("prev"),
  n: note,
  "?": toggleHelp,
};

// Radio buttons and tick boxes take no letters: keys still work there.
const isTyping = (target) =>
  target.isContentEditable ||
  target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (form && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = /^[1-9]$/.test(event.key) ? () => choose(Number(event.key)) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

if (help) help.hidden = false;
