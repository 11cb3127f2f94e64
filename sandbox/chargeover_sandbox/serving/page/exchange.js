/* One exchange of the journal in detail. */
import { button, h, openDialog } from "./dom.js";
import { showCustomer } from "./customers.js";
import { addFault } from "./faults.js";

const MOST_CHARACTERS = 50_000; // of a body, until all of it is asked for
const MOST_INDENTED = 1_000_000; // characters of a body; a longer one is shown as it is
const TOKENS = /"(?:[^"\\]+|\\.)*"|[[{]\s*[\]}]|[[{\]},:]|\s+/g;

export function urlOf(one) {
  return `${one.path}${one.query && `?${one.query}`}`;
}

export function time(text) {
  const moment = new Date(text);
  return `${moment.toLocaleTimeString("en-GB")}.${String(moment.getMilliseconds()).padStart(3, "0")}`;
}

export function milliseconds(seconds) {
  return seconds < 1 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;
}

export function statusMark(status) {
  return h("span", { class: `status s${status === null ? "none" : String(status)[0]}` }, status === null ? "none" : String(status));
}

export function badges(one) {
  return [
    one.fault === null ? null : h("span", { class: "badge fault", title: one.fault }, `fault ${one.fault.split(":")[0]}`),
    one.verdict === "valid" ? null : h("span", { class: "badge breach", title: one.problem }, one.verdict),
    one.carried_out ? null : h("span", { class: "badge" }, "not carried out"),
  ];
}

export function showExchange(one) {
  const facts = [
    ["Time", `${new Date(one.time).toLocaleDateString("en-CA")} ${time(one.time)}`],
    ["Took", milliseconds(one.duration)],
    ["Operation", one.operation],
    ["Customer", one.customer_id === null ? null : button(`Customer ${one.customer_id}`, () => showCustomer(one.customer_id), { class: "link" })],
    ["Contract", one.verdict === "valid" ? "valid" : `${one.verdict}: ${one.problem}`],
    ["Fault", one.fault],
    ["Carried out", one.carried_out ? "yes" : "no"],
  ];
  const isReceived = one.operation !== "receive_customer_event";
  openDialog(`Exchange #${one.id}`, [
    h("p", { class: "headline" }, h("span", { class: `method ${one.method.toLowerCase()}` }, one.method), " ",
      h("span", { class: "path" }, urlOf(one)), " ", statusMark(one.status)),
    h("dl", { class: "facts" }, facts.filter(([, value]) => value !== null).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    part("Request", one.headers, one.body, one.body_base64),
    part("Response", one.response_headers, one.response, one.response_base64),
    isReceived ? button("Let such requests fail …", () => addFault({ method: one.method, path: one.template ?? one.path }), {}) : null,
  ], { wide: true });
}

function part(name, headers, body, base64) {
  const names = Object.entries(headers);
  return h(
    "section",
    { class: "part" },
    h("h3", {}, name),
    h("details", {}, h("summary", {}, `${names.length} headers`),
      h("dl", { class: "headers" }, names.map(([key, value]) => [h("dt", {}, key), h("dd", {}, value)]))),
    body === null && base64 ? [h("p", { class: "dim" }, "Not UTF-8; as base64:"), text(base64)] : null,
    body ? text(pretty(body)) : h("p", { class: "dim" }, base64 ? null : "No body."),
  );
}

/* Valid JSON with one member on each line. It is not parsed and written again, which would change numbers and names. */
function pretty(body) {
  if (body.length > MOST_INDENTED) return body;
  try {
    JSON.parse(body);
  } catch {
    return body;
  }
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return body.replace(TOKENS, (token) => {
    if (token === "{" || token === "[") {
      depth += 1;
      return token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return line() + token;
    }
    if (token === ",") return token + line();
    if (token === ":") return ": ";
    return token.startsWith('"') ? token : token.replace(/\s/g, "");
  });
}

function text(whole) {
  const pre = h("pre", {}, whole.slice(0, MOST_CHARACTERS));
  if (whole.length <= MOST_CHARACTERS) return pre;
  const more = button(`Show all ${whole.length.toLocaleString("en")} characters`, () => {
    pre.textContent = whole;
    more.remove();
  });
  return [pre, more];
}
