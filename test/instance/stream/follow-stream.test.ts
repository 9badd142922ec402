import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createApiClient,
  type FollowOptions,
  followStream,
  Secret,
  type StreamedEvent,
  type StreamState,
} from "../../../src/instance/index.js";
import { createSandbox } from "../../../src/sandbox/index.js";
import { tokenOf } from "../../support/sandbox-api.js";
import { startStreamServer, type StreamServer } from "../../support/stream-server.js";

interface Following {
  readonly events: StreamedEvent[];
  readonly states: StreamState[];
  readonly waits: number[];
  readonly ended: Promise<void>;
  /** Resolves with the first state or event, of those there are or come, that fits. */
  readonly until: (fits: (followed: Following) => boolean) => Promise<void>;
}

/** Follows the server's stream, without waiting between attempts. */
function follow(server: Pick<StreamServer, "url" | "token">, options: Partial<FollowOptions> = {}): Following {
  const stop = new AbortController();
  const looks = new Set<() => void>();
  const look = (): void => looks.forEach((each) => each());
  const events: StreamedEvent[] = [];
  const states: StreamState[] = [];
  const waits: number[] = [];
  const ended = followStream({
    api: createApiClient({ origin: server.url, token: server.token }),
    origin: server.url,
    token: new Secret(server.token),
    signal: stop.signal,
    now: () => Date.now(),
    random: () => 0,
    sleep: async (ms) => void waits.push(ms),
    onState: (state) => {
      states.push(state);
      look();
    },
    onEvent: (event) => {
      events.push(event);
      look();
    },
    ...options,
  });
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => {});
  });
  const following: Following = {
    events,
    states,
    waits,
    ended,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (!fits(following)) return;
          looks.delete(check);
          resolve();
        };
        looks.add(check);
        check();
        ended.catch(reject);
      }),
  };
  return following;
}

const isConnected = ({ states }: Following): boolean => states.at(-1)?.state === "connected";

function recorded(name: string): { type: string; body: unknown } {
  const path = fileURLToPath(
    new URL(`../../../fixtures/recorded/misskey@2026.3.2/stream/${name}.json`, import.meta.url),
  );
  const { message } = JSON.parse(readFileSync(path, "utf8")) as {
    message: { body: { type: string; body: unknown } };
  };
  return message.body;
}

describe("what it tells", () => {
  test("the events of main, as recorded, and nothing else that main says", async () => {
    const server = await startStreamServer();
    const following = follow(server);
    await following.until(isConnected);
    const names = ["main-mention", "main-reply", "main-renote", "main-follow", "main-followed", "main-unfollow"];
    server.say("main", "notification", { id: "n" });
    for (const name of names) server.say("main", recorded(name).type, recorded(name).body);
    await following.until(({ events }) => events.length === names.length);
    expect(following.events).toEqual(
      names.map((name) => ({ type: recorded(name).type, payload: recorded(name).body })),
    );
  });

  test("of the home timeline the account's own notes alone", async () => {
    const server = await startStreamServer();
    const following = follow(server);
    await following.until(isConnected);
    server.say("homeTimeline", "note", { id: "1", userId: "bob-id" });
    server.say("homeTimeline", "note", { id: "2", userId: "alice-id" });
    await following.until(({ events }) => events.length > 0);
    expect(following.events).toEqual([{ type: "note", payload: { id: "2", userId: "alice-id" } }]);
  });

  test("nonsense doesn't end it", async () => {
    const server = await startStreamServer();
    const following = follow(server);
    await following.until(isConnected);
    for (const text of ["pong", "", "null", "[]", "{}", '{"type":"channel"}', '{"type":"channel","body":{"id":1}}']) {
      server.sayRaw(text);
    }
    server.sayRaw(Buffer.from([0, 1, 2]));
    server.say("main", "mention", { id: "1" });
    await following.until(({ events }) => events.length === 1);
    expect(following.states).toHaveLength(1);
  });
});

test("the server's pings are answered", async () => {
  const server = await startStreamServer();
  const following = follow(server);
  await following.until(isConnected);
  await server.ping();
});

describe("the token", () => {
  test("goes in a header, and never in the address", async () => {
    const server = await startStreamServer({ tokenIn: "header" });
    const following = follow(server);
    await following.until(isConnected);
    expect(following.states[0]).toMatchObject({ tokenIn: "header", account: { username: "alice" } });
    expect(server.opened.join(" ")).not.toContain(server.token);
  });

  test("goes in the address where the server takes it nowhere else", { timeout: 15_000 }, async () => {
    const server = await startStreamServer({ tokenIn: "url" });
    const following = follow(server);
    await following.until(isConnected);
    expect(following.states[0]).toMatchObject({ tokenIn: "url" });
    server.drop();
    await following.until(({ states }) => states.length > 1 && states.at(-1)?.state === "connected");
    expect(server.opened.map((address) => address.includes(server.token))).toEqual([false, true, true]);
  });

  test("stays out of the address when a header fails for another reason", async () => {
    const server = await startStreamServer({ refuses: true });
    await expect(follow(server).ended).rejects.toMatchObject({ code: "stream-closed", outcome: "unreachable" });
    expect(server.opened).toHaveLength(1);
    expect(server.opened.join(" ")).not.toContain(server.token);
  });

  test("goes in the address at once of a server that is known to take it nowhere else", async () => {
    const server = await startStreamServer({ tokenIn: "url" });
    const following = follow(server, { tokenIn: "url" });
    await following.until(isConnected);
    expect(server.opened.map((address) => address.includes(server.token))).toEqual([true]);
  });

  test("goes in the subprotocol for Iceshrimp, which refuses a header", async () => {
    const sandbox = await createSandbox({ dialect: "iceshrimp" });
    onTestFinished(() => sandbox.close());
    const server = { url: sandbox.url, token: tokenOf(sandbox, "alice") };
    const following = follow(server, { tokenIn: "protocol" });
    await following.until(isConnected);
    await sandbox.as("bob").note("hi @alice");
    await following.until(({ events }) => events.some(({ type }) => type === "mention"));
    await expect(follow(server).ended).rejects.toMatchObject({ code: "stream-closed" });
  });

  test("that is wrong ends it at once, with the instance's own reason", async () => {
    const server = await startStreamServer();
    server.revoke();
    await expect(follow(server).ended).rejects.toMatchObject({ apiCode: "AUTHENTICATION_FAILED" });
    expect(server.opened).toEqual([]);
  });
});

describe("a lost connection", () => {
  test("comes back by itself once the server does, with longer and longer waits", async () => {
    const server = await startStreamServer();
    let release = (): void => {};
    const waits: number[] = [];
    const following = follow(server, {
      sleep: (ms) => {
        waits.push(ms);
        return waits.length < 4 ? Promise.resolve() : new Promise((resolve) => (release = resolve));
      },
    });
    await following.until(isConnected);
    await server.close();
    await following.until(({ states }) => {
      const last = states.at(-1);
      return last?.state === "waiting" && last.attempt === 4;
    });
    expect(waits).toEqual([500, 1000, 2000, 4000]);
    expect(following.states.at(-1)).toMatchObject({ reason: expect.stringContaining("Nobody listens") });
    const again = await startStreamServer({ port: server.port });
    release();
    await following.until(isConnected);
    expect(following.states.at(-1)).toMatchObject({ attempts: 4, downMs: expect.any(Number) });
    again.say("main", "mention", { id: "1" });
    await following.until(({ events }) => events.length === 1);
  });

  test("is noticed when nobody closes it", async () => {
    const server = await startStreamServer({ pongs: false });
    const following = follow(server, { life: { pingEveryMs: 20, silenceMs: 60 } });
    await following.until(({ states }) => states.length > 1);
    expect(following.states[1]).toMatchObject({
      state: "disconnected",
      reason: expect.stringContaining("nothing was"),
    });
  });

  test("isn't claimed while pongs come", async () => {
    const server = await startStreamServer();
    const following = follow(server, { life: { pingEveryMs: 10, silenceMs: 80 } });
    await following.until(isConnected);
    // Twenty pings take longer than the silence that would end the connection.
    await server.pinged(20);
    expect(following.states).toHaveLength(1);
  });

  test("ends it once the attempts are used up", async () => {
    const server = await startStreamServer();
    const following = follow(server, { maxReconnects: 2 });
    await following.until(isConnected);
    await server.close();
    await expect(following.ended).rejects.toMatchObject({ code: "stream-lost", outcome: "unreachable" });
    expect(following.waits).toHaveLength(2);
  });

  test("with a token that was revoked meanwhile is an error, not a wait", async () => {
    const server = await startStreamServer();
    const following = follow(server);
    await following.until(isConnected);
    server.revoke();
    server.drop();
    await expect(following.ended).rejects.toMatchObject({ apiCode: "AUTHENTICATION_FAILED" });
  });
});
