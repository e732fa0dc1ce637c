// The commands that a person may use in a channel: asked of the server once, until places change.

import { request } from "./interactions.js";
import { state } from "./store.js";

const SLASH = 1;
const NESTING = [1, 2];

export async function commandsIn(channel) {
  if (!state.commands.has(channel)) {
    const asked = request("commands", { channel }).then((found) => found.commands);
    state.commands.set(channel, asked);
    asked.catch(() => state.commands.delete(channel));
  }
  try {
    return await state.commands.get(channel);
  } catch {
    return [];
  }
}

// Every slash command and subcommand by its whole path ("kennis zoeken").
export async function pathsIn(channel) {
  const found = (await commandsIn(channel)).filter((one) => (one.type ?? SLASH) === SLASH);
  return found.flatMap((one) => paths(one, [])).sort((a, b) => a.path.localeCompare(b.path, "nl"));
}

function paths(one, above) {
  const path = [...above, one.name];
  const nested = (one.options ?? []).filter((option) => NESTING.includes(option.type));
  if (nested.length) return nested.flatMap((option) => paths(option, path));
  return [{ path: path.join(" "), description: one.description, options: one.options ?? [] }];
}
