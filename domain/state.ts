// A ticket as it is stored: with the version of its shape, so that a later release can read what an earlier one wrote.
import { untouched } from "./aside";
import { unheld } from "./held-messages";
import { unsent } from "./outgoing";
import { unoffered } from "./offers";
import type { Ticket } from "./ticket";

/** The present version of the shape of `Ticket`. */
export const schema = 1;

export interface Stored {
  readonly schema: number;
  readonly ticket: Ticket;
}

export function store(ticket: Ticket): Stored {
  return { schema, ticket };
}

/** Reads a stored ticket of any earlier shape. Throws on one written by a later release: that release must read it. */
export function restore(stored: Stored): Ticket {
  if (stored.schema !== schema) {
    throw new Error(`A ticket is stored in schema ${stored.schema}; this release reads ${schema} and earlier.`);
  }
  return complete(stored.ticket);
}

/** A ticket of any earlier shape, with what has been added since. */
export function complete(ticket: Ticket): Ticket {
  return { ...unoffered, ...untouched, ...unheld, ...unsent, ...ticket };
}
