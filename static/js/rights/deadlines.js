// Until when: time limits of claims and of the proceedings. Pure.
import {
  day, fen, isBefore, iso, limitAfter, nextStart, plusDays, yuan,
} from "./values.js";

const YEAR = 12;
const isInTime = (last, facts) => facts.filed_on
  ? { in_time: !isBefore(last, day(facts.filed_on)) }
  : {};

export function limitation(facts) {
  if (facts.claim === "inspection") return inspection(facts);
  if (facts.claim === "double_wage") return doubleWage(facts);
  if (facts.claim === "wages" && !facts.employment_ended) {
    const steps = [["running", {}, ["ldma:27-4"]]];
    return { limit_runs: false, in_time: true, steps, notes: [] };
  }
  const cites = facts.claim === "wages" ? ["ldma:27-4"] : ["ldma:27-1"];
  const ended = day(facts.ended_on);
  const first = limitAfter(ended, YEAR);
  const steps = [["year", { from: iso(ended), last_day: iso(first) }, [...cites, "cc:201~202"]]];
  const { last, notes } = afterDemand(first, facts, steps);
  sayFiled(last, facts, steps);
  return { limit_runs: true, last_day: iso(last), ...isInTime(last, facts), steps, notes };
}

// A demand within the year starts a new year; one that comes later does not.
function afterDemand(first, facts, steps) {
  if (!facts.demanded_on) return { last: first, notes: ["exact_day", "do_early"] };
  const demanded = day(facts.demanded_on);
  if (isBefore(first, demanded)) {
    steps.push(["demand_late", { demanded_on: iso(demanded) }, ["ldma:27-2"]]);
    return { last: first, notes: ["exact_day", "demand_late", "do_early"] };
  }
  const last = limitAfter(demanded, YEAR);
  steps.push(["demand", { demanded_on: iso(demanded), last_day: iso(last) }, ["ldma:27-2"]]);
  return { last, notes: ["exact_day", "do_early"] };
}

function sayFiled(last, facts, steps) {
  if (!facts.filed_on) return;
  const late = isBefore(last, day(facts.filed_on));
  steps.push([late ? "filed_late" : "filed_in_time", { filed_on: facts.filed_on }, []]);
}

function inspection(facts) {
  const isLasting = facts.breach_ended_on !== undefined;
  const ended = day(facts.breach_ended_on ?? facts.breach_on);
  const last = limitAfter(ended, 2 * YEAR);
  const cites = [isLasting ? "lsi:20-2" : "lsi:20-1"];
  const steps = [[isLasting ? "inspection_lasting" : "inspection",
    { from: iso(ended), last_day: iso(last) }, cites]];
  sayFiled(last, facts, steps);
  const notes = isLasting ? ["exact_day", "each_month"] : ["exact_day"];
  return { limit_years: 2, last_day: iso(last), ...isInTime(last, facts), steps, notes };
}

// The strictest reading: known from the day after the first month.
function doubleWage(facts) {
  const last = limitAfter(nextStart(day(facts.started), 1), YEAR);
  const steps = [["double_wage", { started: facts.started, last_day: iso(last) },
    ["lcl:82-1", "ldma:27-1"]]];
  sayFiled(last, facts, steps);
  return { limit_runs: true, last_day_certain: iso(last), review: true, steps,
    notes: ["double_wage_readings"] };
}

const SMALL = 12n;

export function arbitration(facts) {
  const steps = [];
  const result = { fee: "0.00", steps, notes: [] };
  if (facts.claim_amount || facts.claims) Object.assign(result, small(facts, steps));
  const dated = [
    ["received_on", 5, "answer_by", "answer", ["ldma:29"]],
    ["accepted_on", 45, "award_by", "award", ["ldma:43-1"]],
    ["award_received_on", 15, "sue_by", "sue", ["ldma:48", "ldma:50"]],
  ];
  for (const [key, days, name, step, cites] of dated) {
    if (!facts[key]) continue;
    const last = plusDays(day(facts[key]), days);
    const values = { from: facts[key], last_day: iso(last) };
    Object.assign(result, { days, [name]: iso(last) });
    if (name === "award_by") {
      const longer = iso(plusDays(last, 15));
      Object.assign(result, { extension_days: 15, award_by_extended: longer });
      values.longer = longer;
    }
    steps.push([step, values, cites]);
    if (!result.notes.includes("exact_day")) result.notes.push("exact_day");
    if (name === "answer_by") result.notes.push("working_days");
  }
  steps.push(["free", {}, ["ldma:53"]]);
  return result;
}

function small(facts, steps) {
  if (!facts.local_minimum) return {};
  const limit = fen(facts.local_minimum) * SMALL;
  const amounts = facts.claims
    ? facts.claims.map((one) => fen(one.amount))
    : [fen(facts.claim_amount)];
  const isFinal = amounts.every((amount) => amount <= limit);
  const values = { limit: yuan(limit) };
  steps.push([isFinal ? "final" : "not_final", values, ["ldma:47-0-1", "ldma:48"]]);
  return { final_for_employer: isFinal, limit: yuan(limit), worker_may_sue: true };
}
