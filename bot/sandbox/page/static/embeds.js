// Embeds, pictures and files.

import { el, sizeText } from "./dom.js";
import { icon } from "./icons.js";
import { inline, link, spoiler } from "./inline.js";
import { markdown } from "./markdown.js";
import { texts } from "./texts.js";
import { whenText } from "./times.js";

const OWN_FILES = "/sandbox/files/";
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

export const colorText = (number) => `#${number.toString(16).padStart(6, "0")}`;

export function embed(part) {
  const node = el("section", { class: "embed" });
  if (part.color !== undefined && part.color !== null) node.style.setProperty("--edge", colorText(part.color));
  const text = el("div", { class: "embed-text" });
  if (part.author) text.append(el("p", { class: "embed-author" }, named(part.author.name, part.author.url)));
  if (part.title) {
    text.append(el("div", { class: "embed-title", role: "heading", "aria-level": 3 }, part.url ? link(part.url, inline(part.title)) : inline(part.title)));
  }
  if (part.description) text.append(el("div", { class: "embed-description" }, markdown(part.description)));
  if (part.fields?.length) text.append(fields(part.fields));
  node.append(text);
  if (part.thumbnail) node.append(el("div", { class: "embed-thumbnail" }, picture(part.thumbnail.url, "")));
  if (part.image) node.append(el("div", { class: "embed-image" }, picture(part.image.url, part.title)));
  const foot = [part.footer?.text, part.timestamp && whenText(part.timestamp)].filter(Boolean);
  if (foot.length) node.append(el("p", { class: "embed-footer" }, foot.join(" · ")));
  return node;
}

const named = (name, url) => (url ? link(url, [name]) : name);

// Inline fields that follow each other share a row, three at most.
function fieldRows(all) {
  const rows = [];
  for (const one of all) {
    const last = rows.at(-1);
    if (one.inline && last?.[0].inline && last.length < 3) last.push(one);
    else rows.push([one]);
  }
  return rows.flatMap((row) => row.map((one) => ({ ...one, share: row.length })));
}

function fields(all) {
  return el(
    "dl",
    { class: "fields" },
    fieldRows(all).map((one) =>
      el("div", { class: `field of-${one.share}` }, el("dt", {}, inline(one.name)), el("dd", {}, markdown(one.value))),
    ),
  );
}

// A picture of the sandbox itself is shown; one from elsewhere only linked: nothing leaves the machine.
export function picture(url, description) {
  if (!url.startsWith(OWN_FILES)) return link(url, [icon("picture"), description || texts.outsidePicture]);
  const shown = el("img", { src: url, alt: description || texts.picture, loading: "lazy" });
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "picture" }, shown);
}

export function attachment(file) {
  const hidden = file.filename.startsWith("SPOILER_");
  const isPicture = PICTURE.test(file.content_type ?? "");
  const shown = isPicture ? picture(file.url, file.description || file.filename) : fileLink(file.title || file.filename, file.size, file.url);
  return hidden ? spoiler([shown]) : shown;
}

export function fileLink(name, size, url) {
  const text = size ? texts.file(name, sizeText(size)) : name;
  const own = url.startsWith(OWN_FILES);
  const attributes = own ? { href: url, download: name, class: "file" } : { class: "file" };
  return el(own ? "a" : "span", attributes, icon("file"), " ", text);
}

// A picture that is shown by an embed or a component is not shown a second time as a file.
export function looseAttachments(message) {
  const used = JSON.stringify([message.embeds, message.components]);
  return message.attachments.filter((file) => !used.includes(file.url));
}
