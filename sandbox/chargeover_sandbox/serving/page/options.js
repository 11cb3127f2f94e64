/* The options of a fault, as a form; see FaultOptions in control/openapi.yaml. */
import { h, labelled, select } from "./dom.js";
import { settings } from "./session.js";

const number = (name, attributes = {}) => h("input", { name, type: "number", step: "any", ...attributes });
const word = (name, attributes = {}) => h("input", { name, spellcheck: "false", autocomplete: "off", ...attributes });
const METHODS = ["", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

const KINDS = [
  ["status", "Respond with a status"],
  ["reset", "Reset the connection"],
  ["hang", "Send nothing"],
  ["credentials", "Refuse the credentials"],
  ["", "Only delay or damage the response"],
];

/* What is asked for, by kind. */
function ofKind(kind) {
  const when = [["after", "After the request was carried out"], ["before", "Before the request is carried out"]];
  if (kind === "status") {
    return [
      labelled("Status", number("status", { min: 200, max: 599, step: 1, required: true, value: "503" })),
      labelled("Body", select("body", [["", "Envelope"], ["html", "HTML"], ["empty", "Empty"]])),
      labelled("Retry-After", word("retry_after", { placeholder: "seconds or a date" })),
      h("label", { class: "check" }, h("input", { type: "checkbox", name: "commit" }), " Carry the request out first"),
    ];
  }
  if (kind === "reset" || kind === "hang") return [labelled("When", select(kind, when))];
  if (kind === "credentials") return [labelled("As if they were", select(kind, [["wrong", "wrong"], ["missing", "missing"]]))];
  return [];
}

export function faultFields({ method = "", path = "" } = {}) {
  const group = h("div", { class: "grid" });
  const damage = h("details", {}, h("summary", {}, "Delay or damage the response"), h("div", { class: "grid" },
    labelled("Delay", word("delay", { placeholder: "0.5 or 0.1-0.5" }), "seconds"),
    labelled("Slow body", number("slow_body", { min: 0, placeholder: "3" }), "seconds"),
    labelled("Cut the body", word("truncate", { placeholder: "half, or bytes" })),
    labelled("Wrong length", number("wrong_length", { step: 1, placeholder: "10" }), "bytes off")));
  const kind = select("kind", KINDS, { onchange: () => {
    group.replaceChildren(...ofKind(kind.value));
    damage.open ||= kind.value === "";
  } });
  group.append(...ofKind("status"));
  const chosen = select("method", METHODS.map((name) => [name, name || "Any"]));
  chosen.value = METHODS.includes(method) ? method : "";
  const list = (id, values) => h("datalist", { id }, values.map((value) => h("option", { value })));
  return [
    h("fieldset", {}, h("legend", {}, "What goes wrong"), labelled("Kind", kind), group),
    h("fieldset", {}, h("legend", {}, "For which requests"), h("div", { class: "grid" },
      labelled("Method", chosen),
      labelled("Path", word("path", { list: "paths", placeholder: "any", value: path })),
      labelled("Operation", word("operation", { list: "operations", placeholder: "any" })),
      list("paths", settings.paths), list("operations", settings.operations))),
    h("fieldset", {}, h("legend", {}, "How often"), h("div", { class: "grid" },
      labelled("Times", number("times", { min: 1, step: 1, placeholder: "always" })),
      labelled("After", number("after", { min: 0, step: 1, placeholder: "0 requests" })),
      labelled("Probability", number("probability", { min: 0, max: 1, placeholder: "1" })),
      labelled("Seed of chance", number("seed", { min: 0, step: 1 })))),
    damage,
  ];
}

const NUMBERS = ["status", "times", "after", "probability", "seed", "slow_body", "wrong_length"];
const WORDS = ["body", "reset", "hang", "credentials", "method", "path", "operation"];

/* The options that a form asks for. */
export function faultOptions(data) {
  const options = {};
  const given = (name) => data.get(name)?.trim() ?? "";
  for (const name of WORDS) if (given(name)) options[name] = given(name);
  for (const name of NUMBERS) if (given(name)) options[name] = Number(given(name));
  if (data.get("commit")) options.commit = true;
  const wait = given("retry_after");
  if (wait) options.retry_after = /^\d+$/.test(wait) ? Number(wait) : wait;
  if (given("delay")) options.delay = seconds(given("delay"));
  const cut = given("truncate");
  if (cut) options.truncate = cut === "half" ? true : /^\d+$/.test(cut) ? Number(cut) : wrong("Cut the body takes half or a number of bytes");
  return options;
}

function seconds(text) {
  const numbers = text.split(/\s*(?:-|,|\bto\b)\s*/).map(Number);
  if (numbers.length > 2 || numbers.some(Number.isNaN)) wrong("The delay is a number of seconds, or two with a - between them");
  return numbers.length === 1 ? numbers[0] : numbers;
}

function wrong(why) {
  throw new Error(`${why}.`);
}
