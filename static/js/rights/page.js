// The calculators of a rights page. Everything happens here: no request, nothing stored.
import { CALCULATORS, headlineValues } from "./calculators.js";
import { readFacts, refuse, say, showAsked, fieldsOf } from "./fields.js";
import { iso } from "./values.js";
import { citation, sentence } from "./words.js";

const words = JSON.parse(document.getElementById("rights-words").textContent);

const element = (name, text, css = "") => {
  const made = document.createElement(name);
  made.textContent = text;
  if (css) made.className = css;
  return made;
};

// Today as the phone has it; only the tools for deadlines look at it.
function today() {
  const now = new Date();
  return iso({ y: now.getFullYear(), m: now.getMonth() + 1, d: now.getDate() });
}

function stepItem(texts, result, [id, values, cites]) {
  const item = document.createElement("li");
  const known = { ...values, total: values.total ?? result.total };
  item.append(element("span", sentence(words, texts.steps[id], known)));
  for (const reference of cites) {
    item.append(lawLine(reference));
  }
  return item;
}

// The date stays whole at the end of a line.
function lawLine(reference) {
  const [label, ...more] = citation(words, reference);
  const line = element("small", label, "rights-law");
  for (const part of more) line.append(" · ", element("span", part, "nowrap"));
  return line;
}

function show(form, texts, calculator, result) {
  const part = form.parentElement.querySelector("[data-result]");
  const headline = texts.headline[calculator.headline(result)];
  part.querySelector("[data-headline]").textContent =
    sentence(words, headline, headlineValues(result));
  part.querySelector("[data-steps]").replaceChildren(
    ...result.steps.map((step) => stepItem(texts, result, step)));
  part.querySelector("[data-notes]").replaceChildren(
    ...result.notes.map((id) => element("li", texts.notes[id])));
  part.querySelector("[data-notes-part]").hidden = !result.notes.length;
  part.hidden = false;
  part.focus();
}

function workOut(form) {
  const name = form.dataset.calc;
  const calculator = CALCULATORS[name];
  const facts = readFacts(form, words.errors);
  if (!facts) return;
  const problem = calculator.check?.(facts);
  if (problem) {
    refuse(form, problem[0], words.errors[problem[1]]);
    return;
  }
  show(form, words.calc[name], calculator, calculator.run(calculator.facts(facts, today())));
}

function clear(form) {
  form.reset();
  for (const field of fieldsOf(form)) say(field, "");
  form.parentElement.querySelector("[data-result]").hidden = true;
  showAsked(form);
}

for (const form of document.querySelectorAll("form[data-calc]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    workOut(form);
  });
  form.addEventListener("input", () => {
    showAsked(form);
    // A result that no longer fits what is typed must not stay.
    form.parentElement.querySelector("[data-result]").hidden = true;
  });
  form.querySelector("[data-clear]").addEventListener("click", () => clear(form));
  // Coming back with the back button finds the form empty, as promised.
  window.addEventListener("pageshow", (event) => event.persisted && clear(form));
  showAsked(form);
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
for (const paper of document.querySelectorAll("[data-paper]")) paper.open = false;
