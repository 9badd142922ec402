// undici's two parts that a delivery needs. Its index also loads fetch, WebSocket, mocks and caches, which takes
// twice as long (55 ms against 25 ms, bundled, Node 20); `send` is one request and waits for nothing else.
declare module "undici/lib/dispatcher/agent.js" {
  import { Agent } from "undici";
  export default Agent;
}

declare module "undici/lib/core/connect.js" {
  import type { Socket } from "node:net";
  import type { buildConnector } from "undici";
  type Connect = (...args: Parameters<buildConnector.connector>) => Socket;
  export default function connectorOf(options: buildConnector.BuildOptions): Connect;
}
