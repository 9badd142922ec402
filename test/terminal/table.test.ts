import { expect, test } from "vitest";
import { table } from "../../src/terminal/index.js";

test("columns are aligned by what a terminal shows, without trailing spaces", () => {
  expect(
    table(
      ["NAME", "URL"],
      [
        ["通知", "https://a.example/"],
        ["bot", "x"],
      ],
    ),
  ).toBe(["NAME  URL", "通知  https://a.example/", "bot   x"].join("\n"));
});

test("a cell can't send control characters to the terminal", () => {
  const drawn = table(["NAME"], [["\u001B[31mred\u0007"]]);
  expect(drawn).toContain(String.raw`\u{1b}[31mred\u{7}`);
  expect(drawn).not.toContain("\u001B");
});

test("colour goes around a cut text", () => {
  const drawn = table(["NAME"], [[{ text: "abcdefgh", maxColumns: 4, paint: (text) => `<${text}>` }]]);
  expect(drawn).toBe("NAME\n<abc…>");
});
