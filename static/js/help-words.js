// T6: a few plain words in a field that is marked bring the help card up, here in the
// browser. Nothing is sent, stored or counted, and the text is not looked at otherwise.
const WORDS = [
  "想死", "不想活", "自杀", "自殺", "跳楼", "跳樓", "活不下去", "不如死了", "轻生", "輕生",
  "结束生命", "結束生命", "割腕", "suicide", "kill myself", "want to die", "end my life",
];

const template = document.getElementById("help-card");
const closed = new WeakSet();

const check = (field) => {
  const text = field.value.toLowerCase();
  const isThere = WORDS.some((word) => text.includes(word));
  const place = field.closest(".field") || field;
  const shown = place.nextElementSibling?.hasAttribute("data-help-shown");
  // Once up it stays until it is closed: taking a word back is no reason to hide help.
  if (!isThere || shown || closed.has(field)) return;
  const card = template.content.firstElementChild.cloneNode(true);
  card.setAttribute("data-help-shown", "");
  card.querySelector("[data-help-close]").addEventListener("click", () => {
    closed.add(field);
    card.remove();
    field.focus();
  });
  place.after(card);
};

const isMarked = (node) => node instanceof HTMLTextAreaElement && "helpWords" in node.dataset;

document.addEventListener("input", ({ target }) => {
  if (isMarked(target)) check(target);
});
for (const field of document.querySelectorAll("textarea[data-help-words]")) {
  if (field.value) check(field);
}
