// Writes the tables of the README, and the page of checks, from the registries.
import { readFileSync, writeFileSync } from "node:fs";
import { commandTree } from "../src/cli/command-tree.js";
import { exitCodes } from "../src/cli/exit-codes.js";
import { dialectName, dialects, events, type EventSpec, familiesAlone, findingCodes } from "../src/protocol/index.js";
import { renderChecksPage } from "./checks-page.js";

const readme = new URL("../README.md", import.meta.url);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function eventTable(): string {
  const all: readonly EventSpec[] = events;
  const scopeOf = ({ scope, name }: EventSpec): string => {
    const families = familiesAlone(name);
    return [
      scope === "system" ? "administrators" : "users",
      ...(families.length > 0 ? [`${families.join(", ")} only`] : []),
    ].join(", ");
  };
  return table(
    ["event", "hooks of", "when it fires"],
    all.map((event) => [`\`${event.name}\``, scopeOf(event), event.when]),
  );
}

function dialectTable(): string {
  return table(
    ["`--as`", "User-Agent", "secret header", "content type", "evidence"],
    dialects.map((dialect) => {
      const { userAgent, prefix, contentType } = dialect.headers;
      return [
        `\`${dialectName(dialect)}\``,
        userAgent,
        `\`${prefix.toLowerCase()}hook-secret\``,
        contentType ?? "none",
        dialect.evidence,
      ];
    }),
  );
}

const sections: Readonly<Record<string, () => string>> = {
  commands: () =>
    table(
      ["command", "what it is for"],
      commandTree.map(({ name, summary }) => [`\`${name}\``, summary]),
    ),
  events: eventTable,
  dialects: dialectTable,
  findings: () =>
    table(
      ["code", "what it means", "what to do"],
      Object.entries(findingCodes).map(([code, { meaning, advice }]) => [`\`${code}\``, meaning, advice]),
    ),
  "exit-codes": () =>
    table(
      ["code", "meaning"],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
};

/** The README with its tables as the registries have them. */
export function renderReadme(text: string): string {
  return Object.entries(sections).reduce((current, [name, render]) => {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
    const from = current.indexOf(start);
    const to = current.indexOf(end);
    if (from === -1 || to < from) throw new Error(`README.md has no place for ${name}`);
    return `${current.slice(0, from + start.length)}\n\n${render()}\n\n${current.slice(to)}`;
  }, text);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(readme, renderReadme(readFileSync(readme, "utf8")));
  writeFileSync(new URL("../docs/checks.md", import.meta.url), renderChecksPage());
}
