/* Requests to the control of the sandbox, for the account in use. */
import { authorization, signal } from "./session.js";

const BASE = new URL("../", import.meta.url);

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class NoConnection extends Error {}

export async function request(method, path, { query = {}, body } = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) if (value !== "") url.searchParams.set(name, value);
  const headers = { Authorization: authorization() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const within = signal();
  let response, text;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit", // so that the browser neither adds a password of its own nor asks for one
      redirect: "error",
      signal: within,
    });
    text = await response.text();
  } catch (error) {
    if (within.aborted) throw error;
    throw new NoConnection("The sandbox does not respond.");
  }
  if (within.aborted) throw new DOMException("Another account is in use.", "AbortError");
  if (response.ok) return JSON.parse(text, exact);
  let message = `HTTP ${response.status}`;
  try {
    const envelope = JSON.parse(text);
    message = envelope.details?.hint ? `${envelope.message} ${envelope.details.hint}` : envelope.message;
  } catch { /* not an envelope */ }
  throw new Refusal(response.status, message);
}

/* A number that JavaScript would round, such as a large ID, stays the text that it was. */
function exact(key, value, context) {
  const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && context ? context.source : value;
}

async function answered(method, path, options) {
  return (await request(method, path, options)).response;
}

export const get = (path, query) => answered("GET", path, { query });
export const post = (path, body = {}) => answered("POST", path, { body });
export const remove = (path) => answered("DELETE", path);
export const piece = encodeURIComponent;
