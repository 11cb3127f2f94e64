/* The clock of the account. */
import { get, post } from "./control.js";
import { attempt, button, form, h, labelled, say, select } from "./dom.js";

export const title = "Clock";
const MODES = {
  real: "real time",
  moved: "moved, and running",
  fixed: "standing still",
  ticking: "moving with each date that is written",
};
let now = null;
let mode = null;

export async function refresh() {
  show(await get("clock"));
}

function show(clock) {
  if (!now?.isConnected) return;
  now.dateTime = clock.now;
  now.textContent = clock.now.replace("T", " ").replace(/\.\d+/, "");
  mode.textContent = MODES[clock.mode];
}

async function change(body, words) {
  show(await post("clock", body));
  say(words);
}

export function render() {
  now = h("time", { class: "clock" }, "…");
  mode = h("span", { class: "badge" });
  const units = select("unit", [["60", "minutes"], ["3600", "hours"], ["86400", "days"], ["1", "seconds"]]);
  const numbered = (name, attributes) => h("input", { name, type: "number", step: "any", required: true, ...attributes });
  const forms = [
    form(labelled("Stand still at", h("input", { name: "set", required: true, placeholder: "2026-01-31T09:30:00", autocomplete: "off" }),
      "in the account’s time zone, or with an offset"), (data) => change({ set: data.get("set").trim() }, "The clock stands still."), "Set", { kind: "", class: "inline", label: "Set" }),
    form([labelled("Move by", numbered("move", { value: "1" })), labelled("Unit", units)],
      (data) => change({ move: Number(data.get("move")) * Number(data.get("unit")) }, "The clock was moved."), "Move", { kind: "", class: "inline", label: "Move" }),
    form(labelled("Tick", numbered("tick", { min: 0, value: "60" }), "seconds after each date that is written"),
      (data) => change({ tick: Number(data.get("tick")) }, "The clock ticks."), "Tick", { kind: "", class: "inline", label: "Tick" }),
  ];
  return [
    h("div", { class: "bar" }, h("h2", {}, title), h("div", { class: "actions" },
      button("Resume real time", () => attempt(() => change({ resume: true }, "The clock shows real time."))))),
    h("p", { class: "dim" }, "Every date that a customer gets comes from this clock. The times in the journal are real."),
    h("p", { class: "card pad clock-face" }, now, " ", mode),
    h("div", { class: "card pad stack" }, forms),
  ];
}
