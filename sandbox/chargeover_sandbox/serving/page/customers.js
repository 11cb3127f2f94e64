/* Customers: found by any text, and one of them with its fields and its family. */
import { get, post } from "./control.js";
import { attempt, button, form, h, labelled, openDialog, reconcile, say, select } from "./dom.js";

export const title = "Customers";
const PAGE = 50;
const STATUSES = ["active-current", "active-overdue", "inactive-manual", "inactive-activity"];

let text = "";
let offset = 0;
let total = null;
let table = null;
let pager = null;
let asked = 0;

export const count = () => total;

export function forget() {
  text = "";
  offset = 0;
  total = null;
}

export async function refresh() {
  const number = ++asked;
  const found = await get("customers", { text, limit: PAGE, offset });
  if (number !== asked || !table?.isConnected) return;
  if (!text) total = found.count;
  if (offset && offset >= found.count) {
    offset = 0;
    await refresh();
    return;
  }
  reconcile(table, found.customers, (one) => one.customer_id, row);
  const last = offset + found.customers.length;
  const [words, newer, older] = pager.children;
  const shown = found.count ? `${offset + 1} to ${last} of ${found.count} customers.` : text ? "No customer matches." : "No customers yet.";
  if (words.textContent !== shown) words.textContent = shown;
  newer.disabled = offset === 0;
  older.disabled = last >= found.count;
  newer.hidden = older.hidden = found.count <= PAGE;
}

function row(one) {
  const open = (event) => { event.stopPropagation(); attempt(() => showCustomer(one.customer_id)); };
  return h(
    "tr",
    { onclick: open },
    h("td", { class: "number" }, `#${one.customer_id}`),
    h("td", { class: "grow" }, h("button", { type: "button", class: "row-link", onclick: open, "data-focus": one.customer_id }, name(one))),
    h("td", { class: "wide-only mono" }, h("span", { class: "key" }, one.external_key ?? "")),
    h("td", { class: "dim" }, family(one)),
    h("td", {}, status(one.customer_status_str)),
    h("td", { class: "number" }, amount(one.balance)),
  );
}

const name = (one) => one.company || "(without a name)";
const amount = (value) => (value === null || value === undefined ? "" : Number(value).toFixed(2));
const status = (value) => (value ? h("span", { class: `badge ${value}` }, value) : null);

function family({ parent_customer_id: parent, children }) {
  const words = [parent ? `child of #${parent}` : null, children ? `${children} ${children === 1 ? "child" : "children"}` : null];
  return words.filter(Boolean).join(", ");
}

export function render() {
  const search = h("input", { type: "search", placeholder: "ID, company, external key, city, contact …", maxlength: 200, value: text, oninput: () => {
    text = search.value.trim();
    offset = 0;
    attempt(refresh);
  } });
  const turn = (by) => () => { offset = Math.max(0, offset + by); attempt(refresh); };
  table = h("tbody");
  pager = h("div", { class: "pager" }, h("p", { class: "dim", role: "status" }),
    button("Newer", turn(-PAGE), { hidden: true }), button("Older", turn(PAGE), { hidden: true }));
  const heading = (words, kind = null) => h("th", { scope: "col", class: kind }, words);
  return [
    h("h2", { class: "hidden" }, title),
    h("div", { class: "bar" }, h("search", { class: "filters" }, labelled("Search", search))),
    h("div", { class: "card" }, h("table", {}, h("thead", {}, h("tr", {}, heading("ID"), heading("Company"),
      heading("External key", "wide-only"), heading("Family"), heading("Status"), heading("Balance"))), table)),
    pager,
  ];
}

export async function showCustomer(customerId) {
  let found;
  try {
    found = await get(`customers/${customerId}`);
  } catch (error) {
    say(error.status === 404 ? `There is no customer ${customerId} any more.` : error.message, "failed");
    return;
  }
  const { customer, parents, children, children_count: number } = found;
  openDialog(name(customer), [
    h("p", { class: "headline" }, `Customer #${customer.customer_id} `, status(customer.customer_status_str)),
    h("section", { class: "part" }, h("h3", {}, "Family"), tree(customer, parents, children, number)),
    h("section", { class: "part" }, h("h3", {}, "Fields"), fields(customer)),
    h("section", { class: "part" }, h("h3", {}, "What the service computes"), business(customer)),
  ], { wide: true });
}

/* From the highest parent down to the customer and its children. */
function tree(customer, parents, children, number) {
  const link = (one) => button(`${name(one)} #${one.customer_id}`, () => showCustomer(one.customer_id), { class: "link" });
  const left = number > children.length ? h("li", { class: "dim" }, `and ${number - children.length} more`) : null;
  let below = h("ul", {}, h("li", {}, h("strong", {}, `${name(customer)} #${customer.customer_id}`),
    children.length ? h("ul", {}, children.map((one) => h("li", {}, link(one))), left) : null));
  for (const parent of parents) below = h("ul", {}, h("li", {}, link(parent), below));
  below.classList.add("tree");
  return parents.length || children.length ? below : h("p", { class: "dim" }, "It has neither a parent nor children.");
}

function fields(customer) {
  const list = h("dl", { class: "fields only-set" }, Object.entries(customer).map(([key, value]) => {
    const isEmpty = value === null || value === "" || (Array.isArray(value) && !value.length);
    const shown = value === null ? "null" : typeof value === "string" ? value || "empty" : JSON.stringify(value);
    return h("div", { class: isEmpty ? "unset" : null }, h("dt", {}, key), h("dd", {}, shown));
  }));
  const all = h("input", { type: "checkbox", onchange: () => list.classList.toggle("only-set", !all.checked) });
  return [h("label", { class: "check" }, all, " Show empty fields too"), list];
}

function business(customer) {
  const balance = h("input", { name: "balance", type: "number", step: "any", value: customer.balance ?? "" });
  const choice = select("status", STATUSES.map((one) => [one, one]));
  choice.value = customer.customer_status_str ?? "";
  return form([labelled("Balance", balance), labelled("Status", choice)], async (data) => {
    const body = {};
    if (data.get("balance") !== "") body.balance = Number(data.get("balance"));
    if (data.get("status")) body.customer_status_str = data.get("status");
    await post(`customers/${customer.customer_id}`, body);
    await refresh();
    await showCustomer(customer.customer_id);
    say(`Customer ${customer.customer_id} was changed.`); // at last, since it is above the dialogs that were open before
  }, "Set", { kind: "", class: "inline", label: "Balance and status" });
}
