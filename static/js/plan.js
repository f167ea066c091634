// The plan for hard hours stays in this browser. Nothing here asks the network.
// Until it is kept by a tap it lives in this page only.
const KEY = "plan";
const parts = [...document.querySelectorAll("[data-part]")];
const tools = document.querySelector("[data-plan-tools]");
const said = document.querySelector("[data-plan-said]");
const remove = document.querySelector("[data-plan-delete]");

const say = (what) => { said.textContent = said.dataset[what]; };
const written = () => Object.fromEntries(parts.map((part) => [part.dataset.part, part.value]));

const stored = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "null");
  } catch {
    return null;
  }
};

let isKept = false;
const keep = () => {
  try {
    localStorage.setItem(KEY, JSON.stringify(written()));
    isKept = true;
  } catch {
    isKept = false;
  }
  remove.hidden = !isKept;
  return isKept;
};

// Grows with the text, where the browser does not do that by itself; paper has no scroll.
const fit = (part) => {
  if (CSS.supports("field-sizing", "content")) return;
  part.rows = Math.max(3, part.value.split("\n").length + Math.floor(part.value.length / 24));
};

const asText = () =>
  parts
    .map((part) => `${part.labels[0].textContent.trim().replace(/\s+/g, " ")}\n${part.value}`)
    .join("\n\n");

const save = (button) => {
  const file = new Blob([`\ufeff${asText()}\n`], { type: "text/plain" });
  const link = Object.assign(document.createElement("a"), {
    href: URL.createObjectURL(file),
    download: button.dataset.name,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const old = stored();
isKept = old !== null;
remove.hidden = !isKept;
for (const part of parts) {
  part.value = (old && old[part.dataset.part]) || part.value;
  fit(part);
  part.addEventListener("input", () => {
    fit(part);
    if (isKept && !keep()) say("failed");
  });
}

tools.hidden = false;
tools.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("planKeep" in button.dataset) say(keep() ? "kept" : "failed");
  if ("planPrint" in button.dataset) print();
  if ("planSave" in button.dataset) save(button);
  if ("planDelete" in button.dataset) {
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    isKept = false;
    remove.hidden = true;
    for (const part of parts) part.value = "";
    say("deleted");
  }
});
