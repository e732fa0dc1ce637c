// The icons, drawn by hand on a grid of 24: strokes only, in the colour of the text.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  menu: ["M4 7h16M4 12h16M4 17h16"],
  clock: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 7.5V12l3 2"],
  down: ["M7 10l5 5 5-5"],
  hash: ["M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16"],
  forum: ["M4 5h12v8H9l-3.5 3V13H4z", "M19 9h1.5v8H19v2.5L16 17h-5"],
  calendar: ["M4 6h16v14H4zM4 10.5h16M8.5 3v4M15.5 3v4"],
  mail: ["M3.5 6h17v12h-17z", "M4 7l8 6 8-6"],
  bulb: ["M9 17c0-2-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5.5-3 7.5z", "M10 20.5h4"],
  light: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"],
  dark: ["M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"],
  system: ["M4 5h16v11H4zM9 20h6M12 16v4"],
  reset: ["M5 12a7 7 0 1 0 2.5-5.4L5 9", "M5 4.5V9h4.5"],
  clip: ["M19 11.5l-7 7a4.5 4.5 0 0 1-6.4-6.4l7.5-7.5a3 3 0 0 1 4.3 4.3l-7.3 7.2a1.5 1.5 0 0 1-2.2-2.1l6.6-6.5"],
  send: ["M4 5l17 7-17 7 2.5-7z", "M6.5 12H13"],
  more: ["M5.5 12h.01M12 12h.01M18.5 12h.01"],
  reply: ["M10 6l-6 5.5 6 5.5v-3.5c4.5 0 7.5 1 10 4.5-.5-5.5-4-8.5-10-8.5z"],
  smile: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M8 14.5c1.8 2.6 6.2 2.6 8 0M9 9.5h.01M15 9.5h.01"],
  pencil: ["M5 19l.8-4L16 4.8 19.2 8 9 18.2z"],
  thread: ["M5 5h14v9h-8l-4 4v-4H5z", "M9 9.5h6"],
  trash: ["M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5"],
  close: ["M6 6l12 12M18 6L6 18"],
  eye: ["M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12z", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
  warning: ["M12 4l9 16H3z", "M12 10v4.5M12 17.3h.01"],
  file: ["M6 3.5h8l4 4v13H6z", "M14 3.5v4h4"],
  picture: ["M4 5h16v14H4z", "M4 16l5-5 4 4 3-2.5 4 3.5M15.5 9h.01"],
  pin: ["M12 21c4-4.5 6.5-7.6 6.5-11a6.5 6.5 0 0 0-13 0c0 3.4 2.5 6.5 6.5 11z", "M12 8a2.2 2.2 0 1 0 0 4.4A2.2 2.2 0 0 0 12 8z"],
  star: ["M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3 7 19.2l1.2-5.6L4 9.8l5.6-.6z"],
  corner: ["M6 18v-6a4 4 0 0 1 4-4h9", "M15.5 4.5L19 8l-3.5 3.5"],
  below: ["M6 5v7a3 3 0 0 0 3 3h10", "M15.5 11.5L19 15l-3.5 3.5"],
  news: ["M4 10v4l11 4.5v-13z", "M18 9.5a3.5 3.5 0 0 1 0 5M7 15v4h3v-2.8"],
  voice: ["M4 10v4h3.5L12 18V6l-4.5 4z", "M15.5 9.5a3.5 3.5 0 0 1 0 5M18 7a7 7 0 0 1 0 10"],
  app: ["M12 3.5l8.5 8.5-8.5 8.5L3.5 12z"],
  plus: ["M12 5v14M5 12h14"],
  outside: ["M9 6h9v9M18 6L7 17"],
};

export function icon(name) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("class", name === "more" ? "icon bold" : "icon");
  node.setAttribute("aria-hidden", "true");
  for (const line of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    node.append(path);
  }
  return node;
}
