/* What is in the account as a whole: snapshots, the seed and the reset. */
import { get, piece, post, remove } from "./control.js";
import { button, confirmed, form, h, labelled, reconcile, say } from "./dom.js";

export const title = "Data";
let list = null;
let empty = null;

export async function refresh() {
  const snapshots = await get("snapshots");
  if (!list?.isConnected) return;
  reconcile(list, snapshots, ({ name }) => name, row);
  empty.hidden = snapshots.length > 0;
}

function row({ name, taken, bytes }) {
  return h(
    "li",
    { class: "item" },
    h("div", { class: "grow" }, h("strong", {}, name), h("p", { class: "dim" }, `${moment(taken)}, ${Math.ceil(bytes / 1024).toLocaleString("en")} KiB`)),
    button("Restore …", () => confirmed("Restore the snapshot?", `All customers are replaced by those of “${name}”.`, "Restore",
      async () => { await post(`snapshots/${piece(name)}/restore`); say(`The snapshot ${name} was restored.`); }),
    { "aria-label": `Restore ${name}`, "data-focus": `restore ${name}` }),
    button("Delete …", () => confirmed("Delete the snapshot?", `“${name}” cannot be brought back.`, "Delete",
      async () => { await remove(`snapshots/${piece(name)}`); await refresh(); say(`The snapshot ${name} was deleted.`); }),
    { "aria-label": `Delete ${name}`, "data-focus": `delete ${name}` }),
  );
}

const moment = (text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toLocaleString("en-CA", { hour12: false }));

export function render() {
  list = h("ul", { class: "items" });
  empty = h("p", { class: "empty", hidden: true }, "No snapshots.");
  const taking = form(labelled("Name", h("input", { name: "name", required: true, maxlength: 100, autocomplete: "off" })), async (data, element) => {
    const { name } = await post("snapshots", { name: data.get("name") });
    element.reset();
    await refresh();
    say(`The snapshot ${name} was taken.`);
  }, "Take a snapshot", { class: "inline", label: "Take a snapshot" });
  const number = h("input", { name: "generate", type: "number", min: 0, max: 200_000, step: 1, required: true, value: "100" });
  const generating = form(labelled("Made-up customers", number), async (data) => ask({ generate: Number(data.get("generate")) }),
    "Seed …", { kind: "", class: "inline", label: "Seed with made-up customers" });
  const file = h("input", { name: "file", type: "file", required: true, accept: ".yaml,.yml,.json,.jsonl,.ndjson,.csv" });
  const reading = form(labelled("File", file, "YAML, JSON, JSON Lines or CSV"), async () => ask({ file: file.files[0].name, content: await file.files[0].text() }),
    "Seed …", { kind: "", class: "inline", label: "Seed with a file" });
  return [
    h("div", { class: "bar" }, h("h2", {}, title), h("div", { class: "actions" }, button("Reset …", reset, { class: "danger" }))),
    h("div", { class: "columns" },
      h("section", { class: "card pad" }, h("h3", {}, "Snapshots"), h("p", { class: "dim" }, "Copies of all that is in the account, to go back to."), taking, list, empty),
      h("section", { class: "card pad" }, h("h3", {}, "Seed"), h("p", { class: "dim" }, "It replaces all customers, and is what a reset goes back to."), generating, reading)),
  ];
}

function ask(seed) {
  confirmed("Replace all customers?", "The customers of this account are replaced, and a reset goes back to the new ones.", "Seed", async () => {
    const { customers } = await post("seed", seed);
    say(`The account now has ${customers} customers.`);
  });
}

function reset() {
  confirmed("Reset the account?", "Customers and clock go back to those of the seed; faults and the journal are emptied. Snapshots stay.", "Reset", async () => {
    await post("reset");
    say("The account was reset.");
  });
}
