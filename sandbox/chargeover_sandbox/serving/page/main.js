/* The page as a whole: signing in, the views, and the loop that keeps what is shown up to date. */
import { Refusal, get } from "./control.js";
import { attempt, form, h, labelled, reconcile, say } from "./dom.js";
import { forget, known, remember, settings, signal, use, username } from "./session.js";
import * as accounts from "./accounts.js";
import * as clock from "./clock.js";
import * as customers from "./customers.js";
import * as faults from "./faults.js";
import * as journal from "./journal.js";
import * as snapshots from "./snapshots.js";
import * as webhooks from "./webhooks.js";

const VIEWS = { journal, customers, faults, data: snapshots, clock, webhooks, accounts };
const PAUSE = 400; // milliseconds between two rounds, however much happens
const content = document.getElementById("content");
const live = document.getElementById("live");
const nav = document.getElementById("views");
const choice = document.getElementById("account");

let view = null;

/* Signing in. */

function signIn({ name = settings.username ?? "", problem = "", cancel = null } = {}) {
  const password = name === settings.username ? settings.password : "";
  const user = h("input", { name: "username", required: true, autocomplete: "off", spellcheck: "false", value: name });
  const secret = h("input", { name: "password", type: "password", required: true, autocomplete: "off", value: password });
  const signing = form(
    [labelled("User name", user), labelled("Password", secret)],
    async (data) => enter(data.get("username"), data.get("password")),
    "Open",
    { label: "Sign in" },
  );
  nav.hidden = true;
  document.getElementById("account-choice").hidden = true;
  live.textContent = "";
  view = null;
  content.replaceChildren(
    h(
      "section",
      { class: "sign-in" },
      h("h2", {}, "Open an account of this sandbox"),
      h("p", { class: "dim" }, "The credentials are those that the sandbox was started with, or those of an account that "
        + "was added. This page keeps them in memory, until it is closed or loaded again."),
      problem ? h("p", { class: "problem", role: "alert" }, problem) : null,
      signing,
      cancel ? h("button", { type: "button", class: "quiet", onclick: cancel }, "Cancel") : null,
    ),
  );
  (name ? signing.querySelector("button") : user).focus();
}

async function enter(name, password) {
  const before = username();
  const undo = remember(name, password);
  use(name);
  try {
    await get("clock");
  } catch (error) {
    undo();
    use(before);
    throw error instanceof Refusal && error.status === 401
      ? new Error("The sandbox has no account with this user name and password.")
      : error;
  }
  start();
}

function start() {
  for (const one of Object.values(VIEWS)) one.forget?.();
  offer();
  nav.hidden = false;
  show();
  follow(signal());
}

/* Offers the accounts that are known. */
function offer() {
  document.getElementById("account-choice").hidden = false;
  choice.replaceChildren(
    ...known().map((name) => h("option", { value: name }, name)),
    h("option", { value: "" }, "Another account …"),
  );
  choice.value = username();
}

choice.addEventListener("change", () => {
  const before = username();
  if (choice.value === "") {
    use(before);
    signIn({ name: "", cancel: start });
  } else {
    use(choice.value);
    start();
  }
});

document.addEventListener("open-account", ({ detail }) => {
  if (known().includes(detail)) {
    use(detail);
    start();
  } else {
    use(username());
    signIn({ name: detail, cancel: start });
  }
});

document.addEventListener("accounts-changed", offer);

/* The views. */

function show() {
  if (username() === null || nav.hidden) return;
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
  const name = Object.hasOwn(VIEWS, location.hash.slice(1)) ? location.hash.slice(1) : "journal";
  view = VIEWS[name];
  content.replaceChildren(h("section", { "aria-label": view.title, class: "view" }, view.render()));
  document.title = `${view.title} - ChargeOver sandbox (unofficial)`;
  tabs(name);
  attempt(() => view.refresh?.());
}

function tabs(current) {
  const list = Object.entries(VIEWS).map(([name, { title, count }]) => (
    { name, title, count: count?.() ?? null, isCurrent: name === current }
  ));
  reconcile(nav, list, ({ name }) => name, ({ name, title, count, isCurrent }) => h(
    "a",
    { href: `#${name}`, "data-focus": name, "aria-current": isCurrent ? "page" : null },
    title,
    count ? h("span", { class: "count" }, String(count)) : null,
  ));
}

addEventListener("hashchange", show);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  content.focus();
});

/* The loop. */

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

function seen() {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => { document.addEventListener("visibilitychange", resolve, { once: true }); });
}

function told(text, state) {
  if (live.textContent === text) return;
  live.textContent = text;
  live.dataset.state = state;
}

async function follow(within) {
  let isLost = false;
  while (!within.aborted) {
    await seen();
    try {
      if (isLost) journal.forget(); // another process may count from 1 again
      await journal.follow();
      await faults.follow();
      if (view && view !== journal && view !== faults) await view.refresh?.();
      if (within.aborted) return;
      isLost = false;
      told(journal.isPaused() ? "Paused" : "Live", journal.isPaused() ? "paused" : "live");
      if (!nav.hidden) tabs(Object.keys(VIEWS).find((name) => VIEWS[name] === view));
    } catch (error) {
      if (within.aborted) return;
      if (error instanceof Refusal && error.status === 401) {
        const name = username();
        use(null);
        forget(name);
        signIn({ name, problem: `The sandbox no longer accepts the credentials of ${name}.` });
        return;
      }
      isLost = true;
      told(error instanceof Refusal ? "Refused" : "Not connected", "lost");
      if (error instanceof Refusal) say(error.message, "failed");
      await pause(1500);
    }
    await pause(PAUSE);
  }
}

if (settings.reference) {
  const link = document.getElementById("reference");
  link.href = settings.reference;
  link.hidden = false;
}
signIn();
