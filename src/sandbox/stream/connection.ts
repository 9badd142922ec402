// One client of the stream: which channels and notes it listens to. What it sends that makes no sense is ignored.
import type { WebSocket } from "ws";
import type { Occurrence } from "../world/occurrence.js";
import type { Caller } from "../world/users.js";
import type { World } from "../world/world.js";
import { channels, type ChannelSpec } from "./channels.js";

interface ClientMessage {
  readonly type?: unknown;
  readonly body?: { readonly id?: unknown; readonly channel?: unknown; readonly pong?: unknown } | null;
}

/** Most channels on one socket, as servers have it. */
const maxChannels = 32;

export class StreamConnection {
  readonly #channels = new Map<string, { readonly name: string; readonly spec: ChannelSpec }>();
  /** How often each note was subscribed to. */
  readonly #notes = new Map<string, number>();
  /** False when nothing was heard from the client since the last look. */
  isAlive = true;

  constructor(
    readonly socket: WebSocket,
    readonly world: World,
    /** null for a visitor, who gets nothing but what anybody may see. */
    readonly caller: Caller | null,
  ) {
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
    socket.on("pong", () => void (this.isAlive = true));
  }

  /** Sends what the client listens to of an occurrence. */
  publish(occurrence: Occurrence): void {
    if (occurrence.kind === "note-updated") {
      const { noteId, type, body } = occurrence;
      if (this.#notes.has(noteId)) this.#send("noteUpdated", { id: noteId, type, body });
      return;
    }
    const userId = this.caller?.user.id;
    if (userId === undefined) return;
    for (const [id, { spec }] of this.#channels) {
      const message = spec.pick(this.world, userId, occurrence);
      if (message) this.#send("channel", { id, ...message });
    }
  }

  #send(type: string, body: object): void {
    this.socket.send(JSON.stringify({ type, body }));
  }

  #receive(text: string): void {
    this.isAlive = true;
    if (text === "ping") return this.socket.send("pong");
    let message: ClientMessage | null;
    try {
      message = JSON.parse(text) as ClientMessage | null;
    } catch {
      return;
    }
    const { type, body } = message ?? {};
    const id = body?.id;
    if (typeof id !== "string") return;
    if (type === "connect") this.#connect(id, body?.channel, body?.pong === true);
    else if (type === "disconnect") this.#channels.delete(id);
    else if (type === "subNote" || type === "s" || type === "sr") this.#notes.set(id, (this.#notes.get(id) ?? 0) + 1);
    else if (type === "unsubNote" || type === "un") this.#unsubscribe(id);
  }

  #connect(id: string, name: unknown, wantsPong: boolean): void {
    const spec = typeof name === "string" ? channels.get(name) : undefined;
    if (spec === undefined || this.caller === null || this.#channels.size >= maxChannels) return;
    const { app } = this.caller;
    if (app !== null && !app.permission.includes(spec.permission)) return;
    if (spec.shared && [...this.#channels.values()].some((open) => open.spec === spec)) return;
    this.#channels.set(id, { name: String(name), spec });
    if (wantsPong) this.#send("connected", { id });
  }

  #unsubscribe(noteId: string): void {
    const count = this.#notes.get(noteId) ?? 0;
    if (count > 1) this.#notes.set(noteId, count - 1);
    else this.#notes.delete(noteId);
  }
}
