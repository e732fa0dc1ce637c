// Using the bot: what was asked, and how it went: answered, a form, suggestions, or no reaction.

import { RequestError } from "./connection.js";
import { addNotice, emit } from "./store.js";
import { errorText, texts } from "./texts.js";

const PATIENCE = 6000;
const open = new Map();
let connection = null;

export function useConnection(one) {
  connection = one;
}

export const request = (action, fields) => connection.request(action, fields);

export function takeInteraction({ name, payload }) {
  const waiting = open.get(payload.id);
  if (waiting === undefined) return; // another tab of the same person asked
  open.delete(payload.id);
  if (name === "INTERACTION_FAILURE") waiting({ failed: true });
  else if (name === "INTERACTION_MODAL_CREATE") waiting({ modal: payload });
  else if (name === "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE") waiting({ choices: payload.choices });
  else waiting({ done: true });
}

async function outcome(action, fields) {
  const { interaction } = await request(action, fields);
  return new Promise((resolve) => {
    open.set(interaction, resolve);
    setTimeout(() => {
      if (open.delete(interaction)) resolve({ failed: true });
    }, PATIENCE);
  });
}

// Uses a command, menu, button, select or form. Says so in the channel when the bot does not
// react, and opens the form that it answers with. Returns whether it went well.
export async function use(action, fields) {
  const channel = fields.channel;
  try {
    const result = await outcome(action, fields);
    if (result.failed) addNotice(channel, texts.noReply);
    if (result.modal) emit("modal", { modal: result.modal, channel });
    return !result.failed;
  } catch (error) {
    addNotice(channel, sentence(error));
    return false;
  }
}

export async function suggest(fields) {
  try {
    return (await outcome("autocomplete", fields)).choices ?? [];
  } catch {
    return [];
  }
}

// Does something that needs no bot; returns the answer, or null after telling what went wrong.
export async function attempt(action, fields) {
  try {
    return await request(action, fields);
  } catch (error) {
    addNotice(fields.channel, sentence(error));
    return null;
  }
}

export function sentence(error) {
  return error instanceof RequestError ? errorText(error.code) : texts.failed;
}
