// Reading the fields of a rights form: what is shown, what was typed, what is wrong with it.
import { BadValue, readCount, readDate, readHours, readMoney, readMoneyList } from "./values.js";

const READERS = {
  money: readMoney, date: readDate, hours: readHours, amounts: readMoneyList,
  count: (text) => readCount(text),
};

export const fieldsOf = (form) => [...form.querySelectorAll("[data-field]")];
const fieldOf = (form, name) => form.querySelector(`[data-field="${name}"]`);
const controlsOf = (field) => [...field.querySelectorAll("input, textarea")];

function typed(field) {
  const controls = controlsOf(field);
  if (controls[0].type === "radio") return controls.find((one) => one.checked)?.value ?? "";
  return controls[0].value.trim();
}

function isAsked(form, field) {
  const { when } = field.dataset;
  return !when || when.split(";").some((way) => {
    const [name, values] = way.split("=");
    const parent = fieldOf(form, name);
    return isAsked(form, parent) && values.split(" ").includes(typed(parent));
  });
}

export function showAsked(form) {
  for (const field of fieldsOf(form)) field.hidden = !isAsked(form, field);
}

export function say(field, text) {
  const list = field.querySelector("[data-error]");
  list.hidden = !text;
  list.firstElementChild.textContent = text;
  for (const control of controlsOf(field)) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

function valueOf(field) {
  const { kind, required, least } = field.dataset;
  const text = typed(field);
  const isChoice = kind === "choice" || kind === "yesno";
  if (!text) {
    if (required === undefined) return undefined;
    throw new BadValue(isChoice ? "choose" : "empty");
  }
  if (kind === "yesno") return text === "yes";
  const value = READERS[kind]?.(text) ?? text;
  if (least && value < Number(least)) throw new BadValue("least");
  return value;
}

// The facts, or null with each problem said beside its field and the first one in focus.
export function readFacts(form, errors) {
  const facts = {};
  const wrong = [];
  const complain = (field, reason) => {
    say(field, errors[reason]);
    wrong.push(field);
  };
  const asked = fieldsOf(form).filter((field) => isAsked(form, field));
  for (const field of asked) {
    say(field, "");
    try {
      const value = valueOf(field);
      if (value !== undefined) facts[field.dataset.field] = value;
    } catch (problem) {
      if (!(problem instanceof BadValue)) throw problem;
      complain(field, problem.reason);
    }
  }
  for (const field of asked) {
    const own = facts[field.dataset.field];
    const { after, upto } = field.dataset;
    if (own && after && facts[after] && own < facts[after]) complain(field, "before");
    if (own && upto && facts[upto] && own > facts[upto]) complain(field, "after");
  }
  if (!wrong.length) return facts;
  focus(wrong[0]);
  return null;
}

export function refuse(form, name, text) {
  const field = fieldOf(form, name);
  say(field, text);
  focus(field);
}

const focus = (field) => controlsOf(field)[0].focus();
