/* The accounts whose credentials this page knows. They are kept in memory, and are forgotten when the page is left. */

const passwords = new Map();
let current = null;
let ended = new AbortController();

export const settings = JSON.parse(document.getElementById("settings").textContent);

export function username() {
  return current;
}

export function known() {
  return [...passwords.keys()];
}

/* Returns what undoes it. */
export function remember(name, password) {
  const before = passwords.get(name);
  passwords.set(name, password);
  return () => (before === undefined ? passwords.delete(name) : passwords.set(name, before));
}

export function forget(name) {
  passwords.delete(name);
}

/* From now on, everything is asked of this account; what was asked of the one before is abandoned. */
export function use(name) {
  ended.abort();
  ended = new AbortController();
  current = name;
}

/* Ends with the use of this account. */
export function signal() {
  return ended.signal;
}

export function authorization(name = current) {
  const bytes = new TextEncoder().encode(`${name}:${passwords.get(name)}`);
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}
