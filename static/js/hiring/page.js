// What the parts of the desk share: where things stand, what is said, drawing it anew.

export const desk = () => document.querySelector("[data-desk]");
export const cards = () =>
  [...document.querySelectorAll("[data-card]")].filter((card) => card.offsetParent !== null);
export const cardOf = (element) => element.closest("[data-card]");
export const columnOf = (name) => document.querySelector(`[data-column="${name}"]`);
export const moveOf = (card) => card.querySelector("[data-move]");

// The steps of one card, as the server wrote them: column, event, and what they need.
export const waysOf = (card) =>
  card.dataset.ways.split(" ").filter(Boolean).map((way) => {
    const [column, event, how] = way.split(":");
    return { column, event, how };
  });

export const sentence = (name, values) =>
  Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    desk().dataset[name],
  );

export const say = (text) => {
  const live = document.getElementById("desk-live");
  live.textContent = "";
  // A region that is emptied first is read again, also when it says the same.
  requestAnimationFrame(() => { live.textContent = text; });
};

export const toast = (text, kind = "is-good") => {
  const toasts = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = `message ${kind}`;
  note.append(Object.assign(document.createElement("div"), { textContent: text }));
  toasts.replaceChildren(note);
  setTimeout(() => note.remove(), 6000);
};

export const lost = () => toast(document.getElementById("toasts").dataset.lost, "is-caution");

const drawn = [];
export const whenDrawn = (act) => drawn.push(act);

// The page as it stands now, with whatever colleagues did; what was ticked stays ticked.
export const refresh = async (focusOn = "") => {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) {
    location.reload();
    return;
  }
  const ticked = [...document.querySelectorAll("input[name=picked]:checked")]
    .map((box) => box.value);
  const shown = document.querySelector("[data-column].is-current");
  const box = document.querySelector("[data-board]");
  const scrolled = box ? box.scrollLeft : 0;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  desk().replaceWith(page.querySelector("[data-desk]"));
  for (const value of ticked) {
    const again = document.querySelector(`input[name=picked][value="${value}"]`);
    if (again) again.checked = true;
  }
  if (document.querySelector("[data-board]")) {
    document.querySelector("[data-board]").scrollLeft = scrolled;
  }
  for (const act of drawn) act(shown ? shown.dataset.column : "");
  const card = focusOn && document.getElementById(`card-${focusOn}`);
  if (card && card.offsetParent !== null) {
    card.classList.add("is-new");
    (moveOf(card) || card.querySelector("a")).focus();
  } else {
    const first = document.querySelector("[data-desk] [data-tab][aria-current], [data-desk] a");
    if (first) first.focus({ preventScroll: true });
  }
};
