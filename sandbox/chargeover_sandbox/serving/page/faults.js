/* Faults: what goes wrong on purpose. */
import { get, piece, post, remove } from "./control.js";
import { attempt, button, form, h, openDialog, reconcile, say } from "./dom.js";
import { faultFields, faultOptions } from "./options.js";

export const title = "Faults";
let faults = [];
let list = null;
let empty = null;
let clear = null;

export const count = () => faults.length;

export function forget() {
  faults = [];
}

export async function follow() {
  faults = await get("faults");
  update();
}

export const refresh = follow;

function update() {
  if (!list?.isConnected) return;
  reconcile(list, faults, ({ id }) => id, row);
  empty.hidden = faults.length > 0;
  clear.hidden = faults.length === 0;
}

/* What a fault does, in words. */
export function words(fault) {
  const parts = [];
  if (fault.status) {
    const body = fault.body && fault.body !== "envelope" ? ` with ${fault.body === "html" ? "an HTML" : "an empty"} body` : "";
    parts.push(`${fault.status}${body}${fault.commit ? " after the request was carried out" : ""}`);
  }
  if (fault.retry_after !== undefined) parts.push(`Retry-After: ${fault.retry_after}`);
  if (fault.credentials) parts.push(`401 as if the credentials were ${fault.credentials}`);
  if (fault.reset) parts.push(`connection reset ${fault.reset} the request is carried out`);
  if (fault.hang) parts.push(`nothing is sent; ${fault.hang === "after" ? "the request is" : "the request is not"} carried out`);
  if (fault.delay !== undefined) parts.push(`delay of ${[fault.delay].flat().join(" to ")} s`);
  if (fault.slow_body) parts.push(`body sent over ${fault.slow_body} s`);
  if (fault.truncate !== undefined) parts.push(`body cut ${fault.truncate === true ? "in half" : `after ${fault.truncate} bytes`}`);
  if (fault.wrong_length !== undefined) parts.push(`length off by ${fault.wrong_length === true ? 10 : fault.wrong_length} bytes`);
  return parts.join(", ");
}

function scope(fault) {
  const which = [fault.method, fault.path, fault.operation].filter(Boolean).join(" ") || "every request";
  const often = [
    fault.times ? `${fault.times} ${fault.times === 1 ? "time" : "times"}` : null,
    fault.after ? `after ${fault.after} requests` : null,
    fault.probability ? `with probability ${fault.probability}` : null,
    fault.seed !== undefined ? `seed ${fault.seed}` : null,
  ].filter(Boolean).join(", ");
  return often ? `${which} · ${often}` : which;
}

function row(fault) {
  return h(
    "li",
    { class: "item" },
    h("div", { class: "grow" }, h("strong", {}, `#${fault.id} `, words(fault)), h("p", { class: "dim mono" }, scope(fault))),
    h("span", { class: fault.applied ? "badge fault" : "badge" }, `applied ${fault.applied} of ${fault.matched}`),
    button("Remove", () => attempt(async () => {
      await remove(`faults/${piece(fault.id)}`);
      await follow();
      say(`Fault ${fault.id} was removed.`);
    }), { "aria-label": `Remove fault ${fault.id}`, "data-focus": fault.id }),
  );
}

export function addFault(like = {}) {
  const dialog = openDialog("Add a fault", [
    form(faultFields(like), async (data) => {
      const fault = await post("faults", faultOptions(data));
      dialog.close();
      say(`Fault ${fault.id} was added.`);
      await follow();
    }, "Add the fault", { label: "Fault" }),
  ]);
}

export function render() {
  list = h("ul", { class: "items card" });
  empty = h("p", { class: "empty", hidden: true }, "Nothing goes wrong on purpose.");
  clear = button("Remove all", () => attempt(async () => { await remove("faults"); await follow(); }), { hidden: true });
  queueMicrotask(update);
  return [
    h("div", { class: "bar" }, h("h2", {}, title),
      h("div", { class: "actions" }, clear, button("Add a fault …", () => addFault(), { class: "primary" }))),
    h("p", { class: "dim" }, "The first fault that is due is applied to a request, and only that one."),
    list,
    empty,
  ];
}
