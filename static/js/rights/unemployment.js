// Months of unemployment insurance. Pure: facts in, figures and steps out.
import { day, daysBetween, iso, plusDays } from "./values.js";

const OWN_WILL = new Set(["resignation", "worker_proposed"]);
const LIST_DAYS = 15;
const MOST = 24;

const band = (paid) => (paid < 12 ? 0 : paid < 60 ? 12 : paid < 120 ? 18 : MOST);

export function unemployment(facts) {
  const ownWill = facts.own_will ?? OWN_WILL.has(facts.ended_by);
  const before = facts.months_left_from_before ?? 0;
  const fresh = band(facts.paid_months);
  const months = Math.min(MOST, fresh + before);
  const missing = [
    ...(months ? [] : ["paid_one_year"]),
    ...(ownWill ? ["not_own_will"] : []),
    ...(facts.registered ? [] : ["registered"]),
  ];
  const eligible = missing.length === 0;
  const once = missing.length === 1 && missing[0] === "registered";
  return {
    eligible, missing, max_months: eligible ? months : 0,
    ...(once ? { max_months_once_registered: months } : {}),
    ...(eligible && facts.registered_on ? { counts_from: facts.registered_on } : {}),
    steps: stepsOf(facts, { ownWill, fresh, before, months }),
    notes: notesOn(facts, { ownWill, fresh, before }),
  };
}

function stepsOf(facts, { ownWill, fresh, before, months }) {
  const steps = [];
  const paid = { paid: facts.paid_months, fresh };
  steps.push([fresh ? "band" : "band_short", paid, ["sil:45-0-1", "sil:46", "uir:17"]]);
  if (before) {
    const values = { fresh, before, sum: fresh + before, months };
    steps.push([fresh + before > MOST ? "before_cut" : "before", values, ["sil:46", "uir:17"]]);
  }
  const cites = facts.ended_by ? ["sil:45-0-2", "siprov:13"] : ["sil:45-0-2"];
  steps.push([ownWill ? "own_will" : "not_own_will", {}, cites]);
  steps.push([facts.registered ? "registered" : "register", {}, ["sil:45-0-3", "sil:50-2"]]);
  if (facts.registered_on) {
    steps.push(["from", { date: facts.registered_on }, ["sil:50-3"]]);
  }
  return steps;
}

function notesOn(facts, { ownWill, fresh, before }) {
  const notes = ["upper"];
  if (facts.ended_by === "worker_proposed") notes.push("who_proposed");
  if (facts.ended_by === "forced_resignation") notes.push("forced");
  if (ownWill && facts.ended_by === "resignation") notes.push("left_because");
  if (!fresh && before) notes.push("left_over");
  return notes;
}

// How long the employer has to hand the name in.
export function unemploymentList(facts) {
  const ended = day(facts.ended_on);
  const last = plusDays(ended, LIST_DAYS);
  const result = {
    days: LIST_DAYS, last_day: iso(last),
    steps: [["list", { ended_on: iso(ended), last_day: iso(last), days: LIST_DAYS },
      ["sil:50-1"]]],
    notes: ["exact_day"],
  };
  if (!facts.listed_on) return result;
  const gone = daysBetween(ended, day(facts.listed_on));
  const late = gone > LIST_DAYS;
  result.steps.push([late ? "list_late" : "list_in_time", { gone }, ["sil:50-1"]]);
  return { ...result, late };
}
