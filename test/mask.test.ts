// Secrets are masked in whatever form somebody repeats them.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskSecrets } from "../src/mask.js";

const token = "C0rrect+Horse/7=Battery";
const jsonEscaped = Array.from(token, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

describe("maskSecrets", () => {
  test.each([
    ["as it is", token],
    ["JSON-escaped", jsonEscaped],
    ["escaped in part", token.replace("C", "\\u0043").replace("/", "\\/")],
    ["escaped twice", jsonEscaped.replaceAll("\\", "\\\\")],
    ["in a URL", encodeURIComponent(token)],
    ["in a URL, every character", Array.from(token, (c) => `%${c.charCodeAt(0).toString(16)}`).join("")],
    ["in a URL, twice", encodeURIComponent(encodeURIComponent(token))],
    ["in HTML", Array.from(token, (c) => `&#${c.charCodeAt(0)};`).join("")],
    ["in base64", Buffer.from(token).toString("base64")],
    ["in base64 behind a name", Buffer.from(`a:${token}`).toString("base64")],
    ["in base64 within JSON", Buffer.from(`{"i":"${token}"}`).toString("base64url")],
  ])("%s", (_, form) => {
    const shown = maskSecrets(`no such token: ${form}, sorry`, [token]);
    expect(shown).toContain("***");
    expect(shown).not.toContain(form.slice(4, -4));
    expect(shown.startsWith("no such token: ")).toBe(true);
    expect(shown.endsWith(", sorry")).toBe(true);
  });

  test("no form of a secret is left, whatever stands around it", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 8, maxLength: 30 });
    const around = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(secret, around, around, (hidden, before, after) => {
        const forms = [hidden, JSON.stringify(hidden).slice(1, -1), encodeURIComponent(hidden)];
        for (const form of forms) expect(maskSecrets(`${before}${form}${after}`, [hidden])).not.toContain(form);
        const encoded = Buffer.from(before + hidden + after).toString("base64");
        const shown = maskSecrets(encoded, [hidden]);
        expect(Buffer.from(shown, "base64").toString()).not.toContain(hidden);
        expect(shown).toContain("***");
      }),
    );
  });

  test("leaves innocent texts alone", () => {
    expect(maskSecrets("The token is wrong.", [undefined, "", "a", "the"])).toBe("The token is wrong.");
    expect(maskSecrets("cookie and secretary", ["secret-7"])).toBe("cookie and secretary");
  });

  test("the longer of two secrets goes first", () => {
    expect(maskSecrets("hunter2-and-more", ["hunter2", "hunter2-and-more"])).toBe("***");
  });
});
