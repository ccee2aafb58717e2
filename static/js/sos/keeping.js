// A hard moment is kept step by step under one id, as a craving, for the person who is signed in on this phone.
// For anybody else it lives in this page alone, and in this tab only while they sign in to keep it.
import { flush, keep, owner, release, session, told } from "../offline/outbox.js";
import { isThere, one } from "../offline/store.js";
import { newId } from "../offline/seal.js";

const CARRIED = "sos", NOW = "sos-now";
export const fresh = () => ({ id: newId(), at: Date.now(), before: null, after: null, did: [] });
export const whose = async () => {
  if (!isThere()) return null;
  const known = await owner().catch(() => null);
  if (known) return known;
  const told = await session().catch(() => null);
  return told?.owner ?? null;
};
const fields = (moment) => [
  ["intensity", String(moment.before)],
  ...(moment.after === null ? [] : [["intensity_after", String(moment.after)]]),
  ...moment.did.map((key) => ["strategies", key]),
  ["when", "now"],
];
// One step after the other: an earlier one that is still being sealed must not take the place of a later one.
let turn = Promise.resolve();
const inTurn = (act) => {
  const mine = turn.then(act);
  turn = mine.catch(() => {});
  return mine;
};
// Kept on the phone at once. Without a number there is nothing to keep yet.
export const keepStep = (moment, hold) => inTurn(() => keepNow(moment, hold));
const keepNow = async (moment, hold) => {
  if (moment.before === null) return false;
  if (moment.kept && !(await one(moment.id))) moment.id = newId();
  await keep({ id: moment.id, kind: "craving", fields: fields(moment), at: new Date(moment.at), hold });
  moment.kept = true;
  sessionStorage.setItem(NOW, moment.id);
  return true;
};
// `kept` is called as soon as the whole of it is on the phone; the answer says what came of sending it.
export const finish = async (moment, kept) => {
  if (!(await keepStep(moment, false))) return null;
  kept();
  sessionStorage.removeItem(NOW);
  const outcome = await Promise.race([flush({ now: true }), new Promise((resolve) => { setTimeout(() => resolve({ results: [] }), 8000); })]);
  return outcome.results.find((result) => result.client_uuid === moment.id)?.status ?? "kept";
};
// One that was begun in this tab and left is finished as it was.
export const leaveEarlier = async () => {
  const left = sessionStorage.getItem(NOW);
  if (left) { sessionStorage.removeItem(NOW); await release(left); }
};
export const whenSent = (moment, act) => told.addEventListener("change", ({ detail }) => {
  if (detail.results?.some((result) => result.client_uuid === moment.id && result.status !== "invalid")) act();
});

export const carry = (moment) => sessionStorage.setItem(CARRIED, JSON.stringify(moment));
export const carried = () => JSON.parse(sessionStorage.getItem(CARRIED) ?? "null");
export const throwAway = () => sessionStorage.removeItem(CARRIED);
