/* Elements and dialogs. Whatever comes from the sandbox becomes text: nothing here, or anywhere else, writes HTML. */

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/* Makes the children of an element those of a list, and leaves alone the ones whose version has not changed. */
export function reconcile(container, items, keyOf, build, versionOf = JSON.stringify) {
  const before = container.builtFrom ?? new Map();
  const after = new Map();
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const place = focused?.dataset.focus;
  for (const item of items) {
    const key = String(keyOf(item));
    const version = versionOf(item);
    const known = before.get(key);
    after.set(key, known?.version === version ? known : { version, node: build(item) });
  }
  for (const [key, { node }] of before) if (after.get(key)?.node !== node) node.remove();
  let next = container.firstChild;
  for (const { node } of after.values()) {
    if (node === next) next = next.nextSibling;
    else container.insertBefore(node, next);
  }
  container.builtFrom = after;
  if (place && !focused.isConnected) container.querySelector(`[data-focus="${CSS.escape(place)}"]`)?.focus();
}

/* A short message at the edge of the page, above any dialog, which goes away by itself. */
export function say(text, kind = "done") {
  const messages = document.getElementById("messages");
  const message = h("p", { class: `message ${kind}` }, text);
  messages.append(message);
  if (messages.matches(":popover-open")) messages.hidePopover();
  messages.showPopover();
  setTimeout(() => {
    message.remove();
    if (!messages.childElementCount) messages.hidePopover();
  }, kind === "done" ? 4000 : 10_000);
}

export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

let controls = 0;

/* A control with its label above it, and perhaps with a hint below. */
export function labelled(text, control, hint) {
  control.id = `control-${++controls}`;
  if (hint) control.setAttribute("aria-describedby", `${control.id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: control.id }, text),
    control,
    hint ? h("small", { id: `${control.id}-hint` }, hint) : null,
  );
}

export function select(name, options, attributes = {}) {
  return h("select", { name, ...attributes }, options.map(([value, text]) => h("option", { value }, text)));
}

/* A modal dialog that is made for one use. Escape and its button close it, and the focus goes back. */
export function openDialog(title, content, { wide = false } = {}) {
  const heading = h("h2", { id: "dialog-title", tabindex: "-1" }, title);
  const dialog = h(
    "dialog",
    { class: wide ? "drawer" : "box", "aria-labelledby": "dialog-title" },
    h("div", { class: "dialog-head" }, heading, button("Close", () => dialog.close(), { class: "quiet" })),
    content,
  );
  document.querySelectorAll("dialog").forEach((other) => other.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
  if (wide) heading.focus();
  return dialog;
}

/* A form that shows the reason beside its button if what it does is refused. */
export function form(content, submit, text, attributes = {}) {
  const problem = h("p", { class: "problem", role: "alert" });
  const send = h("button", { class: attributes.kind ?? "primary" }, text);
  return h(
    "form",
    {
      class: attributes.class ?? "stack",
      "aria-label": attributes.label,
      onsubmit: async (event) => {
        event.preventDefault();
        problem.textContent = "";
        send.disabled = true;
        try {
          await submit(new FormData(event.target), event.target);
        } catch (error) {
          problem.textContent = error.message;
        } finally {
          send.disabled = false;
        }
      },
    },
    content,
    h("div", { class: "form-end" }, send, problem),
  );
}

/* Asks before something is done that cannot be undone. */
export function confirmed(title, text, action, run) {
  const dialog = openDialog(title, [
    form(h("p", {}, text), async () => { await run(); dialog.close(); }, action, { kind: "danger" }),
  ]);
}

/* Runs what a button does; a refusal becomes a message. */
export async function attempt(run) {
  try {
    await run();
  } catch (error) {
    if (error.name !== "AbortError") say(error.message, "failed");
  }
}
