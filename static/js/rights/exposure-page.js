// The orientation: one question at a time, then the explanations that fit. Answers live in
// the page's form only; nothing is sent, stored or put into the address.
import { ANSWERS, explained, outlook } from "./exposure.js";

const form = document.querySelector("form[data-wizard]");
const all = document.querySelector("[data-all]");
const start = document.querySelector("[data-start]");
const intro = document.querySelector("[data-intro]");
const result = document.querySelector("[data-result]");
const questions = [...form.querySelectorAll("[data-question]")];
const practices = questions.map((one) => one.dataset.question);
const texts = [...all.querySelectorAll("[data-practice]")];
let current = 0;

function answerOf(question) {
  const value = question.querySelector("input:checked")?.value;
  return ANSWERS.includes(value) ? value : "";
}

function ask(index) {
  current = index;
  questions.forEach((question, at) => { question.hidden = at !== index; });
  form.querySelector("[data-back]").hidden = index === 0;
  const isLast = index === questions.length - 1;
  form.querySelector("[data-forward]").hidden = isLast;
  form.querySelector("[data-finish]").hidden = !isLast;
  questions[index].querySelector("[data-error]").hidden = true;
  questions[index].querySelector("legend").focus();
}

function step(by) {
  if (by > 0 && !answerOf(questions[current])) {
    questions[current].querySelector("[data-error]").hidden = false;
    questions[current].querySelector("input").focus();
    return;
  }
  if (current + by === questions.length) finish();
  else ask(current + by);
}

function finish() {
  const answers = Object.fromEntries(
    questions.map((one) => [one.dataset.question, answerOf(one)]));
  const found = new Set(explained(practices, answers));
  const kind = outlook(practices, answers);
  for (const head of result.querySelectorAll("[data-outlook]")) {
    head.hidden = head.dataset.outlook !== kind;
  }
  for (const text of texts) text.hidden = !found.has(text.dataset.practice);
  form.hidden = true;
  intro.hidden = false;
  all.hidden = false;
  all.querySelector("[data-static]").hidden = true;
  result.hidden = false;
  result.focus();
}

function begin() {
  form.reset();
  result.hidden = true;
  all.hidden = true;
  start.hidden = true;
  // The question alone, at the top of a small screen.
  intro.hidden = true;
  form.hidden = false;
  ask(0);
}

function wait() {
  form.reset();
  form.hidden = true;
  intro.hidden = false;
  result.hidden = true;
  all.hidden = true;
  start.hidden = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  step(1);
});
form.querySelector("[data-back]").addEventListener("click", () => step(-1));
start.querySelector("[data-begin]").addEventListener("click", begin);
result.querySelector("[data-again]").addEventListener("click", () => {
  wait();
  start.querySelector("[data-begin]").focus();
});
result.querySelector("[data-print]").addEventListener("click", () => window.print());
// Leaving and coming back, or the browser's own memory of forms, brings nothing back.
window.addEventListener("pagehide", wait);
window.addEventListener("pageshow", (event) => event.persisted && wait());
wait();
