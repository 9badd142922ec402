// A proxy for https, as companies have them: it leads to one port of this machine, whatever name it is asked for.
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy that knows one name, `instance.example`, and leads to `port`; `status` refuses everything. */
export async function startProxy(port: number, status = 200) {
  const seen: { target: string; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on("connect", (request, client) => {
    seen.push({ target: request.url ?? "", authorization: request.headers["proxy-authorization"] });
    client.on("error", () => {});
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const onward = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(client).pipe(onward);
    });
    onward.on("error", () => client.destroy());
    client.on("close", () => onward.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
