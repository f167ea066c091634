// The check-in: asked, scored and, after a tap, kept in this browser. No request, ever.
import { forget, say, store, stored } from "../library/device.js";
import { change, said, score } from "./score.js";

const KEY = "check-ins";
const PAUSE = "check-ins-paused";
const DAY = 86_400_000;
const plan = JSON.parse(document.getElementById("checkin-plan").textContent);
const root = document.querySelector("[data-checkin]");
const part = (name) => root.querySelector(`[data-${name}]`);
const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const make = (name, text = "", css = "") =>
  Object.assign(document.createElement(name), { textContent: text, className: css });
const day = (time) => {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

// [{ form, version, language, points, at }], oldest first.
let past = Array.isArray(stored(KEY)) ? stored(KEY) : [];
const lastOf = (form) => past.filter((one) => one.form === form).at(-1);
// Only one form in one version and one language is compared: other words, other points.
const wordingOf = (one) => `${one.form} ${one.version} ${one.language || plan.language}`;
const lastLike = (result) =>
  past.filter((one) => wordingOf(one) === wordingOf(result)).at(-1);
// Short forms that lead to a longer one which takes over their two answers.
const STEPS = { "phq-2": ["phq-8", 3], "gad-2": ["gad-7", 3] };
const titleOf = (form) => plan.forms[form].title;

let run = null;

const show = (name) => {
  for (const one of ["start", "ask", "result"]) part(one).hidden = one !== name;
  part("past").hidden = name === "ask" || !past.length;
  part("paper").hidden = name !== "start";
};

const dueOf = (one) => {
  const forms = one.id === "short" ? ["phq-2", "gad-2"] : one.forms;
  const times = forms.map((form) => {
    const old = lastOf(form);
    return old ? old.at + plan.forms[form].everyDays * DAY : 0;
  });
  return Math.max(...times);
};

const start = () => {
  run = null;
  const until = stored(PAUSE) || 0;
  const isPaused = until > Date.now();
  part("pause").hidden = isPaused;
  part("run").hidden = !isPaused;
  if (isPaused) part("said").textContent = fill(plan.words.paused_until, { day: day(until) });
  for (const one of plan.offered) {
    const due = dueOf(one);
    const days = plan.forms[one.forms[0]].everyDays;
    const isEarly = due > Date.now();
    root.querySelector(`[data-begin="${one.id}"]`).disabled = isEarly;
    root.querySelector(`[data-due="${one.id}"]`).textContent =
      isEarly ? fill(plan.words.early, { days, day: day(due) }) : "";
  }
  charts();
  show("start");
};

// The burnout questions are to be asked mixed, not in the order in which they are printed.
const mixed = (screens) =>
  screens.map((one) => [Math.random(), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);

// All questions of some forms, one screen each; answers that are known are not asked again.
const begin = (forms, known = {}) => {
  const screens = forms.flatMap((form) => {
    const asked = plan.forms[form].questions
      .filter((question) => !(question.id in (known[form] || {})))
      .map((question) => ({ form, question }));
    return plan.forms[form].method === "mean" ? mixed(asked) : asked;
  });
  run = { forms, screens, at: 0, answers: structuredClone(known), done: run?.done || [] };
  for (const form of forms) run.answers[form] ||= {};
  ask();
};

const ask = () => {
  if (run.at >= run.screens.length) { finish(); return; }
  const { form, question } = run.screens[run.at];
  part("counted").textContent =
    fill(plan.words.counted, { number: run.at + 1, all: run.screens.length });
  part("stem").textContent = plan.forms[form].stem;
  part("question").textContent = question.text;
  part("draft").textContent =
    plan.forms[form].tested ? "" : plan.words.draft;
  part("answers").replaceChildren(...question.answers.map((text, place) => {
    const button = make("button", text, "btn btn-secondary checkin-answer");
    button.type = "button";
    button.setAttribute("aria-pressed", String(run.answers[form][question.id] === place));
    button.addEventListener("click", () => {
      run.answers[form][question.id] = place;
      run.at += 1;
      ask();
    });
    return button;
  }));
  part("back").hidden = run.at === 0;
  show("ask");
  part("question").focus();
};

const resultOf = (form) => {
  const points = score(plan.forms[form], run.answers[form]);
  const { version } = plan.forms[form];
  return { form, version, language: plan.language, points, at: Date.now() };
};

const isHelpNow = (form, sentence) =>
  Boolean(sentence?.help) || (form === "cbi-personal" && run.answers[form]?.P4 === 0);

const card = (result) => {
  const { form, points } = result;
  const told = plan.forms[form];
  const box = make("article", "", "card checkin-result");
  box.append(make("h3", titleOf(form), "card-title"));
  if (points === null) { box.append(make("p", plan.words.none)); return box; }
  const sentence = said(plan.results[form], points);
  box.append(make("p", sentence.text, "strong"));
  const bar = make("div", "", "checkin-bar");
  const inner = make("i");
  inner.style.width = `${Math.round((100 * points) / told.most)}%`;
  bar.setAttribute("aria-hidden", "true");
  bar.append(inner);
  box.append(bar, make("p", fill(plan.words.points, { score: points, most: told.most }), "soft num"));
  const old = lastLike(result);
  if (told.change) {
    const what = old ? change(old.points, points, told.change) : "first";
    box.append(make("p", plan.words[what], "soft"));
  }
  if (plan.leads[form]?.length) {
    box.append(make("p", plan.words.read));
    const list = make("ul");
    for (const lead of plan.leads[form]) {
      const item = make("li");
      item.append(Object.assign(make("a", lead.title), { href: lead.url }));
      list.append(item);
    }
    box.append(list);
  }
  if (sentence.offer) {
    box.append(Object.assign(make("a", plan.words.talk, "btn btn-secondary"), { href: plan.counselors }));
  }
  return box;
};

// A short form that says a lot offers its longer one, with the two answers taken over.
const stepsOf = (results) =>
  results
    .filter(({ form, points }) => form in STEPS && points !== null && points >= STEPS[form][1])
    .map(({ form }) => [form, STEPS[form][0]])
    .filter(([, longer]) => longer in plan.forms);

const finish = () => {
  const results = run.forms.map(resultOf);
  run.done = [...run.done, ...results];
  const place = part("results");
  place.replaceChildren();
  const scored = results.map((one) => [one, one.points === null ? null : said(plan.results[one.form], one.points)]);
  if (scored.some(([one, sentence]) => isHelpNow(one.form, sentence))) {
    place.append(part("help-card").content.cloneNode(true));
  }
  const steps = stepsOf(results);
  place.append(...results.filter((one) => !steps.some(([short]) => short === one.form)).map(card));
  if (steps.length) place.append(stepCard(steps));
  else place.append(...wishes(results));
  part("keep").disabled = false;
  say(part("kept-said"), "nothing");
  show("result");
  (place.querySelector("[role=alert]") || document.getElementById("result-title")).focus();
};

const goOn = (steps, text, css) => {
  const more = make("button", text, css);
  more.type = "button";
  more.addEventListener("click", () => {
    const known = Object.fromEntries(steps.map(([short, longer]) => [longer, { ...run.answers[short] }]));
    begin(steps.map(([, longer]) => longer), known);
  });
  const row = make("div", "", "btn-row");
  row.append(more);
  return row;
};

const stepCard = (steps) => {
  const box = make("article", "", "card checkin-result");
  box.append(make("p", plan.words.step, "strong"), goOn(steps, plan.words.go_on, "btn btn-primary"));
  return box;
};

// Whoever wants the longer forms gets them, whatever the short ones say.
const wishes = (results) => {
  const steps = results
    .filter(({ form }) => form in STEPS)
    .map(({ form }) => [form, STEPS[form][0]])
    .filter(([, longer]) => longer in plan.forms);
  return steps.length ? [goOn(steps, plan.words.wish, "btn btn-quiet")] : [];
};

const charts = () => {
  const shown = past.filter((one) => one.form in plan.forms && one.points !== null);
  const wordings = [...new Set(shown.map(wordingOf))];
  part("charts").replaceChildren(...wordings.map(
    (wording) => chartOf(shown.filter((one) => wordingOf(one) === wording))));
};

const chartOf = (rows) => {
  const { form, language } = rows[0];
  const told = plan.forms[form];
  const figure = part("chart").content.cloneNode(true);
  figure.querySelector("figcaption").textContent = titleOf(form);
  figure.querySelector("[data-other]").hidden = (language || plan.language) === plan.language;
  const y = (points) => 96 - (92 * points) / told.most;
  const x = (at) => (rows.length < 2 ? 150 : (300 * at) / (rows.length - 1));
  const last = rows.at(-1)?.points ?? 0;
  const band = figure.querySelector("rect");
  // As many points apart is a change already: the band ends just before.
  const top = y(Math.min(told.most, last + told.change - 1));
  band.setAttribute("y", top);
  band.setAttribute("height", Math.max(0, y(Math.max(0, last - told.change + 1)) - top));
  // One point is no line, and a line without a band shows ups and downs that say nothing.
  figure.querySelector("[data-drawing]").hidden = rows.length < 2 || !told.change;
  figure.querySelector("polyline").setAttribute("points", rows.map((one, at) => `${x(at)},${y(one.points)}`).join(" "));
  figure.querySelector("tbody").append(...rows.map((one) => {
    const row = make("tr");
    row.append(make("td", day(one.at)), make("td", String(one.points), "num"));
    return row;
  }));
  return figure;
};

root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.begin) {
    const one = plan.offered.find((offer) => offer.id === button.dataset.begin);
    run = null;
    begin(one.forms);
  }
  if ("back" in button.dataset) { run.at -= 1; ask(); }
  if ("skip" in button.dataset) {
    const { form, question } = run.screens[run.at];
    delete run.answers[form][question.id];
    run.at += 1;
    ask();
  }
  if ("stop" in button.dataset || "again" in button.dataset) { part("said").textContent = ""; start(); }
  if ("keep" in button.dataset) {
    const all = [...past, ...run.done.filter((one) => one.points !== null)];
    const isKept = store(KEY, all);
    if (isKept) { past = all; run.done = []; button.disabled = true; }
    part("kept-said").textContent = isKept ? plan.words.kept : plan.words.failed;
    charts();
    part("past").hidden = !past.length;
  }
  if ("delete" in button.dataset) {
    forget(KEY);
    past = [];
    start();
    part("said").textContent = plan.words.deleted;
  }
  if ("pause" in button.dataset) {
    const isKept = store(PAUSE, Date.now() + 91 * DAY);
    start();
    part("said").textContent = isKept ? plan.words.paused : plan.words.failed;
  }
  if ("run" in button.dataset) { forget(PAUSE); start(); part("said").textContent = plan.words.running; }
});
part("ask").addEventListener("submit", (event) => event.preventDefault());
for (const name of ["back", "skip", "stop"]) part(name).textContent = plan.words[name];
start();
