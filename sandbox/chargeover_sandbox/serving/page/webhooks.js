/* Webhooks: where the sandbox sends the changes of customers. */
import { get, piece, post, remove } from "./control.js";
import { attempt, button, form, h, labelled, reconcile, say } from "./dom.js";

export const title = "Webhooks";
const EVENTS = ["insert", "update", "delete"];
let list = null;
let empty = null;

export async function refresh() {
  const webhooks = await get("webhooks");
  if (!list?.isConnected) return;
  reconcile(list, webhooks, ({ id, url }) => id ?? url, row);
  empty.hidden = webhooks.length > 0;
}

function row({ id, url, events, is_sent: isSent, received, waiting, problem }) {
  return h(
    "li",
    { class: "item" },
    h("div", { class: "grow" }, h("strong", { class: "mono" }, url),
      h("p", { class: "dim" }, `${events.join(", ")}${id === null ? " · from the command line" : ""}`),
      isSent ? null : h("p", { class: "problem" }, "The sandbox may not send to this host: --allow-webhook-host allows it."),
      problem ? h("p", { class: "problem" }, problem) : null),
    h("span", { class: "badge" }, `${received} received`),
    waiting ? h("span", { class: "badge fault" }, `${waiting} waiting`) : null,
    id === null ? null : button("Remove", () => attempt(async () => {
      await remove(`webhooks/${piece(id)}`);
      await refresh();
      say("The webhook was removed.");
    }), { "aria-label": `Remove ${url}`, "data-focus": id }),
  );
}

export function render() {
  list = h("ul", { class: "items card" });
  empty = h("p", { class: "empty", hidden: true }, "Changes are sent to no address.");
  const boxes = EVENTS.map((name) => h("label", { class: "check" }, h("input", { type: "checkbox", name: "events", value: name, checked: true }), ` ${name}`));
  const adding = form([
    labelled("Address", h("input", { name: "url", type: "url", required: true, placeholder: "http://127.0.0.1:9000/hook", autocomplete: "off" })),
    labelled("Secret", h("input", { name: "secret", autocomplete: "off", placeholder: "that of the sandbox" })),
    h("fieldset", { class: "checks" }, h("legend", {}, "Events"), boxes),
  ], async (data, element) => {
    const body = { url: data.get("url"), events: data.getAll("events") };
    if (data.get("secret")) body.secret = data.get("secret");
    await post("webhooks", body);
    element.reset();
    await refresh();
    say("The webhook was added.");
  }, "Add the webhook", { class: "inline", label: "Add a webhook" });
  return [
    h("div", { class: "bar" }, h("h2", {}, title)),
    h("p", { class: "dim" }, "Each attempt to deliver a change is an exchange of the journal."),
    list,
    empty,
    h("section", { class: "card pad" }, h("h3", {}, "Add a webhook"), adding),
  ];
}
