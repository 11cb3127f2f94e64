/* The journal: all exchanges that the sandbox has kept, the newest first, followed as they come. */
import { get, remove, request } from "./control.js";
import { attempt, button, h, labelled, reconcile, say, select } from "./dom.js";
import { badges, milliseconds, showExchange, statusMark, time, urlOf } from "./exchange.js";

export const title = "Journal";
const MOST_ROWS = 200; // of the table; the filter looks through all that the page has
const FIRST = 200; // exchanges that are asked for at first: all of them can be 32 MiB
const UNSETTLED = 20; // exchanges that may still change
const WAIT = 1500; // milliseconds that the sandbox may wait for the next exchange
const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

let exchanges = [];
let total = 0; // how many the sandbox has; those that the page has are the newest
let dropped = 0;
let paused = false;
let isLoaded = false;
let filter = { text: "", method: "", status: "", kind: "" };
let table = null;
let summary = null;
let older = null;
let empty = null;

export const count = () => total;
export const isPaused = () => paused;

export function forget() {
  exchanges = [];
  total = dropped = 0;
  isLoaded = false;
}

/* Waits for what is new, for a moment. */
export async function follow() {
  if (paused) {
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    return;
  }
  // A delay is recorded before it is over, so the latest exchanges with a fault are asked for again.
  const latest = exchanges.slice(-UNSETTLED);
  const first = latest.findIndex(({ fault }) => fault !== null);
  const again = first === -1 ? 0 : latest.length - first;
  const settled = exchanges.slice(0, exchanges.length - again);
  const after = again ? exchanges.at(-again).id - 1 : exchanges.at(-1)?.id ?? 0;
  const found = await get("journal", isLoaded ? { after, wait_ms: WAIT, count: again + 1 } : { limit: FIRST });
  const kept = await get("journal", { limit: 0 });
  // IDs have no gaps, so what the sandbox no longer has, cleared or dropped, is at the beginning.
  exchanges = kept.count ? [...settled, ...found.exchanges].slice(-kept.count) : [];
  total = kept.count;
  dropped = kept.dropped;
  isLoaded = true;
  update();
}

const TESTS = {
  "": () => true,
  fault: (one) => one.fault !== null,
  breach: (one) => one.verdict !== "valid",
};

function matches(one) {
  if (filter.method && one.method !== filter.method) return false;
  if (filter.status === "none" ? one.status !== null : filter.status && String(one.status)[0] !== filter.status) return false;
  if (!TESTS[filter.kind](one)) return false;
  const text = filter.text.toLowerCase();
  if (!text) return true;
  return [
    `${one.method} ${decoded(one)}`, urlOf(one), String(one.status), one.operation, one.fault, one.problem,
    one.customer_id === null ? "" : `customer ${one.customer_id}`, one.body, one.response,
  ].some((part) => part?.toLowerCase().includes(text));
}

function update() {
  if (!table?.isConnected) return;
  const found = exchanges.filter(matches);
  const shown = found.slice(-MOST_ROWS).reverse();
  reconcile(table, shown, ({ id, time: when }) => `${id} ${when}`, row, ({ duration, status }) => `${status} ${duration}`);
  const words = found.length === exchanges.length ? `${exchanges.length} exchanges` : `${found.length} of ${exchanges.length} exchanges`;
  const left = found.length > shown.length ? `, the newest ${shown.length} shown` : "";
  const lost = dropped ? `; ${dropped} older ones are no longer kept` : "";
  const text = `${words}${left}${lost}.`;
  if (summary.textContent !== text) summary.textContent = text;
  older.hidden = total <= exchanges.length;
  older.textContent = `Load the ${total - exchanges.length} before them`;
  empty.hidden = found.length > 0;
  empty.textContent = exchanges.length ? "Nothing matches the filter." : "Nothing yet. Send a request to "
    + `${new URL("api/v3/customer", document.baseURI)}, and it appears here.`;
}

function row(one) {
  const open = (event) => { event.stopPropagation(); showExchange(one); };
  return h(
    "tr",
    { onclick: open },
    h("td", { class: "number wide-only" }, `#${one.id}`),
    h("td", { class: "number" }, time(one.time)),
    h("td", { class: "grow" }, h(
      "button",
      { type: "button", class: "row-link", onclick: open, "data-focus": one.id },
      h("span", { class: `method ${one.method.toLowerCase()}` }, one.method), " ", h("span", { class: "path" }, decoded(one)),
    )),
    h("td", {}, statusMark(one.status)),
    h("td", { class: "number wide-only" }, milliseconds(one.duration)),
    h("td", { class: "marks" }, badges(one)),
  );
}

/* As people read it; the detail view has it as it was sent. */
function decoded(one) {
  try {
    return decodeURIComponent(urlOf(one).replaceAll("+", " "));
  } catch {
    return urlOf(one);
  }
}

/* In the time zone of the browser, to the millisecond. */
export function render() {
  const change = (event) => {
    filter = { ...filter, [event.target.name]: event.target.value };
    update();
  };
  const methods = [["", "Any"], ...METHODS.map((name) => [name, name])];
  const statuses = [["", "Any"], ["2", "2xx"], ["3", "3xx"], ["4", "4xx"], ["5", "5xx"], ["none", "No response"]];
  const kinds = [["", "All"], ["fault", "With a fault"], ["breach", "Against the contract"]];
  const text = h("input", { name: "text", type: "search", placeholder: "Path, operation, customer, body …", oninput: change });
  const controls = [select("method", methods, { onchange: change }), select("status", statuses, { onchange: change }),
    select("kind", kinds, { onchange: change })];
  for (const control of [text, ...controls]) control.value = filter[control.name];
  const pauses = button(paused ? "Resume" : "Pause", () => {
    paused = !paused;
    pauses.textContent = paused ? "Resume" : "Pause";
  });
  table = h("tbody");
  summary = h("p", { class: "dim" });
  empty = h("p", { class: "empty", hidden: true });
  older = button("", () => attempt(loadAll), { hidden: true });
  const view = [
    h("h2", { class: "hidden" }, title),
    h(
      "div",
      { class: "bar" },
      h("search", { class: "filters" }, labelled("Filter", text), labelled("Method", controls[0]),
        labelled("Status", controls[1]), labelled("Show", controls[2])),
      h("div", { class: "actions" }, pauses, button("Export HAR", () => attempt(save)), button("Clear", () => attempt(clear))),
    ),
    h("div", { class: "card" }, h(
      "table",
      { class: "journal-table" },
      h("thead", {}, h("tr", {}, heading("#", "wide-only"), heading("Time"), heading("Request"), heading("Status"),
        heading("Took", "wide-only"), heading("Notes"))),
      table,
    )),
    empty,
    h("div", { class: "pager" }, summary, older),
  ];
  queueMicrotask(update);
  return view;
}

const heading = (text, kind = null) => h("th", { scope: "col", class: kind }, text);

async function loadAll() {
  ({ exchanges } = await get("journal", { limit: 1000 }));
  update();
}

async function clear() {
  await remove("journal");
  forget();
  update();
}

async function save() {
  const har = await request("GET", "journal.har");
  const url = URL.createObjectURL(new Blob([JSON.stringify(har)], { type: "application/json" }));
  h("a", { href: url, download: "sandbox.har" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  say("The journal was exported.");
}
