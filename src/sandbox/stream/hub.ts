// /streaming: who may open a socket, and the sockets that are open.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { mayUpgrade } from "../guard/guard.js";
import type { Occurrence } from "../world/occurrence.js";
import type { Caller } from "../world/users.js";
import type { World } from "../world/world.js";
import { admit, type Refusal } from "./admit.js";
import { StreamConnection } from "./connection.js";

/** A server looks every minute; who answered nothing since the look before is dropped. */
const lookEveryMs = 60_000;

/** The largest message that a client may send. */
const maxMessageBytes = 64 * 1024;

function refuse(socket: Duplex, { status, headers }: Refusal): void {
  socket.end([`HTTP/1.1 ${status}`, ...headers, "Connection: close", "Content-Length: 0", "", ""].join("\r\n"));
}

export class StreamHub {
  readonly #connections = new Set<StreamConnection>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  readonly #world: World;
  readonly #timer: NodeJS.Timeout;

  constructor(world: World) {
    this.#world = world;
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#timer.unref();
  }

  /** Takes the upgrades of an HTTP server. @param allowedHosts names that it answers to, as for its requests */
  attach(server: Server, allowedHosts: readonly string[]): void {
    server.on("upgrade", (request, socket, head) => {
      if (mayUpgrade(request, allowedHosts)) this.#upgrade(request, socket, head);
      else refuse(socket, { status: "403 Forbidden", headers: [] });
    });
  }

  /** Hands an occurrence to every client that listens to it. */
  publish(occurrence: Occurrence): void {
    for (const connection of this.#connections) connection.publish(occurrence);
  }

  /** Drops all clients. */
  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#connections) socket.terminate();
    this.#server.close();
  }

  #look(): void {
    for (const connection of this.#connections) {
      if (!connection.isAlive) connection.socket.terminate();
      connection.isAlive = false;
      connection.socket.ping();
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away in the middle is no trouble of ours.
    socket.on("error", () => socket.destroy());
    const url = new URL(request.url ?? "/", "http://sandbox");
    if (url.pathname !== "/streaming") return refuse(socket, { status: "404 Not Found", headers: [] });
    const caller = admit(this.#world, request);
    if (caller !== null && "status" in caller) return refuse(socket, caller);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, caller));
  }

  #open(socket: ConstructorParameters<typeof StreamConnection>[0], caller: Caller | null): void {
    const connection = new StreamConnection(socket, this.#world, caller);
    this.#connections.add(connection);
    // An open socket makes the user look online.
    if (caller) caller.user.lastActiveAt = this.#world.now();
    socket.on("close", () => this.#connections.delete(connection));
    socket.on("error", () => socket.terminate());
  }
}
