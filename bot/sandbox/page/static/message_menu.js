// What can be done with a message: the menu on it.

import { askLine } from "./dialogs.js";
import { attempt, use } from "./interactions.js";
import { commandsIn } from "./commands.js";
import { openMenu } from "./menu.js";
import { channelById, emit, me, nameOf } from "./store.js";
import { texts } from "./texts.js";

const MESSAGE_MENU = 3;

export async function openMessageMenu(message, opener, at) {
  const channel = channelById(message.channel_id);
  const name = nameOf(message.author.id) ?? message.author.username;
  const commands = message.waiting ? [] : await commandsIn(channel.id);
  const items = [...own(message, channel), ...apps(message, commands)];
  openMenu({ at, opener, label: texts.menu(name), items });
}

function own(message, channel) {
  const where = { channel: channel.id, message: message.id };
  const mine = message.author.id === me();
  const items = [];
  if (channel.writes && !message.ephemeral) items.push({ sign: "reply", label: texts.reply, choose: () => emit("reply", message) });
  if (!message.ephemeral) items.push({ sign: "smile", label: texts.react, choose: () => emit("emoji", where) });
  if (mine && channel.writes) items.push({ sign: "pencil", label: texts.edit, choose: () => emit("edit", message) });
  if (channel.begins_threads && !message.ephemeral && !message.thread) {
    items.push({ sign: "thread", label: texts.startThread, choose: () => startThread(where) });
  }
  if (mine || channel.manages || message.ephemeral) {
    items.push({ sign: "trash", label: message.ephemeral ? texts.dismiss : texts.remove, choose: () => attempt("delete", where) });
  }
  return items;
}

function apps(message, commands) {
  const found = commands.filter((one) => one.type === MESSAGE_MENU);
  if (!found.length) return [];
  return [
    null,
    ...found.map((one) => ({
      sign: "app",
      label: one.name,
      choose: () => use("menu", { channel: message.channel_id, message: message.id, name: one.name }),
    })),
  ];
}

async function startThread(where) {
  const name = await askLine(texts.startThread, texts.threadName);
  if (name === null) return;
  const made = await attempt("thread", { ...where, name });
  if (made) emit("open-soon", made.channel);
}
