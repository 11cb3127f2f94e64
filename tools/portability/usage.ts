// Compiled against the types that openapi-typescript writes. What must not compile is marked: if it does, tsc fails.
import type { operations, paths } from "./schema";

type Update = paths["/api/v3/customer/{customer_id}"]["put"]["requestBody"]["content"]["application/json"];
type Create = operations["create_customer"]["requestBody"]["content"]["application/json"];
type Updated = operations["update_customer"]["responses"][202]["content"]["application/json"];
type Read = operations["get_customer"]["responses"][200]["content"]["application/json"];
type Refused = operations["update_customer"]["responses"][400]["content"]["application/json"];
type Requests = operations["bulk"]["requestBody"]["content"]["application/json"];

export const update: Update = { parent_customer_id: null, company: "Acme Ltd", tags: ["net30"], no_taxes: true };
export const create: Create = { company: "Acme Ltd", currency_id: 1 };
export const requests: Requests = [{ request_method: "PUT", uri: "/api/v3/customer/2", payload: { bill_city: "Berlin" } }];
export const id = (answer: Updated): number => answer.response.id;
export const company = (answer: Read): string | null | undefined => answer.response.company;
export const refused = (answer: Refused): "Error" => answer.status;

// @ts-expect-error: a flag is a boolean
export const wrongType: Update = { no_taxes: "yes" };
// @ts-expect-error: a misspelled field
export const wrongName: Update = { compny: "Acme Ltd" };
// @ts-expect-error: only a parent can be null
export const wrongNull: Update = { company: null };
// @ts-expect-error: no such delivery
export const wrongValue: Update = { invoice_delivery: "fax" };
// @ts-expect-error: a new customer has a company
export const wrongCreate: Create = { bill_city: "Berlin" };
// @ts-expect-error: a bulk request cannot delete
export const wrongMethod: Requests = [{ request_method: "DELETE", uri: "/api/v3/customer/2" }];
