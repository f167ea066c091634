// Writes the draft of a claim from what is typed; copies, prints or saves it here only.
import { composeClaim, conflicts } from "./claim.js";
import { readFacts, say, showAsked } from "./fields.js";
import { BadValue, readDate, readMoney } from "./values.js";

const words = JSON.parse(document.getElementById("rights-words").textContent);
const form = document.querySelector("form[data-claim]");
const part = document.querySelector("[data-draft-part]");
const draft = part.querySelector("textarea");
const print = document.querySelector("[data-draft-print]");

const PARTS = { amount: readMoney, from: readDate, to: readDate };

// One row of the list of claims: what is ticked has to be whole.
function readClaim(row) {
  const claim = { kind: row.dataset.claimKind };
  let isGood = true;
  for (const field of row.querySelectorAll("[data-part]")) {
    say(field, "");
    try {
      claim[field.dataset.part] = PARTS[field.dataset.part](field.querySelector("input").value);
    } catch (problem) {
      if (!(problem instanceof BadValue)) throw problem;
      say(field, words.errors[problem.reason]);
      if (isGood) field.querySelector("input").focus();
      isGood = false;
    }
  }
  if (isGood && claim.from && claim.to < claim.from) {
    say(row.querySelector('[data-part="to"]'), words.errors.before);
    isGood = false;
  }
  return isGood ? claim : null;
}

function readClaims() {
  const rows = [...form.querySelectorAll("[data-claim-kind]")];
  const ticked = rows.filter((row) => row.querySelector("input[type=checkbox]").checked);
  const claims = ticked.map(readClaim);
  if (claims.includes(null)) return null;
  const [problem] = conflicts(claims);
  say(form.querySelector("[data-claims]"), problem ? words.problems[problem] : "");
  if (!problem) return claims;
  rows[0].querySelector("input").focus();
  return null;
}

function write() {
  const facts = readFacts(form, words.errors);
  const claims = facts && readClaims();
  if (!claims) return;
  const story = form.querySelector("[name=story]").value.trim();
  const evidence = [...form.querySelectorAll("[data-evidence]:checked")]
    .map((one) => one.dataset.evidence);
  draft.value = composeClaim({ ...facts, claims, story, evidence });
  part.hidden = false;
  part.focus();
  mirror();
}

// A text field prints only what it shows, so a copy stands beside it for the printer.
const mirror = () => { print.textContent = draft.value; };

async function copy(button) {
  try {
    await navigator.clipboard.writeText(draft.value);
  } catch {
    draft.select();
    document.execCommand("copy");
  }
  button.querySelector("[data-said]").textContent = words.copied;
}

function save() {
  // Windows shows Chinese in a plain file rightly only after this mark.
  const file = new Blob(["\ufeff", draft.value], { type: "text/plain;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${words.filename}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function openTicked() {
  for (const row of form.querySelectorAll("[data-claim-kind]")) {
    const isTicked = row.querySelector("input[type=checkbox]").checked;
    const more = row.querySelector("[data-more]");
    if (more) more.hidden = !isTicked;
  }
  showAsked(form);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  write();
});
form.addEventListener("input", openTicked);
draft.addEventListener("input", mirror);
part.querySelector("[data-copy]").addEventListener("click", (event) =>
  copy(event.currentTarget));
part.querySelector("[data-print]").addEventListener("click", () => window.print());
part.querySelector("[data-save]").addEventListener("click", save);

function clear() {
  form.reset();
  draft.value = "";
  mirror();
  part.hidden = true;
  openTicked();
}
form.querySelector("[data-clear]").addEventListener("click", clear);
window.addEventListener("pageshow", (event) => event.persisted && clear());
for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
for (const paper of document.querySelectorAll("[data-paper]")) paper.open = false;
openTicked();
