// The WebSocket of this tab: requests with answers, what the server tells, and coming back.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

export class Connection {
  constructor({ onTold, onOpen, onLost }) {
    this.onTold = onTold;
    this.onOpen = onOpen;
    this.onLost = onLost;
    this.waiting = new Map();
    this.number = 0;
    this.pause = FIRST_PAUSE;
  }

  open(token, person) {
    this.token = token;
    this.person = person;
    this.close();
    this.connect();
  }

  connect() {
    const query = new URLSearchParams({ token: this.token });
    if (this.person) query.set("person", this.person);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/sandbox/socket?${query}`);
    this.socket = socket;
    socket.addEventListener("message", (event) => this.take(socket, JSON.parse(event.data)));
    socket.addEventListener("close", () => this.lost(socket));
  }

  close() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.fail();
  }

  take(socket, told) {
    if (socket !== this.socket) return;
    if (told.kind === "hello") {
      this.pause = FIRST_PAUSE;
      this.onOpen(told);
    } else if (told.kind === "answer") {
      const asked = this.waiting.get(told.id);
      this.waiting.delete(told.id);
      if (told.error) asked?.reject(new RequestError(told.error));
      else asked?.resolve(told.result);
    } else this.onTold(told);
  }

  lost(socket) {
    if (socket !== this.socket) return;
    this.fail();
    this.onLost();
    this.timer = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  fail() {
    for (const asked of this.waiting.values()) asked.reject(new RequestError("offline"));
    this.waiting.clear();
  }

  request(action, fields = {}) {
    return new Promise((resolve, reject) => {
      if (this.socket?.readyState !== WebSocket.OPEN) {
        reject(new RequestError("offline"));
        return;
      }
      this.number += 1;
      this.waiting.set(this.number, { resolve, reject });
      this.socket.send(JSON.stringify({ ...fields, id: this.number, do: action }));
    });
  }

  post(path, body) {
    return fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sandbox-Token": this.token },
      body: JSON.stringify(body),
    });
  }
}

export class RequestError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}
