/* Accounts: credentials, each with data, faults and a journal of its own. */
import { get, piece, post, remove } from "./control.js";
import { button, confirmed, form, h, labelled, reconcile, say } from "./dom.js";
import { forget, known, remember, username } from "./session.js";

export const title = "Accounts";
let list = null;
let problem = null;
let adding = null;

export async function refresh() {
  if (problem && !problem.hidden) return; // it was refused already
  let accounts;
  try {
    accounts = await get("accounts");
  } catch (error) {
    if (error.status !== 403) throw error;
    if (!list?.isConnected) return;
    problem.textContent = error.message;
    problem.hidden = false;
    adding.hidden = list.hidden = true;
    return;
  }
  if (!list?.isConnected) return;
  const first = accounts[0].username;
  const items = accounts.map((one) => ({ ...one, isFirst: one.username === first, isOpen: one.username === username() }));
  reconcile(list, items, (one) => one.username, row);
  list.hidden = false;
}

function row({ username: name, isFirst, isOpen }) {
  const open = () => document.dispatchEvent(new CustomEvent("open-account", { detail: name }));
  return h(
    "li",
    { class: "item" },
    h("div", { class: "grow" }, h("strong", {}, name), isFirst ? h("p", { class: "dim" }, "The first account, which manages the others") : null),
    isOpen ? h("span", { class: "badge active-current" }, "open here") : button("Open", open, { "aria-label": `Open ${name}`, "data-focus": `open ${name}` }),
    isFirst ? null : button("Remove …", () => confirmed("Remove the account?", `All that is in “${name}” is deleted.`, "Remove", async () => {
      await remove(`accounts/${piece(name)}`);
      forget(name);
      document.dispatchEvent(new CustomEvent("accounts-changed"));
      await refresh();
      say(`The account ${name} was removed.`);
    }), { "aria-label": `Remove ${name}`, "data-focus": `remove ${name}` }),
  );
}

export function render() {
  list = h("ul", { class: "items card", hidden: true });
  problem = h("p", { class: "empty", hidden: true });
  adding = h("section", { class: "card pad" }, h("h3", {}, "Add an account"), form([
    labelled("User name", h("input", { name: "username", required: true, maxlength: 200, autocomplete: "off", spellcheck: "false" })),
    labelled("Password", h("input", { name: "password", type: "password", required: true, maxlength: 200, autocomplete: "new-password" })),
  ], async (data, element) => {
    await post("accounts", { username: data.get("username"), password: data.get("password") });
    remember(data.get("username"), data.get("password"));
    document.dispatchEvent(new CustomEvent("accounts-changed"));
    element.reset();
    await refresh();
    say(`The account ${data.get("username")} was added.`);
  }, "Add the account", { class: "inline", label: "Add an account" }));
  return [
    h("div", { class: "bar" }, h("h2", {}, title)),
    h("p", { class: "dim" }, "Each account has data, faults, a clock and a journal of its own, so that test suites can share one sandbox."),
    problem,
    list,
    adding,
  ];
}

export const count = () => (known().length > 1 ? known().length : null);
