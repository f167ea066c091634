// Severance N, N+1, 2N. Pure: facts in, figures and steps out.
import {
  day, daysBetween, divided, fen, fullMonths, isBefore, iso, monthDays, sum, yuan,
} from "./values.js";

const SINCE = { y: 2008, m: 1, d: 1 };
const PAID = { formula: "N" };
const NOTHING = { formula: "0" };
// Who ended it decides the formula; some need one more answer.
const ENDINGS = {
  employer_proposed: () => ({ ...PAID, cites: ["lcl:36", "lcl:46-0-2"] }),
  worker_proposed: () => ({ ...NOTHING, cites: ["lcl:36", "lcl:46-0-2"] }),
  art40: (facts) => facts.notice_given
    ? { ...PAID, cites: ["lcl:40", "lcl:46-0-3"] }
    : { formula: "N+1", cites: ["lcl:40", "lcl:46-0-3", "lclr:20"] },
  redundancy: () => ({ ...PAID, cites: ["lcl:41-1", "lcl:46-0-4"] }),
  employer_closed: () => ({ ...PAID, cites: ["lcl:44-0-5", "lcl:46-0-6"] }),
  expired_not_offered: () => ({ ...PAID, cites: ["lcl:44-0-1", "lcl:46-0-5"] }),
  expired_declined_same: () => ({ ...NOTHING, cites: ["lcl:44-0-1", "lcl:46-0-5"] }),
  expired_declined_worse: () => ({ ...PAID, cites: ["lcl:44-0-1", "lcl:46-0-5"] }),
  forced_resignation: () => ({ ...PAID, cites: ["lcl:38", "lcl:46-0-1"] }),
  resignation: () => ({ ...NOTHING, cites: ["lcl:37", "lcl:46"] }),
  misconduct: (facts) => proved(facts, "lcl:39"),
  probation_failed: (facts) => proved(facts, "lcl:39-0-1"),
  criminal_liability: () => ({ ...NOTHING, cites: ["lcl:39-0-6", "lcl:46"] }),
  part_time_ended: () => ({ ...NOTHING, cites: ["lcl:71"] }),
  unlawful: () => ({ formula: "2N", cites: ["lcl:48", "lcl:87"] }),
};
const proved = (facts, article) => facts.proved
  ? { ...NOTHING, cites: [article, "lcl:46"] }
  : { formula: "2N", cites: [article, "lcl:48", "lcl:87", "interp1:44"] };

export function severance(facts) {
  const { formula, cites } = ENDINGS[facts.ended_by](facts);
  const steps = [[`why_${facts.ended_by}${suffix(facts)}`, {}, cites]];
  const notes = notesOn(facts);
  if (formula === "0") {
    return { formula, severance: "0.00", notice_pay: "0.00", total: "0.00", steps, notes };
  }
  const started = firstDay(facts);
  const last = day(facts.last_day);
  const old = isBefore(started, SINCE);
  // What double pay counts from the first day, severance counts from 2008.
  const counted = old && formula !== "2N" ? SINCE : started;
  const service = serviceOf(counted, last, facts, steps);
  const base = baseOf(facts, steps);
  const limited = capped(base, service.halves, facts, steps);
  const n = divided(limited.amount * BigInt(limited.halves), limited.parts * 2n);
  const result = {
    formula, steps, notes, capped: limited.capped,
    months: halves(limited.halves), base: yuan(divided(limited.amount, limited.parts)),
  };
  if (service.close) notes.push("first_day");
  if (old) notes.push(formula === "2N" ? "before_2008_double" : "before_2008");
  return formula === "2N"
    ? doubled(result, limited, old)
    : single(result, n, { facts, old });
}

function single(result, n, { facts, old }) {
  const { steps } = result;
  steps.push(["n", { base: result.base, months: result.months, n: yuan(n) }, ["lcl:47-1"]]);
  const extra = result.formula === "N+1" ? fen(facts.last_month_wage) : 0n;
  if (extra) {
    const values = { last: yuan(extra), n: yuan(n), total: yuan(n + extra) };
    steps.push(["extra_month", values, ["lcl:40", "lclr:20"]]);
  }
  if (old) {
    const { months, ...rest } = result;
    return { ...rest, months_since_2008: months, severance_since_2008: yuan(n),
      notice_pay: yuan(extra), review: true };
  }
  return { ...result, severance: yuan(n), notice_pay: yuan(extra), total: yuan(n + extra),
    ...(mayBeOpenEnded(facts) ? { review: true } : {}) };
}

function doubled(result, limited, old) {
  const n = divided(limited.amount * BigInt(limited.halves), limited.parts * 2n);
  const twice = divided(limited.amount * BigInt(limited.halves), limited.parts);
  const values = { base: result.base, months: result.months, n: yuan(n), total: yuan(twice) };
  result.steps.push(["double", values, ["lcl:47", "lcl:87", "lclr:25"]]);
  return { ...result, severance: "0.00", notice_pay: "0.00", compensation: yuan(twice),
    total: yuan(twice), may_ask_for_the_job_back: true, ...(old ? { review: true } : {}) };
}

const suffix = (facts) => {
  if (facts.ended_by === "art40") return facts.notice_given ? "_notice" : "_no_notice";
  if (["misconduct", "probation_failed"].includes(facts.ended_by)) {
    return facts.proved ? "_proved" : "_not_proved";
  }
  return "";
};
const halves = (count) => (count % 2 ? `${(count - 1) / 2}.5` : String(count / 2));
const mayBeOpenEnded = (facts) =>
  facts.ended_by === "expired_not_offered" && facts.worker_asked_for_open_ended &&
  facts.fixed_terms >= 2;

function notesOn(facts) {
  const notes = [];
  if (mayBeOpenEnded(facts)) notes.push("open_ended");
  if (facts.ground === "no_social_insurance") notes.push("insurance");
  if (facts.ended_by === "art40" && !facts.notice_given) notes.push("last_month");
  if (facts.ended_by === "part_time_ended") notes.push("part_time");
  if (facts.annual_bonus) notes.push("bonus");
  if (facts.earlier_severance_paid) notes.push("paid_off");
  return notes;
}

// Moved by the employer and not paid off: the years before count as well.
function firstDay(facts) {
  const moved = facts.earlier_employer_started && !facts.moved_by_own_choice &&
    !facts.earlier_severance_paid;
  return day(moved ? facts.earlier_employer_started : facts.started);
}

function serviceOf(first, last, facts, steps) {
  const { months, rest } = fullMonths(first, last);
  const years = Math.floor(months / 12);
  const over = months % 12;
  const part = over >= 6 ? 2 : over > 0 || rest > 0 ? 1 : 0;
  const values = { started: iso(first), last_day: iso(last), years, over, rest,
    months: halves(years * 2 + part) };
  const cites = ["lcl:47-1"];
  if (facts.earlier_employer_started) cites.push("lclr:10");
  steps.push([part === 2 ? "service_year" : part ? "service_half" : "service_whole",
    values, cites]);
  // Leaving the first day out would change the outcome: it has to be said.
  const close = (over === 6 && rest === 0) || (over === 0 && rest === 1);
  return { halves: years * 2 + part, close };
}

// The base as a fraction (amount over parts), so that it is rounded only at the end.
function baseOf(facts, steps) {
  const { amount, parts } = averageOf(facts, steps);
  if (!facts.local_minimum) {
    steps.push(["floor_unknown", {}, ["lclr:27"]]);
    return { amount, parts };
  }
  const floor = fen(facts.local_minimum);
  if (amount >= floor * parts) return { amount, parts };
  steps.push(["floor", { average: yuan(divided(amount, parts)), floor: yuan(floor) },
    ["lclr:27"]]);
  return { amount: floor, parts: 1n };
}

function averageOf(facts, steps) {
  const cites = ["lcl:47-3", "lclr:27"];
  const bonus = facts.annual_bonus ? fen(facts.annual_bonus) : 0n;
  if (!facts.wages) {
    const months = 12n;
    const amount = fen(facts.average_wage) * months + bonus;
    const values = { average: yuan(divided(amount, months)) };
    steps.push([bonus ? "average_bonus" : "average_given", values, cites]);
    return { amount, parts: months };
  }
  const wages = facts.wages.slice(-12).map(fen);
  const worked = monthsWorked(facts, wages.length);
  const amount = (sum(wages) + bonus) * worked.by;
  const values = { sum: yuan(sum(wages) + bonus), count: shownMonths(worked),
    average: yuan(divided(amount, worked.count)) };
  steps.push(["average_wages", values, cites]);
  return { amount, parts: worked.count };
}

// A first or last month that was not worked in full counts by its days.
function monthsWorked(facts, listed) {
  const first = day(facts.started);
  const last = day(facts.last_day);
  const span = (last.y - first.y) * 12 + last.m - first.m + 1;
  if (listed >= 12 || span !== listed) return { count: BigInt(listed), by: 1n };
  const a = monthDays(first.y, first.m);
  const b = monthDays(last.y, last.m);
  if (span === 1) return { count: BigInt(daysBetween(first, last) + 1), by: BigInt(a) };
  const count = (listed - 2) * a * b + (a - first.d + 1) * b + last.d * a;
  return { count: BigInt(count), by: BigInt(a * b) };
}
const shownMonths = ({ count, by }) => {
  const text = yuan(divided(count * 100n, by));
  return text.replace(/\.?0+$/, "");
};

function capped(base, count, facts, steps) {
  const plain = { ...base, halves: count, capped: false };
  if (!facts.local_average) {
    steps.push(["cap_unknown", {}, ["lcl:47-2"]]);
    return plain;
  }
  const cap = fen(facts.local_average) * 3n;
  if (base.amount <= cap * base.parts) {
    steps.push(["cap_not", { cap: yuan(cap) }, ["lcl:47-2"]]);
    return plain;
  }
  const limited = Math.min(count, 24);
  steps.push([count > 24 ? "cap_both" : "cap_wage", { cap: yuan(cap) }, ["lcl:47-2"]]);
  return { amount: cap, parts: 1n, halves: limited, capped: true };
}

